import type { RelatedDocument, RelationRecord, RelationWrites } from '#core/relations/relation-store.ts';
import { comparableCode } from '#shared/domain/notation.ts';
import { notSearchedStates } from '#shared/domain/outgoing-state.ts';
import type { RelationKind } from '#shared/domain/relation.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { textList } from './sql-text.ts';

/** Letters that name one document; a decree may be named by every letter of a year. */
const MOST_NAMING = 200;
const MOST_CANDIDATES = 20;

type Row = Omit<RelationRecord, 'passive'> & { readonly passive: number };
type DocumentRow = Omit<RelatedDocument, 'inBook'> & { readonly inBook: number };

const toRecord = (row: Row): RelationRecord => ({ ...row, passive: row.passive === 1 });
const toDocument = (row: DocumentRow): RelatedDocument => ({ ...row, inBook: row.inBook === 1 });

/** SELECT of the documents that say something of the one of this alias: by what was said, or by what the number means. */
export const speakersOf = (alias: string, kinds: readonly RelationKind[], columns = 'r.document_id, r.kind'): string =>
  ['r.other_id = @.id', 'r.other_id IS NULL AND r.code_key = @.code_key AND r.date = @.date']
    .map((how) => how.replaceAll('@', alias))
    .map((how) => `SELECT ${columns} FROM relation r WHERE r.kind IN ${textList(kinds)} AND r.passive = 0 AND ${how}`)
    .join(' UNION ALL ');

/** Ids of the documents that answer the one of this alias. */
export const answering = (alias: string): string => `(${speakersOf(alias, ['answers'], 'r.document_id')})`;

export function relationQueries(sqlite: Sqlite): RelationWrites {
  const select = `SELECT id, document_id AS documentId, kind, passive, code_text AS codeText, date,
    agency_name AS agencyName, other_id AS otherId, source FROM relation`;
  const find = sqlite.prepare<[string], Row>(`${select} WHERE id = ?`);
  const of = sqlite.prepare<[string], Row>(`${select} WHERE document_id = ? ORDER BY rowid`);
  const pinnedTo = sqlite.prepare<[string], Row>(
    `${select} WHERE other_id = ? ORDER BY rowid DESC LIMIT ${MOST_NAMING}`,
  );
  const naming = sqlite.prepare<[string, string | null], Row>(
    `${select} WHERE code_key = ? AND other_id IS NULL AND (date = ? OR date IS NULL)
     ORDER BY rowid DESC LIMIT ${MOST_NAMING}`,
  );
  const documents = `SELECT d.id, d.direction, d.code_text AS codeText, d.date, d.agency_name AS agencyName, d.abstract,
    d.state, n.number IS NOT NULL AS inBook FROM document d LEFT JOIN book_number n ON n.document_id = d.id`;
  const document = sqlite.prepare<[string], DocumentRow>(`${documents} WHERE d.id = ?`);
  // What was sent back to its sender is not here, and a letter without a number has none that could be named.
  const known = `d.state <> 'returned' AND d.state NOT IN ${textList(notSearchedStates)}
    AND (d.direction = 'incoming' OR n.number IS NOT NULL) ORDER BY d.seq LIMIT ${MOST_CANDIDATES}`;
  const ofDay = sqlite.prepare<[string, string], DocumentRow>(
    `${documents} WHERE d.code_key = ? AND d.date = ? AND ${known}`,
  );
  const ofAnyDay = sqlite.prepare<[string], DocumentRow>(`${documents} WHERE d.code_key = ? AND ${known}`);
  const add = sqlite.prepare(
    `INSERT OR IGNORE INTO relation (id, document_id, kind, passive, code_text, code_key, date, agency_name, other_id, source)
     VALUES (@id, @documentId, @kind, @passive, @codeText, @codeKey, @date, @agencyName, @otherId, @source)`,
  );
  const remove = sqlite.prepare('DELETE FROM relation WHERE id = ?');
  const pin = sqlite.prepare('UPDATE relation SET other_id = ? WHERE id = ?');
  return {
    find: (id) => {
      const row = find.get(id);
      return row === undefined ? null : toRecord(row);
    },
    of: (documentId) => of.all(documentId).map(toRecord),
    pinnedTo: (documentId) => pinnedTo.all(documentId).map(toRecord),
    naming: (codeText, date) => naming.all(comparableCode(codeText), date).map(toRecord),
    document: (id) => {
      const row = document.get(id);
      return row === undefined ? null : toDocument(row);
    },
    candidates: (codeText, date) => {
      const key = comparableCode(codeText);
      return (date === null ? ofAnyDay.all(key) : ofDay.all(key, date)).map(toDocument);
    },
    add: (record) =>
      void add.run({ ...record, passive: record.passive ? 1 : 0, codeKey: comparableCode(record.codeText) }),
    remove: (id) => void remove.run(id),
    pin: (id, otherId) => void pin.run(otherId, id),
  };
}
