import type { ExchangeStatusCode } from './exchange-status.ts';
import type { HistoryEntry } from './history.ts';

/** What a recipient says to a sender that wants a document back (thu hồi, lấy lại; NĐ 30/2020 Điều 18.4, QĐ 28/2018). */
export const recallAnswers = ['agreed', 'refused'] as const;
export type RecallAnswer = (typeof recallAnswers)[number];

/** Whether an office asked for a letter of its own back, by the letter's history. */
export const isRecalled = (history: readonly HistoryEntry[]): boolean =>
  history.some(({ action }) => action === 'recalled');

/** StatusCode by which a sender asks for a document back; a message of BussinessDocType 1 asks as well. */
export const TAKE_BACK_REQUEST: ExchangeStatusCode = '13';

/** StatusCode (QCVN 102:2016) of each answer. */
export const statusOfRecallAnswer: Readonly<Record<RecallAnswer, ExchangeStatusCode>> = { agreed: '15', refused: '16' };

/** The answer that a status is; null for one that says something else. */
export function recallAnswerOf(statusCode: string | null): RecallAnswer | null {
  return recallAnswers.find((answer) => statusOfRecallAnswer[answer] === statusCode) ?? null;
}

/**
 * How a row of a list stands to a recall: its sender asks for it, it was given up, it was not; or it is the message that
 * `asks` for another one back, until that is `answered`.
 */
export const recallMarks = ['asked', ...recallAnswers, 'asks', 'answered'] as const;
export type RecallMark = (typeof recallMarks)[number];
