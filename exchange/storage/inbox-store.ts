import { type Kysely, sql } from 'kysely';
import type { InboxItem } from '#shared/wire/inbox.ts';
import { DELIVERY_CHANNEL, EVERY_INBOX } from './delivery-listener.ts';
import type { Tables } from './tables.ts';

/** What was delivered to whom: one gap-free sequence of numbers for each agency. */
export class InboxStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Whether an agency may send today, and the epoch that holds. An agency past its last day only reads. */
  async standing(agencyCode: string): Promise<{ readonly epoch: string; readonly maySend: boolean }> {
    const row = await this.#db
      .selectFrom('agencies')
      .innerJoin('exchange_identity', (join) => join.onTrue())
      .select(['exchange_identity.epoch', isOpen.as('may_send')])
      .where('agencies.code', '=', agencyCode)
      .executeTakeFirstOrThrow();
    return { epoch: row.epoch, maySend: row.may_send };
  }

  /**
   * Those of the agencies that may receive today. Holds their rows until the transaction ends, in the order of their
   * codes, so that two messages to the same agencies never wait for each other in a circle.
   */
  async lockReceivers(codes: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#receivers(codes).orderBy('code').forNoKeyUpdate().execute();
    return rows.map((row) => row.code);
  }

  /** Those of the agencies that may receive today. */
  async knownReceivers(codes: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#receivers(codes).execute();
    return rows.map((row) => row.code);
  }

  #receivers(codes: readonly string[]) {
    return this.#db.selectFrom('agencies').select('code').where('code', '=', anyOf(codes)).where(isOpen);
  }

  /** Takes the next number of each inbox. The caller holds the rows. */
  async takeNumbers(codes: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.#db
      .updateTable('agencies')
      .set({ last_seq: sql<string>`last_seq + 1` })
      .where('code', '=', anyOf(codes))
      .returning(['code', 'last_seq'])
      .execute();
    return new Map(rows.map((row) => [row.code, Number(row.last_seq)]));
  }

  /** Delivers a message under the numbers taken; other server processes hear of it when the transaction commits. */
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
    await sql`SELECT pg_notify(${DELIVERY_CHANNEL}, code) FROM unnest(${codes}::text[]) AS woken (code)`.execute(
      this.#db,
    );
  }

  /** The sequence of an agency's inbox, and whether a position is one of it. */
  async sequence(
    agencyCode: string,
    at: { readonly after: number; readonly anchor: string | null },
  ): Promise<{ readonly epoch: string; readonly last: number; readonly hasAnchor: boolean }> {
    const row = await this.#db
      .selectFrom('agencies as agency')
      .innerJoin('exchange_identity as identity', (join) => join.onTrue())
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
    await this.wake(EVERY_INBOX);
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

  /** Wakes those who wait for an inbox, in every server process. */
  async wake(agencyCode: string): Promise<void> {
    await sql`SELECT pg_notify(${DELIVERY_CHANNEL}, ${agencyCode}::text)`.execute(this.#db);
  }

  /** What was delivered to an agency after a number, in order. */
  async listAfter(agencyCode: string, after: number, limit: number): Promise<InboxItem[]> {
    const rows = await this.#db
      .selectFrom('deliveries as delivery')
      .innerJoin('messages as message', 'message.id', 'delivery.message_id')
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

const isOpen = sql<boolean>`(agencies.valid_to IS NULL OR agencies.valid_to >= current_date)`;

/** One parameter however many there are. */
function anyOf(codes: readonly string[]) {
  return sql<string>`any(${codes}::text[])`;
}
