import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import { escalationPolicySchema } from '#shared/domain/escalation-policy.ts';
import { workCalendarSchema } from '#shared/domain/working-time.ts';
import type { Database } from '../storage/database.ts';

/**
 * Policies for what is sent from now on; what was sent before keeps those that held then.
 * @param agencyCode null for the province's
 * @param given JSON as read
 * @throws z.ZodError when its shape is wrong, Error when there is no such agency
 */
export async function setPolicies(
  { duty, directory }: Pick<Database, 'duty' | 'directory'>,
  agencyCode: string | null,
  given: unknown,
): Promise<{ readonly id: string }> {
  const policies = escalationPolicySchema.array().min(1).parse(given);
  const code = agencyCode === null ? null : normaliseAgencyCode(agencyCode);
  if (code !== null && (await directory.find(code)) === null) throw new Error(`no agency ${code} in the directory`);
  return { id: await duty.addPolicies(code, policies) };
}

/** @param given JSON as read @throws z.ZodError when its shape is wrong */
export async function setCalendar(
  { duty }: Pick<Database, 'duty'>,
  given: unknown,
): Promise<{ readonly days: number }> {
  const days = workCalendarSchema.parse(given);
  await duty.saveCalendar(days);
  return { days: days.length };
}
