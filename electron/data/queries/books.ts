import type { BookWrites } from '#core/books/book-store.ts';
import type { Book, BookEntry } from '#shared/contract/books.ts';
import type { BookDescription } from '#shared/domain/book.ts';
import { directions } from '#shared/domain/direction.ts';
import { bookFieldsOf, fieldDescription } from '#shared/domain/document-fields.ts';
import type { Sqlite } from '../connection/sqlite.ts';

interface EntryRow extends Omit<BookEntry, 'goesTo' | 'cancelled' | 'fields'> {
  readonly goesTo: string | null;
  readonly documentState: string | null;
  readonly [field: `field_${string}`]: string | null;
}

const bookFields = [...new Set(directions.flatMap((direction) => bookFieldsOf(direction).map(({ name }) => name)))];

export function bookQueries(sqlite: Sqlite): BookWrites {
  const last = sqlite.prepare<[string, number]>('SELECT last FROM book_year WHERE book_id = ? AND year = ?').pluck();
  const advance = sqlite.prepare(
    `INSERT INTO book_year (book_id, year, last) VALUES (@bookId, @year, @number)
     ON CONFLICT (book_id, year) DO UPDATE SET last = excluded.last WHERE last = excluded.last - 1`,
  );
  const give = sqlite.prepare(
    `INSERT INTO book_number (book_id, year, number, state, document_id, person_id, at)
     VALUES (@bookId, @year, @number, 'given', @documentId, @personId, @at)`,
  );
  const startFrom = sqlite.prepare(
    `INSERT INTO book_year VALUES (@bookId, @year, @last, @last)
     ON CONFLICT (book_id, year) DO UPDATE SET started_from = excluded.started_from, last = excluded.last`,
  );
  const years = sqlite.prepare<[], Book>(
    `SELECT b.id, b.direction, b.name, y.year, y.last FROM book b JOIN book_year y ON y.book_id = b.id
     ORDER BY y.year DESC, b.direction, b.position, b.id`,
  );
  const all = sqlite.prepare<[], Omit<BookDescription, 'documentTypes'>>(
    'SELECT id, direction, name, kind, series, numbering FROM book ORDER BY direction, position, id',
  );
  const types = sqlite.prepare<[string], string>('SELECT document_type FROM book_type WHERE book_id = ?').pluck();
  const isUsed = sqlite
    .prepare<[string, number]>('SELECT last > started_from FROM book_year WHERE book_id = ? AND year = ?')
    .pluck();
  const entries = sqlite.prepare<[string, number, number, number], EntryRow>(
    `SELECT n.number, n.state, coalesce(n.reason, d.reason) AS reason, d.id AS documentId,
       coalesce(d.code_text, '') AS codeText, n.at AS registeredAt, d.state AS documentState,
       ${bookFields.map((name) => `d.${fieldDescription(name).column} AS "field_${name}"`).join(', ')},
       (SELECT group_concat(agency_name, '; ') FROM (SELECT agency_name FROM delivery
         WHERE document_id = d.id ORDER BY position)) AS goesTo
     FROM book_number n LEFT JOIN document d ON d.id = n.document_id
     WHERE n.book_id = ? AND n.year = ? ORDER BY n.number DESC, n.suffix DESC LIMIT ? OFFSET ?`,
  );
  const countEntries = sqlite
    .prepare<[string, number], number>('SELECT count(*) FROM book_number WHERE book_id = ? AND year = ?')
    .pluck();

  const lastOf = (bookId: string, year: number) => (last.get(bookId, year) as number | undefined) ?? 0;
  const describe = (): BookDescription[] => all.all().map((book) => ({ ...book, documentTypes: types.all(book.id) }));
  return {
    all: describe,
    find: (bookId) => describe().find(({ id }) => id === bookId) ?? null,
    last: lastOf,
    years: () => years.all(),
    isUsed: (bookId, year) => isUsed.get(bookId, year) === 1,
    entries: (bookId, year, offset, limit) => ({
      entries: entries.all(bookId, year, limit, offset).map(toEntry),
      total: countEntries.get(bookId, year) ?? 0,
    }),
    take: (given) => {
      const { bookId, year, number } = given;
      // The first number of a year may only be 1, or what follows the start that was set.
      const fits = number === lastOf(bookId, year) + 1 && advance.run({ bookId, year, number }).changes === 1;
      if (!fits) throw new Error(`book ${bookId} ${year}: ${number} is not the next number`);
      give.run(given);
    },
    startFrom: (bookId, year, lastNumber) => void startFrom.run({ bookId, year, last: lastNumber }),
  };
}

function toEntry(row: EntryRow): BookEntry {
  const { number, state, reason, documentId, codeText, registeredAt, goesTo, documentState } = row;
  return {
    number,
    state,
    reason,
    documentId,
    codeText,
    registeredAt,
    goesTo: goesTo ?? '',
    cancelled: documentState === 'cancelled',
    fields: Object.fromEntries(bookFields.map((name) => [name, row[`field_${name}`] ?? null])),
  };
}
