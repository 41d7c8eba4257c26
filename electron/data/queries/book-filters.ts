import type { EntriesRequest, PlaceInBook } from '#core/books/book-store.ts';
import { numberStates, type NumberState } from '#shared/domain/book.ts';
import type { Direction } from '#shared/domain/direction.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { filtersOf, type Filter, type Parameters } from './list-filters.ts';
import { hasAtMost, preparedOnce, type Prepared } from './prepared.ts';

/** More than these are not looked up one by one, each by its number in the index. */
const FEW = 15_000;
const BEYOND_EVERY_NUMBER = 2 ** 31 - 1;

/** Before the first number, or after the last one. */
export const startOfBook = (ascending: boolean): PlaceInBook => ({
  number: ascending ? 0 : BEYOND_EVERY_NUMBER,
  suffix: '',
});

const inState: Readonly<Record<NumberState, string>> = {
  'in-force': "n.state = 'given' AND d.state <> 'cancelled'",
  reserved: "n.state = 'reserved'",
  void: "n.state = 'void'",
  cancelled: "n.state = 'given' AND d.state = 'cancelled'",
};

/** Where numbers `n` and their documents `d` are read from, and what binds them to their book and year there. */
interface Source {
  readonly from: string;
  readonly where: string;
  readonly parameters: Parameters;
  /** The filter that found them. */
  readonly by?: Filter;
}

/**
 * A page of the entries of a book that fulfil a filter, and one more. Like lists of documents: what is asked for and is few is
 * read by its own index and sorted; what is many is met soon on the way through the book.
 * @param select of whole entries, from numbers `n`
 */
export function filteredEntries(
  sqlite: Sqlite,
  select: (from: string) => string,
): (request: EntriesRequest) => { readonly rows: unknown[]; readonly total: number | null } {
  // Each book's filters make one statement.
  const prepared = preparedOnce(sqlite);
  const directionOf = sqlite.prepare<[string], Direction>('SELECT direction FROM book WHERE id = ?').pluck();

  return ({ bookId, year, ascending, after, limit, filter = {} }: EntriesRequest) => {
    const direction = directionOf.get(bookId) ?? 'outgoing';
    const { from, to, state, ...ofDocument } = filter;
    const filters = filtersOf(direction, ofDocument, 'arrived_at');
    const known = numberStates.find((each) => each === state);
    // Another word finds nothing.
    const stateIs = state === undefined ? [] : [known === undefined ? 'false' : inState[known]];
    const days = [
      ...(from === undefined ? [] : ['n.day >= @fromDay']),
      ...(to === undefined ? [] : ['n.day <= @toDay']),
    ];
    const shared: Parameters = {
      bookId,
      year,
      ...Object.fromEntries(filters.flatMap(({ parameters }) => Object.entries(parameters))),
      ...(from === undefined ? {} : { fromDay: from }),
      ...(to === undefined ? {} : { toDay: to }),
    };
    const source =
      ofState(known) ?? ofFewDocuments(prepared, direction, filters, shared) ?? ofDays(prepared, days, shared);
    const [sign, order] = ascending ? ['>', ''] : ['<', 'DESC'];
    const inOrder = `n.number ${order}, n.suffix ${order}`;
    const where = [
      source.where,
      ...filters.filter((each) => each !== source.by).map(({ check }) => check),
      ...days,
      ...stateIs,
    ].join(' AND ');
    // What an entry says is read for those of the page alone.
    const rows = prepared(
      `WITH page AS MATERIALIZED (
         SELECT n.number, n.suffix FROM ${source.from}
         WHERE ${where} AND (n.number, n.suffix) ${sign} (@number, @suffix) ORDER BY ${inOrder} LIMIT @wanted)
       ${select('page CROSS JOIN book_number n ON n.book_id = @bookId AND n.year = @year AND n.number = page.number AND n.suffix = page.suffix')}
       ORDER BY ${inOrder}`,
    ).all({ ...shared, ...source.parameters, ...(after ?? startOfBook(ascending)), wanted: limit + 1 });
    return { rows, total: after === undefined && rows.length <= limit ? rows.length : null };
  };
}

const ofBook = 'n.book_id = @bookId AND n.year = @year';

/** What is kept, void or cancelled has an index of its own. */
function ofState(state: NumberState | undefined): Source | null {
  switch (state) {
    case 'reserved':
    case 'void':
      return ofNumbers(`book_number n INDEXED BY book_number_${state}`);
    case 'cancelled':
      return ofDocuments(
        "SELECT d.seq FROM document d INDEXED BY outgoing_box WHERE d.direction = 'outgoing' AND d.state = 'cancelled'",
      );
    default:
      return null;
  }
}

const ofNumbers = (numbers: string, where = ofBook, parameters: Parameters = {}): Source => ({
  from: `${numbers} LEFT JOIN document d ON d.seq = n.document_seq`,
  where,
  parameters,
});

const ofDocuments = (rows: string): Source => ({
  from: `(${rows}) f CROSS JOIN book_number n INDEXED BY book_number_document ON n.document_seq = f.seq
    LEFT JOIN document d ON d.seq = n.document_seq`,
  where: ofBook,
  parameters: {},
});

function ofFewDocuments(
  prepared: Prepared,
  direction: Direction,
  filters: readonly Filter[],
  parameters: Parameters,
): Source | null {
  // Letters with a number that have not left, or never will, are in no index of their own; there are few.
  const onTheirWay = `document d INDEXED BY outgoing_box
    WHERE d.direction = 'outgoing' AND d.state IN ('numbered', 'signed', 'sealed', 'cancelled')`;
  for (const filter of filters) {
    const { rows, sql, index } = filter;
    if (rows === null || !hasAtMost(prepared, FEW, rows, parameters)) continue;
    const isSplit = index !== null && direction === 'outgoing';
    return {
      ...ofDocuments(isSplit ? `${rows} UNION ALL SELECT d.seq FROM ${onTheirWay} AND ${sql}` : rows),
      by: filter,
    };
  }
  return null;
}

/** Numbers go up with the days, or nearly: those of some days stand close together. */
function ofDays(prepared: Prepared, days: readonly string[], parameters: Parameters): Source {
  if (days.length === 0) return ofNumbers('book_number n');
  const byDay = 'book_number n INDEXED BY book_number_day';
  const within = `FROM ${byDay} WHERE ${[ofBook, ...days].join(' AND ')}`;
  if (hasAtMost(prepared, FEW, `SELECT n.number ${within}`, parameters)) return ofNumbers(byDay);
  const { least, most } = prepared(`SELECT min(n.number) AS least, max(n.number) AS most ${within}`).get(
    parameters,
  ) as { readonly least: number; readonly most: number };
  return ofNumbers('book_number n', `${ofBook} AND n.number BETWEEN @least AND @most`, { least, most });
}
