import type BetterSqlite3 from 'better-sqlite3';
import { fieldDescription, fieldsOf, type FieldName, type FieldValues } from '#shared/domain/document-fields.ts';
import { DUE_SOON_MS, type BoxRule } from '#shared/domain/box.ts';
import { ARRIVES_WITHIN_MS, notTakenStates } from '#shared/domain/delivery.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { isExpress, urgencies, type Urgency, urgencyRank } from '#shared/domain/urgency.ts';
import type { DocumentRecord } from '#core/documents/document-record.ts';
import type { ListPage, ListRequest } from '#core/documents/list-request.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import type { Attachments } from './attachments.ts';
import type { FileReferences } from './files.ts';
import type { Reports } from './reports.ts';
import { searchedNames, type SearchIndex } from './search.ts';
import { sqlText, textList } from './sql-text.ts';
import { extensionWaits } from './watched.ts';

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
const FIXED: ReadonlySet<string> = new Set(['id', 'createdAt', 'arrivedAt', 'originalFileId']);

export interface DocumentTable<D extends Direction> {
  /** For SELECT from `document d`: everything of the table, and the number that the book gave. */
  readonly select: string;
  /** `document d` with its number, without WHERE. */
  readonly from: string;
  insert(own: Row, fields: FieldValues<D>): void;
  /** Replaces the row, which must be one revision before. @throws Error when it is not */
  update(own: Row & { readonly id: string; readonly revision: number }, fields: FieldValues<D>): void;
  /** What documents of both directions have, from a row of `select`. */
  sharedOf<State extends string>(row: DocumentRow<State>): DocumentRecord<D, State>;
  list<Box extends string, ListRow>(query: ListQuery<Box>, request: ListRequest<Box>): ListPage<ListRow>;
  counts<Box extends string>(rules: Readonly<Record<Box, BoxRule<string>>>, now: Date): Record<Box, number>;
}

/** A row of `select`, as far as both directions have it. */
export interface DocumentRow<State extends string>
  extends Row, Omit<DocumentRecord<Direction, State>, 'fields' | 'numbered'> {
  readonly numberedYear: number | null;
  readonly numberedNumber: number;
  readonly numberedAt: string;
}

interface ListQuery<Box extends string> {
  readonly rules: Readonly<Record<Box, BoxRule<string>>>;
  readonly select: string;
  readonly newestBy: 'arrived_at' | 'changed_at';
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
  const written = Object.entries({ ...columns, ...fields, express: 'express' });
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
  });
  const select = Object.entries({ ...columns, ...fields })
    .map(([name, column]) => `d.${column} AS "${name}"`)
    .join(', ');

  // A box and the kind of its search make one statement each: a few dozen in all.
  const statements = new Map<string, BetterSqlite3.Statement>();
  const prepared = (sql: string): BetterSqlite3.Statement => {
    const known = statements.get(sql) ?? sqlite.prepare(sql);
    statements.set(sql, known);
    return known;
  };

  const list = <Box extends string, ListRow>(query: ListQuery<Box>, request: ListRequest<Box>): ListPage<ListRow> => {
    const rule = query.rules[request.box];
    const found = search.condition(request.text);
    const where = `${boxCondition(direction, rule)}${found === null ? '' : ` AND d.seq ${found.sql}`}`;
    const given = [...(found?.parameters ?? [])];
    const named = hasToDoWithTime(rule) ? [timeParameters(request.now)] : [];
    // Left to itself the planner takes the index of states and sorts everything that was ever done. For counting, that
    // index is the smaller one.
    const hint = rule.order === 'newest-change-first' && found === null ? ` INDEXED BY ${direction}_finished` : '';
    const order = orderOf(rule, query.newestBy);
    const rows = prepared(
      `SELECT ${query.select} FROM document d${hint} LEFT JOIN book_number n ON n.document_id = d.id
       WHERE ${where} ORDER BY ${order} LIMIT ? OFFSET ?`,
    ).all(...given, request.limit, request.offset, ...named) as ListRow[];
    const { total } = prepared(`SELECT count(*) AS total FROM document d WHERE ${where}`).get(...given, ...named) as {
      total: number;
    };
    return { rows, total };
  };

  return {
    select: `${select}, n.year AS numberedYear, n.number AS numberedNumber, n.at AS numberedAt`,
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
        row.numberedYear === null ? null : { year: row.numberedYear, number: row.numberedNumber, at: row.numberedAt },
      reason: row.reason,
      createdAt: row.createdAt,
      changedAt: row.changedAt,
    }),
    list,
    counts: (rules, now) => {
      const counted = Object.entries<BoxRule<string>>(rules)
        .map(([box, rule]) => `(SELECT count(*) FROM document d WHERE ${boxCondition(direction, rule)}) AS "${box}"`)
        .join(', ');
      const row = prepared(`SELECT ${counted}`).get(timeParameters(now));
      return { ...(row as Record<keyof typeof rules, number>) };
    },
  };
}

function orderOf({ order }: BoxRule<string>, newestBy: string): string {
  switch (order) {
    case 'newest-change-first':
      return 'd.changed_at DESC, d.id';
    case 'express-first':
      return `d.express DESC, d.${newestBy} DESC, d.id`;
    case 'hour-first':
      // What has no hour comes after what has one.
      return `d.express DESC, coalesce(d.express_at, d.due_at, '~'), d.${newestBy} DESC, d.id`;
  }
}

/** Columns of a list's rows: the fields that the direction lists, and `own`. */
export function listSelect(names: readonly FieldName[], own: Columns): string {
  const fields = names.map((name) => [name, `d.${fieldDescription(name).column}`] as const);
  return [...fields, ...Object.entries(own)].map(([name, sql]) => `${sql} AS "${name}"`).join(', ');
}

/** A rule of shared/domain as a condition on `document d`, with `timeParameters` when it has to do with time. */
function boxCondition(direction: Direction, rule: BoxRule<string>): string {
  const [only, ...more] = rule.states;
  const parts = [
    `d.direction = '${direction}'`,
    more.length === 0 && only !== undefined ? `d.state = ${sqlText(only)}` : `d.state IN ${textList(rule.states)}`,
  ];
  if (rule.express) parts.push('d.express = 1');
  if (rule.due === 'soon') parts.push('d.due_at >= @now AND d.due_at < @soon');
  if (rule.due === 'past') parts.push('d.due_at < @now');
  if (rule.notTaken) {
    parts.push(
      `EXISTS (SELECT 1 FROM delivery x WHERE x.document_id = d.id AND x.state IN ${textList(notTakenStates)})`,
    );
  }
  if (rule.waiting) {
    parts.push(
      `d.id IN (SELECT w.document_id FROM watched_delivery w WHERE w.waiting = 1 AND w.document_id IS NOT NULL
         UNION ALL SELECT w.document_id FROM watched_delivery w WHERE w.document_id IS NOT NULL AND ${extensionWaits})`,
    );
  }
  if (rule.notArrived) parts.push(...notArrivedConditions);
  return parts.join(' AND ');
}

const waitedFor = "x.state = 'delivered' AND x.delivered_at <";
/** `isNotArrived`. The first finds the few by an index, among all that was ever sent; the second looks at their urgency. */
const notArrivedConditions = [
  `d.id IN (SELECT x.document_id FROM delivery x WHERE ${waitedFor} @${arriveBefore('express')})`,
  `EXISTS (SELECT 1 FROM delivery x WHERE x.document_id = d.id AND ${waitedFor} CASE d.urgency
     ${urgencies.map((urgency) => `WHEN ${sqlText(urgency)} THEN @${arriveBefore(urgency)}`).join(' ')} END)`,
];

function arriveBefore(urgency: Urgency): string {
  return `arriveBefore${urgencyRank(urgency)}`;
}

const hasToDoWithTime = (rule: BoxRule<string>): boolean => rule.due !== undefined || rule.notArrived === true;

/** What the conditions of boxes call @now, @soon and @arriveBefore…. */
function timeParameters(now: Date): Readonly<Record<string, string>> {
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
  return {
    now: ago(0),
    soon: ago(-DUE_SOON_MS),
    ...Object.fromEntries(urgencies.map((urgency) => [arriveBefore(urgency), ago(ARRIVES_WITHIN_MS[urgency])])),
  };
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
