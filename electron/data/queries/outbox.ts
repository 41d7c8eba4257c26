import type { OutboxRecord, OutboxWrites } from '#core/sync/sync-stores.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { FileReferences } from './files.ts';

export function outboxQueries(sqlite: Sqlite, references: FileReferences): OutboxWrites {
  const columns = `message_id AS messageId, kind, document_id AS documentId, status_code AS statusCode,
    file_id AS fileId, priority, state, attempts, next_attempt_at AS nextAttemptAt, error_code AS errorCode,
    created_at AS createdAt`;
  const due = sqlite.prepare<{ now: string; latest: string }, OutboxRecord>(
    `SELECT ${columns} FROM outbox
     WHERE state = 'waiting' AND (next_attempt_at <= @now OR next_attempt_at > @latest)
     ORDER BY priority DESC, created_at LIMIT 1`,
  );
  const nextAttemptAt = sqlite.prepare("SELECT min(next_attempt_at) FROM outbox WHERE state = 'waiting'").pluck();
  const of = sqlite.prepare<[string], OutboxRecord>(
    `SELECT ${columns} FROM outbox WHERE document_id = ? ORDER BY created_at, message_id`,
  );
  const counts = sqlite.prepare<[], { documents: number; statuses: number; blocked: number }>(
    `SELECT count(*) FILTER (WHERE state = 'waiting' AND kind = 'document') AS documents,
       count(*) FILTER (WHERE state = 'waiting' AND kind = 'status') AS statuses,
       count(*) FILTER (WHERE state = 'blocked') AS blocked FROM outbox WHERE state IN ('waiting', 'blocked')`,
  );
  const add = sqlite.prepare(
    `INSERT INTO outbox (message_id, kind, document_id, status_code, file_id, priority, state, attempts,
       next_attempt_at, error_code, created_at)
     VALUES (@messageId, @kind, @documentId, @statusCode, @fileId, @priority, @state, @attempts, @nextAttemptAt,
       @errorCode, @createdAt)`,
  );
  const update = sqlite.prepare(
    `UPDATE outbox SET state = @state, attempts = @attempts, next_attempt_at = @nextAttemptAt, error_code = @errorCode
     WHERE message_id = @messageId`,
  );
  return {
    due: (now, latest) => due.get({ now: now.toISOString(), latest: latest.toISOString() }) ?? null,
    nextAttemptAt: () => (nextAttemptAt.get() as string | null | undefined) ?? null,
    of: (documentId) => of.all(documentId),
    counts: () => counts.get() ?? { documents: 0, statuses: 0, blocked: 0 },
    add: (record) => {
      add.run(record);
      references.replace('outbox', record.messageId, [record.fileId]);
    },
    update: ({ messageId, state, attempts, nextAttemptAt: next, errorCode }) =>
      void update.run({ messageId, state, attempts, nextAttemptAt: next, errorCode }),
  };
}
