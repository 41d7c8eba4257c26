import type { InboxItem } from '#core/ports/exchange.ts';
import type { InboxProblem, InboxProblemWrites } from '#core/sync/sync-stores.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { FileReferences } from './files.ts';

type ProblemRow = InboxItem & Pick<InboxProblem, 'fileId' | 'code' | 'at'>;

const columns = `seq, kind, message_id AS messageId, sender_code AS "from", size, sha256, accepted_at AS acceptedAt,
  urgency, file_id AS fileId, code, at`;

const fromRow = ({ fileId, code, at, ...item }: ProblemRow): InboxProblem => ({ item, fileId, code, at });

export function inboxProblemQueries(sqlite: Sqlite, references: FileReferences): InboxProblemWrites {
  const add = sqlite.prepare(
    `INSERT INTO inbox_problem (message_id, seq, sender_code, file_id, code, at, kind, size, sha256, accepted_at, urgency)
     VALUES (@messageId, @seq, @from, @fileId, @code, @at, @kind, @size, @sha256, @acceptedAt, @urgency)
     ON CONFLICT (message_id) DO UPDATE SET seq = excluded.seq, file_id = excluded.file_id, code = excluded.code`,
  );
  const list = sqlite.prepare<[number], ProblemRow>(
    `SELECT ${columns} FROM
       (SELECT *, row_number() OVER (PARTITION BY sender_code ORDER BY seq DESC) AS place FROM inbox_problem)
     WHERE place <= ? ORDER BY at DESC, seq DESC`,
  );
  const find = sqlite.prepare<[string], ProblemRow>(`SELECT ${columns} FROM inbox_problem WHERE message_id = ?`);
  const count = sqlite.prepare('SELECT count(*) FROM inbox_problem').pluck();
  const remove = sqlite.prepare('DELETE FROM inbox_problem WHERE message_id = ?');
  return {
    list: (perSender) => list.all(perSender).map(fromRow),
    find: (messageId) => {
      const row = find.get(messageId);
      return row === undefined ? null : fromRow(row);
    },
    count: () => count.get() as number,
    add: ({ item, fileId, code, at }) => {
      add.run({ ...item, fileId, code, at });
      references.replace('inbox-problem', item.messageId, [fileId]);
    },
    remove: (messageId) => {
      remove.run(messageId);
      references.replace('inbox-problem', messageId, []);
    },
  };
}
