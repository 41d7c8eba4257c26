import type { SearchHit } from '#shared/contract/office.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import type { Sqlite } from '../connection/open-database.ts';

export interface SearchIndex {
  put(kind: 'incoming' | 'outgoing', id: string, code: string, body: readonly string[]): void;
  find(text: string, limit: number): SearchHit[];
  /** A condition on `id` for list queries, with its parameters; null when the text holds nothing to look for. */
  condition(text: string | undefined): { sql: string; params: string[] } | null;
}

export function searchIndex(sqlite: Sqlite): SearchIndex {
  const insert = sqlite.prepare('INSERT INTO search_document (kind, id) VALUES (?, ?) ON CONFLICT (id) DO NOTHING');
  const rowid = sqlite.prepare<[string]>('SELECT rowid FROM search_document WHERE id = ?').pluck();
  const dropWords = sqlite.prepare('DELETE FROM search_words WHERE rowid = ?');
  const dropCode = sqlite.prepare('DELETE FROM search_code WHERE rowid = ?');
  const putWords = sqlite.prepare('INSERT INTO search_words (rowid, code, body) VALUES (?, ?, ?)');
  const putCode = sqlite.prepare('INSERT INTO search_code (rowid, code) VALUES (?, ?)');

  const condition: SearchIndex['condition'] = (text) => {
    // SQLite ends a text at the first NUL, and with it the quotes around it.
    const folded = foldVietnamese(text ?? '')
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
    return {
      sql: `IN (SELECT id FROM search_document WHERE rowid IN (${sql}))`,
      params: byCode ? [match, `"${folded.replaceAll('"', '')}"`] : [match],
    };
  };

  return {
    put: (kind, id, code, body) => {
      insert.run(kind, id);
      const row = rowid.get(id) as number;
      dropWords.run(row);
      dropCode.run(row);
      const foldedCode = foldVietnamese(code);
      putWords.run(row, foldedCode, foldVietnamese(body.join(' ')));
      putCode.run(row, foldedCode);
    },
    condition,
    find: (text, limit) => {
      const found = condition(text);
      if (found === null) return [];
      return sqlite
        .prepare<unknown[], SearchHit>(
          `SELECT 'incoming' AS kind, id, code_text AS codeText, agency_name AS agencyName, abstract, arrived_at AS at
             FROM incoming WHERE id ${found.sql}
           UNION ALL
           SELECT 'outgoing', id, code_text, agency_name, abstract, changed_at FROM outgoing
             WHERE state <> 'discarded' AND id ${found.sql}
           ORDER BY at DESC LIMIT ?`,
        )
        .all(...found.params, ...found.params, limit);
    },
  };
}
