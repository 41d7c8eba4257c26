/** One agency has one register: two would both give the arrival number 1, and each would hold half of the books. */
import { isSameAgency } from '#shared/domain/agency-code.ts';
import type { EnrolRequest } from '#shared/wire/enrolment.ts';
import { ExchangeError } from './exchange-error.ts';

/** The register that an agency has. */
export interface KnownRegister {
  readonly id: string;
  readonly epoch: number;
  readonly workstationName: string;
  readonly keyThumbprint: string;
  readonly since: Date;
}

/**
 * Whether a workstation may enrol its register for an agency without anyone having decided anything: the agency has none
 * yet, or it is this one, in this copy or a newer, on this workstation.
 * @throws ExchangeError AGENCY_DIFFERS, REGISTER_EXISTS, REGISTER_OUTDATED unless the request says that a person decided it
 */
export function requireRegister(
  request: Pick<EnrolRequest, 'register' | 'mergeAgency' | 'replaceRegister'>,
  keyThumbprint: string,
  agency: { readonly code: string; readonly name: string },
  known: KnownRegister | null,
): void {
  const { register, mergeAgency, replaceRegister } = request;
  if (register.agencyCode !== null && !isSameAgency(register.agencyCode, agency.code) && !mergeAgency) {
    throw new ExchangeError('AGENCY_DIFFERS', {
      registerAgency: register.agencyCode,
      agency: agency.code,
      agencyName: agency.name,
    });
  }
  if (known === null || replaceRegister) return;
  const params = { workstationName: known.workstationName, since: known.since.toISOString() };
  if (known.id === register.id && register.epoch < known.epoch) throw new ExchangeError('REGISTER_OUTDATED', params);
  if (known.id === register.id && known.keyThumbprint === keyThumbprint) return;
  throw new ExchangeError('REGISTER_EXISTS', params);
}
