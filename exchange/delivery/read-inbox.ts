import type { InboxItem, InboxPage } from '#shared/wire/exchange-api.ts';
import { ExchangeError } from '../exchange-error.ts';
import type { Queryable } from '../storage/database.ts';
import type { StoredFile } from '../storage/message-files.ts';

interface InboxRow {
  readonly seq: string;
  readonly kind: InboxItem['kind'];
  readonly id: string;
  readonly sender_code: string;
  readonly size: string;
  readonly sha256: string;
  readonly accepted_at: Date;
  readonly urgency: InboxItem['urgency'];
}

/** What was delivered to an agency after a sequence number, in order. */
export async function readInbox(
  database: Queryable,
  agencyCode: string,
  after: number,
  limit: number,
): Promise<InboxPage> {
  const { rows } = await database.query<InboxRow>(
    `SELECT delivery.seq, message.kind, message.id, message.sender_code, message.size, message.sha256,
            message.accepted_at, message.urgency
     FROM deliveries delivery JOIN messages message ON message.id = delivery.message_id
     WHERE delivery.agency_code = $1 AND delivery.seq > $2 ORDER BY delivery.seq LIMIT $3`,
    [agencyCode, after, limit],
  );
  const items = rows.map((row) => ({
    seq: Number(row.seq),
    kind: row.kind,
    messageId: row.id,
    from: row.sender_code,
    size: Number(row.size),
    sha256: row.sha256,
    acceptedAt: row.accepted_at.toISOString(),
    urgency: row.urgency,
  }));
  return { items, cursor: items.at(-1)?.seq ?? after };
}

/** Where a message is stored, for its sender and its receivers. Throws NOT_FOUND or NOT_ADDRESSED. */
export async function findMessageFor(database: Queryable, messageId: string, agencyCode: string): Promise<StoredFile> {
  const { rows } = await database.query<{ sha256: string; size: string; allowed: boolean }>(
    `SELECT message.sha256, message.size, message.sender_code = $2 OR EXISTS (
       SELECT FROM deliveries delivery WHERE delivery.message_id = message.id AND delivery.agency_code = $2) AS allowed
     FROM messages message WHERE message.id = $1`,
    [messageId, agencyCode],
  );
  const message = rows[0];
  if (!message) throw new ExchangeError('NOT_FOUND', 404);
  if (!message.allowed) throw new ExchangeError('NOT_ADDRESSED', 403);
  return { sha256: message.sha256, size: Number(message.size) };
}
