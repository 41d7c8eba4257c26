import { fieldsOf, type IncomingFieldName, type IncomingFields } from '#shared/domain/document-fields.ts';
import { tidyFields } from '#shared/domain/tidy-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import { codeOfName } from '../directory/code-of-name.ts';
import { isNameOf } from '../directory/same-agency.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { asTarget, load } from '../documents/document-record.ts';
import type { ReadStores } from '../ports/stores.ts';
import { statePaperReceived } from '../paper/record-paper.ts';
import { reportPaperArrival, withdrawPaperArrival } from '../reporting/paper-arrivals.ts';
import { identityOf } from './document-identity.ts';
import type { IncomingRecord } from './incoming-store.ts';

/**
 * What stands in the book can be corrected as long as the register is kept: each change with its old value, reason and
 * person in the history. The arrival number and its day are no fields: they stand on the paper, in the stamp "ĐẾN", and
 * numbers go up with the days of the book (NĐ 30/2020 Điều 22).
 */
export function correctCommand(ctx: CoreContext): Pick<CoreHandlers, 'incoming.correct'> {
  return {
    'incoming.correct': (input, caller, transact) =>
      transact((tx) => {
        const { stores, at, record: note } = tx;
        const record = load(stores.incoming, input);
        if (record.numbered === null) throw new CodedError('WRONG_STATE', { state: record.state, step: 'correct' });
        const fields = tidyFields('incoming', input.fields);
        const changed = fieldsOf('incoming').filter((name) => fields[name] !== record.fields[name]);
        if (changed.length === 0) throw new CodedError('NOTHING_CHANGED');
        const next: IncomingRecord = {
          ...record,
          fields,
          paperSenderCode: senderCodeOf(stores, record, fields),
          revision: record.revision + 1,
          changedAt: at,
        };
        const isSame = !changed.some((name) => identifying.includes(name));
        const twin = isSame
          ? undefined
          : stores.incoming
              .duplicates(identityOf(next))
              .find(({ arrivalNumber, sameFile }) => arrivalNumber !== null && !sameFile);
        if (twin !== undefined && !input.acceptDuplicate) {
          throw new CodedError('DUPLICATE_DOCUMENT', {
            arrivalNumber: twin.arrivalNumber ?? '—',
            codeText: twin.codeText,
          });
        }
        stores.incoming.update(next);
        for (const field of changed) {
          const [from, to] = [record.fields[field] ?? '', fields[field] ?? ''];
          note('incoming', record.id, 'corrected', { field, from, to, reason: input.reason });
        }
        if (fields.paper === 'arrived' && record.fields.paper !== 'arrived') {
          statePaperReceived(tx, ctx, next, caller.name);
        }
        if (!isSame) reportAnew(tx, ctx, record, next);
        return asTarget(next);
      }),
  };
}

/** What a document is told apart by. */
const identifying: readonly IncomingFieldName[] = ['codeText', 'date', 'agencyName'];

/** Who sent what came through the exchange is proven; who sent the rest is who the book says. */
export function senderCodeOf(
  stores: Pick<ReadStores, 'agencies'>,
  { received, paperSenderCode, fields: before }: Pick<IncomingRecord, 'received' | 'paperSenderCode' | 'fields'>,
  { agencyName }: Pick<IncomingFields, 'agencyName'>,
): string | null {
  if (received !== null || agencyName === before.agencyName) return paperSenderCode;
  const known = paperSenderCode === null ? null : stores.agencies.find(paperSenderCode);
  return known !== null && isNameOf(agencyName, known) ? known.code : codeOfName(stores, agencyName);
}

/** Those who oversee its sender heard of it as it was named before. */
function reportAnew(tx: Transaction, ctx: CoreContext, before: IncomingRecord, after: IncomingRecord): void {
  const last = tx.stores.officeReports.of(before.id).at(-1);
  if (last === undefined || last.report.withdrawn) return;
  const { codeText } = before.fields;
  if (codeText === after.fields.codeText && before.paperSenderCode === after.paperSenderCode) return;
  withdrawPaperArrival(tx, ctx, before.id);
  reportPaperArrival(tx, ctx, after);
}
