import type { BoxRule } from './box.ts';
import { stateMachine } from './state-machine.ts';

/** Life of an incoming document (văn bản đến). */
export const incomingStates = ['arrived', 'registered', 'returned', 'done'] as const;
export type IncomingState = (typeof incomingStates)[number];
export type IncomingStep = 'register' | 'return' | 'complete';

export const incomingMachine = stateMachine<IncomingState, IncomingStep>({
  register: { from: ['arrived'], to: 'registered' },
  // Once it has an arrival number it stays in the book; a returned one never got a number.
  return: { from: ['arrived'], to: 'returned' },
  complete: { from: ['registered'], to: 'done' },
});

/** Nothing is left to do: deadlines and hours no longer count down. */
const settled: readonly IncomingState[] = ['done', 'returned'];
export function isIncomingSettled(state: IncomingState): boolean {
  return settled.includes(state);
}

/** In the order of the navigation. */
export const incomingBoxes = ['to-register', 'express', 'in-progress', 'due', 'overdue', 'done'] as const;
export type IncomingBox = (typeof incomingBoxes)[number];

const open = incomingStates.filter((state) => !isIncomingSettled(state));
export const incomingBoxRules: Readonly<Record<IncomingBox, BoxRule<IncomingState>>> = {
  'to-register': { states: ['arrived'], order: 'express-first' },
  express: { states: open, express: true, order: 'express-first' },
  'in-progress': { states: ['registered'], order: 'express-first' },
  due: { states: open, due: 'soon', order: 'express-first' },
  overdue: { states: open, due: 'past', order: 'express-first' },
  done: { states: settled, order: 'newest-change-first' },
};

/** Boxes in which the arrival number is worth a column. */
export const numberedIncomingBoxes: readonly IncomingBox[] = ['in-progress', 'due', 'overdue', 'done'];
