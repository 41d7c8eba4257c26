import type { InboxProblem, OutboxRecord, WriteStores } from '#core/ports/stores.ts';
import type { HistoryEntry } from '#shared/contract/common.ts';
import type { Sqlite } from '../connection/open-database.ts';

export function historyQueries(sqlite: Sqlite): WriteStores['history'] {
  const add = sqlite.prepare('INSERT INTO history (subject_id, at, actor, action, params) VALUES (?, ?, ?, ?, ?)');
  const of = sqlite.prepare<[string], Omit<HistoryEntry, 'params'> & { params: string }>(
    'SELECT at, actor, action, params FROM history WHERE subject_id = ? ORDER BY id DESC',
  );
  return {
    add: (subjectId, entry) =>
      void add.run(subjectId, entry.at, entry.actor, entry.action, JSON.stringify(entry.params)),
    of: (subjectId) =>
      of.all(subjectId).map((row) => ({ ...row, params: JSON.parse(row.params) as HistoryEntry['params'] })),
  };
}

export function outboxQueries(sqlite: Sqlite): WriteStores['outbox'] {
  const columns = `message_id AS messageId, kind, subject_id AS subjectId, status_code AS statusCode, file_id AS fileId,
    priority, state, attempts, next_attempt_at AS nextAttemptAt, error_code AS errorCode, created_at AS createdAt,
    done_at AS doneAt`;
  const due = sqlite.prepare<{ now: string; latest: string }, OutboxRecord>(
    `SELECT ${columns} FROM outbox
     WHERE state = 'waiting' AND (next_attempt_at <= @now OR next_attempt_at > @latest)
     ORDER BY priority DESC, created_at LIMIT 1`,
  );
  const nextAttemptAt = sqlite.prepare("SELECT min(next_attempt_at) FROM outbox WHERE state = 'waiting'").pluck();
  const of = sqlite.prepare<[string], OutboxRecord>(
    `SELECT ${columns} FROM outbox WHERE subject_id = ? ORDER BY created_at, message_id`,
  );
  const counts = sqlite.prepare<[], { documents: number; statuses: number; blocked: number }>(
    `SELECT count(*) FILTER (WHERE state = 'waiting' AND kind = 'document') AS documents,
       count(*) FILTER (WHERE state = 'waiting' AND kind = 'status') AS statuses,
       count(*) FILTER (WHERE state = 'blocked') AS blocked FROM outbox WHERE state IN ('waiting', 'blocked')`,
  );
  const add = sqlite.prepare(
    `INSERT INTO outbox (message_id, kind, subject_id, status_code, file_id, priority, state, attempts, next_attempt_at,
       error_code, created_at, done_at)
     VALUES (@messageId, @kind, @subjectId, @statusCode, @fileId, @priority, @state, @attempts, @nextAttemptAt,
       @errorCode, @createdAt, @doneAt)`,
  );
  const update = sqlite.prepare(
    `UPDATE outbox SET state = @state, attempts = @attempts, next_attempt_at = @nextAttemptAt, error_code = @errorCode,
       done_at = @doneAt WHERE message_id = @messageId`,
  );
  return {
    due: (now, latest) => due.get({ now: now.toISOString(), latest: latest.toISOString() }) ?? null,
    nextAttemptAt: () => (nextAttemptAt.get() as string | null | undefined) ?? null,
    of: (subjectId) => of.all(subjectId),
    counts: () => counts.get() ?? { documents: 0, statuses: 0, blocked: 0 },
    add: (record) => void add.run(record),
    update: (messageId, change) => void update.run({ messageId, ...change }),
  };
}

export function inboxProblemQueries(sqlite: Sqlite): WriteStores['inboxProblems'] {
  const add = sqlite.prepare(
    `INSERT INTO inbox_problem VALUES (@messageId, @seq, @senderCode, @fileId, @code, @at) ON CONFLICT (message_id) DO NOTHING`,
  );
  const list = sqlite.prepare<[], InboxProblem>(
    `SELECT message_id AS messageId, seq, sender_code AS senderCode, file_id AS fileId, code, at FROM inbox_problem
     ORDER BY seq DESC LIMIT 200`,
  );
  const count = sqlite.prepare('SELECT count(*) FROM inbox_problem').pluck();
  return {
    list: () => list.all(),
    count: () => count.get() as number,
    add: (problem) => void add.run(problem),
  };
}
