import { isNameOf, sendsFor } from './same-agency.ts';

/** Whether a seal's certificate is an agency's: its common name is the agency, its organisation the same or the parent. */
export function isSealOf(
  agency: { readonly name: string; readonly parentName: string | null },
  commonName: string,
  organisation: string,
): boolean {
  return isNameOf(commonName, agency) || sendsFor(agency, commonName) || isNameOf(organisation, agency);
}
