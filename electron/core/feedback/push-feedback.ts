import type { CoreContext } from '../core-context.ts';
import type { ExchangeClient } from '../ports/exchange.ts';
import { nextAttempt } from '../sync/next-attempt.ts';
import { isWorkstationRefusal } from '../sync/refusals.ts';
import type { StepResult } from '../sync/step-result.ts';
import { type Inbox, inboxKey } from '../sync/sync-stores.ts';
import type { FeedbackRecord } from './feedback-store.ts';

/** Most answers that are told of at once. */
const MOST_ANSWERS_READ = 200;

/** Sends a report. Its id makes any repetition harmless; one that is refused is kept with the reason and not sent by itself. */
export async function pushFeedback(
  ctx: CoreContext,
  client: ExchangeClient,
  inbox: Inbox,
  record: FeedbackRecord,
  signal: AbortSignal,
): Promise<StepResult> {
  const { id, kind, text, person, appVersion, bundle, createdAt: writtenAt } = record;
  const outcome = await client.sendFeedback({ id, kind, text, person, writtenAt, appVersion, bundle }, signal);
  if (outcome.kind === 'aborted') return { kind: 'aborted' };
  if (outcome.kind === 'ok') {
    ctx.fault('after-feedback-before-answer');
    ctx.transact('settle-feedback', null, ({ stores, at }) =>
      stores.feedback.update({
        ...record,
        state: 'done',
        takenBy: inboxKey(inbox),
        attempts: record.attempts + 1,
        errorCode: null,
        settledAt: at,
      }),
    );
    return { kind: 'done' };
  }
  if (outcome.kind === 'refused' && !isWorkstationRefusal(outcome.code)) {
    // An exchange from before there were reports has nothing at this address.
    const errorCode = outcome.code === 'NOT_FOUND' ? 'FEEDBACK_UNSUPPORTED' : outcome.code;
    ctx.log.warn('feedback-refused', { id, code: errorCode });
    ctx.transact('refuse-feedback', null, ({ stores, at }) =>
      stores.feedback.update({ ...record, state: 'refused', attempts: record.attempts + 1, errorCode, settledAt: at }),
    );
    return { kind: 'done' };
  }
  ctx.transact('delay-feedback', null, ({ stores }) =>
    stores.feedback.update({ ...record, ...nextAttempt(ctx, record.attempts, outcome) }),
  );
  return { kind: 'failed', outcome };
}

/** Tells which answers were read here; null when there is nothing to tell. */
export async function pushReadAnswers(
  ctx: CoreContext,
  client: ExchangeClient,
  signal: AbortSignal,
): Promise<StepResult | null> {
  const answerIds = ctx.registers.feedback.readHere(MOST_ANSWERS_READ);
  if (answerIds.length === 0) return null;
  const outcome = await client.markAnswersRead(answerIds, signal);
  if (outcome.kind === 'aborted') return { kind: 'aborted' };
  if (outcome.kind === 'refused' && !isWorkstationRefusal(outcome.code)) {
    // Nobody waits for it: not worth asking for ever.
    ctx.log.warn('answers-read-refused', { code: outcome.code });
  } else if (outcome.kind !== 'ok') {
    return { kind: 'failed', outcome };
  }
  ctx.transact('answers-read', null, ({ stores, at }) => stores.feedback.noteKnown(answerIds, at));
  return { kind: 'done' };
}
