import type { SearchReads } from '#core/search/search-store.ts';
import type { SearchHit } from '#shared/contract/office.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { searchedFieldsOf } from '#shared/domain/document-fields.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import { notSearchedStates } from '#shared/domain/outgoing-state.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { textList } from './sql-text.ts';

/** What is searched of a document: its fields, and its number and notation as a record gives it. */
type Searched = Readonly<Record<string, unknown>>;

export interface SearchIndex extends SearchReads {
  put(seq: number, direction: Direction, document: Searched): void;
  replace(id: string, direction: Direction, document: Searched): void;
  /** A condition on `seq` for list queries, with its parameters; null when the text holds nothing to look for. */
  condition(typed: string | undefined): { readonly sql: string; readonly parameters: readonly string[] } | null;
}

export function searchIndex(sqlite: Sqlite): SearchIndex {
  const seqOf = sqlite.prepare<[string]>('SELECT seq FROM document WHERE id = ?').pluck();
  const dropWords = sqlite.prepare('DELETE FROM search_words WHERE rowid = ?');
  const dropCode = sqlite.prepare('DELETE FROM search_code WHERE rowid = ?');
  const putWords = sqlite.prepare('INSERT INTO search_words (rowid, code, body) VALUES (?, ?, ?)');
  const putCode = sqlite.prepare('INSERT INTO search_code (rowid, code) VALUES (?, ?)');

  const put: SearchIndex['put'] = (seq, direction, document) => {
    // An outgoing document's number is no field of its form: the book gives it.
    const codes = new Set(['codeText', ...searchedFieldsOf(direction, 'code')]);
    const code = foldVietnamese([...codes].map((name) => textOf(document[name])).join(' '));
    const words = searchedFieldsOf(direction, 'words').map((name) => textOf(document[name]));
    putWords.run(seq, code, foldVietnamese(words.join(' ')));
    putCode.run(seq, code);
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
    replace: (id, direction, document) => {
      const seq = seqOf.get(id) as number;
      dropWords.run(seq);
      dropCode.run(seq);
      put(seq, direction, document);
    },
    condition,
    find: (typed, limit) => {
      const found = condition(typed);
      if (found === null) return [];
      return sqlite
        .prepare<unknown[], SearchHit>(
          `SELECT d.direction, d.id, d.code_text AS codeText, d.agency_name AS agencyName, d.abstract,
             coalesce(d.arrived_at, d.changed_at) AS at
           FROM document d WHERE d.seq ${found.sql} AND d.state NOT IN ${textList(notSearchedStates)} ORDER BY at DESC LIMIT ?`,
        )
        .all(...found.parameters, limit);
    },
  };
}

/** A field as it is searched: texts, and lines one after the other. */
function textOf(value: unknown): string {
  return Array.isArray(value)
    ? value.filter((line) => typeof line === 'string').join(' ')
    : typeof value === 'string'
      ? value
      : '';
}
