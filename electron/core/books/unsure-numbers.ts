import { bookFor } from '#shared/domain/book.ts';
import { documentTypeByAbbreviation } from '#shared/domain/document-types.ts';
import { parseNotation } from '#shared/domain/notation.ts';
import {
  isUnsure,
  UNSURE_NUMBERS,
  unsureNumbersSchema,
  unsureYears,
  type UnsureNumbers,
} from '#shared/domain/unsure-numbers.ts';
import { formatInstantDay } from '#shared/domain/vn-date.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find } from '../documents/document-record.ts';
import type { ReadStores } from '../ports/stores.ts';
import { bookLock, requireOpenYear } from './numbering.ts';

type UnsureCalls = Pick<CoreHandlers, 'books.unsure' | 'books.confirmLast'>;

/** A book of a whole year: more were not given since any copy. */
const MOST_MISSING = 20_000;

/**
 * A register that was put back from a copy, without the one that gave numbers since, gives none until somebody has said for
 * each book which was the last (NĐ 30/2020 Điều 15: a number is given once in the year).
 */
export function unsureCalls(ctx: CoreContext): UnsureCalls {
  return {
    'books.unsure': () => {
      const unsure = readUnsure(ctx.registers);
      if (unsure === null) return { copiedAt: null, books: [] };
      const now = ctx.clock.now().getTime();
      const { books } = ctx.registers;
      const open = unsureYears(unsure, now).flatMap((year) =>
        books
          .all()
          .filter(({ id, active }) => active && isUnsure(unsure, id, year, now) && !books.isYearClosed(id, year))
          .map(({ id, direction, name }) => ({
            bookId: id,
            direction,
            name,
            year,
            last: books.last(id, year),
            seen: direction === 'outgoing' ? lastSeen(ctx.registers, id, year) : null,
          })),
      );
      return { copiedAt: unsure.copiedAt, books: open };
    },
    'books.confirmLast': (input, caller, transact) =>
      ctx.lock.run(bookLock(input.bookId), async () =>
        transact(({ stores, at }) => {
          const { bookId, year, last } = input;
          const unsure = readUnsure(stores);
          find(stores.books, bookId);
          if (!isUnsure(unsure, bookId, year, Date.parse(at)) || unsure === null) throw new CodedError('NUMBERS_SURE');
          requireOpenYear(stores.books, bookId, year);
          const known = stores.books.last(bookId, year);
          if (last < known) throw new CodedError('LAST_TOO_LOW', { last, known });
          if (last - known > MOST_MISSING) throw new CodedError('LAST_TOO_HIGH', { last, known });
          const copied = formatInstantDay(unsure.copiedAt);
          const reason = `Đã cấp sau bản sao lưu ngày ${copied}, trước khi phục hồi`;
          stores.books.voidUpTo(bookId, year, last, reason, { at, personId: caller.personId });
          const confirmed = [...unsure.confirmed, { bookId, year }];
          stores.settings.set(UNSURE_NUMBERS, JSON.stringify({ ...unsure, confirmed }));
          return { last };
        }),
      ),
  };
}

/** Whether a book may give a number in a year now; `now` in ms. @throws CodedError BOOK_YEAR_CLOSED, NUMBERS_UNSURE */
export function requireGiving(
  stores: Pick<ReadStores, 'books' | 'settings'>,
  bookId: string,
  year: number,
  now: number,
): void {
  requireOpenYear(stores.books, bookId, year);
  if (!isUnsure(readUnsure(stores), bookId, year, now)) return;
  throw new CodedError('NUMBERS_UNSURE', { book: find(stores.books, bookId).name, year });
}

function readUnsure({ settings }: Pick<ReadStores, 'settings'>): UnsureNumbers | null {
  const kept = settings.get(UNSURE_NUMBERS);
  return kept === null ? null : unsureNumbersSchema.parse(JSON.parse(kept));
}

/** The highest number of a book among letters of this office that the exchange has and this register has not. */
function lastSeen(
  { watch, office, books }: Pick<ReadStores, 'watch' | 'office' | 'books'>,
  bookId: string,
  year: number,
): { number: number; codeText: string } | null {
  const own = office.agency()?.code;
  if (own === undefined) return null;
  const all = books.all();
  let highest: { number: number; codeText: string } | null = null;
  for (const documentId of watch.unknownOf(own)) {
    // As this program names its documents: agency, day and code (QCVN 102, DocumentId).
    const [, yearText, codeText] = /^[^,]+,(\d{4})\/\d\d\/\d\d,(.+)$/u.exec(documentId) ?? [];
    const [, numberText, notation] = /^(\d{1,7})[a-z]?\/(.+)$/u.exec(codeText ?? '') ?? [];
    if (codeText === undefined || notation === undefined || Number(yearText) !== year) continue;
    const type = documentTypeByAbbreviation(parseNotation(notation).typeAbbreviation ?? '')?.name ?? 'Công văn';
    const number = Number(numberText);
    if (bookFor(all, 'outgoing', type).id === bookId && number > (highest?.number ?? 0)) highest = { number, codeText };
  }
  return highest;
}
