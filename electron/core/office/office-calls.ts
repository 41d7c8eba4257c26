import type { Handlers } from '#shared/contract/contract.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { CodedError } from '../coded-error.ts';
import { commit, type CoreContext } from '../core-context.ts';
import { INCOMING_BOOK } from '../incoming/incoming-record.ts';
import { OUTGOING_BOOK } from '../outgoing/assign-number.ts';
import type { Sync } from '../sync/sync.ts';
import { readAgency, writeAgency } from './agency.ts';
import { resolveAddressees } from './resolve-addressees.ts';

type OfficeCalls = Pick<
  Handlers<'core'>,
  | 'office.overview'
  | 'office.setUp'
  | 'office.search'
  | 'books.list'
  | 'books.entries'
  | 'books.startFrom'
  | 'directory.search'
  | 'directory.resolve'
>;

export function officeCalls(ctx: CoreContext, sync: Sync): OfficeCalls {
  const { registers } = ctx;
  const currentYear = () => Number(vietnamDay(ctx.clock.now().getTime()).slice(0, 4));
  return {
    'office.overview': () => {
      const year = currentYear();
      const connection = sync.connection();
      return {
        agency: readAgency(registers),
        enrolled: connection !== null,
        serverUrl: connection?.url ?? null,
        incomingCounts: registers.incoming.counts(ctx.clock.now()),
        outgoingCounts: registers.outgoing.counts(),
        incomingBook: { year, last: registers.books.last(INCOMING_BOOK, year) },
        outgoingBook: { year, last: registers.books.last(OUTGOING_BOOK, year) },
        sync: sync.status(),
        setAside: registers.inboxProblems.count(),
      };
    },
    'office.setUp': (input) => {
      if (sync.connection() !== null) throw new CodedError('ALREADY_ENROLLED');
      const agency = { code: input.agencyCode, name: input.agencyName.normalize('NFC') };
      const result = commit(ctx, 'office.setUp', input.commandId, (stores) => {
        writeAgency(stores, agency);
        return { agency };
      });
      ctx.emit('office.changed', {});
      return result;
    },
    'office.search': (input) => ({ hits: registers.search.find(input.text, input.limit) }),
    'books.list': () => {
      const year = currentYear();
      const books = registers.books.list();
      // This year's books are there before their first number, so that their start can be set.
      const missing = [INCOMING_BOOK, OUTGOING_BOOK].filter(
        (id) => !books.some((book) => book.id === id && book.year === year),
      );
      const fresh = missing.map((id) => ({
        id,
        direction: id === INCOMING_BOOK ? ('incoming' as const) : ('outgoing' as const),
        name: registers.books.name(id),
        year,
        last: 0,
      }));
      return { books: [...fresh, ...books] };
    },
    'books.entries': (input) => registers.books.entries(input.bookId, input.year, input.offset, input.limit),
    'books.startFrom': (input) =>
      // In turn with the numbers of the book: one that is being put on its page must not find another start.
      ctx.lock.run(input.bookId, async () => {
        const year = input.year ?? currentYear();
        const result = commit(ctx, 'books.startFrom', input.commandId, (stores) => {
          if (!stores.books.exists(input.bookId)) throw new CodedError('NOT_FOUND', { id: input.bookId });
          if (stores.books.isUsed(input.bookId, year)) throw new CodedError('BOOK_IN_USE', { year });
          stores.books.startFrom(input.bookId, year, input.last);
          return { last: input.last };
        });
        ctx.emit('office.changed', {});
        return result;
      }),
    'directory.search': (input) => registers.agencies.search(input.text, input.limit),
    'directory.resolve': (input) => {
      const { codes, unmatched } = resolveAddressees(input.lines, registers.agencies.all());
      const self = readAgency(registers)?.code;
      const agencies = codes
        .filter((code) => code !== self)
        .map((code) => registers.agencies.find(code))
        .filter((agency) => agency !== null);
      return { agencies, unmatched: [...unmatched] };
    },
  };
}
