import type { BoxRule } from './box.ts';
import { stateMachine } from './state-machine.ts';

/**
 * Life of an outgoing document (văn bản đi). `approved`, `numbered` and `signed` wait for a signature, `sealed` and
 * `queued` wait to leave. `sent` has left: with a receipt of the exchange, or issued where the exchange does not go, inside
 * the office or on paper. A cancelled one keeps its number (NĐ 30/2020 Điều 15).
 */
export const outgoingStates = [
  'draft',
  'discarded',
  'approved',
  'numbered',
  'signed',
  'sealed',
  'queued',
  'sent',
  'cancelled',
] as const;
export type OutgoingState = (typeof outgoingStates)[number];

export type OutgoingStep =
  | 'edit'
  | 'discard'
  | 'restore'
  | 'approve'
  | 'reopen'
  | 'sendBack'
  | 'correct'
  | 'number'
  | 'sign'
  | 'seal'
  | 'queue'
  | 'issue'
  | 'acknowledge'
  | 'cancel';

export const outgoingMachine = stateMachine<OutgoingState, OutgoingStep>({
  edit: { from: ['draft'], to: 'draft' },
  discard: { from: ['draft'], to: 'discarded' },
  restore: { from: ['discarded'], to: 'draft' },
  approve: { from: ['draft'], to: 'approved' },
  reopen: { from: ['approved'], to: 'draft' },
  sendBack: { from: ['approved', 'numbered'], to: 'draft' },
  correct: { from: ['approved'], to: 'approved' },
  number: { from: ['approved'], to: 'numbered' },
  sign: { from: ['numbered'], to: 'signed' },
  seal: { from: ['signed'], to: 'sealed' },
  queue: { from: ['sealed'], to: 'queued' },
  // What was signed and sealed by hand on paper has no signature here.
  issue: { from: ['numbered', 'sealed'], to: 'sent' },
  acknowledge: { from: ['queued'], to: 'sent' },
  // One that was sent back keeps its number, and is no draft to be thrown away.
  cancel: { from: ['draft', 'approved', 'numbered', 'signed', 'sealed'], to: 'cancelled' },
});

/** It left, or never will: a deadline no longer counts down for this office. */
export function isOutgoingSettled(state: OutgoingState): boolean {
  return state === 'sent' || state === 'cancelled';
}

/** It has left, or is about to: recipients may report about it. */
export function wasIssued(state: OutgoingState): boolean {
  return state === 'queued' || state === 'sent';
}

/** Hidden until it is restored: neither listed nor found. */
export const notSearchedStates: readonly OutgoingState[] = ['discarded'];

/** In the order of the navigation. */
export const outgoingBoxes = [
  'drafts',
  'to-sign',
  'to-send',
  'waiting',
  'paper-to-post',
  'sent',
  'not-arrived',
  'returned',
  'cancelled',
] as const;
export type OutgoingBox = (typeof outgoingBoxes)[number];

export const outgoingBoxRules: Readonly<Record<OutgoingBox, BoxRule<OutgoingState>>> = {
  drafts: { states: ['draft'], order: 'express-first' },
  'to-sign': { states: ['approved', 'numbered', 'signed'], order: 'express-first' },
  'to-send': { states: ['sealed', 'queued'], order: 'express-first' },
  waiting: { states: ['sent'], waiting: true, order: 'hour-first' },
  'paper-to-post': { states: ['queued', 'sent'], paperToPost: true, order: 'express-first' },
  // Nothing is left to do: express ones stand where they belong.
  sent: { states: ['sent'], order: 'newest-change-first' },
  'not-arrived': { states: ['sent'], notArrived: true, order: 'express-first' },
  returned: { states: ['sent'], notTaken: true, order: 'express-first' },
  cancelled: { states: ['cancelled'], order: 'newest-change-first' },
};

/** The box that lists every document in this state; null where none does. */
export function outgoingBoxOf(state: OutgoingState): OutgoingBox | null {
  const listsAll = ({ states, order: _order, ...only }: BoxRule<OutgoingState>) =>
    states.includes(state) && Object.keys(only).length === 0;
  return outgoingBoxes.find((box) => listsAll(outgoingBoxRules[box])) ?? null;
}
