/** Life of an incoming document (văn bản đến). */
export const incomingStates = ['arrived', 'registered', 'returned', 'done'] as const;
export type IncomingState = (typeof incomingStates)[number];

export type IncomingStep = 'register' | 'return' | 'complete';

const steps: Readonly<Record<IncomingStep, { from: readonly IncomingState[]; to: IncomingState }>> = {
  register: { from: ['arrived'], to: 'registered' },
  // Once it has an arrival number it stays in the book; a returned one never got a number.
  return: { from: ['arrived'], to: 'returned' },
  complete: { from: ['registered'], to: 'done' },
};

/** The state after `step`, or null when the step is not allowed from `state`. */
export function nextIncomingState(state: IncomingState, step: IncomingStep): IncomingState | null {
  const rule = steps[step];
  return rule.from.includes(state) ? rule.to : null;
}
