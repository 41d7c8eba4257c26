import { type Kysely, sql } from 'kysely';
import type { InboxItem } from '#shared/wire/inbox.ts';
import { DELIVERY_CHANNEL } from './delivery-listener.ts';
import type { Tables } from './tables.ts';

/** What was delivered to whom: one gap-free sequence of numbers for each agency. */
export class InboxStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /**
   * Those of the agencies that may receive today. Holds their rows until the transaction ends, in the order of their
   * codes, so that two messages to the same agencies never wait for each other in a circle.
   */
  async lockReceivers(codes: readonly string[]): Promise<readonly string[]> {
    const rows = await this.#db
      .selectFrom('agencies')
      .select('code')
      .where('code', '=', anyOf(codes))
      .where(({ eb, or }) => or([eb('valid_to', 'is', null), eb('valid_to', '>=', sql<Date>`current_date`)]))
      .orderBy('code')
      .forNoKeyUpdate()
      .execute();
    return rows.map((row) => row.code);
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

/** One parameter however many there are. */
function anyOf(codes: readonly string[]) {
  return sql<string>`any(${codes}::text[])`;
}
