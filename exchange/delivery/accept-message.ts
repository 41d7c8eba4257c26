import type { EdxmlRouting } from '#shared/edxml/read-edxml.ts';
import { urgencyFromRank } from '#shared/domain/urgency.ts';
import { type Receipt, receiptSchema } from '#shared/wire/exchange-api.ts';
import { ExchangeError } from '../exchange-error.ts';
import { normaliseAgencyCode } from '../directory/agencies.ts';
import { type Database, inTransaction, onlyRow, type Queryable } from '../storage/database.ts';
import type { StoredFile } from '../storage/message-files.ts';
import { INBOX_CHANNEL } from './inbox-bell.ts';

export interface OfferedMessage {
  readonly id: string;
  /** Agency of the authenticated workstation. */
  readonly senderCode: string;
  readonly routing: EdxmlRouting;
  /** Already durable. */
  readonly file: StoredFile;
}

export interface Acceptance {
  readonly receipt: Receipt;
  /** false when the same message was accepted before. */
  readonly isNew: boolean;
  /** Agencies with something new in their inbox. */
  readonly delivered: readonly string[];
}

/** The receipt of a message accepted before, or null. Throws MESSAGE_ID_CONFLICT when it was other bytes. */
async function findReceipt(
  database: Queryable,
  message: { readonly id: string; readonly senderCode: string; readonly sha256: string },
): Promise<Receipt | null> {
  const { rows } = await database.query<{ sender_code: string; sha256: string; body: unknown }>(
    `SELECT message.sender_code, message.sha256, receipt.body
     FROM messages message JOIN receipts receipt ON receipt.message_id = message.id WHERE message.id = $1`,
    [message.id],
  );
  const known = rows[0];
  if (!known) return null;
  if (known.sha256 !== message.sha256 || known.sender_code !== message.senderCode) {
    throw new ExchangeError('MESSAGE_ID_CONFLICT', 409, { messageId: message.id });
  }
  return receiptSchema.parse(known.body);
}

/**
 * Accepts a message in one transaction: message, one delivery per known receiver with the next number of its inbox, and
 * the receipt. The same id and bytes give the stored receipt again. Throws RECIPIENT_UNKNOWN when nobody is known.
 */
export async function acceptMessage(database: Database, message: OfferedMessage): Promise<Acceptance> {
  return inTransaction(database, async (transaction) => {
    // Requests with the same id take turns; the later ones then find the receipt.
    await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))', [message.id]);
    const earlier = await findReceipt(transaction, { ...message, sha256: message.file.sha256 });
    if (earlier) return { receipt: earlier, isNew: false, delivered: [] };

    const wanted = [...new Set(message.routing.to.map(normaliseAgencyCode))];
    // In the order of their codes, so that two messages to the same agencies never wait for each other in a circle.
    const locked = await transaction.query<{ code: string }>(
      `SELECT code FROM agencies WHERE code = ANY($1) AND (valid_to IS NULL OR valid_to >= current_date)
       ORDER BY code FOR NO KEY UPDATE`,
      [wanted],
    );
    if (locked.rows.length === 0) {
      throw new ExchangeError('RECIPIENT_UNKNOWN', 422, { organIds: message.routing.to.join(' ').slice(0, 2_000) });
    }
    const codes = locked.rows.map((row) => row.code);
    const numbered = await transaction.query<{ code: string; last_seq: string }>(
      'UPDATE agencies SET last_seq = last_seq + 1 WHERE code = ANY($1) RETURNING code, last_seq',
      [codes],
    );
    const seqs = new Map(numbered.rows.map((row) => [row.code, Number(row.last_seq)]));
    // Read after the locks: within one inbox the times then rise with the numbers.
    const stored = await transaction.query<{ accepted_at: Date }>(
      `INSERT INTO messages (id, sender_code, kind, document_id, urgency, sha256, size, accepted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, date_trunc('milliseconds', clock_timestamp())) RETURNING accepted_at`,
      [
        message.id,
        message.senderCode,
        message.routing.kind,
        message.routing.documentId,
        urgencyFromRank(message.routing.priority ?? 0) ?? 'normal',
        message.file.sha256,
        message.file.size,
      ],
    );
    await transaction.query(
      `INSERT INTO deliveries (agency_code, seq, message_id)
       SELECT code, seq, $3 FROM unnest($1::text[], $2::bigint[]) AS given (code, seq)`,
      [[...seqs.keys()], [...seqs.values()], message.id],
    );
    const receipt: Receipt = {
      messageId: message.id,
      sha256: message.file.sha256,
      acceptedAt: onlyRow(stored).accepted_at.toISOString(),
      recipients: [...new Set(message.routing.to)].map((organId) => {
        const seq = seqs.get(normaliseAgencyCode(organId));
        return seq === undefined ? { organId, outcome: 'unknown' } : { organId, outcome: 'accepted', seq };
      }),
    };
    await transaction.query('INSERT INTO receipts (message_id, body) VALUES ($1, $2)', [message.id, receipt]);
    await transaction.query('SELECT pg_notify($1, code) FROM unnest($2::text[]) AS woken (code)', [
      INBOX_CHANNEL,
      codes,
    ]);
    return { receipt, isNew: true, delivered: codes };
  });
}
