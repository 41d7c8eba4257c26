import type { ListPage, ListRequest, ListValues } from '#core/documents/list-request.ts';
import type { BoxRule } from '#shared/domain/box.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { incomingStates, isIncomingSettled } from '#shared/domain/incoming-state.ts';
import { isFiltered, type ListPosition, type ListSort } from '#shared/domain/list-request.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { boxConditions, circumstances, dependsOnCircumstances, isStatesAlone } from './box-conditions.ts';
import { FEW, filtersOf, indexPrefix, staying, textFilter, type Filter, type Parameters } from './list-filters.ts';
import { listValues } from './list-values.ts';
import { hasAtMost, preparedOnce } from './prepared.ts';
import type { SearchIndex } from './search.ts';

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

const keys: Readonly<Record<Exclude<ListSort['by'], 'at'>, string>> = {
  code: 'd.code_order',
  agency: 'd.agency_order',
  signer: 'd.signer_order',
  deadline: "coalesce(d.due_at, '~')",
};

export function documentLists(sqlite: Sqlite, search: SearchIndex, direction: Direction): DocumentLists {
  // A box, an order and some filters make one statement each.
  const prepared = preparedOnce(sqlite);
  const countOf = sqlite
    .prepare<[string], number>(`SELECT total FROM document_count WHERE direction = '${direction}' AND state = ?`)
    .pluck();
  const inStates = (states: readonly string[]): number =>
    states.reduce((sum, state) => sum + (countOf.get(state) ?? 0), 0);
  const isFew = ({ rows, parameters }: Filter): boolean => rows !== null && hasAtMost(prepared, FEW, rows, parameters);

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
    const states = filter.state === undefined ? rule.states : [filter.state];
    // In its own order, without a filter, there is an index for it in any case.
    const isPlain = filters.length === 0 && sort === undefined;
    const isLarge = grows(direction, rule) && (isPlain || inStates(states) > FEW);
    const few = !isLarge ? null : (filters.find((each) => !(each.sorted && sort?.by === 'at') && isFew(each)) ?? null);

    const page: (ListRow & ListPosition)[] = [];
    const read = (part: Part, number: number, from: ListPosition | undefined): void => {
      for (const stretch of stretchesAfter(part, from)) {
        const wanted = limit + 1 - page.length;
        if (wanted <= 0) return;
        const source = isLarge ? sourceOf(direction, part, filters, few) : boxSource(direction, rule);
        const veil = hidden.length === 0 ? '' : 'd.id NOT IN (SELECT value FROM json_each(@hidden))';
        const where = [
          boxConditions(direction, rule, source.by === null ? 'box' : 'filter'),
          source.where,
          part.where,
          ...filters.filter((each) => each !== source.by).map(source.hint === '' ? checkOf : sqlOf),
          veil,
          stretch.where,
        ]
          .filter((each) => each !== '')
          .join(' AND ');
        // What a row shows is read for those of the page alone, not for all that are sorted.
        const rows = prepared(
          `WITH page AS MATERIALIZED (
             SELECT d.seq AS seq, ${part.key?.sql ?? "''"} AS "key", ${part.at} AS "at"
             FROM document d${source.hint} WHERE ${where} ORDER BY ${orderOf(part, 'd')} LIMIT @wanted)
           SELECT ${query.select}, ${number} AS "part", p."key" AS "key", p."at" AS "at", p.seq AS "seq"
           FROM page p CROSS JOIN document d ON d.seq = p.seq LEFT JOIN book_number n ON n.document_id = d.id
           ORDER BY ${orderOf(part, 'p')}`,
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

  return {
    list,
    values: listValues(sqlite, direction),
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

/** Whether a box grows with the years. What is open is few, and in one index with all that it is sorted and filtered by. */
function grows(direction: Direction, rule: BoxRule<string>): boolean {
  if (!isStatesAlone(rule)) return false;
  return direction === 'incoming' ? !isOpen(rule) : rule.states.every((state) => state === 'sent');
}

const isOpen = ({ states }: BoxRule<string>): boolean =>
  incomingStates.some((state) => !isIncomingSettled(state) && states.includes(state));

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
        { ...plain, where: 'd.express = 1' },
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

/** Of documents `d`, or of what was read of a page `p` of them. */
function orderOf({ key, at, newestFirst }: Part, of: 'd' | 'p'): string {
  const time = of === 'd' ? at : 'p."at"';
  const byTime = newestFirst ? `${time} DESC, ${of}.seq DESC` : `${time}, ${of}.seq`;
  if (key === null) return byTime;
  return `${of === 'd' ? key.sql : 'p."key"'}${key.descending ? ' DESC' : ''}, ${byTime}`;
}

const sqlOf = ({ sql }: Filter): string => sql;
const checkOf = ({ check }: Filter): string => check;

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
  /** The filter that finds the documents by itself, without an index of theirs. */
  readonly by: Filter | null;
}

/** Where a large box is read: by the filter that leaves few, or along the index that has the wanted order. */
function sourceOf(direction: Direction, part: Part, filters: readonly Filter[], few: Filter | null): Source {
  const stays = staying(direction);
  if (few !== null) {
    return few.index === null ? { hint: '', where: `d.seq IN (${few.rows})`, by: few } : along(few.index, stays);
  }
  if (part.key !== null) return along(part.key.index, stays);
  // In the order of the time itself a filter's own index has the documents as well.
  const own = filters.find(({ sorted, index }) => sorted && index !== `${indexPrefix(direction)}_at`);
  return along(part.index?.endsWith('_changed') === true ? part.index : (own?.index ?? part.index), stays);
}

const along = (index: string | null, where: string): Source => ({
  hint: index === null ? '' : ` INDEXED BY ${index}`,
  where,
  by: null,
});

/** A small box is read by its own index. */
function boxSource(direction: Direction, rule: BoxRule<string>): Source {
  if (direction === 'incoming' && rule.express) return along('incoming_express', '');
  if (!isStatesAlone(rule)) return along(null, '');
  if (direction === 'outgoing') return along('outgoing_box', '');
  // As the index says it: SQLite does not see it in the states of the box.
  return isOpen(rule)
    ? along('incoming_box', "(d.state = 'arrived' OR d.state = 'registered')")
    : along('incoming_changed', '');
}

function countSql(direction: Direction, rule: BoxRule<string>): string {
  const { hint } = boxSource(direction, rule);
  return `SELECT count(*) AS total FROM document d${hint} WHERE ${boxConditions(direction, rule)}`;
}
