import type { ReadStores } from '../ports/stores.ts';
import { provenAgency } from '../directory/proven-name.ts';

export interface PrintingOffice {
  /** Empty for one that has none. */
  readonly parentAgency: string;
  readonly agency: string;
}

/** Whose forms they are: the agency and the superior one, as the directory names them. */
export function printingOffice(registers: ReadStores): PrintingOffice {
  const own = registers.office.agency();
  if (own === null) return { parentAgency: '', agency: '' };
  return { parentAgency: provenAgency({ registers }, own.code).parentName ?? '', agency: own.name };
}
