import { z } from 'zod';
import { clockTimeSchema } from './clock-time.ts';
import { urgencies, type Urgency } from './urgency.ts';

/** SMS, Zalo (ZNS) and e-mail: the ways in which a person is told. */
export const noticeChannels = ['sms', 'zalo', 'email'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

/**
 * Who is told: the officer on duty, the one of the next span who is another person, the head of office, the officer on
 * duty at the supervising agency; or the sender's clerk gets the task of calling.
 */
export const escalationTargets = ['on-duty', 'next-on-duty', 'head-of-office', 'supervisor', 'sender-call'] as const;
export type EscalationTarget = (typeof escalationTargets)[number];

/** When a step is due. */
const stepTimingSchema = z.discriminatedUnion('when', [
  /** Minutes after the document became available, by the clock or in office hours. */
  z.strictObject({ when: z.literal('after'), minutes: z.int().min(0).max(43_200), time: z.enum(['clock', 'working']) }),
  /** Minutes before the hour of "hỏa tốc hẹn giờ". When too little time is left, the steps move together. */
  z.strictObject({ when: z.literal('before-hour'), minutes: z.int().min(0).max(1440) }),
  /** At a local hour, working days before the day of the deadline; 0 is the day itself. */
  z.strictObject({ when: z.literal('before-due'), days: z.int().min(0).max(30), at: clockTimeSchema }),
  /** When the deadline is past, in office hours. */
  z.strictObject({ when: z.literal('overdue') }),
]);

export const escalationStepSchema = z.strictObject({
  timing: stepTimingSchema,
  target: z.enum(escalationTargets),
  /** Empty for `sender-call`. */
  channels: z.array(z.enum(noticeChannels)).max(3).readonly(),
});
export type EscalationStep = z.infer<typeof escalationStepSchema>;

/** What is waited for: that a person opens the document, or that it is dealt with by its deadline. */
export const escalationKinds = ['opening', 'deadline'] as const;
export type EscalationKind = (typeof escalationKinds)[number];

/** Steps are in the order in which they are meant to happen. */
export const escalationPolicySchema = z.strictObject({
  urgencies: z.array(z.enum(urgencies)).min(1).max(urgencies.length).readonly(),
  kind: z.enum(escalationKinds),
  steps: z.array(escalationStepSchema).max(20).readonly(),
  /** An express that was opened later than this after becoming available was opened late; null: not measured. */
  expressLimitMinutes: z.int().min(1).max(1440).nullable(),
});
export type EscalationPolicy = z.infer<typeof escalationPolicySchema>;

/** The first policy for an urgency and kind. An agency's own policies are listed before the province's. */
export function policyFor(
  policies: readonly EscalationPolicy[],
  urgency: Urgency,
  kind: EscalationKind,
): EscalationPolicy | null {
  return policies.find((policy) => policy.kind === kind && policy.urgencies.includes(urgency)) ?? null;
}
