import type { CoreContext } from '../core-context.ts';
import { pushFeedback, pushReadAnswers } from '../feedback/push-feedback.ts';
import { takeFeedback } from '../feedback/take-feedback.ts';
import { type ExchangeClient, MOST_STATEMENTS, type WatchPosition } from '../ports/exchange.ts';
import { pushReport } from '../reporting/push-report.ts';
import { pushStatements } from '../watching/push-statements.ts';
import { takeWatch } from '../watching/take-watch.ts';
import { isWorkstationRefusal } from './refusals.ts';
import type { LineFailure, StepResult } from './step-result.ts';
import { type Activity, LONGEST_DELAY_MS } from './sync-machine.ts';
import type { Inbox } from './sync-stores.ts';
import { createWaiter, FOREVER, type Waiter } from './waiter.ts';

/** How often answers to reports are asked for: while one is waited for, and else. */
const ANSWER_AGE_MS = 60_000;
const ANSWERED_AGE_MS = 3_600_000;
/** Nobody waits longer than this for an answer. */
const AWAITED_MS = 30 * 24 * 3_600_000;

/** What every loop knows of the line, and tells it. */
export interface LineOfLoops {
  /** Runs one attempt, which ends with the line; null when it broke, which is told. */
  attempt<T>(work: (ending: AbortSignal) => Promise<T>): Promise<T | null>;
  /** Shows meanwhile what is going on. */
  during<T>(activity: Activity, work: () => Promise<T>): Promise<T>;
  takeResult(result: StepResult): void;
  succeeded(): void;
  failed(failure: LineFailure): void;
  /** Milliseconds until an instant. */
  until(instant: string): number;
  /** Milliseconds of back-off that are left. */
  untilRetry(): number;
}

/** The loops beside the letters: what this office states, what it and its clerks report, and what has become of its own. */
export interface BesideLoops {
  /** Ends with the signal. */
  run(client: ExchangeClient, inbox: Inbox, signal: AbortSignal): Promise<void>;
  /** There is something to state or to report. */
  statementsWait(): void;
  /** How far the watched deliveries have changed; null before a page of the inbox has said so. */
  watchPosition(): string | null;
  /** A page of the inbox said how far they have changed. */
  watchMoved(to: WatchPosition): void;
  /** The machine woke, or somebody wants everything looked at: answers to reports are asked for at once. */
  askAnswersAgain(): void;
  wake(): void;
}

export function createBesideLoops(ctx: CoreContext, line: LineOfLoops): BesideLoops {
  const statementWaiter = createWaiter(ctx.timers);
  const watchWaiter = createWaiter(ctx.timers);
  const reportWaiter = createWaiter(ctx.timers);
  const feedbackWaiter = createWaiter(ctx.timers);
  /** When answers to reports were asked for, by this machine's clock in ms; null when they are to be asked for now. */
  let answersAskedAt: number | null = null;
  let watchAt: WatchPosition | null = null;

  /** Runs what there is to do in `next`, which answers milliseconds until there is something by itself, until the end. */
  const loop = async (
    waiter: Waiter,
    signal: AbortSignal,
    next: (ending: AbortSignal) => Promise<number>,
  ): Promise<void> => {
    while (!signal.aborted) {
      const wait = line.untilRetry();
      const idleMs = wait > 0 ? wait : ((await line.attempt(next)) ?? 0);
      if (idleMs > 0 && !signal.aborted) await waiter.pause(idleMs);
    }
  };

  /** Sends what this office states, some at a time. */
  const stateNext = async (client: ExchangeClient, ending: AbortSignal): Promise<number> => {
    const now = ctx.clock.now();
    const latest = new Date(now.getTime() + LONGEST_DELAY_MS);
    const records = ctx.registers.statements.due(now, latest, MOST_STATEMENTS);
    if (records.length === 0) {
      const next = ctx.registers.statements.nextAttemptAt();
      return next === null ? FOREVER : line.until(next);
    }
    line.takeResult(await line.during('push', () => pushStatements(ctx, client, records, ending)));
    return 0;
  };

  /** Sends what this office reports of itself, one after the other. */
  const reportNext = async (client: ExchangeClient, ending: AbortSignal): Promise<number> => {
    const oldest = ctx.registers.officeReports.oldest();
    if (oldest === null) return FOREVER;
    const wait = oldest.attempts === 0 ? 0 : line.until(oldest.nextAttemptAt);
    if (wait > 0) return wait;
    line.takeResult(await line.during('push', () => pushReport(ctx, client, oldest, ending)));
    return 0;
  };

  /** Sends what clerks report and which answers they read, and asks for answers now and then. */
  const feedbackNext = async (client: ExchangeClient, inbox: Inbox, ending: AbortSignal): Promise<number> => {
    const { feedback } = ctx.registers;
    const waiting = feedback.next();
    const wait = waiting === null ? FOREVER : waiting.attempts === 0 ? 0 : line.until(waiting.nextAttemptAt);
    if (waiting !== null && wait === 0) {
      line.takeResult(await line.during('push', () => pushFeedback(ctx, client, inbox, waiting, ending)));
      return 0;
    }
    const told = await pushReadAnswers(ctx, client, ending);
    if (told !== null) {
      line.takeResult(told);
      return 0;
    }
    const now = ctx.clock.now().getTime();
    const age = feedback.awaitsAnswer(new Date(now - AWAITED_MS).toISOString()) ? ANSWER_AGE_MS : ANSWERED_AGE_MS;
    const due = answersAskedAt === null || now < answersAskedAt ? 0 : answersAskedAt + age - now;
    if (due > 0) return Math.min(wait, due);
    const result = await takeFeedback(ctx, client, inbox, ending);
    if (result.kind === 'done') answersAskedAt = now;
    line.takeResult(result);
    return 0;
  };

  /** Reads a page of the watched deliveries when they are further on than this register. */
  const watchNext = async (client: ExchangeClient, inbox: Inbox, ending: AbortSignal): Promise<number> => {
    const known = ctx.registers.watch.position(inbox);
    const wanted = watchAt;
    if (wanted === null || (known?.epoch === wanted.epoch && known.position === wanted.position)) return FOREVER;
    const outcome = await client.watch(known, ending);
    if (outcome.kind === 'aborted') return 0;
    if (outcome.kind === 'refused' && !isWorkstationRefusal(outcome.code)) {
      // Documents go on; the next change asks again.
      ctx.log.warn('watch-refused', { code: outcome.code });
      return FOREVER;
    }
    if (outcome.kind !== 'ok') {
      line.failed(outcome);
      return 0;
    }
    takeWatch(ctx, inbox, outcome.value);
    line.succeeded();
    // Read to the end, it may be further on than the inbox said, or the inbox may say so in its next page.
    return outcome.value.more ? 0 : FOREVER;
  };

  const statementsWait = (): void => {
    statementWaiter.wake();
    reportWaiter.wake();
    feedbackWaiter.wake();
  };
  return {
    run: async (client, inbox, signal) => {
      watchAt = null;
      answersAskedAt = null;
      await Promise.all([
        loop(statementWaiter, signal, (ending) => stateNext(client, ending)),
        loop(reportWaiter, signal, (ending) => reportNext(client, ending)),
        loop(feedbackWaiter, signal, (ending) => feedbackNext(client, inbox, ending)),
        loop(watchWaiter, signal, (ending) => watchNext(client, inbox, ending)),
      ]);
    },
    statementsWait,
    watchPosition: () => watchAt?.position ?? null,
    watchMoved: (to) => {
      watchAt = to;
      watchWaiter.wake();
    },
    askAnswersAgain: () => {
      answersAskedAt = null;
    },
    wake: () => {
      statementsWait();
      watchWaiter.wake();
    },
  };
}
