import type { WriteStores } from '#core/ports/stores.ts';
import type { Book, BookEntry } from '#shared/contract/office.ts';
import type { Sqlite } from '../connection/open-database.ts';

export function bookQueries(sqlite: Sqlite): WriteStores['books'] {
  const last = sqlite.prepare<[string, number]>('SELECT last FROM book_year WHERE book_id = ? AND year = ?').pluck();
  const take = sqlite.prepare(
    `INSERT INTO book_year (book_id, year, last) VALUES (@bookId, @year, @number)
     ON CONFLICT (book_id, year) DO UPDATE SET last = excluded.last WHERE last = excluded.last - 1`,
  );
  const startFrom = sqlite.prepare(
    `INSERT INTO book_year VALUES (@bookId, @year, @last, @last)
     ON CONFLICT (book_id, year) DO UPDATE SET started_from = excluded.started_from, last = excluded.last`,
  );
  const list = sqlite.prepare<[], Book>(
    `SELECT b.id, b.direction, b.name, y.year, y.last FROM book b JOIN book_year y ON y.book_id = b.id
     ORDER BY y.year DESC, b.direction`,
  );
  const name = sqlite.prepare<[string]>('SELECT name FROM book WHERE id = ?').pluck();
  const isUsed = sqlite
    .prepare<[string, number]>('SELECT last > started_from FROM book_year WHERE book_id = ? AND year = ?')
    .pluck();
  const entriesOf = { incoming: incomingEntries(sqlite), outgoing: outgoingEntries(sqlite) };

  const lastOf = (bookId: string, year: number) => (last.get(bookId, year) as number | undefined) ?? 0;
  return {
    last: lastOf,
    list: () => list.all(),
    name: (bookId) => (name.get(bookId) as string | undefined) ?? bookId,
    exists: (bookId) => name.get(bookId) !== undefined,
    isUsed: (bookId, year) => isUsed.get(bookId, year) === 1,
    entries: (bookId, year, offset, limit) => {
      const direction = bookId === 'incoming' ? 'incoming' : 'outgoing';
      return entriesOf[direction](bookId, year, offset, limit);
    },
    take: (bookId, year, expected) => {
      // The first number of a year may only be 1, or what follows the start that was set.
      const fits = expected === lastOf(bookId, year) + 1 && take.run({ bookId, year, number: expected }).changes === 1;
      if (!fits) throw new Error(`book ${bookId} ${year}: ${expected} is not the next number`);
    },
    startFrom: (bookId, year, lastNumber) => void startFrom.run({ bookId, year, last: lastNumber }),
  };
}

type Entries = (bookId: string, year: number, offset: number, limit: number) => { entries: BookEntry[]; total: number };
type EntryRow = Omit<BookEntry, 'cancelled'> & { cancelled: number };

function incomingEntries(sqlite: Sqlite): Entries {
  return entries(
    sqlite,
    `SELECT arrival_number AS number, id AS documentId, code_text AS codeText, date, registered_at AS registeredAt,
       agency_name AS agencyName, abstract, document_type AS documentType, signer_name AS signerName,
       forward_to AS goesTo, 0 AS cancelled FROM incoming`,
    'arrival_number',
  );
}

function outgoingEntries(sqlite: Sqlite): Entries {
  return entries(
    sqlite,
    `SELECT number, id AS documentId, code_text AS codeText, date, numbered_at AS registeredAt,
       agency_name AS agencyName, abstract, document_type AS documentType, signer_name AS signerName,
       (SELECT group_concat(agency_name, '; ') FROM (SELECT agency_name FROM delivery
         WHERE document_id = outgoing.id ORDER BY position)) AS goesTo,
       state = 'cancelled' AS cancelled FROM outgoing`,
    'number',
  );
}

function entries(sqlite: Sqlite, select: string, number: string): Entries {
  const table = number === 'number' ? 'outgoing' : 'incoming';
  const page = sqlite.prepare<[string, number, number, number], EntryRow>(
    `${select} WHERE book_id = ? AND year = ? ORDER BY ${number} DESC LIMIT ? OFFSET ?`,
  );
  const total = sqlite
    .prepare<[string, number]>(`SELECT count(*) FROM ${table} WHERE book_id = ? AND year = ?`)
    .pluck();
  return (bookId, year, offset, limit) => ({
    entries: page
      .all(bookId, year, limit, offset)
      .map((row) => ({ ...row, goesTo: row.goesTo ?? '', cancelled: row.cancelled === 1 })),
    total: total.get(bookId, year) as number,
  });
}
