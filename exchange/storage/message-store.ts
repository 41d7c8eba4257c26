import { type Kysely, sql } from 'kysely';
import { type Receipt, receiptSchema } from '#shared/wire/messages.ts';
import type { StoredFile } from './message-files.ts';
import { prepared } from './prepared-statements.ts';
import type { Tables } from './tables.ts';

/** Messages that were accepted, and what their senders were told. */
export class MessageStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** What was accepted under an id before. */
  async findAccepted(messageId: string): Promise<{
    readonly senderCode: string;
    readonly sha256: string;
    readonly receipt: Receipt;
    readonly isLost: boolean;
  } | null> {
    const row = await this.#db
      .selectFrom('messages')
      .innerJoin('receipts', 'receipts.message_id', 'messages.id')
      .select(['messages.sender_code', 'messages.sha256', 'messages.lost_at', 'receipts.body'])
      .where('messages.id', '=', messageId)
      .executeTakeFirst();
    if (!row) return null;
    const { sender_code: senderCode, sha256, lost_at: lostAt, body } = row;
    return { senderCode, sha256, receipt: receiptSchema.parse(body), isLost: lostAt !== null };
  }

  /** Messages after an id, in the order of ids. */
  async page(
    after: string | null,
    limit: number,
  ): Promise<{ readonly id: string; readonly file: StoredFile; readonly acceptedAt: Date }[]> {
    const rows = await this.#db
      .selectFrom('messages')
      .select(['id', 'sha256', 'size', 'accepted_at'])
      .$if(after !== null, (query) => query.where('id', '>', after))
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ id, sha256, size, accepted_at: acceptedAt }) => ({
      id,
      file: { sha256, size: Number(size) },
      acceptedAt,
    }));
  }

  /** Notes that the bytes of a message are gone, and returns whose it is. */
  async markLost(messageId: string): Promise<string> {
    const { sender_code: senderCode } = await this.#db
      .updateTable('messages')
      .set({ lost_at: sql<Date>`coalesce(lost_at, now())` })
      .where('id', '=', messageId)
      .returning('sender_code')
      .executeTakeFirstOrThrow();
    return senderCode;
  }

  /** Notes that the bytes of a message are here again; false when somebody else did. Until the transaction ends, others wait. */
  async markFound(messageId: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#db
      .updateTable('messages')
      .set({ lost_at: null })
      .where('id', '=', messageId)
      .where('lost_at', 'is not', null)
      .executeTakeFirst();
    return numUpdatedRows > 0n;
  }

  /** Messages of a sender whose bytes are gone, the oldest first. */
  async lostOf(senderCode: string, limit: number): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('messages')
      .modifyFront(prepared)
      .select('id')
      .where('sender_code', '=', senderCode)
      .where('lost_at', 'is not', null)
      .orderBy('lost_at')
      .limit(limit)
      .execute();
    return rows.map((row) => row.id);
  }

  /** Those of the messages that are not here, or not of this sender. */
  async missingOf(senderCode: string, messageIds: readonly string[]): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('messages')
      .select('id')
      .where('sender_code', '=', senderCode)
      .where('id', '=', sql<string>`any(${messageIds}::uuid[])`)
      .execute();
    const known = new Set(rows.map((row) => row.id));
    return messageIds.filter((id) => !known.has(id.toLowerCase()));
  }

  /** Where a message is stored, and whether it is from or for an agency. */
  async findFile(
    messageId: string,
    agencyCode: string,
  ): Promise<{ readonly file: StoredFile; readonly addressed: boolean } | null> {
    const row = await this.#db
      .selectFrom('messages')
      .select(['sha256', 'size'])
      .select(({ eb, exists, selectFrom }) =>
        eb
          .or([
            eb('sender_code', '=', agencyCode),
            exists(
              selectFrom('deliveries')
                .select('deliveries.seq')
                .whereRef('deliveries.message_id', '=', 'messages.id')
                .where('deliveries.agency_code', '=', agencyCode),
            ),
          ])
          .as('addressed'),
      )
      .where('messages.id', '=', messageId)
      .executeTakeFirst();
    if (!row) return null;
    return { file: { sha256: row.sha256, size: Number(row.size) }, addressed: Boolean(row.addressed) };
  }
}
