import type { ReservedNumber } from '#shared/contract/books.ts';
import type { NumberChoice } from '#shared/contract/outgoing.ts';
import { nextSuffix } from '#shared/domain/book.ts';
import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import { formatDocumentCode, formatNumber, isPrintedNumber } from '#shared/domain/notation.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { BookReads, BookWrites, GivenNumber } from '../books/book-store.ts';
import { bookLock, bookOf } from '../books/numbering.ts';
import { requireGiving } from '../books/unsure-numbers.ts';
import type { CoreContext } from '../core-context.ts';
import type { ReadStores } from '../ports/stores.ts';
import { isOutsideOffice } from '../directory/other-agency.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find, load, stateAfter, type AttachmentRecord } from '../documents/document-record.ts';
import { requireNotAhead } from '../documents/not-ahead.ts';
import type { TextStamp } from '../ports/pdf-engine.ts';
import { fieldsToIssue } from './issue-hours.ts';
import { isDayDecided } from './last-look.ts';
import { dayToTake } from './letter-day.ts';
import { stepTo } from './step-to.ts';
import { mainFile, withMainFile } from './main-file.ts';
import type { OutgoingRecord } from './outgoing-store.ts';
import { urgencyStampOf } from './urgency-stamp.ts';

type NumberCalls = Pick<
  CoreHandlers,
  'outgoing.nextNumber' | 'outgoing.nextSuffix' | 'outgoing.assignNumber' | 'outgoing.cancel'
>;

/** A number that a letter is about to take, with how it is taken. */
interface ChosenNumber {
  readonly number: number;
  readonly suffix: string;
  /** Takes it in the transaction. @throws CodedError when somebody else did meanwhile */
  take(books: BookWrites, given: GivenNumber): void;
}

/**
 * Numbers of the outgoing books (NĐ 30/2020 Điều 15): one after the other within the year, each given once. The page
 * gets its number before the transaction that takes it, and the transaction fails when another took it meanwhile, so
 * no crash leaves a number without its page or a page without its number.
 */
export function numberCalls(ctx: CoreContext): NumberCalls {
  const dayOf = (record: OutgoingRecord) => dayToTake(record, ctx.clock.now().getTime());

  return {
    'outgoing.nextNumber': (input) => {
      const record = find(ctx.registers.outgoing, input.id);
      const { books } = ctx.registers;
      const { numbered } = record;
      const bookId = bookFor(ctx.registers, record);
      const { date, year } = dayOf(record);
      const number = numbered?.number ?? books.last(bookId, year) + 1;
      const suffix = numbered?.suffix ?? '';
      const before =
        numbered === null ? books.lastGiven(bookId, year, 2) : [books.neighbours(bookId, year, number, suffix).before];
      return {
        number,
        year,
        bookId,
        date,
        codeText: formatDocumentCode(number, record.fields.notation, suffix),
        bookName: find(books, bookId).name,
        before: before.flatMap((one) => (one === null ? [] : [{ codeText: one.codeText, date: one.date }])),
        reserved: numbered === null ? books.reserved(bookId, year) : [],
        otherAgency: isOutsideOffice(ctx, { agency: record.fields.agencyName, parentAgency: null, sure: false }),
        urgencyStamp: urgencyStampOf(record, record.fields).outlook,
      };
    },
    'outgoing.nextSuffix': (input) => {
      const record = find(ctx.registers.outgoing, input.id);
      const bookId = bookFor(ctx.registers, record);
      const taken = ctx.registers.books.suffixesOf(bookId, dayOf(record).year, input.number);
      return { suffix: taken === null ? null : nextSuffix(taken) };
    },
    'outgoing.assignNumber': (input, caller, transact) => {
      const bookId = bookFor(ctx.registers, load(ctx.registers.outgoing, input));
      return ctx.lock.run(bookLock(bookId), async () => {
        const record = load(ctx.registers.outgoing, input);
        stateAfter(outgoingMachine, record, 'number');
        const fields = fieldsToIssue(ctx, record.fields);
        const { date, today, year } = dayOf(record);
        requireNotAhead(date, today);
        const { books } = ctx.registers;
        const now = ctx.clock.now().getTime();
        const { numbered } = record;
        if (numbered !== null && date.slice(0, 4) !== String(numbered.year)) {
          throw new CodedError('NUMBER_OF_OTHER_YEAR', { year: numbered.year, date });
        }
        const isNew = numbered === null;
        if (isNew) requireGiving(ctx.registers, bookId, year, now);
        const chosen = isNew ? choose(books, bookId, year, input.take) : kept(numbered);
        if (isNew && input.take.kind === 'next') {
          requireOrder(books, bookId, year, date, () => isDayDecided(ctx, record));
        }
        const { number, suffix } = chosen;
        const codeText = formatDocumentCode(number, fields.notation, suffix);
        const attachments = await freezePage(ctx, { ...record, fields }, chosen, date, input.urgencyStamp);
        ctx.fault('before-number-commit');
        return transact(
          (tx) => {
            if (isNew) requireGiving(tx.stores, bookId, year, now);
            // The books may have been arranged anew while the number was put on the page.
            if (bookFor(tx.stores, record) !== bookId) throw new CodedError('STALE_REVISION', { id: record.id });
            const given = { bookId, year, number, suffix, documentId: record.id, at: tx.at, personId: caller.personId };
            chosen.take(tx.stores.books, given);
            const changes = { bookId, attachments, codeText, fields: { ...fields, date } };
            const answer = stepTo(tx, input, 'number', 'numbered', { codeText }, changes);
            return { ...answer, number, suffix, year, codeText };
          },
          { fault: 'after-number-commit' },
        );
      });
    },
    'outgoing.cancel': (input, _caller, transact) =>
      transact((tx) => {
        const { reason } = input;
        const { numbered, state } = load(tx.stores.outgoing, input);
        // A draft that was sent back with its number; one without is discarded.
        if (numbered === null) throw new CodedError('WRONG_STATE', { state, step: 'cancel' });
        return stepTo(tx, input, 'cancel', 'cancelled', { reason }, { reason });
      }),
  };
}

/** The book that gives a letter its number, or gave it. */
function bookFor(stores: Pick<ReadStores, 'books'>, { numbered, bookId, fields }: OutgoingRecord): string {
  return numbered === null ? bookOf(stores, 'outgoing', fields.documentType) : bookId;
}

/** A number that the letter has already, because it was sent back with it. */
function kept({ number, suffix }: NonNullable<OutgoingRecord['numbered']>): ChosenNumber {
  return { number, suffix, take: () => undefined };
}

/** @throws CodedError NUMBER_NOT_RESERVED, NUMBER_NOT_GIVEN, SUFFIXES_USED_UP */
function choose(books: BookReads, bookId: string, year: number, choice: NumberChoice): ChosenNumber {
  switch (choice.kind) {
    case 'next':
      return { number: books.last(bookId, year) + 1, suffix: '', take: (into, given) => into.take(given) };
    case 'reserved': {
      const { number, suffix } = choice;
      const isKept = (each: ReservedNumber) => each.number === number && each.suffix === suffix;
      const refuse = () => new CodedError('NUMBER_NOT_RESERVED', { number });
      if (!books.reserved(bookId, year).some(isKept)) throw refuse();
      const take = (into: BookWrites, given: GivenNumber) => {
        if (!into.takeReserved(given)) throw refuse();
      };
      return { number, suffix, take };
    }
    case 'beside': {
      const { number } = choice;
      const taken = books.suffixesOf(bookId, year, number);
      if (taken === null) throw new CodedError('NUMBER_NOT_GIVEN', { number, year });
      const suffix = nextSuffix(taken);
      if (suffix === null) throw new CodedError('SUFFIXES_USED_UP', { number });
      return { number, suffix, take: (into, given) => into.takeSuffix(given) };
    }
  }
}

/**
 * Numbers follow the order of issue (Điều 15), so a day before that of the number before is a slip, or a clock that was
 * set back, unless somebody says that it is meant. @throws CodedError DATE_BEFORE_LAST
 */
function requireOrder(books: BookReads, bookId: string, year: number, date: string, isMeant: () => boolean): void {
  const [last] = books.lastGiven(bookId, year, 1);
  if (last === undefined || last.date === null || last.date <= date || isMeant()) return;
  throw new CodedError('DATE_BEFORE_LAST', { date, last: last.date, codeText: last.codeText });
}

/** Prints number, date and the stamp of urgency where the page left room; a page that has a number must have this one. */
async function freezePage(
  ctx: CoreContext,
  record: OutgoingRecord,
  { number, suffix }: Pick<ChosenNumber, 'number' | 'suffix'>,
  date: string,
  urgencyStamp: boolean,
): Promise<readonly AttachmentRecord[]> {
  const printed = record.fields.printedNumber;
  const stamps: TextStamp[] = [];
  if (printed !== '') {
    if (!isPrintedNumber(printed, number, suffix)) {
      throw new CodedError('PRINTED_NUMBER_DIFFERS', { printed, next: formatNumber(number, suffix) });
    }
  } else if (record.placement.number === null) {
    throw new CodedError('NUMBER_PLACE_UNKNOWN');
  } else {
    stamps.push({ ...record.placement.number, text: formatNumber(number, suffix) });
  }
  const dateBlank = record.placement.date;
  if (dateBlank !== null) {
    stamps.push({ ...dateBlank, text: date.slice(8, 10) });
    const month = Number(date.slice(5, 7));
    // Decree 30, Phụ lục I: a zero before months 1 and 2 only.
    const monthText = month <= 2 ? `0${month}` : String(month);
    if (dateBlank.month !== null) stamps.push({ ...dateBlank, x: dateBlank.month.x, text: monthText });
  }
  const box = urgencyStamp ? urgencyStampOf(record, record.fields).box : null;
  if (stamps.length === 0 && box === null) return record.attachments;
  const stamped = ctx.pdf.stamp(await ctx.files.read(mainFile(record).fileId), stamps, box === null ? [] : [box]);
  return withMainFile(record, await ctx.files.write(stamped));
}
