import { type Kysely, sql } from 'kysely';
import type { InboxItem } from '#shared/wire/inbox.ts';
import type { Receipt } from '#shared/wire/messages.ts';
import type { WatchedDocument } from '../rules/watched-document.ts';
import { MESSAGE_JOB } from './alarm-queue.ts';
import { holdReceivers, takeNext } from './inbox-numbers.ts';
import type { StoredFile } from './message-files.ts';
import { isOpen } from './open-agencies.ts';
import { prepared } from './prepared-statements.ts';
import type { Tables } from './tables.ts';

export interface NewMessage {
  readonly id: string;
  readonly senderCode: string;
  readonly kind: InboxItem['kind'];
  readonly documentId: string;
  readonly urgency: InboxItem['urgency'];
  readonly file: StoredFile;
  /** Null for a message that brings no document to be opened. */
  readonly document: WatchedDocument | null;
}

/** Whether a message may be taken, as it stands before its bytes are kept. */
export interface Standing {
  /** An agency past its last day only reads. */
  readonly maySend: boolean;
  /** Those of the named receivers that may receive today. */
  readonly receivers: readonly string[];
  /** What was accepted under the same id before. */
  readonly earlier: { readonly senderCode: string; readonly sha256: string } | null;
}

/** Numbers that were taken for a message, in the transaction that keeps it. */
export interface TakenNumbers {
  readonly epoch: string;
  readonly maySend: boolean;
  /** A message of this id is here already; no number was taken. */
  readonly isKnown: boolean;
  /** Number of the delivery in each receiver's inbox, by agency code: those of the named that may receive today. */
  readonly numbers: ReadonlyMap<string, number>;
  /** By the database's clock, in whole milliseconds: within one inbox the times rise with the numbers. */
  readonly at: Date;
}

/** Accepting a message, in as few statements as can be: every message passes here, and what a statement costs is its way. */
export class AcceptanceStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async standing(messageId: string, senderCode: string, receivers: readonly string[]): Promise<Standing> {
    const { rows } = await sql<{
      may_send: boolean;
      receivers: string[];
      earlier_sender: string | null;
      earlier_sha256: string | null;
    }>`
      SELECT ${prepared} ${isOpen('sender')} AS may_send,
        ARRAY(SELECT code FROM agencies WHERE code = any(${receivers}::text[]) AND ${isOpen('agencies')}) AS receivers,
        earlier.sender_code AS earlier_sender, earlier.sha256 AS earlier_sha256
      FROM agencies sender LEFT JOIN messages earlier ON earlier.id = ${messageId}::uuid
      WHERE sender.code = ${senderCode}`.execute(this.#db);
    const [row] = rows;
    if (row === undefined) throw new Error(`agency ${senderCode} has no row`);
    const { may_send: maySend, receivers: open, earlier_sender: sender, earlier_sha256: sha256 } = row;
    return {
      maySend,
      receivers: open,
      earlier: sender === null || sha256 === null ? null : { senderCode: sender, sha256 },
    };
  }

  /** Takes the next number of each receiver's inbox, unless the message is here. */
  async takeNumbers(messageId: string, senderCode: string, receivers: readonly string[]): Promise<TakenNumbers> {
    const { rows } = await sql<{
      epoch: string;
      may_send: boolean;
      is_known: boolean;
      code: string | null;
      last_seq: string | null;
      at: Date;
    }>`
      WITH ${prepared} known AS (
        SELECT FROM messages WHERE id = ${messageId}::uuid
      ), held AS (${holdReceivers(receivers, sql`NOT EXISTS (SELECT FROM known)`)}), taken AS (${takeNext})
      SELECT identity.epoch, ${isOpen('sender')} AS may_send, EXISTS (SELECT FROM known) AS is_known,
        taken.code, taken.last_seq, date_trunc('milliseconds', clock_timestamp()) AS at
      FROM exchange_identity identity CROSS JOIN agencies sender LEFT JOIN taken ON true
      WHERE sender.code = ${senderCode}`.execute(this.#db);
    const [first] = rows;
    if (first === undefined) throw new Error(`agency ${senderCode} has no row`);
    const numbers = new Map<string, number>();
    for (const { code, last_seq: number } of rows) if (code !== null) numbers.set(code, Number(number));
    // A row may have been read before the next one could be held; the last one was not.
    const at = new Date(Math.max(...rows.map((row) => row.at.getTime())));
    return { epoch: first.epoch, maySend: first.may_send, isKnown: first.is_known, numbers, at };
  }

  /** Keeps a message with its receipt and its deliveries; false, and nothing, when its id was given meanwhile. */
  async keep(message: NewMessage, receipt: Receipt, { numbers, at }: TakenNumbers): Promise<boolean> {
    const { id, senderCode, kind, documentId, urgency, file, document } = message;
    const codes = [...numbers.keys()];
    const { rows } = await sql`
      WITH ${prepared} kept AS (
        INSERT INTO messages (id, sender_code, kind, document_id, urgency, sha256, size, accepted_at)
        VALUES (${id}, ${senderCode}, ${kind}, ${documentId}, ${urgency}, ${file.sha256}, ${file.size}, ${at})
        ON CONFLICT (id) DO NOTHING RETURNING id
      ), receipt AS (
        INSERT INTO receipts (message_id, body) SELECT id, ${JSON.stringify(receipt)}::jsonb FROM kept
      ), delivery AS (
        INSERT INTO deliveries (agency_code, seq, message_id)
        SELECT given.code, given.seq, kept.id
        FROM kept, unnest(${codes}::text[], ${[...numbers.values()]}::bigint[]) AS given (code, seq)
      ), document AS (
        INSERT INTO documents
          (message_id, sender_code, document_id, code, type_name, urgency, paper, policy_id, accepted_at)
        SELECT id, ${senderCode}, ${documentId}, ${document?.code}, ${document?.typeName}, ${urgency}, ${document?.paper},
          ${document?.policyId}::bigint, ${at}::timestamptz
        FROM kept WHERE ${document !== null}::boolean
        RETURNING message_id
      ), watched AS (
        INSERT INTO document_deliveries
          (message_id, recipient_code, sender_code, urgency, express_at, due_at, express_limit_minutes, available_at,
            next_alarm_at)
        SELECT message_id, code, ${senderCode}, ${urgency}, ${document?.expressAt}::timestamptz,
          ${document?.dueAt}::timestamptz, ${document?.expressLimitMinutes}::integer, ${at},
          CASE WHEN ${document?.hasSteps ?? false}::boolean THEN ${at}::timestamptz END
        FROM document, unnest(${codes}::text[]) AS given (code)
      ), event AS (
        INSERT INTO delivery_events (at, event, message_id, recipient_code)
        SELECT ${at}, event, message_id, code
        FROM document, unnest(${codes}::text[]) AS given (code), unnest('{accepted,available}'::text[]) AS happened (event)
      ), job AS (
        SELECT graphile_worker.add_job(${MESSAGE_JOB}, json_build_object('messageId', message_id))
        FROM document WHERE ${document?.hasSteps ?? false}::boolean
      )
      SELECT id, (SELECT count(*) FROM job) FROM kept`.execute(this.#db);
    return rows.length > 0;
  }
}
