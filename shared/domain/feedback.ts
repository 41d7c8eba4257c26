/** Vướng mắc: what a clerk reports to the office that answers for the system, and its answers. */
import { z } from 'zod';
import { isPlainLines } from './plain-text.ts';

/** Something does not work, how does one do it, what could be better. */
export const feedbackKinds = ['fault', 'question', 'suggestion'] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

/** In UTF-16 units, of a report and of an answer. */
export const MAX_FEEDBACK_TEXT = 4_000;
/** Of a diagnostic bundle, in UTF-8. */
export const MAX_BUNDLE_BYTES = 64 * 1024;

/** Several lines, which read as they are: `plainLines` makes such a text of any. */
export const feedbackTextSchema = z
  .string()
  .max(MAX_FEEDBACK_TEXT)
  .refine((text) => text.trim() !== '' && isPlainLines(text));

/** Which reports a supervising office asks for: those without an answer, or all. */
export const feedbackSelections = ['open', 'all'] as const;
export type FeedbackSelection = (typeof feedbackSelections)[number];

/** `waiting` for the line, `sent`, `answered`, or refused by the exchange for good. */
export const feedbackStates = ['waiting', 'sent', 'answered', 'refused'] as const;
