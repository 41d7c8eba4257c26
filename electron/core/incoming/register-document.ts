import type { Handlers } from '#shared/contract/contract.ts';
import type { IncomingFields } from '#shared/contract/incoming.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { CodedError } from '../coded-error.ts';
import { commit, nowIso, THIS_OFFICE, type CoreContext } from '../core-context.ts';
import type { IncomingRecord, WriteStores } from '../ports/stores.ts';
import { INCOMING_BOOK, incomingStateAfter, loadIncoming } from './incoming-record.ts';
import { prepareStatus } from './report-status.ts';

type IncomingCommands = Pick<
  Handlers<'core'>,
  'incoming.nextNumber' | 'incoming.register' | 'incoming.return' | 'incoming.complete' | 'incoming.markOpened'
>;

/** What the clerk does with a document that arrived (NĐ 30/2020 Điều 21, 22). */
export function incomingCommands(ctx: CoreContext): IncomingCommands {
  const currentYear = () => Number(vietnamDay(ctx.clock.now().getTime()).slice(0, 4));
  const announce = (id: string) => {
    ctx.emit('incoming.changed', { ids: [id] });
    ctx.emit('office.changed', {});
    ctx.wakeSync();
  };
  const keep = (
    stores: WriteStores,
    record: IncomingRecord,
    action: string,
    params: Record<string, string | number>,
  ) => {
    stores.incoming.update(record);
    stores.history.add(record.id, { at: record.changedAt, actor: THIS_OFFICE, action, params });
    return { id: record.id, revision: record.revision, state: record.state };
  };

  return {
    'incoming.nextNumber': () => {
      const year = currentYear();
      const number = ctx.registers.books.last(INCOMING_BOOK, year) + 1;
      return { number, year, bookName: ctx.registers.books.name(INCOMING_BOOK) };
    },
    'incoming.register': (input) =>
      ctx.lock.run(INCOMING_BOOK, async () => {
        const before = loadIncoming(ctx.registers, input);
        const state = incomingStateAfter(before, 'register');
        const fields = tidyFields(input.fields);
        const duplicate = ctx.registers.incoming.duplicates({ ...before, fields })[0];
        if (duplicate !== undefined && !input.acceptDuplicate) {
          throw new CodedError('DUPLICATE_DOCUMENT', {
            arrivalNumber: duplicate.arrivalNumber,
            codeText: duplicate.codeText,
          });
        }
        // The status quotes the document as its sender named it, not as the clerk corrected it.
        const status = await prepareStatus(ctx, before, '03');
        const year = currentYear();
        const arrivalNumber = ctx.registers.books.last(INCOMING_BOOK, year) + 1;
        const result = commit(ctx, 'incoming.register', input.commandId, (stores) => {
          const record = loadIncoming(stores, input);
          stores.books.take(INCOMING_BOOK, year, arrivalNumber);
          stores.outbox.add(status);
          const at = nowIso(ctx);
          const next: IncomingRecord = {
            ...record,
            fields,
            state,
            revision: record.revision + 1,
            opened: true,
            changedAt: at,
            registeredAt: at,
            year,
            arrivalNumber,
          };
          return { ...keep(stores, next, 'registered', { arrivalNumber, year }), arrivalNumber, year };
        });
        ctx.fault('after-register-commit');
        announce(input.id);
        return result;
      }),
    'incoming.return': (input) =>
      ctx.lock.run(input.id, async () => {
        const before = loadIncoming(ctx.registers, input);
        const state = incomingStateAfter(before, 'return');
        const status = await prepareStatus(ctx, before, '02', input.reason);
        const result = commit(ctx, 'incoming.return', input.commandId, (stores) => {
          const record = loadIncoming(stores, input);
          stores.outbox.add(status);
          const next = {
            ...record,
            state,
            revision: record.revision + 1,
            changedAt: nowIso(ctx),
            returnReason: input.reason,
          };
          return keep(stores, next, 'returned', { reason: input.reason });
        });
        announce(input.id);
        return result;
      }),
    'incoming.complete': (input) =>
      ctx.lock.run(input.id, async () => {
        const before = loadIncoming(ctx.registers, input);
        const state = incomingStateAfter(before, 'complete');
        const status = await prepareStatus(ctx, before, '06');
        const result = commit(ctx, 'incoming.complete', input.commandId, (stores) => {
          const record = loadIncoming(stores, input);
          stores.outbox.add(status);
          const next = { ...record, state, revision: record.revision + 1, changedAt: nowIso(ctx) };
          return keep(stores, next, 'completed', {});
        });
        announce(input.id);
        return result;
      }),
    'incoming.markOpened': (input) => {
      const changed = ctx.registers.tx('incoming.markOpened', (stores) => {
        const first = stores.incoming.markOpened(input.id);
        if (first) stores.history.add(input.id, { at: nowIso(ctx), actor: THIS_OFFICE, action: 'opened', params: {} });
        return first;
      });
      if (changed) ctx.emit('incoming.changed', { ids: [input.id] });
      return { id: input.id };
    },
  };
}

function tidyFields(fields: IncomingFields): IncomingFields {
  const nfc = (text: string) => text.normalize('NFC');
  return {
    ...fields,
    agencyName: nfc(fields.agencyName),
    codeText: nfc(fields.codeText),
    documentType: nfc(fields.documentType),
    abstract: nfc(fields.abstract),
    signerName: nfc(fields.signerName),
    signerTitle: nfc(fields.signerTitle),
    forwardTo: nfc(fields.forwardTo),
  };
}
