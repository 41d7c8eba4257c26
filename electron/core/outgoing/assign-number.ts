import type { Handlers } from '#shared/contract/contract.ts';
import { formatDocumentCode, formatNumber } from '#shared/domain/notation.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { CodedError } from '../coded-error.ts';
import { commit, nowIso, THIS_OFFICE, type CoreContext } from '../core-context.ts';
import type { TextStamp } from '../ports/pdf-engine.ts';
import type { OutgoingRecord } from '../ports/stores.ts';
import { advanced, loadOutgoing, moved, stateAfter } from './outgoing-record.ts';

export const OUTGOING_BOOK = 'outgoing';

type NumberCalls = Pick<Handlers<'core'>, 'outgoing.nextNumber' | 'outgoing.assignNumber' | 'outgoing.cancel'>;

/**
 * Numbers of the outgoing book (NĐ 30/2020 Điều 15): one after the other within the year, each given once. The page
 * gets its number before the transaction that takes it, and the transaction fails when another took it meanwhile, so
 * no crash leaves a number without its page or a page without its number.
 */
export function numberCalls(ctx: CoreContext): NumberCalls {
  const proposeFor = (record: OutgoingRecord) => {
    const today = vietnamDay(ctx.clock.now().getTime());
    const date = record.placement.date === null ? (record.fields.date ?? today) : today;
    const year = Number(date.slice(0, 4));
    const number = ctx.registers.books.last(OUTGOING_BOOK, year) + 1;
    return { date, today, year, number, codeText: formatDocumentCode(number, record.fields.notation) };
  };

  return {
    'outgoing.nextNumber': (input) => {
      const record = ctx.registers.outgoing.find(input.id);
      if (record === null) throw new CodedError('NOT_FOUND', { id: input.id });
      const { number, year, codeText } = proposeFor(record);
      return { number, year, codeText, bookName: ctx.registers.books.name(OUTGOING_BOOK) };
    },
    'outgoing.assignNumber': (input) =>
      ctx.lock.run(OUTGOING_BOOK, async () => {
        const record = loadOutgoing(ctx.registers, input);
        stateAfter(record, 'number');
        const { date, today, year, number, codeText } = proposeFor(record);
        if (date > today) throw new CodedError('DATE_IN_FUTURE', { date, today });
        const frozen = await freezePage(ctx, record, number, date);
        ctx.fault('before-number-commit');
        const result = commit(ctx, 'outgoing.assignNumber', input.commandId, (stores) => {
          stores.books.take(OUTGOING_BOOK, year, number);
          const next = advanced(ctx, loadOutgoing(stores, input), 'number', {
            ...frozen,
            fields: { ...record.fields, date },
            bookId: OUTGOING_BOOK,
            year,
            number,
            codeText,
            numberedAt: nowIso(ctx),
          });
          stores.outgoing.update(next);
          stores.history.add(next.id, {
            at: next.changedAt,
            actor: THIS_OFFICE,
            action: 'numbered',
            params: { codeText },
          });
          return { ...moved(next), number, year, codeText };
        });
        ctx.fault('after-number-commit');
        ctx.emit('outgoing.changed', { ids: [input.id] });
        ctx.emit('office.changed', {});
        return result;
      }),
    'outgoing.cancel': (input) => {
      const result = commit(ctx, 'outgoing.cancel', input.commandId, (stores) => {
        const next = advanced(ctx, loadOutgoing(stores, input), 'cancel', { cancelReason: input.reason });
        stores.outgoing.update(next);
        stores.history.add(next.id, {
          at: next.changedAt,
          actor: THIS_OFFICE,
          action: 'cancelled',
          params: { reason: input.reason },
        });
        return moved(next);
      });
      ctx.emit('outgoing.changed', { ids: [input.id] });
      ctx.emit('office.changed', {});
      return result;
    },
  };
}

/** Prints number and date where the page left room; a page that has a number must have this one. */
async function freezePage(
  ctx: CoreContext,
  record: OutgoingRecord,
  number: number,
  date: string,
): Promise<Partial<OutgoingRecord>> {
  const printed = record.fields.printedNumber;
  const stamps: TextStamp[] = [];
  if (printed !== '') {
    // Digits and nothing else: "241a" is another document's number (số phụ).
    if (!/^\d+$/.test(printed) || Number(printed) !== number) {
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
  if (stamps.length === 0) return {};
  const stamped = ctx.pdf.stamp(await ctx.files.read(record.fileId), stamps);
  const { fileId, size } = await ctx.files.write(stamped);
  return { fileId, fileSize: size };
}
