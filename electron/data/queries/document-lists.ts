import type BetterSqlite3 from 'better-sqlite3';
import type { ListPage, ListRequest, ListValue, ListValues } from '#core/documents/list-request.ts';
import { DUE_SOON_MS, type BoxRule } from '#shared/domain/box.ts';
import { ARRIVES_WITHIN_MS, notTakenStates } from '#shared/domain/delivery.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { isFiltered, type ListFilter, type ListPosition, type ListSort } from '#shared/domain/list-request.ts';
import { urgencies, type Urgency, urgencyRank } from '#shared/domain/urgency.ts';
import { vietnameseOrder } from '#shared/domain/vietnamese-order.ts';
import { addDays, vietnamInstant } from '#shared/domain/vn-date.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { dueDocuments } from './due-documents.ts';
import type { SearchIndex } from './search.ts';
import { sqlText, textList } from './sql-text.ts';
import { extensionWaits } from './watched.ts';

/**
 * Lists of documents, a page at a time from a position on (keyset), never by counting rows off. Nothing sorts or walks
 * more than `FEW` documents: what a box or a filter leaves few of is read by its own index and sorted; what is many is
 * walked in the order of an index that has it, until the page is full.
 */
export interface DocumentLists {
  list<Box extends string, ListRow>(query: ListQuery<Box>, request: ListRequest<Box>): ListPage<ListRow>;
  /** `me`: the person at this workstation, for what is hers. */
  counts<Box extends string>(
    rules: Readonly<Record<Box, BoxRule<string>>>,
    now: Date,
    me?: string,
  ): Record<Box, number>;
  /** What lists can be filtered by: the values of those documents that stay, in the order of the alphabet. */
  values(hidden: ReadonlySet<string>): ListValues;
}

interface ListQuery<Box extends string> {
  readonly rules: Readonly<Record<Box, BoxRule<string>>>;
  readonly select: string;
  readonly newestBy: 'arrived_at' | 'changed_at';
}

type Parameters = Readonly<Record<string, string | number>>;

interface Condition {
  readonly sql: string;
  readonly parameters: Parameters;
}

/** A condition that an index finds the documents of: in the order of `at` when it is `sorted`. */
interface Filter extends Condition {
  readonly index: string | null;
  readonly sorted: boolean;
  /** Finds the documents by themselves. */
  readonly found: string;
}

/** One stretch of a list, in one order. */
interface Part {
  readonly where: string;
  /** Null when `at` alone orders it. */
  readonly key: { readonly sql: string; readonly descending: boolean; readonly index: string | null } | null;
  readonly at: string;
  readonly newestFirst: boolean;
  /** That has it in the order of `at`, whatever box. */
  readonly index: string | null;
}

/** More than these are not sorted for one page. */
export const FEW = 4_000;
const MOST_VALUES = 2_000;

const keys: Readonly<Record<Exclude<ListSort['by'], 'at'>, string>> = {
  code: 'd.code_order',
  agency: 'd.agency_order',
  signer: 'd.signer_order',
  deadline: "coalesce(d.due_at, '~')",
};

export function documentLists(sqlite: Sqlite, search: SearchIndex, direction: Direction): DocumentLists {
  // A box, an order and some filters make one statement each.
  const statements = new Map<string, BetterSqlite3.Statement>();
  const prepared = (sql: string): BetterSqlite3.Statement => {
    const known = statements.get(sql) ?? sqlite.prepare(sql);
    statements.set(sql, known);
    return known;
  };
  const countOf = sqlite
    .prepare<[string], number>(`SELECT total FROM document_count WHERE direction = '${direction}' AND state = ?`)
    .pluck();
  const inStates = (states: readonly string[]): number =>
    states.reduce((sum, state) => sum + (countOf.get(state) ?? 0), 0);
  const isFew = (from: string, where: string, parameters: Parameters): boolean => {
    const sql = `SELECT count(*) AS few FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${FEW + 1})`;
    return (prepared(sql).get(parameters) as { few: number }).few <= FEW;
  };

  const list = <Box extends string, ListRow>(query: ListQuery<Box>, request: ListRequest<Box>): ListPage<ListRow> => {
    const rule = query.rules[request.box];
    const { filter = {}, text, sort, after, limit } = request;
    const filters = filtersOf(direction, filter, query.newestBy);
    const found = search.condition(text);
    if (found !== null) filters.push(textFilter(found));
    const hidden = asksForWords(request) ? [...(request.hidden ?? [])] : [];
    const shared: Parameters = Object.fromEntries([
      ...(hidden.length === 0 ? [] : [['hidden', JSON.stringify(hidden)] as const]),
      ...Object.entries(dependsOnCircumstances(rule) ? circumstances(request.now, request.me ?? '') : {}),
      ...filters.flatMap(({ parameters }) => Object.entries(parameters)),
    ]);
    const box = boxConditions(direction, rule);
    const stays = keepsAnOrder(direction, rule);
    const states = filter.state === undefined ? rule.states : [filter.state];
    // In its own order, without a filter, there is an index for it in any case.
    const isPlain = filters.length === 0 && sort === undefined;
    const isLarge = stays && (isPlain || inStates(states) > FEW);
    const few = !isLarge
      ? null
      : (filters.find(({ index, sorted, sql, parameters }) => {
          if (sorted && sort?.by === 'at') return false;
          return index === null
            ? isFew('document d', sql, parameters)
            : isFew(`document d INDEXED BY ${index}`, `${staying(direction)} AND ${sql}`, parameters);
        }) ?? null);

    const page: (ListRow & ListPosition)[] = [];
    const read = (part: Part, number: number, from: ListPosition | undefined): void => {
      for (const stretch of stretchesAfter(part, from)) {
        const wanted = limit + 1 - page.length;
        if (wanted <= 0) return;
        const source = isLarge ? sourceOf(direction, part, filters, few) : boxSource(direction, rule);
        const veil = hidden.length === 0 ? '' : 'd.id NOT IN (SELECT value FROM json_each(@hidden))';
        const where = [box, source.where, part.where, ...filters.map(({ sql }) => sql), veil, stretch.where]
          .filter((each) => each !== '')
          .join(' AND ');
        const rows = prepared(
          `SELECT ${query.select}, ${number} AS "part", ${part.key?.sql ?? "''"} AS "key", ${part.at} AS "at", d.seq AS "seq"
           FROM document d${source.hint} LEFT JOIN book_number n ON n.document_id = d.id
           WHERE ${where} ORDER BY ${orderOf(part)} LIMIT @wanted`,
        ).all({ ...shared, ...stretch.parameters, wanted }) as (ListRow & ListPosition)[];
        page.push(...rows);
      }
    };
    for (const [number, part] of partsOf(direction, rule, query.newestBy, sort).entries()) {
      if (after === undefined || after.part < number) read(part, number, undefined);
      else if (after.part === number) read(part, number, after);
    }

    const rows = page.slice(0, limit);
    const last = rows.at(-1);
    const next = page.length > limit && last !== undefined ? positionOf(last) : null;
    const all = !isFiltered(filter) && found === null;
    const total = all
      ? totalOf(rule, request.now, request.me ?? '')
      : after === undefined && next === null
        ? rows.length
        : null;
    return { rows: rows.map(withoutPosition), total, next };
  };

  const totalOf = (rule: BoxRule<string>, now: Date, me: string): number => {
    const given = dependsOnCircumstances(rule) ? circumstances(now, me) : {};
    const counted = (sql: string): number => (prepared(sql).get(given) as { total: number }).total;
    if (!isStatesAlone(rule)) return counted(countSql(direction, rule));
    // What is put aside is few.
    return (
      inStates(rule.states) - (rule.aside === undefined ? 0 : counted(countSql(direction, { ...rule, aside: 'only' })))
    );
  };

  const distinct = (columns: string, order: string, from: string): (() => ListValue[]) => {
    const next = sqlite.prepare<[string], ListValue & { readonly place: string }>(
      `SELECT ${columns}, ${order} AS place FROM ${from} AND ${order} > ? ORDER BY ${order} LIMIT 1`,
    );
    // From one value to the next by the index, however many documents have it.
    return () => {
      const values: ListValue[] = [];
      for (let row = next.get(''); row !== undefined && values.length < MOST_VALUES; row = next.get(row.place)) {
        if (row.label !== '') values.push({ value: row.value, label: row.label });
      }
      return values;
    };
  };
  const prefix = indexPrefix(direction);
  const ofDocuments = (column: string, name: string) =>
    distinct(
      `d.${column}_name AS value, d.${column}_name AS label`,
      `d.${column}_order`,
      `document d INDEXED BY ${prefix}_${name} WHERE ${staying(direction)}`,
    );
  const signers = ofDocuments('signer', 'signer');
  const agencies =
    direction === 'incoming'
      ? ofDocuments('agency', 'agency')
      : distinct(
          'x.agency_code AS value, x.agency_name AS label',
          'x.agency_code',
          'delivery x INDEXED BY delivery_recipient WHERE true',
        );

  /** A value that hidden documents alone have is none: those that anybody may see are looked for one by one, as there are few to look for. */
  const without = (
    values: readonly ListValue[],
    hidden: ReadonlySet<string>,
    { hiddens, another }: { readonly hiddens: string; readonly another: string },
  ): ListValue[] => {
    if (hidden.size === 0) return [...values];
    const ids = { hidden: JSON.stringify([...hidden]) };
    const suspects = new Set((prepared(hiddens).all(ids) as { value: string }[]).map(({ value }) => value));
    const isHidden = (value: string) => prepared(another).get({ ...ids, value }) === undefined;
    return values.filter(({ value }) => !suspects.has(value) || !isHidden(value));
  };
  const among = 'IN (SELECT value FROM json_each(@hidden))';
  const ofColumn = (column: string, index: string) => ({
    hiddens: `SELECT DISTINCT d.${column}_name AS value FROM document d WHERE d.id ${among}`,
    another: `SELECT 1 FROM document d INDEXED BY ${prefix}_${index} WHERE ${staying(direction)}
      AND d.${column}_order = (SELECT o.${column}_order FROM document o WHERE o.id ${among} AND o.${column}_name = @value LIMIT 1)
      AND d.id NOT ${among} LIMIT 1`,
  });
  const ofRecipients = {
    hiddens: `SELECT DISTINCT x.agency_code AS value FROM delivery x WHERE x.document_id ${among}`,
    another: `SELECT 1 FROM delivery x INDEXED BY delivery_recipient WHERE x.agency_code = @value AND x.document_id NOT ${among} LIMIT 1`,
  };

  return {
    list,
    values: (hidden) => ({
      agencies: without(agencies(), hidden, direction === 'incoming' ? ofColumn('agency', 'agency') : ofRecipients),
      signers: without(signers(), hidden, ofColumn('signer', 'signer')).map(({ value }) => value),
    }),
    counts: <Box extends string>(rules: Readonly<Record<Box, BoxRule<string>>>, now: Date, me = '') =>
      Object.fromEntries(
        Object.entries<BoxRule<string>>(rules).map(([box, rule]) => [box, totalOf(rule, now, me)]),
      ) as Record<Box, number>,
  };
}

function positionOf({ part, key, at, seq }: ListPosition): ListPosition {
  return { part, key, at, seq };
}

function withoutPosition<Row>(row: Row & ListPosition): Row {
  const { part: _part, key: _key, at: _at, seq: _seq, ...rest } = row;
  return rest as Row;
}

/** The documents that indexes keep in every order: those that stay. The others are few. */
export function staying(direction: Direction): string {
  return direction === 'incoming'
    ? `d.direction = 'incoming' AND d.state <> 'arrived'`
    : `d.direction = 'outgoing' AND d.state = 'sent'`;
}

function keepsAnOrder(direction: Direction, rule: BoxRule<string>): boolean {
  if (!isStatesAlone(rule)) return false;
  return direction === 'incoming' ? !rule.states.includes('arrived') : rule.states.every((state) => state === 'sent');
}

const indexPrefix = (direction: Direction): string => (direction === 'incoming' ? 'incoming' : 'sent');

/** All in some states, but for the few that are put aside. */
function isStatesAlone({ states: _states, order: _order, aside, ...only }: BoxRule<string>): boolean {
  return Object.keys(only).length === 0 && aside !== 'only';
}

export function filtersOf(
  direction: Direction,
  { documentType, urgency, state, source, agency, signer, from, to }: ListFilter,
  at: 'arrived_at' | 'changed_at',
): Filter[] {
  const prefix = indexPrefix(direction);
  const filters: Filter[] = [];
  const equal = (column: string, name: string, index: string, value: string): void => {
    const sql = `d.${column} = @${name}`;
    filters.push({ sql, found: sql, parameters: { [name]: value }, index: `${prefix}_${index}`, sorted: true });
  };
  if (signer !== undefined) equal('signer_order', 'signer', 'signer', vietnameseOrder(signer));
  if (source !== undefined && direction === 'incoming') equal('source', 'source', 'source', source);
  if (agency !== undefined && direction === 'incoming') {
    equal('agency_order', 'agency', 'agency', vietnameseOrder(agency));
  }
  if (agency !== undefined && direction === 'outgoing') {
    filters.push({
      sql: `EXISTS (SELECT 1 FROM delivery x WHERE x.document_id = d.id AND x.agency_code = @agency)`,
      found: `d.id IN (SELECT x.document_id FROM delivery x INDEXED BY delivery_recipient WHERE x.agency_code = @agency)`,
      parameters: { agency },
      index: null,
      sorted: false,
    });
  }
  if (documentType !== undefined) equal('document_type', 'documentType', 'type', documentType);
  if (urgency !== undefined) equal('urgency', 'urgency', 'urgency', urgency);
  if (from !== undefined || to !== undefined) {
    const parts = [
      ...(from === undefined ? [] : [`d.${at} >= @from`]),
      ...(to === undefined ? [] : [`d.${at} < @before`]),
    ];
    const sql = parts.join(' AND ');
    filters.push({
      sql,
      found: sql,
      parameters: {
        ...(from === undefined ? {} : { from: startOfDay(from) }),
        ...(to === undefined ? {} : { before: startOfDay(addDays(to, 1)) }),
      },
      index: `${prefix}_at`,
      sorted: true,
    });
  }
  if (state !== undefined) {
    filters.push({ sql: 'd.state = @state', found: '', parameters: { state }, index: null, sorted: false });
  }
  return filters;
}

const startOfDay = (day: string): string => new Date(vietnamInstant(day, '00:00')).toISOString();

function textFilter({ sql, parameters }: { readonly sql: string; readonly parameters: readonly string[] }): Filter {
  const names = parameters.map((_, at) => `text${at}`);
  let at = 0;
  const named = `d.seq ${sql.replaceAll('?', () => `@${names[at++] ?? ''}`)}`;
  return {
    sql: named,
    found: named,
    parameters: Object.fromEntries(parameters.map((value, index) => [`text${index}`, value])),
    index: null,
    sorted: false,
  };
}

/** What is searched, filtered or sorted by its words would tell of them by being there, or by where it stands. */
function asksForWords({ text = '', filter = {}, sort }: ListRequest<string>): boolean {
  const { documentType, agency, signer } = filter;
  const byWords = [documentType, agency, signer].some((value) => value !== undefined);
  return text !== '' || byWords || sort?.by === 'agency' || sort?.by === 'signer';
}

/** The list in its order: in one piece, or express ones and then the others. */
function partsOf(
  direction: Direction,
  { order }: BoxRule<string>,
  newestBy: 'arrived_at' | 'changed_at',
  sort: ListSort | undefined,
): readonly Part[] {
  const prefix = indexPrefix(direction);
  const at = `d.${newestBy}`;
  const plain = { where: '', key: null, at, newestFirst: true, index: `${prefix}_at` };
  // Outgoing documents are all of one agency.
  if (sort?.by === 'at' || (sort?.by === 'agency' && direction === 'outgoing')) {
    return [{ ...plain, newestFirst: sort.descending }];
  }
  if (sort !== undefined) {
    const { by, descending } = sort;
    // The same index from its other end: what is equal comes in the other order as well.
    return [{ ...plain, newestFirst: !descending, key: { sql: keys[by], descending, index: `${prefix}_${by}` } }];
  }
  switch (order) {
    case 'newest-change-first':
      return [{ ...plain, at: 'd.changed_at', index: direction === 'incoming' ? 'incoming_changed' : 'sent_at' }];
    case 'express-first':
      return [
        { ...plain, where: 'd.express = 1', index: `${direction}_box` },
        { ...plain, where: 'd.express = 0' },
      ];
    case 'hour-first':
      // What has no hour comes after what has one.
      return [
        {
          ...plain,
          key: { sql: `(1 - d.express) || coalesce(d.express_at, d.due_at, '~')`, descending: false, index: null },
        },
      ];
  }
}

function orderOf({ key, at, newestFirst }: Part): string {
  const byTime = newestFirst ? `${at} DESC, d.seq DESC` : `${at}, d.seq`;
  if (key === null) return byTime;
  return `${key.sql}${key.descending ? ' DESC' : ''}, ${byTime}`;
}

/** What comes after a row, as conditions that an index answers: the rest of its own key first, then the other keys. */
function stretchesAfter(
  { key, at, newestFirst }: Part,
  from: ListPosition | undefined,
): readonly { readonly where: string; readonly parameters: Parameters }[] {
  if (from === undefined) return [{ where: '', parameters: {} }];
  const later = `(${at}, d.seq) ${newestFirst ? '<' : '>'} (@afterAt, @afterSeq)`;
  const parameters = { afterAt: from.at, afterSeq: from.seq };
  if (key === null) return [{ where: later, parameters }];
  return [
    { where: `${key.sql} = @afterKey AND ${later}`, parameters: { ...parameters, afterKey: from.key } },
    { where: `${key.sql} ${key.descending ? '<' : '>'} @afterKey`, parameters: { afterKey: from.key } },
  ];
}

interface Source {
  readonly hint: string;
  readonly where: string;
}

/** Where a large box is read: by the filter that leaves few, or along the index that has the wanted order. */
function sourceOf(direction: Direction, part: Part, filters: readonly Filter[], few: Filter | null): Source {
  // The box's own index has it in this order already.
  const isPlain = filters.length === 0 && part.key === null && part.where !== '';
  if (isPlain || part.index === `${direction}_box`) return { hint: ` INDEXED BY ${direction}_box`, where: '' };
  const stays = staying(direction);
  if (few !== null) {
    return few.index === null ? { hint: '', where: few.found } : { hint: ` INDEXED BY ${few.index}`, where: stays };
  }
  if (part.key !== null) return { hint: hintOf(part.key.index), where: stays };
  // In the order of the time itself a filter's own index has the documents as well.
  const own = filters.find(({ sorted, index }) => sorted && index !== `${indexPrefix(direction)}_at`);
  const index = part.index?.endsWith('_changed') === true ? part.index : (own?.index ?? part.index);
  return { hint: hintOf(index), where: stays };
}

const hintOf = (index: string | null): string => (index === null ? '' : ` INDEXED BY ${index}`);

/** A small box is read by its own index. */
function boxSource(direction: Direction, rule: BoxRule<string>): Source {
  if (direction === 'incoming' && rule.express) return { hint: ' INDEXED BY incoming_express', where: '' };
  return { hint: isStatesAlone(rule) ? ` INDEXED BY ${direction}_box` : '', where: '' };
}

function countSql(direction: Direction, rule: BoxRule<string>): string {
  const { hint } = boxSource(direction, rule);
  return `SELECT count(*) AS total FROM document d${hint} WHERE ${boxConditions(direction, rule)}`;
}

/** A rule of shared/domain as a condition on `document d`, with `circumstances` when it depends on them. */
function boxConditions(direction: Direction, rule: BoxRule<string>): string {
  const [only, ...more] = rule.states;
  // What is found by another table is few: the plus keeps SQLite from going through all in the state instead.
  const isFound =
    rule.notTaken ||
    rule.waiting ||
    rule.paperToPost ||
    rule.notArrived ||
    rule.opinion ||
    rule.mine ||
    rule.aside === 'only' ||
    rule.due !== undefined;
  const state = isFound ? '+d.state' : 'd.state';
  const parts = [
    `d.direction = '${direction}'`,
    more.length === 0 && only !== undefined ? `${state} = ${sqlText(only)}` : `${state} IN ${textList(rule.states)}`,
  ];
  if (rule.express) parts.push('d.express = 1');
  if (rule.due === 'soon') parts.push(dueCondition(direction, '>= @now', '< @soon'));
  if (rule.due === 'past') parts.push(dueCondition(direction, '< @now'));
  if (rule.opinion) parts.push("d.id IN (SELECT h.document_id FROM handling h WHERE h.stage = 'submitted')");
  if (rule.mine) {
    parts.push(
      `d.id IN (SELECT a.document_id FROM assignment a WHERE a.person_id = @me AND a.closed_at IS NULL AND a.part <> 'inform'
         UNION ALL SELECT h.document_id FROM handling h WHERE h.stage = 'submitted' AND h.asked_leader = @me)`,
    );
  }
  if (rule.aside !== undefined) {
    const not = rule.aside === 'only' ? '' : 'NOT ';
    parts.push(`d.id ${not}IN (SELECT p.document_id FROM put_aside p WHERE p.until > @now)`);
  }
  if (rule.notTaken) {
    parts.push(`d.id IN (SELECT x.document_id FROM delivery x WHERE x.state IN ${textList(notTakenStates)})`);
  }
  if (rule.waiting) {
    parts.push(
      `d.id IN (SELECT w.document_id FROM watched_delivery w WHERE w.waiting = 1 AND w.document_id IS NOT NULL
         UNION ALL SELECT w.document_id FROM watched_delivery w WHERE w.document_id IS NOT NULL AND ${extensionWaits})`,
    );
  }
  if (rule.paperToPost) {
    // As the index of what is to be posted says it (`isPaperToPost`).
    parts.push(
      `d.id IN (SELECT x.document_id FROM delivery x
         WHERE x.paper_needed = 1 AND x.paper_posted_on IS NULL AND x.paper_received_at IS NULL
         UNION ALL SELECT o.document_id FROM other_recipient o WHERE o.kind = 'paper' AND o.posted_on IS NULL)`,
    );
  }
  if (rule.notArrived) parts.push(...notArrivedConditions);
  return parts.join(' AND ');
}

/** The deadline of the document, or the one that the office gave whoever leads. */
function dueCondition(direction: Direction, ...bounds: readonly string[]): string {
  if (direction === 'outgoing') return bounds.map((bound) => `d.due_at ${bound}`).join(' AND ');
  return `d.id IN (${dueDocuments(...bounds)})`;
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

const dependsOnCircumstances = (rule: BoxRule<string>): boolean =>
  rule.due !== undefined || rule.notArrived === true || rule.aside !== undefined || rule.mine === true;

/** What the conditions of boxes call @now, @soon, @arriveBefore… and @me. */
function circumstances(now: Date, me: string): Parameters {
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
  return {
    me,
    now: ago(0),
    soon: ago(-DUE_SOON_MS),
    ...Object.fromEntries(urgencies.map((urgency) => [arriveBefore(urgency), ago(ARRIVES_WITHIN_MS[urgency])])),
  };
}
