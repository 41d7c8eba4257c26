import { z } from 'zod';
import { AGENCY_CODE_PATTERN, MAX_AGENCY_CODE } from './agency-code.ts';
import { escalationPolicySchema, noticeChannels } from './escalation-policy.ts';
import { rotaSchema } from './rota.ts';
import { officeHoursSchema, workCalendarSchema } from './working-time.ts';

/** Lịch trực of one agency as the exchange has it: the same that it sends by. Version 0: the agency has told it nothing yet. */
export const dutySchema = z.object({
  version: z.int().nonnegative(),
  rota: rotaSchema.nullable(),
  changedAt: z.iso.datetime().nullable(),
  /** Policies for what comes to the agency as things stand: what the steps of the side panel come from. */
  policies: z.array(escalationPolicySchema),
  /** Whether the supervising agency has a rota that steps can go to. */
  hasSupervisor: z.boolean(),
  supervisor: z
    .object({ code: z.string().min(1).max(MAX_AGENCY_CODE).regex(AGENCY_CODE_PATTERN), name: z.string() })
    .nullable(),
  hours: officeHoursSchema,
  calendar: workCalendarSchema,
  /** Ways by which this exchange can tell people at all. */
  channels: z.array(z.enum(noticeChannels)),
});
export type Duty = z.infer<typeof dutySchema>;

/** The last copy of it that a workstation read. */
export const keptDutySchema = z.object({ duty: dutySchema, readAt: z.iso.datetime() });
export type KeptDuty = z.infer<typeof keptDutySchema>;
