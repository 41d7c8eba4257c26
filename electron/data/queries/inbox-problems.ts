import type { InboxProblem, InboxProblemWrites } from '#core/sync/sync-stores.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { FileReferences } from './files.ts';

export function inboxProblemQueries(sqlite: Sqlite, references: FileReferences): InboxProblemWrites {
  const add = sqlite.prepare(
    `INSERT INTO inbox_problem VALUES (@messageId, @seq, @senderCode, @fileId, @code, @at)
     ON CONFLICT (message_id) DO NOTHING`,
  );
  const list = sqlite.prepare<[], InboxProblem>(
    `SELECT message_id AS messageId, seq, sender_code AS senderCode, file_id AS fileId, code, at FROM inbox_problem
     ORDER BY seq DESC LIMIT 200`,
  );
  const count = sqlite.prepare('SELECT count(*) FROM inbox_problem').pluck();
  return {
    list: () => list.all(),
    count: () => count.get() as number,
    add: (problem) => {
      if (add.run(problem).changes === 1) references.replace('inbox-problem', problem.messageId, [problem.fileId]);
    },
  };
}
