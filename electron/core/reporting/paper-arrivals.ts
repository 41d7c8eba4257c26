import { vietnamDay } from '#shared/domain/vn-date.ts';
import type { CoreContext } from '../core-context.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { IncomingRecord } from '../incoming/incoming-store.ts';
import type { PaperArrivalReport } from './report-store.ts';

type Part = Pick<Transaction, 'stores' | 'at'>;

/** Reports that a document of an agency of the exchange came on paper alone, in the transaction that enters it in the book. */
export function reportPaperArrival(
  tx: Part,
  ctx: Pick<CoreContext, 'ids'>,
  { id, paperSenderCode, fields, arrivedAt }: Pick<IncomingRecord, 'id' | 'paperSenderCode' | 'fields' | 'arrivedAt'>,
): void {
  if (paperSenderCode === null || tx.stores.agencies.find(paperSenderCode) === null) return;
  const day = vietnamDay(Date.parse(arrivedAt));
  const report = { senderCode: paperSenderCode, code: fields.codeText, day, withdrawn: false };
  queue(tx, ctx, id, { kind: 'paper-arrival', ...report });
}

/** It came through the exchange after all: what was reported of it counts no longer. Once, however often it is found. */
export function withdrawPaperArrival(tx: Part, ctx: Pick<CoreContext, 'ids'>, documentId: string): void {
  const last = tx.stores.officeReports.of(documentId).at(-1);
  if (last === undefined || last.report.withdrawn) return;
  queue(tx, ctx, documentId, { ...last.report, withdrawn: true });
}

function queue(
  { stores, at }: Part,
  { ids }: Pick<CoreContext, 'ids'>,
  documentId: string,
  report: PaperArrivalReport,
): void {
  stores.officeReports.add({
    id: ids.next(),
    report,
    documentId,
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: at,
    errorCode: null,
    createdAt: at,
    settledAt: null,
  });
}
