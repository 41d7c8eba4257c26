import { randomUUID } from 'node:crypto';
import type { EnrolRequest, EnrolResponse } from '#shared/wire/enrolment.ts';
import { earlierWorkstation, hashEnrolmentCode } from '../rules/enrolment-code.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { ExchangeIdentity } from '../rules/exchange-key.ts';
import { requireRegister } from '../rules/register-claim.ts';
import { thumbprintOf } from '../rules/workstation-token.ts';
import type { Database } from '../storage/database.ts';

/**
 * Enrols a workstation's key. A repeat with the same code and key (a lost answer) gives the same workstation again.
 * A refusal uses no code up.
 * @throws ExchangeError ENROL_CODE_INVALID, ENROL_CODE_EXPIRED, ENROL_CODE_USED, AGENCY_DIFFERS,
 *   REGISTER_EXISTS, REGISTER_OUTDATED
 */
export async function enrolWorkstation(
  database: Database,
  { exchangeId, key }: ExchangeIdentity,
  request: EnrolRequest,
  now: Date,
): Promise<EnrolResponse> {
  const keyThumbprint = await thumbprintOf(request.publicKey);
  const codeHash = hashEnrolmentCode(request.code);
  return database.transaction(async ({ directory, enrolment }) => {
    const code = await enrolment.lockCode(codeHash);
    if (!code) throw new ExchangeError('ENROL_CODE_INVALID');
    const { agencyCode } = code;
    const agency = await directory.find(agencyCode);
    if (!agency) throw new Error(`the agency ${agencyCode} of an enrolment code is gone`);
    let workstationId = earlierWorkstation(code, keyThumbprint);
    if (workstationId === null) {
      requireRegister(request, keyThumbprint, agency, await enrolment.lockRegister(agencyCode));
      workstationId = randomUUID();
      const { workstationName: name, publicKey, register } = request;
      await enrolment.addWorkstation(codeHash, { id: workstationId, agencyCode, name, publicKey, keyThumbprint });
      await enrolment.setRegister(agencyCode, register, workstationId);
    }
    return {
      workstationId,
      exchangeId,
      exchangeKey: key.publicJwk,
      agency: { code: agency.code, name: agency.name },
      serverTime: now.toISOString(),
    };
  });
}
