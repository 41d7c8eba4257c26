/** "Due" looks this far ahead, in milliseconds. */
export const DUE_SOON_MS = 2 * 24 * 3600 * 1000;

/**
 * Which documents a box of the navigation lists. Read by the queries, which make it a condition of SQL, and by the
 * screens, which ask where a document is now.
 */
export interface BoxRule<State extends string> {
  readonly states: readonly State[];
  /** Only express ones (hỏa tốc). */
  readonly express?: true;
  /** Only those with a deadline that is near, or past. */
  readonly due?: 'soon' | 'past';
  /** Only those that at least one recipient did not take. */
  readonly notTaken?: true;
  /** Only those that the exchange has had for at least one recipient for too long. */
  readonly notArrived?: true;
  /** Only those that at least one recipient has not opened, as the exchange knows, or wants an answer about. */
  readonly waiting?: true;
  /** Only those of which a paper copy is still to be posted. */
  readonly paperToPost?: true;
  /** Only those that wait for a leader's opinion. */
  readonly opinion?: true;
  /** Only those that the person at this workstation has, or whose opinion they wait for. */
  readonly mine?: true;
  /** Only those that are put aside until a later day, or only others. */
  readonly aside?: 'only' | 'out';
  readonly order: 'express-first' | 'newest-change-first' | 'hour-first';
}
