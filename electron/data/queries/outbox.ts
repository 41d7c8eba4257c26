import type { OutboxRecord, OutboxWrites, SentMessage } from '#core/sync/sync-stores.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { FileReferences, UnflushedFiles } from './files.ts';
import { notAtWork } from './sql-text.ts';

export function outboxQueries(sqlite: Sqlite, references: FileReferences, files: UnflushedFiles): OutboxWrites {
  // What the sender hears of the handling and of its recall, and what corrects it, goes in the order in which it was said.
  const inOrder = `(status_code IS NULL OR status_code NOT IN ('04', '05', '06', '15', '16') OR NOT EXISTS (
    SELECT 1 FROM outbox e WHERE e.document_id = outbox.document_id AND e.kind = 'status' AND e.state = 'waiting'
      AND e.rowid < outbox.rowid))`;
  const columns = `message_id AS messageId, kind, document_id AS documentId, status_code AS statusCode,
    file_id AS fileId, lane, priority, state, attempts, next_attempt_at AS nextAttemptAt, error_code AS errorCode,
    proof, taken_by AS takenBy, created_at AS createdAt`;
  const due = sqlite.prepare<{ lane: string; now: string; latest: string; atWork: string }, OutboxRecord>(
    `SELECT ${columns} FROM outbox
     WHERE state = 'waiting' AND lane = @lane AND (attempts = 0 OR next_attempt_at <= @now OR next_attempt_at > @latest)
       AND ${notAtWork} AND ${inOrder}
     ORDER BY priority DESC, created_at LIMIT 1`,
  );
  const nextAttemptAt = sqlite
    .prepare(
      `SELECT min(next_attempt_at) FROM outbox WHERE state = 'waiting' AND lane = @lane AND ${notAtWork} AND ${inOrder}`,
    )
    .pluck();
  const find = sqlite.prepare<[string], OutboxRecord>(`SELECT ${columns} FROM outbox WHERE message_id = ?`);
  const sent = sqlite.prepare<{ takenBy: string; limit: number; createdAt: string; messageId: string }, SentMessage>(
    `SELECT message_id AS messageId, proof, created_at AS createdAt FROM outbox
     WHERE state = 'done' AND taken_by = @takenBy AND (created_at, message_id) < (@createdAt, @messageId)
     ORDER BY created_at DESC, message_id DESC LIMIT @limit`,
  );
  const of = sqlite.prepare<[string], OutboxRecord>(
    `SELECT ${columns} FROM outbox WHERE document_id = ? ORDER BY created_at, rowid`,
  );
  const counts = sqlite.prepare<[], { documents: number; statuses: number; blocked: number }>(
    `SELECT count(*) FILTER (WHERE state = 'waiting' AND kind = 'document') AS documents,
       count(*) FILTER (WHERE state = 'waiting' AND kind = 'status') AS statuses,
       count(*) FILTER (WHERE state = 'blocked') AS blocked FROM outbox WHERE state IN ('waiting', 'blocked')`,
  );
  const add = sqlite.prepare(
    `INSERT INTO outbox (message_id, kind, document_id, status_code, file_id, lane, priority, state,
       attempts, next_attempt_at, error_code, proof, taken_by, created_at)
     VALUES (@messageId, @kind, @documentId, @statusCode, @fileId, @lane, @priority, @state, @attempts,
       @nextAttemptAt, @errorCode, @proof, @takenBy, @createdAt)`,
  );
  const update = sqlite.prepare(
    `UPDATE outbox SET state = @state, attempts = @attempts, next_attempt_at = @nextAttemptAt, error_code = @errorCode,
       proof = @proof, taken_by = @takenBy
     WHERE message_id = @messageId`,
  );
  const withdraw = sqlite.prepare("DELETE FROM outbox WHERE message_id = ? AND state = 'blocked'");
  const leaves = sqlite.prepare('UPDATE outbox SET leaving = 1 WHERE message_id = ?');
  const notLeft = "message_id = ? AND (state = 'blocked' OR (state = 'waiting' AND leaving = 0))";
  const isHere = sqlite.prepare(`SELECT 1 FROM outbox WHERE ${notLeft}`);
  const takeBack = sqlite.prepare(`DELETE FROM outbox WHERE ${notLeft}`);
  const rename = sqlite.prepare('UPDATE outbox SET message_id = @newId WHERE message_id = @messageId');
  const lineIsBack = sqlite.prepare(
    "UPDATE outbox SET next_attempt_at = ? WHERE state = 'waiting' AND error_code = 'offline'",
  );
  return {
    due: (lane, now, latest, atWork = []) =>
      due.get({ lane, now: now.toISOString(), latest: latest.toISOString(), atWork: JSON.stringify(atWork) }) ?? null,
    nextAttemptAt: (lane, atWork = []) =>
      (nextAttemptAt.get({ lane, atWork: JSON.stringify(atWork) }) as string | null | undefined) ?? null,
    find: (messageId) => find.get(messageId) ?? null,
    of: (documentId) => of.all(documentId),
    // Above every instant, so that the first page needs no query of its own.
    sent: (takenBy, limit, before) =>
      sent.all({ takenBy, limit, createdAt: before?.createdAt ?? '~', messageId: before?.messageId ?? '' }),
    hasLeft: (messageId) => isHere.get(messageId) === undefined,
    counts: () => counts.get() ?? { documents: 0, statuses: 0, blocked: 0 },
    add: ({ unflushed, ...record }) => {
      add.run(record);
      if (unflushed !== undefined) files.keep(record.fileId, unflushed);
      references.replace('outbox', record.messageId, [record.fileId]);
    },
    update: ({ messageId, state, attempts, nextAttemptAt: next, errorCode, proof, takenBy }) =>
      void update.run({ messageId, state, attempts, nextAttemptAt: next, errorCode, proof, takenBy }),
    withdraw: (messageId) => {
      withdraw.run(messageId);
      references.replace('outbox', messageId, []);
    },
    leaves: (messageId) => leaves.run(messageId).changes === 1,
    takeBack: (messageId) => {
      if (takeBack.run(messageId).changes === 0) return false;
      references.replace('outbox', messageId, []);
      return true;
    },
    rename: (messageId, newId) => {
      const row = find.get(messageId);
      if (row === undefined) throw new Error(`no message ${messageId} in the outbox`);
      rename.run({ messageId, newId });
      references.replace('outbox', messageId, []);
      references.replace('outbox', newId, [row.fileId]);
    },
    lineIsBack: (at) => void lineIsBack.run(at),
  };
}
