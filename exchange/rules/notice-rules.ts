import { vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';

/**
 * Life of one message to one person. `gathering`: others for the same person may join it. `waiting`: to be tried again.
 * `sending`: handed over just now. `sent` and `unsure`: no report yet, the latter not even an answer. The last three are ends.
 */
export const noticeStates = [
  'gathering',
  'waiting',
  'sending',
  'sent',
  'unsure',
  'delivered',
  'failed',
  'skipped',
] as const;
export type NoticeState = (typeof noticeStates)[number];

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long what comes for the same person is gathered into one message. */
export const gatherMs = (express: boolean): number => (express ? 2 * SECOND_MS : MINUTE_MS);
/** A report may take this long; then the same message is handed over again. */
export const reportWithinMs = (express: boolean): number => (express ? 2 * MINUTE_MS : 15 * MINUTE_MS);
/** Somebody who died while handing over leaves a notice in `sending` for this long. */
export const HANDING_OVER_MS = MINUTE_MS;
/** Times that a message is handed over before others are told instead. */
export const MOST_ATTEMPTS = 3;
/** Messages an hour to one number that are not express. */
export const MOST_CALM_PER_HOUR = 4;

/** Between two texts that try one number; each costs money. */
export const TEST_PAUSE_MS = MINUTE_MS;
/** Texts by which an agency tries its officers' numbers within 24 hours. */
export const MOST_TESTS_PER_DAY = 20;

/** Local hours between which only express documents ring a telephone. */
const QUIET_FROM = '21:00';
const QUIET_TO = '06:30';

/** When a message that is not express may be sent: now, or when the quiet hours are over. */
export function afterQuietHours(now: Date): Date {
  const ms = now.getTime();
  const today = vietnamDay(ms);
  const morning = Date.parse(vietnamInstant(today, QUIET_TO));
  if (ms < morning) return new Date(morning);
  if (ms < Date.parse(vietnamInstant(today, QUIET_FROM))) return now;
  return new Date(morning + 24 * HOUR_MS);
}

/** Pause before the same message is tried again after a failure that passes. @param wishedMs what the provider asked for */
export function retryPauseMs(express: boolean, attempts: number, wishedMs: number | null): number {
  const own = Math.min((express ? 5 * SECOND_MS : 30 * SECOND_MS) * 2 ** Math.min(attempts, 6), 5 * MINUTE_MS);
  return Math.max(own, Math.min(wishedMs ?? 0, 5 * MINUTE_MS));
}

/** Attempts to hand over, some five minutes of an express message, before it is given up: somebody else must be told. */
export const mostRetries = (express: boolean): number => (express ? 6 : 20);
