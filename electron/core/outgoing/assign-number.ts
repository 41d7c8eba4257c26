import { outgoingMachine } from '#shared/domain/outgoing-state.ts';
import { formatDocumentCode, formatNumber, isPrintedNumber } from '#shared/domain/notation.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { bookLock } from '../books/numbering.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find, load, stateAfter, type AttachmentRecord } from '../documents/document-record.ts';
import type { TextStamp } from '../ports/pdf-engine.ts';
import { fieldsToIssue } from './issue-hours.ts';
import { stepTo } from './step-to.ts';
import { mainFile, withMainFile } from './main-file.ts';
import type { OutgoingRecord } from './outgoing-store.ts';
import { urgencyStampOf } from './urgency-stamp.ts';

type NumberCalls = Pick<CoreHandlers, 'outgoing.nextNumber' | 'outgoing.assignNumber' | 'outgoing.cancel'>;

/**
 * Numbers of the outgoing books (NĐ 30/2020 Điều 15): one after the other within the year, each given once. The page
 * gets its number before the transaction that takes it, and the transaction fails when another took it meanwhile, so
 * no crash leaves a number without its page or a page without its number.
 */
export function numberCalls(ctx: CoreContext): NumberCalls {
  const proposeFor = (record: OutgoingRecord) => {
    const today = vietnamDay(ctx.clock.now().getTime());
    const date = record.placement.date === null ? (record.fields.date ?? today) : today;
    const year = Number(date.slice(0, 4));
    const number = ctx.registers.books.last(record.bookId, year) + 1;
    return { date, today, year, number, codeText: formatDocumentCode(number, record.fields.notation) };
  };

  return {
    'outgoing.nextNumber': (input) => {
      const record = find(ctx.registers.outgoing, input.id);
      const { number, year, codeText } = proposeFor(record);
      const bookName = find(ctx.registers.books, record.bookId).name;
      return { number, year, codeText, bookName, urgencyStamp: urgencyStampOf(record, record.fields).outlook };
    },
    'outgoing.assignNumber': (input, caller, transact) => {
      const { bookId } = load(ctx.registers.outgoing, input);
      return ctx.lock.run(bookLock(bookId), async () => {
        const record = load(ctx.registers.outgoing, input);
        stateAfter(outgoingMachine, record, 'number');
        const fields = fieldsToIssue(ctx, record.fields);
        const { date, today, year, number, codeText } = proposeFor(record);
        if (date > today) throw new CodedError('DATE_IN_FUTURE', { date, today });
        const attachments = await freezePage(ctx, { ...record, fields }, number, date, input.urgencyStamp);
        ctx.fault('before-number-commit');
        return transact(
          (tx) => {
            tx.stores.books.take({
              bookId,
              year,
              number,
              documentId: record.id,
              at: tx.at,
              personId: caller.personId,
            });
            const changes = { attachments, codeText, fields: { ...fields, date } };
            return { ...stepTo(tx, input, 'number', 'numbered', { codeText }, changes), number, year, codeText };
          },
          { fault: 'after-number-commit' },
        );
      });
    },
    'outgoing.cancel': (input, _caller, transact) =>
      transact((tx) => stepTo(tx, input, 'cancel', 'cancelled', { reason: input.reason }, { reason: input.reason })),
  };
}

/** Prints number, date and the stamp of urgency where the page left room; a page that has a number must have this one. */
async function freezePage(
  ctx: CoreContext,
  record: OutgoingRecord,
  number: number,
  date: string,
  urgencyStamp: boolean,
): Promise<readonly AttachmentRecord[]> {
  const printed = record.fields.printedNumber;
  const stamps: TextStamp[] = [];
  if (printed !== '') {
    if (!isPrintedNumber(printed, number)) {
      throw new CodedError('PRINTED_NUMBER_DIFFERS', { printed, next: formatNumber(number) });
    }
  } else if (record.placement.number === null) {
    throw new CodedError('NUMBER_PLACE_UNKNOWN');
  } else {
    stamps.push({ ...record.placement.number, text: formatNumber(number) });
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
