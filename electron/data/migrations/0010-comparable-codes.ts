import { comparableCode } from '#shared/domain/notation.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { Migration } from './migrations.ts';

/**
 * What a document's number means beside how it is written, so that the same letter is recognised; and documents whose
 * Đ is one of the letters that look like it become searchable by Đ and by d.
 */
export const comparableCodes: Migration = (sqlite) => {
  sqlite.exec(schema);
  fillCodes(sqlite);
  indexAgain(sqlite);
};

const schema = `
ALTER TABLE document ADD COLUMN code_key TEXT NOT NULL DEFAULT '';
-- Beside document_code, by which statuses name a document exactly.
CREATE INDEX document_code_key ON document (code_key, date);
`;

function fillCodes(sqlite: Sqlite): void {
  const fill = sqlite.prepare<[string, string]>('UPDATE document SET code_key = ? WHERE code_text = ?');
  const codes = sqlite.prepare<[], string>('SELECT DISTINCT code_text FROM document').pluck().all();
  for (const code of codes) fill.run(comparableCode(code), code);
}

const searchedWords = ['agency_name', 'document_type', 'abstract', 'signer_name', 'addressees', 'forward_to'] as const;

interface SearchedRow {
  readonly seq: number;
  readonly code: string;
  readonly words: string;
}

function indexAgain(sqlite: Sqlite): void {
  const lookalikes = ['\u00d0', '\u00f0', '\u0189', '\u0256'];
  const texts = ['code_text', ...searchedWords].map((column) => `coalesce(${column}, '')`).join(` || ' ' || `);
  const rows = sqlite
    .prepare<string[], SearchedRow>(
      `SELECT seq, code_text AS code, ${searchedWords.map((column) => `coalesce(${column}, '')`).join(` || ' ' || `)} AS words
       FROM document WHERE ${lookalikes.map(() => `instr(${texts}, ?) > 0`).join(' OR ')}`,
    )
    .all(...lookalikes);
  const [dropWords, dropCode] = ['search_words', 'search_code'].map((name) =>
    sqlite.prepare(`DELETE FROM ${name} WHERE rowid = ?`),
  );
  const putWords = sqlite.prepare('INSERT INTO search_words (rowid, code, body) VALUES (?, ?, ?)');
  const putCode = sqlite.prepare('INSERT INTO search_code (rowid, code) VALUES (?, ?)');
  for (const { seq, code, words } of rows) {
    dropWords?.run(seq);
    dropCode?.run(seq);
    putWords.run(seq, foldVietnamese(code), foldVietnamese(words));
    putCode.run(seq, foldVietnamese(code));
  }
}
