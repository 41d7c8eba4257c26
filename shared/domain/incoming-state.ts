import type { BoxRule } from './box.ts';
import { stateMachine } from './state-machine.ts';

/** Life of an incoming document (văn bản đến). */
export const incomingStates = ['arrived', 'registered', 'returned', 'done'] as const;
export type IncomingState = (typeof incomingStates)[number];
export type IncomingStep = 'register' | 'return' | 'restore' | 'complete' | 'reopen';

export const incomingMachine = stateMachine<IncomingState, IncomingStep>({
  register: { from: ['arrived'], to: 'registered' },
  // Once it has an arrival number it stays in the book; a returned one never got a number.
  return: { from: ['arrived'], to: 'returned' },
  // What was given up to its sender is kept after all, while the sender has not been told.
  restore: { from: ['returned'], to: 'arrived' },
  complete: { from: ['registered'], to: 'done' },
  reopen: { from: ['done'], to: 'registered' },
});

/** Nothing is left to do: deadlines and hours no longer count down. */
const settled: readonly IncomingState[] = ['done', 'returned'];
export function isIncomingSettled(state: IncomingState): boolean {
  return settled.includes(state);
}

/** In the order of the navigation. */
export const incomingBoxes = [
  'to-register',
  'express',
  'mine',
  'opinion',
  'in-progress',
  'due',
  'overdue',
  'aside',
  'done',
] as const;
export type IncomingBox = (typeof incomingBoxes)[number];

const open = incomingStates.filter((state) => !isIncomingSettled(state));
export const incomingBoxRules: Readonly<Record<IncomingBox, BoxRule<IncomingState>>> = {
  'to-register': { states: ['arrived'], aside: 'out', order: 'express-first' },
  express: { states: open, express: true, order: 'express-first' },
  mine: { states: ['registered'], mine: true, aside: 'out', order: 'express-first' },
  opinion: { states: ['registered'], opinion: true, aside: 'out', order: 'express-first' },
  'in-progress': { states: ['registered'], aside: 'out', order: 'express-first' },
  due: { states: open, due: 'soon', aside: 'out', order: 'express-first' },
  // What is late is never out of sight.
  overdue: { states: open, due: 'past', order: 'express-first' },
  aside: { states: open, aside: 'only', order: 'express-first' },
  done: { states: settled, order: 'newest-change-first' },
};

/** Boxes in which the arrival number is worth a column. */
export const numberedIncomingBoxes: readonly IncomingBox[] = [
  'mine',
  'opinion',
  'in-progress',
  'due',
  'overdue',
  'aside',
  'done',
];
