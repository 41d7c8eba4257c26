import { isExpress, type Urgency } from './urgency.ts';

/**
 * Two lines side by side, each way: nothing that is express or small waits until a large message is through, or until a
 * silent line is given up.
 */
export const lanes = ['fast', 'bulk'] as const;
export type Lane = (typeof lanes)[number];

/** Through a line of 64 kbit/s in half a minute. */
export const SMALL_BYTES = 256 * 1024;

export function laneOf(urgency: Urgency, size: number): Lane {
  return isExpress(urgency) || size <= SMALL_BYTES ? 'fast' : 'bulk';
}
