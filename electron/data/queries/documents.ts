import { fieldDescription, fieldsOf, type FieldName, type FieldValues } from '#shared/domain/document-fields.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { comparableCode } from '#shared/domain/notation.ts';
import { codeOrder, vietnameseOrder } from '#shared/domain/vietnamese-order.ts';
import { isExpress, type Urgency } from '#shared/domain/urgency.ts';
import type { DocumentRecord } from '#core/documents/document-record.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { Attachments } from './attachments.ts';
import { documentLists, type DocumentLists } from './document-lists.ts';
import type { FileReferences } from './files.ts';
import type { Reports } from './reports.ts';
import { searchedNames, type SearchIndex } from './search.ts';

/** Columns of `document` by the name that a record gives them. */
type Columns = Readonly<Record<string, string>>;
type Row = Readonly<Record<string, unknown>>;

/** Columns that both directions have and that are no fields of a form. */
const sharedColumns: Columns = {
  id: 'id',
  revision: 'revision',
  state: 'state',
  bookId: 'book_id',
  reason: 'reason',
  createdAt: 'created_at',
  changedAt: 'changed_at',
};

/** What documents of both directions are kept with. */
export interface DocumentParts {
  readonly search: SearchIndex;
  readonly reports: Reports;
  readonly attachments: Attachments;
  readonly references: FileReferences;
}

/** Set when a document comes into the register, and never after. */
const FIXED: ReadonlySet<string> = new Set(['id', 'createdAt', 'arrivedAt', 'source', 'madeFrom']);

export interface DocumentTable<D extends Direction> extends DocumentLists {
  /** For SELECT from `document d`: everything of the table, and the number that the book gave. */
  readonly select: string;
  /** `document d` with its number, without WHERE. */
  readonly from: string;
  insert(own: Row, fields: FieldValues<D>): void;
  /** Replaces the row, which must be one revision before. @throws Error when it is not */
  update(own: Row & { readonly id: string; readonly revision: number }, fields: FieldValues<D>): void;
  /** What documents of both directions have, from a row of `select`. */
  sharedOf<State extends string>(row: DocumentRow<State>): DocumentRecord<D, State>;
}

/** A row of `select`, as far as both directions have it. */
export interface DocumentRow<State extends string>
  extends Row, Omit<DocumentRecord<Direction, State>, 'fields' | 'numbered'> {
  readonly numberedYear: number | null;
  readonly numberedNumber: number;
  readonly numberedSuffix: string;
  readonly numberedAt: string;
}

/**
 * The table `document` for one direction. Which columns its fields have is said with the fields; `own` are the columns
 * besides, by the name that a record gives them.
 */
export function documentTable<D extends Direction>(
  sqlite: Sqlite,
  search: SearchIndex,
  direction: D,
  own: Columns,
): DocumentTable<D> {
  const columns: Columns = { ...sharedColumns, ...own };
  const fields: Columns = Object.fromEntries(fieldsOf(direction).map((name) => [name, fieldDescription(name).column]));
  const written = Object.entries({
    ...columns,
    ...fields,
    express: 'express',
    codeKey: 'code_key',
    agencyOrder: 'agency_order',
    signerOrder: 'signer_order',
    codeOrder: 'code_order',
  });
  const insert = sqlite.prepare(
    `INSERT INTO document (direction, ${written.map(([, column]) => column).join(', ')})
     VALUES ('${direction}', ${written.map(([name]) => `@${name}`).join(', ')})`,
  );
  // Setting a column anew costs its indexes and the checks of whatever refers to it, also when its value stays.
  const changeable = written.filter(([name]) => !FIXED.has(name));
  const update = sqlite.prepare(
    `UPDATE document SET ${changeable.map(([name, column]) => `${column} = @${name}`).join(', ')}
     WHERE id = @id AND revision = @revision - 1 AND direction = '${direction}'`,
  );
  const searched = sqlite.prepare<[string], Row & { readonly seq: number }>(
    `SELECT seq, code_text AS codeText, ${searchedNames(direction)
      .map((name) => `${fieldDescription(name).column} AS "${name}"`)
      .join(', ')} FROM document WHERE id = ?`,
  );
  const parameters = (row: Row, values: FieldValues<D>): Row => ({
    ...Object.fromEntries(Object.keys(columns).map((name) => [name, toSql(row[name])])),
    ...Object.fromEntries(fieldsOf(direction).map((name) => [name, toSql(values[name])])),
    // Both directions have it; the compiler cannot see that through D.
    express: isExpress((values as unknown as { readonly urgency: Urgency }).urgency) ? 1 : 0,
    ...ordersOf({ ...row, ...values }),
  });
  const select = Object.entries({ ...columns, ...fields })
    .map(([name, column]) => `d.${column} AS "${name}"`)
    .join(', ');

  const lists = documentLists(sqlite, search, direction);

  return {
    select: `${select}, n.year AS numberedYear, n.number AS numberedNumber,
      n.suffix AS numberedSuffix, n.at AS numberedAt`,
    from: 'document d LEFT JOIN book_number n ON n.document_id = d.id',
    insert: (row, values) => {
      const { lastInsertRowid } = insert.run(parameters(row, values));
      search.put(Number(lastInsertRowid), direction, { ...row, ...values });
    },
    update: (row, values) => {
      const before = searched.get(row.id);
      if (update.run(parameters(row, values)).changes !== 1) {
        throw new Error(`${direction} ${row.id} is not at ${row.revision - 1}`);
      }
      if (before !== undefined) search.replace(before.seq, direction, before, { ...row, ...values });
    },
    sharedOf: (row) => ({
      id: row.id,
      revision: row.revision,
      state: row.state,
      bookId: row.bookId,
      fields: Object.fromEntries(fieldsOf(direction).map((name) => [name, fromSql(name, row[name])])) as FieldValues<D>,
      numbered:
        row.numberedYear === null
          ? null
          : { year: row.numberedYear, number: row.numberedNumber, suffix: row.numberedSuffix, at: row.numberedAt },
      reason: row.reason,
      createdAt: row.createdAt,
      changedAt: row.changedAt,
    }),
    list: lists.list,
    counts: lists.counts,
    values: lists.values,
  };
}

/** What is compared and sorted by. An incoming document's number is a field of its form; an outgoing one's is its book's. */
function ordersOf({ codeText, agencyName, signerName }: Row) {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const codeKey = comparableCode(text(codeText));
  return {
    codeKey,
    codeOrder: codeOrder(codeKey),
    agencyOrder: vietnameseOrder(text(agencyName)),
    signerOrder: vietnameseOrder(text(signerName)),
  };
}

/** Columns of a list's rows: the fields that the direction lists, and `own`. */
export function listSelect(names: readonly FieldName[], own: Columns): string {
  const fields = names.map((name) => [name, `d.${fieldDescription(name).column}`] as const);
  return [...fields, ...Object.entries(own)].map(([name, sql]) => `${sql} AS "${name}"`).join(', ');
}

function toSql(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (Array.isArray(value)) return value.join('\n');
  return value ?? null;
}

function fromSql(name: FieldName, value: unknown): unknown {
  switch (fieldDescription(name).kind) {
    case 'flag':
      return value === 1;
    case 'lines':
      return value === '' ? [] : (value as string).split('\n');
    default:
      return value;
  }
}
