import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import { CODE_LIFE_HOURS, hashEnrolmentCode, makeEnrolmentCode } from '../rules/enrolment-code.ts';
import type { Database } from '../storage/database.ts';

export interface EnrolmentCode {
  /** Shown once; only its hash is stored. */
  readonly code: string;
  readonly agencyCode: string;
  readonly expiresAt: Date;
}

/**
 * A code that lets one workstation speak for an agency, once, within 72 hours (or `lifeHours`).
 * @throws Error when there is no such agency
 */
export async function issueEnrolmentCode(
  database: Pick<Database, 'directory' | 'enrolment'>,
  agencyCode: string,
  lifeHours: number = CODE_LIFE_HOURS,
): Promise<EnrolmentCode> {
  const agency = await database.directory.find(normaliseAgencyCode(agencyCode));
  if (!agency) throw new Error(`no agency ${agencyCode} in the directory`);
  const code = makeEnrolmentCode();
  const expiresAt = await database.enrolment.addCode(hashEnrolmentCode(code), agency.code, lifeHours * 3600);
  return { code, agencyCode: agency.code, expiresAt };
}
