import type { FeedbackKind } from '#shared/domain/feedback.ts';
import { useKeptForm, type KeptForm } from '../forms/use-kept-form.ts';

interface FeedbackDraft {
  readonly kind: FeedbackKind;
  readonly text: string;
  /** Whether the clerk agrees that technical details go with it. */
  readonly attaches: boolean;
}

// Agreeing is an act of the clerk (Nghị định 13/2023/NĐ-CP, Điều 11): silence is none, so the box begins empty.
const emptyDraft: FeedbackDraft = { kind: 'fault', text: '', attaches: false };

/** The report that is being written; there is one. */
export function useFeedbackDraft(): KeptForm<FeedbackDraft> {
  return useKeptForm('feedback', '', emptyDraft);
}
