import type { Decision } from '#shared/domain/last-look.ts';

export interface DecisionReads {
  /** What was decided about a letter: of each difference what was decided last. */
  of(documentId: string): Decision[];
}

export interface DecisionWrites extends DecisionReads {
  /** Takes the place of an earlier decision about the same difference. */
  put(documentId: string, decision: Decision, personId: string): void;
}
