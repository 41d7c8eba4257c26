import type { CoreContext } from '../core-context.ts';
import type { ExchangeClient } from '../ports/exchange.ts';
import { nextAttempt } from '../sync/next-attempt.ts';
import { isWorkstationRefusal } from '../sync/refusals.ts';
import type { StepResult } from '../sync/step-result.ts';
import type { OfficeReportRecord } from './report-store.ts';

/** Sends a report; repeating it changes nothing there. One that the exchange refuses is kept with the reason and not sent again. */
export async function pushReport(
  ctx: CoreContext,
  client: ExchangeClient,
  record: OfficeReportRecord,
  signal: AbortSignal,
): Promise<StepResult> {
  const { kind: _kind, ...arrival } = record.report;
  const outcome = await client.reportPaperArrivals([arrival], signal);
  if (outcome.kind === 'aborted') return { kind: 'aborted' };
  if (outcome.kind === 'ok') {
    ctx.fault('after-report-before-answer');
    // Its sender left the directory meanwhile: it counts for nobody.
    settle(ctx, record, outcome.value.unknown.length > 0 ? 'AGENCY_UNKNOWN' : null);
    return { kind: 'done' };
  }
  if (outcome.kind === 'refused' && !isWorkstationRefusal(outcome.code)) {
    settle(ctx, record, outcome.code);
    return { kind: 'done' };
  }
  ctx.transact('delay-report', null, ({ stores }) =>
    stores.officeReports.update({ ...record, ...nextAttempt(ctx, record.attempts, outcome) }),
  );
  return { kind: 'failed', outcome };
}

function settle(ctx: CoreContext, record: OfficeReportRecord, errorCode: string | null): void {
  if (errorCode !== null) ctx.log.warn('report-refused', { id: record.id, code: errorCode });
  ctx.transact('settle-report', null, ({ stores, at }) =>
    stores.officeReports.update({
      ...record,
      state: errorCode === null ? 'done' : 'refused',
      attempts: record.attempts + 1,
      errorCode,
      settledAt: at,
    }),
  );
}
