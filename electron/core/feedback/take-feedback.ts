import { feedbackKinds } from '#shared/domain/feedback.ts';
import { plainLines, plainText } from '#shared/domain/plain-text.ts';
import type { CoreContext } from '../core-context.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { ExchangeClient, FeedbackPlace, FeedbackReport } from '../ports/exchange.ts';
import { isWorkstationRefusal } from '../sync/refusals.ts';
import type { StepResult } from '../sync/step-result.ts';
import { type Inbox, inboxKey } from '../sync/sync-stores.ts';

/** Pages read at once when this register knows nothing of them: of one that was put back to an older copy. */
const MOST_PAGES = 20;

/**
 * Asks for the reports of this office and their answers, and takes what is new: also reports that this register forgot. A
 * report that the exchange took and no longer has is queued again.
 */
export async function takeFeedback(
  ctx: CoreContext,
  client: ExchangeClient,
  inbox: Inbox,
  signal: AbortSignal,
): Promise<StepResult> {
  const seen = new Set<string>();
  let after: FeedbackPlace | null = null;
  let answered = 0;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const outcome: Awaited<ReturnType<ExchangeClient['feedback']>> = await client.feedback(after, signal);
    if (outcome.kind === 'aborted') return { kind: 'aborted' };
    if (outcome.kind === 'refused' && !isWorkstationRefusal(outcome.code)) {
      // Documents go on; the next time asks again.
      ctx.log.warn('feedback-not-listed', { code: outcome.code });
      return { kind: 'done' };
    }
    if (outcome.kind !== 'ok') return { kind: 'failed', outcome };
    const { reports, next } = outcome.value;
    const taken = ctx.transact('take-feedback', null, (tx) => {
      const all = reports.map((report) => takeReport(tx, inbox, report));
      for (const { id } of reports) seen.add(id);
      // Everything that the exchange has was read.
      if (next === null) queueLost(tx, inbox, seen);
      return { answers: all.reduce((sum, { answers }) => sum + answers, 0), isAllNew: all.every(({ isNew }) => isNew) };
    });
    answered += taken.answers;
    if (next === null || !taken.isAllNew) break;
    after = next;
  }
  if (answered > 0) ctx.shell.notify({ notice: 'feedback-answered', params: { count: answered } });
  return { kind: 'done' };
}

function takeReport(
  { stores: { feedback }, at }: Transaction,
  inbox: Inbox,
  report: FeedbackReport,
): { readonly isNew: boolean; readonly answers: number } {
  const isNew = feedback.find(report.id) === null;
  if (isNew) {
    feedback.add({
      id: report.id,
      kind: feedbackKinds.find((kind) => kind === report.kind) ?? 'fault',
      text: plainLines(report.text),
      person: plainText(report.person),
      appVersion: plainText(report.appVersion),
      bundle: null,
      state: 'done',
      takenBy: inboxKey(inbox),
      attempts: 0,
      nextAttemptAt: at,
      errorCode: null,
      createdAt: report.writtenAt,
      settledAt: at,
    });
  }
  const fresh = report.answers.filter(({ id, agency, person, text, at: answeredAt }) =>
    feedback.addAnswer({
      id,
      reportId: report.id,
      agencyCode: agency,
      person: plainText(person),
      text: plainLines(text),
      at: answeredAt,
      readAt: null,
    }),
  );
  const read = report.answers.filter(({ readAt }) => readAt !== null).map(({ id }) => id);
  if (read.length > 0) feedback.noteKnown(read, at);
  return { isNew, answers: fresh.filter(({ readAt }) => readAt === null).length };
}

/** What an exchange took from this agency and has no more, after a restore there. */
function queueLost({ stores: { feedback }, at }: Transaction, inbox: Inbox, seen: ReadonlySet<string>): void {
  for (const record of feedback.takenBy(inboxKey(inbox))) {
    if (seen.has(record.id)) continue;
    feedback.update({
      ...record,
      state: 'waiting',
      takenBy: null,
      attempts: 0,
      nextAttemptAt: at,
      errorCode: null,
      settledAt: null,
    });
  }
}
