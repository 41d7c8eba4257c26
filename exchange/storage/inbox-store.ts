import { type Kysely, sql } from 'kysely';
import type { InboxItem } from '#shared/wire/inbox.ts';
import { DELIVERY_CHANNEL, deliveryPayload, EVERY_INBOX } from './delivery-channel.ts';
import { holdReceivers, takeNext } from './inbox-numbers.ts';
import { prepared } from './prepared-statements.ts';
import type { Tables } from './tables.ts';

/** What was delivered to whom: one gap-free sequence of numbers for each agency. */
export class InboxStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Takes the next number of the inbox of each of the agencies that may receive today. */
  async takeNumbers(codes: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const { rows } = await sql<{ code: string; last_seq: string }>`
      WITH held AS (${holdReceivers(codes)}) ${takeNext}`.execute(this.#db);
    return new Map(rows.map((row) => [row.code, Number(row.last_seq)]));
  }

  /** Delivers a message under the numbers taken. */
  async deliver(messageId: string, numbers: ReadonlyMap<string, number>): Promise<void> {
    const codes = [...numbers.keys()];
    const given = sql<{ code: string; seq: string }>`unnest(${codes}::text[], ${[...numbers.values()]}::bigint[])`;
    await this.#db
      .insertInto('deliveries')
      .columns(['agency_code', 'seq', 'message_id'])
      .expression(({ selectFrom, cast, val }) =>
        selectFrom(given.as<'given'>(sql`given (code, seq)`)).select([
          'given.code',
          'given.seq',
          cast<string>(val(messageId), 'uuid').as('message_id'),
        ]),
      )
      .execute();
  }

  /** The sequence of an agency's inbox, and whether a position is one of it. */
  async sequence(
    agencyCode: string,
    at: { readonly after: number; readonly anchor: string | null },
  ): Promise<{ readonly epoch: string; readonly last: number; readonly hasAnchor: boolean }> {
    const row = await this.#db
      .selectFrom('agencies as agency')
      .innerJoin('exchange_identity as identity', (join) => join.onTrue())
      .modifyFront(prepared)
      .select(['identity.epoch', 'agency.last_seq'])
      .select(({ exists, selectFrom }) =>
        exists(
          selectFrom('deliveries as delivery')
            .select('delivery.seq')
            .where('delivery.agency_code', '=', agencyCode)
            .where('delivery.seq', '=', String(at.after))
            .where('delivery.message_id', '=', at.anchor),
        ).as('has_anchor'),
      )
      .where('agency.code', '=', agencyCode)
      .executeTakeFirstOrThrow();
    return { epoch: row.epoch, last: Number(row.last_seq), hasAnchor: Boolean(row.has_anchor) };
  }

  /**
   * Begins a new sequence of numbers for every inbox, unless another did so since `from`: offices read theirs from the
   * start and send again what is missing here. Waiting requests are woken. Returns the epoch that holds now.
   */
  async beginEpoch(from: string | null = null): Promise<string> {
    const row = await this.#db
      .updateTable('exchange_identity')
      .set({ epoch: sql<string>`gen_random_uuid()`, epoch_since: sql<Date>`now()` })
      .$if(from !== null, (query) => query.where('epoch', '=', from))
      .returning('epoch')
      .executeTakeFirst();
    if (!row) return this.epoch();
    await this.wake([EVERY_INBOX]);
    return row.epoch;
  }

  async epoch(): Promise<string> {
    return (await this.#db.selectFrom('exchange_identity').select('epoch').executeTakeFirstOrThrow()).epoch;
  }

  /** The receivers of a message, each once. */
  async receiversOf(messageId: string): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('deliveries')
      .select('agency_code')
      .distinct()
      .where('message_id', '=', messageId)
      .execute();
    return rows.map((row) => row.agency_code);
  }

  /**
   * Wakes those who wait for one of these inboxes, in every server process but `by`, which has done so itself.
   */
  async wake(agencyCodes: readonly string[], by: string | null = null): Promise<void> {
    const payloads = agencyCodes.map((code) => deliveryPayload(code, by));
    await sql`SELECT ${prepared} pg_notify(${DELIVERY_CHANNEL}, payload) FROM unnest(${payloads}::text[]) AS woken (payload)`.execute(
      this.#db,
    );
  }

  /** What was delivered to an agency after a number, in order. */
  async listAfter(agencyCode: string, after: number, limit: number): Promise<InboxItem[]> {
    const rows = await this.#db
      .selectFrom('deliveries as delivery')
      .innerJoin('messages as message', 'message.id', 'delivery.message_id')
      .modifyFront(prepared)
      .select([
        'delivery.seq',
        'message.kind',
        'message.id',
        'message.sender_code',
        'message.size',
        'message.sha256',
        'message.accepted_at',
        'message.urgency',
      ])
      .where('delivery.agency_code', '=', agencyCode)
      .where('delivery.seq', '>', String(after))
      .orderBy('delivery.seq')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      seq: Number(row.seq),
      kind: row.kind,
      messageId: row.id,
      from: row.sender_code,
      size: Number(row.size),
      sha256: row.sha256,
      acceptedAt: row.accepted_at.toISOString(),
      urgency: row.urgency,
    }));
  }
}
