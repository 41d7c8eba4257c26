import { z } from 'zod';
import { phoneSchema } from './phone-number.ts';

/** `sent`: the network has it. `unsure`: handed over, and then no answer. Both wait for a report, which may never come. */
export const testNoticeStates = ['sending', 'sent', 'unsure', 'delivered', 'failed'] as const;
export type TestNoticeState = (typeof testNoticeStates)[number];

/** Whose it is: the number gets no messages, the exchange's gateway does not send, the network did not find the telephone. */
export const testNoticeFaults = ['number', 'gateway', 'network'] as const;
export type TestNoticeFault = (typeof testNoticeFaults)[number];

/** A text by which an agency tries whether an officer's number is reached. */
export const testNoticeSchema = z.object({
  id: z.uuid(),
  phone: phoneSchema,
  sentAt: z.iso.datetime(),
  state: z.enum(testNoticeStates),
  /** Of a failed one. */
  fault: z.enum(testNoticeFaults).nullable(),
  /** When the last of it was known. */
  settledAt: z.iso.datetime().nullable(),
});
export type TestNotice = z.infer<typeof testNoticeSchema>;

/** Whether a report may still say more. */
export const awaitsReport = ({ state }: Pick<TestNotice, 'state'>): boolean =>
  state === 'sending' || state === 'sent' || state === 'unsure';

/** It says itself that it is none: whoever gets it at night must not go and look for a document. In GSM-7, one part. */
export const TEST_TEXT = 'Van Thu: tin nhan THU, khong co van ban nao cho mo. Khong can tra loi.';
/** The same with accents, for other ways than text messages. */
export const TEST_WORDS = 'Văn Thư: tin nhắn THỬ, không có văn bản nào chờ mở. Không cần trả lời.';
