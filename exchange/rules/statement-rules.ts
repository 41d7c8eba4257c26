import type { Urgency } from '#shared/domain/urgency.ts';
import { RECIPIENT_EVENTS, type STATEMENT_REFUSALS, type Statement } from '#shared/wire/statements.ts';
import type { EventParams } from '#shared/domain/delivery-events.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';

export type StatementRefusal = (typeof STATEMENT_REFUSALS)[number];

/** Reminders by hand of one delivery: between two of them, and all of them. */
const REMINDER_PAUSE_MS = 10 * 60_000;
const MOST_REMINDERS = 6;
/** Changes of hour and questions for a longer time, of one delivery. */
const MOST_CHANGES = 20;

/** The recipient whose delivery a statement of an agency is about. */
export function recipientOf(statement: Statement, statedBy: string): string {
  return 'recipient' in statement ? statement.recipient : statedBy;
}

/** Whether the stating agency is the one that may: the recipient speaks of its own delivery, the sender of what it sent. */
export function mayState(
  { event }: Pick<Statement, 'event'>,
  statedBy: string,
  delivery: { readonly senderCode: string; readonly recipientCode: string },
): boolean {
  const teller = RECIPIENT_EVENTS.includes(event) ? delivery.recipientCode : delivery.senderCode;
  return teller === statedBy;
}

/** What is known of a delivery when something is stated of it. */
export interface StatedBefore {
  readonly urgency: Urgency;
  /** Dealt with, sent back or recalled: nothing is waited for. */
  readonly isOver: boolean;
  /** When the same was stated before, the newest first. */
  readonly earlier: readonly Date[];
  /** The recipient's questions for a longer time. */
  readonly questions: readonly { readonly id: string; readonly isAnswered: boolean }[];
}

/** Why a statement cannot count, by what was stated before; null when it can. */
export function refusalOf(statement: Statement, before: StatedBefore, now: Date): StatementRefusal | null {
  const { earlier, questions } = before;
  const [last] = earlier;
  switch (statement.event) {
    case 'reminder-asked':
      if (earlier.length >= MOST_REMINDERS) return 'TOO_MANY';
      return last !== undefined && now.getTime() - last.getTime() < REMINDER_PAUSE_MS ? 'TOO_MANY' : null;
    case 'hour-changed':
      if (before.urgency !== 'express-timed') return 'NO_HOUR';
      if (before.isOver) return 'FINISHED';
      if (Date.parse(statement.expressAt) <= now.getTime()) return 'IN_THE_PAST';
      return earlier.length >= MOST_CHANGES ? 'TOO_MANY' : null;
    case 'extension-asked':
      if (before.isOver) return 'FINISHED';
      if (questions.some(({ isAnswered }) => !isAnswered)) return 'ALREADY_ASKED';
      if (Date.parse(statement.until) <= now.getTime()) return 'IN_THE_PAST';
      return earlier.length >= MOST_CHANGES ? 'TOO_MANY' : null;
    case 'extension-answered': {
      const question = questions.find(({ id }) => id === statement.question);
      if (question === undefined) return 'NOT_ASKED';
      if (question.isAnswered) return 'ALREADY_ANSWERED';
      // A refusal quotes what was asked for, which may have passed while it waited.
      return statement.granted && Date.parse(statement.until) <= now.getTime() ? 'IN_THE_PAST' : null;
    }
    case 'paper-posted':
      if (statement.day !== undefined && statement.day > vietnamDay(now.getTime())) return 'IN_THE_FUTURE';
      return earlier.length >= MOST_CHANGES ? 'TOO_MANY' : null;
    case 'call-recorded':
    case 'invitation-answered':
      return earlier.length >= MOST_CHANGES ? 'TOO_MANY' : null;
    case 'opened':
    case 'paper-received':
      return null;
  }
}

/** What is kept of a statement beside its event: the office's own time is evidence, the exchange's counts. */
export function statedParams(statement: Statement): EventParams {
  const { event: _event, id: _id, messageId: _message, at, ...rest } = statement;
  const { recipient: _recipient, ...params } = rest as EventParams;
  return { ...params, statedAt: at };
}

/** What happens once has no key; what may happen again is told apart by its statement. */
export function keyOf({ event, id }: Statement): string {
  return event === 'opened' || event === 'paper-received' ? '' : id;
}
