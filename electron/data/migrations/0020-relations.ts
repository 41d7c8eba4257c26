import { randomUUID } from 'node:crypto';
import { comparableCode } from '#shared/domain/notation.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { Migration } from './migrations.ts';

/**
 * How documents stand to each other, with what the number of the other means and who says so. The table was there from
 * the beginning and nothing wrote to it; what finished the handling of documents becomes its first rows.
 */
export const relations: Migration = (sqlite) => {
  const earlier = sqlite
    .prepare<[], Earlier>(
      'SELECT document_id AS documentId, kind, code_text AS codeText, date, other_id AS otherId FROM relation',
    )
    .all();
  sqlite.exec(schema);
  const add = sqlite.prepare(
    `INSERT OR IGNORE INTO relation (id, document_id, kind, passive, code_text, code_key, date, agency_name, other_id, source)
     VALUES (@id, @documentId, @kind, @passive, @codeText, @codeKey, @date, '', @otherId, @source)`,
  );
  const put = (row: Earlier & { readonly passive: number; readonly source: string }) =>
    add.run({ ...row, id: randomUUID(), codeKey: comparableCode(row.codeText) });
  for (const row of earlier) {
    put({ ...row, kind: row.kind === 'based-on' ? 'refers-to' : row.kind, passive: 0, source: 'page' });
  }
  for (const row of answers(sqlite)) put(row);
};

interface Earlier {
  readonly documentId: string;
  readonly kind: string;
  readonly codeText: string;
  readonly date: string | null;
  readonly otherId: string | null;
}

/** The letter that answers a document says so; an answer that is not in the register stands with what it answers. */
function answers(sqlite: Sqlite) {
  const rows = sqlite
    .prepare<
      [],
      {
        id: string;
        codeText: string;
        date: string | null;
        answerId: string | null;
        answerCode: string;
        answerDate: string | null;
      }
    >(
      `SELECT d.id, d.code_text AS codeText, d.date, h.answer_id AS answerId, coalesce(h.answer_code, '') AS answerCode,
         h.answer_date AS answerDate
       FROM handling h JOIN document d ON d.id = h.document_id
       WHERE h.outcome IN ('letter', 'by-hand') AND (h.answer_id IS NOT NULL OR h.answer_code <> '') ORDER BY d.seq`,
    )
    .all();
  return rows.map(({ id, codeText, date, answerId, answerCode, answerDate }) =>
    answerId === null
      ? {
          documentId: id,
          kind: 'answers',
          passive: 1,
          codeText: answerCode,
          date: answerDate,
          otherId: null,
          source: 'register',
        }
      : { documentId: answerId, kind: 'answers', passive: 0, codeText, date, otherId: id, source: 'register' },
  );
}

const schema = `
DROP TABLE relation;
CREATE TABLE relation (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  kind TEXT NOT NULL
    CHECK (kind IN ('answers', 'replaces', 'repeals', 'corrects', 'recalls', 'paper-of', 'refers-to')),
  -- The other one answers, replaces, … this one.
  passive INTEGER NOT NULL CHECK (passive IN (0, 1)),
  code_text TEXT NOT NULL,
  -- What the number means (code_key of document).
  code_key TEXT NOT NULL,
  date TEXT,
  agency_name TEXT NOT NULL,
  -- Where somebody said which document it is; else the number says it, whenever that document comes.
  other_id TEXT REFERENCES document (id),
  source TEXT NOT NULL CHECK (source IN ('page', 'message', 'person', 'register'))
) STRICT;
CREATE UNIQUE INDEX relation_said ON relation (document_id, kind, passive, code_key, coalesce(date, ''), coalesce(other_id, ''));
CREATE INDEX relation_other ON relation (other_id) WHERE other_id IS NOT NULL;
CREATE INDEX relation_code ON relation (code_key, date) WHERE other_id IS NULL;
`;
