import type { BookNumber, BookWrites, ByWhom, NumberedDay } from '#core/books/book-store.ts';
import { bookEntrySchema, type Book, type BookEntry, type ReservedNumber } from '#shared/contract/books.ts';
import { keeperIn, recipientsInBook, type BookChoice, type BookDescription } from '#shared/domain/book.ts';
import { directions } from '#shared/domain/direction.ts';
import { bookFieldsOf, fieldDescription } from '#shared/domain/document-fields.ts';
import type { NotationTemplate } from '#shared/domain/notation-template.ts';
import { isFiltered } from '#shared/domain/list-request.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { filteredEntries, startOfBook } from './book-filters.ts';
import { speakersOf } from './relations.ts';

interface EntryRow extends Omit<
  BookEntry,
  'goesTo' | 'keeper' | 'copies' | 'cancelled' | 'fields' | 'ended' | 'changedBy'
> {
  readonly recipientLines: string | null;
  readonly addressees: string | null;
  readonly recipients: number;
  readonly personName: string;
  readonly cancelledAt: string | null;
  /** JSON. */
  readonly changedBy: string;
  readonly cancelledBy: string | null;
  readonly goesTo: string | null;
  readonly copies: number | null;
  readonly documentState: string | null;
  readonly [field: `field_${string}`]: string | null;
}

const changesSchema = bookEntrySchema.shape.changedBy;

type BookRow = Omit<BookDescription, 'documentTypes' | 'active'> & { readonly active: number };
type YearRow = Omit<Book, 'documentTypes' | 'active'> & { readonly active: number };

const bookFields = [...new Set(directions.flatMap((direction) => bookFieldsOf(direction).map(({ name }) => name)))];

/** Of the history's last entry about it. */
const cancelled = (column: string) =>
  `CASE d.state WHEN 'cancelled' THEN (SELECT ${column} FROM history
    WHERE document_id = d.id AND action = 'cancelled' ORDER BY id DESC LIMIT 1) END`;

/** Numbered documents that changed it, by what was said or by what the number means, and its own recall. */
const changedBy = `(SELECT json_group_array(json_object('kind', kind, 'codeText', code, 'date', date)) FROM (
    SELECT s.kind, a.code_text AS code, a.date FROM (${speakersOf('d', ['replaces', 'repeals', 'corrects', 'recalls'])}) s
    JOIN document a ON a.id = s.document_id LEFT JOIN book_number an ON an.document_id = a.id
    WHERE a.id <> d.id AND (a.direction = 'incoming' OR an.number IS NOT NULL) AND a.state NOT IN ('cancelled', 'returned')
    UNION SELECT 'recalls', '', substr(h.at, 1, 10) FROM history h WHERE h.document_id = d.id AND h.action = 'recalled'))`;

export function bookQueries(sqlite: Sqlite): BookWrites {
  const last = sqlite.prepare<[string, number]>('SELECT last FROM book_year WHERE book_id = ? AND year = ?').pluck();
  const advance = sqlite.prepare(
    `INSERT INTO book_year (book_id, year, last) VALUES (@bookId, @year, @number)
     ON CONFLICT (book_id, year) DO UPDATE SET last = excluded.last WHERE last = excluded.last - 1`,
  );
  const give = sqlite.prepare(
    `INSERT INTO book_number (book_id, year, number, suffix, state, document_id, person_id, at)
     VALUES (@bookId, @year, @number, @suffix, 'given', @documentId, @personId, @at)`,
  );
  const giveReserved = sqlite.prepare(
    `UPDATE book_number SET state = 'given', document_id = @documentId, person_id = @personId, at = @at
     WHERE book_id = @bookId AND year = @year AND number = @number AND suffix = @suffix AND state = 'reserved'`,
  );
  const keep = sqlite.prepare(
    `INSERT INTO book_number (book_id, year, number, state, person_id, at, reserved_for, reserved_by, reserved_at)
     VALUES (@bookId, @year, @number, 'reserved', @personId, @at, @reservedFor, @personId, @at)`,
  );
  const drop = sqlite.prepare(
    `UPDATE book_number SET state = 'void', reason = @reason, person_id = @personId, at = @at
     WHERE book_id = @bookId AND year = @year AND number = @number AND suffix = @suffix AND state = 'reserved'`,
  );
  const startFrom = sqlite.prepare(
    `INSERT INTO book_year (book_id, year, started_from, last) VALUES (@bookId, @year, @last, @last)
     ON CONFLICT (book_id, year) DO UPDATE SET started_from = excluded.started_from, last = excluded.last`,
  );
  const voidOne = sqlite.prepare(
    `INSERT INTO book_number (book_id, year, number, suffix, state, document_id, reason, person_id, at)
     VALUES (@bookId, @year, @number, '', 'void', NULL, @reason, @personId, @at)`,
  );
  const goOnFrom = sqlite.prepare(
    `INSERT INTO book_year (book_id, year, last) VALUES (@bookId, @year, @last)
     ON CONFLICT (book_id, year) DO UPDATE SET last = excluded.last`,
  );
  // A year that gave nothing is closed as well.
  const closeYear = sqlite.prepare(
    `INSERT INTO book_year (book_id, year, last, closed_at) VALUES (@bookId, @year, 0, @at)
     ON CONFLICT (book_id, year) DO UPDATE SET closed_at = excluded.closed_at`,
  );
  const closedAt = sqlite
    .prepare<[string, number], string | null>('SELECT closed_at FROM book_year WHERE book_id = ? AND year = ?')
    .pluck();
  const years = sqlite.prepare<[], YearRow>(
    `SELECT b.id, b.direction, b.name, b.active, y.year, y.last, y.started_from AS startedFrom,
       y.closed_at AS closedAt, (SELECT count(*) FROM book_number n
         WHERE n.book_id = b.id AND n.year = y.year AND n.state = 'reserved') AS reserved
     FROM book b JOIN book_year y ON y.book_id = b.id
     ORDER BY y.year DESC, b.direction, b.position, b.id`,
  );
  const all = sqlite.prepare<[], BookRow>(
    'SELECT id, direction, name, kind, series, numbering, active FROM book ORDER BY direction, position, id',
  );
  const types = sqlite
    .prepare<[string], string>('SELECT document_type FROM book_type WHERE book_id = ? ORDER BY document_type')
    .pluck();
  const isUsed = sqlite
    .prepare<[string, number]>('SELECT last > started_from FROM book_year WHERE book_id = ? AND year = ?')
    .pluck();
  const reserved = sqlite.prepare<[string, number], ReservedNumber>(
    `SELECT n.number, n.suffix, n.reserved_for AS reservedFor, n.reserved_at AS reservedAt, p.name AS personName
     FROM book_number n JOIN person p ON p.id = n.reserved_by
     WHERE n.book_id = ? AND n.year = ? AND n.state = 'reserved' ORDER BY n.number, n.suffix`,
  );
  const suffixes = sqlite.prepare<[string, number, number], { readonly suffix: string; readonly state: string }>(
    'SELECT suffix, state FROM book_number WHERE book_id = ? AND year = ? AND number = ?',
  );
  const lastGiven = sqlite.prepare<[string, number, number], NumberedDay>(
    `SELECT n.number, n.suffix, d.code_text AS codeText, d.date
     FROM book_number n JOIN document d ON d.id = n.document_id
     WHERE n.book_id = ? AND n.year = ? AND n.state = 'given' ORDER BY n.number DESC, n.suffix DESC LIMIT ?`,
  );
  const beside = (side: '<' | '>') =>
    sqlite.prepare<[string, number, number, number, string], NumberedDay>(
      `SELECT n.number, n.suffix, d.code_text AS codeText, d.date
       FROM book_number n JOIN document d ON d.id = n.document_id
       WHERE n.book_id = ? AND n.year = ? AND n.state = 'given'
         AND (n.number ${side} ? OR (n.number = ? AND n.suffix ${side} ?))
       ORDER BY n.number ${side === '<' ? 'DESC' : 'ASC'}, n.suffix ${side === '<' ? 'DESC' : 'ASC'} LIMIT 1`,
    );
  const [previous, following] = [beside('<'), beside('>')];
  const select = (
    from: string,
  ) => `SELECT n.number, n.suffix, n.state, coalesce(n.reason, d.reason) AS reason, d.id AS documentId,
       coalesce(d.code_text, '') AS codeText,
       -- The day of the dấu ĐẾN: paper may be entered later than it came.
       CASE WHEN d.source IN ('scan', 'e-mail', 'paper') THEN d.arrived_at ELSE n.at END AS registeredAt, d.state AS documentState,
       p.name AS personName, n.reserved_for AS reservedFor, d.sent_at AS sentAt, d.recipient_lines AS recipientLines, d.addressees,
       ${cancelled('at')} AS cancelledAt,
       ${cancelled('actor_name')} AS cancelledBy, ${changedBy} AS changedBy,
       ${bookFields.map((name) => `d.${fieldDescription(name).column} AS "field_${name}"`).join(', ')},
       d.copies,
       (SELECT count(*) FROM delivery WHERE document_id = d.id)
         + (SELECT count(*) FROM other_recipient WHERE document_id = d.id) AS recipients,
       (SELECT group_concat(name, '; ') FROM (
         SELECT agency_name AS name, 0 AS part, position FROM delivery WHERE document_id = d.id
         UNION ALL SELECT name, iif(kind = 'paper', 1, 2), position FROM other_recipient WHERE document_id = d.id
         ORDER BY part, position)) AS goesTo
     FROM ${from} JOIN person p ON p.id = n.person_id LEFT JOIN document d ON d.id = n.document_id`;
  const ofBook = `${select('book_number n')} WHERE n.book_id = ? AND n.year = ?`;
  const entriesDown = sqlite.prepare<[string, number, number, string, number], EntryRow>(
    `${ofBook} AND (n.number, n.suffix) < (?, ?) ORDER BY n.number DESC, n.suffix DESC LIMIT ?`,
  );
  const entriesUp = sqlite.prepare<[string, number, number, string, number], EntryRow>(
    `${ofBook} AND (n.number, n.suffix) > (?, ?) ORDER BY n.number, n.suffix LIMIT ?`,
  );
  const filtered = filteredEntries(sqlite, select);
  const between = sqlite.prepare<[string, number, number, number], EntryRow>(
    `${ofBook} AND n.number BETWEEN ? AND ? ORDER BY n.number, n.suffix`,
  );
  // Every number after the start has its row; only those with a letter stand beside.
  const countEntries = sqlite
    .prepare<[string, number], number>(
      `SELECT y.last - y.started_from + (SELECT count(*) FROM book_number n INDEXED BY book_number_suffix
         WHERE n.book_id = y.book_id AND n.year = y.year AND n.suffix <> '')
       FROM book_year y WHERE y.book_id = ? AND y.year = ?`,
    )
    .pluck();
  const insert = sqlite.prepare(
    `INSERT INTO book (id, direction, name, position)
     VALUES (@id, @direction, @name, (SELECT coalesce(max(position), 0) + 1 FROM book))`,
  );
  const rename = sqlite.prepare('UPDATE book SET name = @name WHERE id = @id');
  const clearTypes = sqlite.prepare('DELETE FROM book_type WHERE book_id = ?');
  const addType = sqlite.prepare('INSERT INTO book_type (book_id, document_type) VALUES (?, ?)');
  const setActive = sqlite.prepare('UPDATE book SET active = ? WHERE id = ?');

  const templates = sqlite.prepare<[], Omit<NotationTemplate, 'withYear'> & { readonly withYear: number }>(
    `SELECT book_id AS bookId, unit_id AS unitId, agency, unit_in AS unitIn, with_year AS withYear
     FROM notation_template ORDER BY book_id, unit_id`,
  );
  const dropNotation = sqlite.prepare('DELETE FROM notation_template WHERE book_id IS ? AND unit_id IS ?');
  const addNotation = sqlite.prepare(
    `INSERT INTO notation_template (book_id, unit_id, agency, unit_in, with_year)
     VALUES (@bookId, @unitId, @agency, @unitIn, @withYear)`,
  );

  const lastOf = (bookId: string, year: number) => (last.get(bookId, year) as number | undefined) ?? 0;
  const describe = (): BookDescription[] =>
    all.all().map((book) => ({ ...book, active: book.active === 1, documentTypes: types.all(book.id) }));
  const moveOn = ({ bookId, year, number }: Omit<BookNumber, 'suffix'>): void => {
    // The first number of a year may only be 1, or what follows the start that was set.
    const fits = number === lastOf(bookId, year) + 1 && advance.run({ bookId, year, number }).changes === 1;
    if (!fits) throw new Error(`book ${bookId} ${year}: ${number} is not the next number`);
  };
  const setTypes = (id: string, { documentTypes }: BookChoice): void => {
    clearTypes.run(id);
    for (const type of documentTypes) addType.run(id, type);
  };
  const suffixesOf = (bookId: string, year: number, number: number): readonly string[] | null => {
    const rows = suffixes.all(bookId, year, number);
    const isGiven = rows.some(({ suffix, state }) => suffix === '' && state === 'given');
    return isGiven ? rows.map(({ suffix }) => suffix).filter((suffix) => suffix !== '') : null;
  };
  return {
    all: describe,
    find: (bookId) => describe().find(({ id }) => id === bookId) ?? null,
    last: lastOf,
    years: () => years.all().map((book) => ({ ...book, active: book.active === 1, documentTypes: types.all(book.id) })),
    isUsed: (bookId, year) => isUsed.get(bookId, year) === 1,
    isYearClosed: (bookId, year) => typeof closedAt.get(bookId, year) === 'string',
    reserved: (bookId, year) => reserved.all(bookId, year),
    suffixesOf,
    lastGiven: (bookId, year, limit) => lastGiven.all(bookId, year, limit),
    notations: () => templates.all().map((row) => ({ ...row, withYear: row.withYear === 1 })),
    entries: (request) => {
      const { bookId, year, ascending, after, limit, filter } = request;
      const from = after ?? startOfBook(ascending);
      const found =
        filter !== undefined && isFiltered(filter)
          ? filtered(request)
          : {
              rows: (ascending ? entriesUp : entriesDown).all(bookId, year, from.number, from.suffix, limit + 1),
              total: countEntries.get(bookId, year) ?? 0,
            };
      const rows = found.rows as readonly EntryRow[];
      const end = rows[limit - 1];
      return {
        entries: rows.slice(0, limit).map(toEntry),
        total: found.total,
        next: rows.length > limit && end !== undefined ? { number: end.number, suffix: end.suffix } : null,
      };
    },
    neighbours: (bookId, year, number, suffix) => ({
      before: previous.get(bookId, year, number, number, suffix) ?? null,
      after: following.get(bookId, year, number, number, suffix) ?? null,
    }),
    between: (bookId, year, from, to) => between.all(bookId, year, from, to).map(toEntry),
    take: (given) => {
      moveOn(given);
      give.run(given);
    },
    takeReserved: (given) => giveReserved.run(given).changes === 1,
    takeSuffix: (given) => {
      const { bookId, year, number, suffix } = given;
      if (suffix === '' || suffixesOf(bookId, year, number) === null) {
        throw new Error(`book ${bookId} ${year}: ${number}${suffix} goes beside no number`);
      }
      give.run(given);
    },
    voidUpTo: (bookId, year, lastNumber, reason, { at, personId }) => {
      for (let number = lastOf(bookId, year) + 1; number <= lastNumber; number += 1) {
        voidOne.run({ bookId, year, number, reason, personId, at });
      }
      goOnFrom.run({ bookId, year, last: lastNumber });
    },
    startFrom: (bookId, year, lastNumber) => void startFrom.run({ bookId, year, last: lastNumber }),
    reserve: (bookId, year, count, reservedFor, by) => {
      const first = lastOf(bookId, year) + 1;
      for (let number = first; number < first + count; number += 1) {
        moveOn({ bookId, year, number });
        keep.run({ bookId, year, number, reservedFor, ...by });
      }
      return first;
    },
    dropReserved: ({ bookId, year, number, suffix }, reason, { at, personId }: ByWhom) =>
      drop.run({ bookId, year, number, suffix, reason, at, personId }).changes === 1,
    insert: (id, direction, choice) => {
      insert.run({ id, direction, name: choice.name });
      setTypes(id, choice);
    },
    change: (id, choice) => {
      rename.run({ id, name: choice.name });
      setTypes(id, choice);
    },
    setActive: (id, active) => void setActive.run(active ? 1 : 0, id),
    putNotation: (template) => {
      dropNotation.run(template.bookId, template.unitId);
      addNotation.run({ ...template, withYear: template.withYear ? 1 : 0 });
    },
    dropNotation: (bookId, unitId) => void dropNotation.run(bookId, unitId),
    closeYear: (bookId, year, at) => void closeYear.run({ bookId, year, at }),
  };
}

function toEntry(row: EntryRow): BookEntry {
  const { number, suffix, state, reason, documentId, codeText, registeredAt, reservedFor } = row;
  const recipientLines = (row.recipientLines ?? '').split('\n');
  const addressees = (row.addressees ?? '').split('\n');
  return {
    number,
    suffix,
    state,
    reason,
    documentId,
    codeText,
    registeredAt,
    ended: endOf(row),
    reservedFor,
    goesTo: recipientsInBook(row.goesTo ?? '', row.recipients, { recipientLines, addressees }),
    keeper: keeperIn(recipientLines),
    // What nobody counted is one for each recipient.
    copies: row.documentState === 'cancelled' ? null : (row.copies ?? (row.recipients === 0 ? null : row.recipients)),
    sentAt: row.sentAt,
    cancelled: row.documentState === 'cancelled',
    changedBy: changesSchema.parse(JSON.parse(row.changedBy)),
    fields: Object.fromEntries(bookFields.map((name) => [name, row[`field_${name}`] ?? null])),
  };
}

function endOf({ state, registeredAt, personName, cancelledAt, cancelledBy }: EntryRow): BookEntry['ended'] {
  if (state !== 'given') return { at: registeredAt, by: personName };
  return cancelledAt === null ? null : { at: cancelledAt, by: cancelledBy ?? '' };
}
