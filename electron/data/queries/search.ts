import type { SearchReads } from '#core/search/search-store.ts';
import type { SearchHit } from '#shared/contract/office.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { searchedFieldsOf, type FieldName } from '#shared/domain/document-fields.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import { notSearchedStates } from '#shared/domain/outgoing-state.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { textList } from './sql-text.ts';

/** What is searched of a document: its fields, and its number and notation as a record gives it. */
type Searched = Readonly<Record<string, unknown>>;

export interface SearchIndex extends SearchReads {
  put(seq: number, direction: Direction, document: Searched): void;
  /** Does nothing when what is searched is the same: most steps of a document change none of its words. */
  replace(seq: number, direction: Direction, before: Searched, after: Searched): void;
  /** A condition on `seq` for list queries, with its parameters; null when the text holds nothing to look for. */
  condition(typed: string | undefined): { readonly sql: string; readonly parameters: readonly string[] } | null;
}

export function searchIndex(sqlite: Sqlite): SearchIndex {
  const dropWords = sqlite.prepare('DELETE FROM search_words WHERE rowid = ?');
  const dropCode = sqlite.prepare('DELETE FROM search_code WHERE rowid = ?');
  const putWords = sqlite.prepare('INSERT INTO search_words (rowid, code, body) VALUES (?, ?, ?)');
  const putCode = sqlite.prepare('INSERT INTO search_code (rowid, code) VALUES (?, ?)');

  const put: SearchIndex['put'] = (seq, direction, document) => {
    const { code, words } = searchedTexts(direction, document);
    const folded = foldVietnamese(code);
    putWords.run(seq, folded, foldVietnamese(words));
    putCode.run(seq, folded);
  };

  const condition: SearchIndex['condition'] = (typed) => {
    // SQLite ends a text at the first NUL, and with it the quotes around it.
    const folded = foldVietnamese(typed ?? '')
      .replaceAll('\0', ' ')
      .trim();
    const words = folded.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
    if (words.length === 0) return null;
    const match = words.map((word, at) => `"${word}"${at === words.length - 1 ? '*' : ''}`).join(' ');
    // Part of a number and notation ("41/VPU") is found by trigrams, words anywhere by their beginnings.
    const byCode = folded.length >= 3 && /[/-]|\d/.test(folded);
    const sql = byCode
      ? `SELECT rowid FROM search_words WHERE search_words MATCH ? UNION SELECT rowid FROM search_code WHERE search_code MATCH ?`
      : `SELECT rowid FROM search_words WHERE search_words MATCH ?`;
    return { sql: `IN (${sql})`, parameters: byCode ? [match, `"${folded.replaceAll('"', '')}"`] : [match] };
  };

  return {
    put,
    replace: (seq, direction, before, after) => {
      const [old, fresh] = [searchedTexts(direction, before), searchedTexts(direction, after)];
      if (old.code === fresh.code && old.words === fresh.words) return;
      dropWords.run(seq);
      dropCode.run(seq);
      put(seq, direction, after);
    },
    condition,
    find: (typed, limit, hidden) => {
      const found = condition(typed);
      if (found === null) return [];
      return sqlite
        .prepare<unknown[], SearchHit>(
          `SELECT d.direction, d.id, d.code_text AS codeText, d.agency_name AS agencyName, d.abstract,
             coalesce(d.arrived_at, d.changed_at) AS at
           FROM document d WHERE d.seq ${found.sql} AND d.state NOT IN ${textList(notSearchedStates)}
             AND d.id NOT IN (SELECT value FROM json_each(?)) ORDER BY at DESC LIMIT ?`,
        )
        .all(...found.parameters, JSON.stringify([...hidden]), limit);
    },
  };
}

/** Fields that are searched, besides the number and notation that a record has. */
export const searchedNames = (direction: Direction): readonly FieldName[] => [
  ...searchedFieldsOf(direction, 'code'),
  ...searchedFieldsOf(direction, 'words'),
];

function searchedTexts(direction: Direction, document: Searched): { readonly code: string; readonly words: string } {
  // An outgoing document's number is no field of its form: the book gives it.
  const codes = new Set(['codeText', ...searchedFieldsOf(direction, 'code')]);
  return {
    code: [...codes].map((name) => textOf(document[name])).join(' '),
    words: searchedFieldsOf(direction, 'words')
      .map((name) => textOf(document[name]))
      .join(' '),
  };
}

/** A field as it is searched: texts, and lines as they are kept. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join('\n');
  return typeof value === 'string' ? value : '';
}
