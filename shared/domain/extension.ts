/** How far a recipient's question for a longer time (gia hạn) has got. */
export const extensionStates = ['not-sent', 'asked', 'granted', 'refused', 'not-taken'] as const;
export type ExtensionState = (typeof extensionStates)[number];

/** It still waits for its answer: no other question may be asked. */
export function isOpenExtension(state: ExtensionState): boolean {
  return state === 'not-sent' || state === 'asked';
}
