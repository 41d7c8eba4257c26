import type { DeliveryReport, ReportState } from '../gateways/notice-gateway.ts';
import type { NoticeState } from '../rules/notice-rules.ts';
import { watchersOf } from '../use-cases/watchers-of.ts';
import { noticeFailed } from './notice-failed.ts';
import type { NoticeParts } from './notice-parts.ts';
import { takeTestReport } from './take-test-report.ts';

export type ReportOutcome = 'taken' | 'known' | 'unknown';

const ends: Readonly<Record<Exclude<ReportState, 'buffered'>, NoticeState>> = {
  delivered: 'delivered',
  failed: 'failed',
  expired: 'failed',
};

/**
 * Takes what a network says became of a message. One that nobody sent changes nothing; a failure that came before is put
 * right by a later delivery, never the other way round.
 */
export async function takeReport(parts: NoticeParts, report: DeliveryReport): Promise<ReportOutcome> {
  const { database } = parts;
  const { gateway, providerId } = report;
  const id = report.id ?? (providerId === null ? null : await database.notices.idOf(gateway, providerId));
  if (id === null) return takeTestReport(parts, report);
  const { state } = report;
  const outcome = await database.transaction(async ({ notices }): Promise<ReportOutcome> => {
    const held = await notices.hold(id);
    if (held === null) return 'unknown';
    // The phone is off: the report that counts is still to come.
    if (state === 'buffered') return 'known';
    const isEnded =
      held.state === 'delivered' || held.state === 'skipped' || (held.state === 'failed' && state !== 'delivered');
    if (isEnded) return 'known';
    await notices.change(id, { state: ends[state], dueAt: null, endedAt: parts.clock(), detail: report.detail });
    return 'taken';
  });
  if (outcome === 'unknown') return takeTestReport(parts, report);
  if (outcome === 'known') return outcome;
  if (state !== 'delivered') {
    await noticeFailed(parts, id);
    return outcome;
  }
  const about = await database.notices.documentsOf(id);
  parts.tell(watchersOf(about));
  return outcome;
}
