import type { ReadStores, WriteStores } from '../ports/stores.ts';

export interface OwnAgency {
  readonly code: string;
  readonly name: string;
}

const SETTING = 'agency';

/** The office that this database belongs to; null until the first set-up. */
export function readAgency(stores: ReadStores): OwnAgency | null {
  const json = stores.settings.get(SETTING);
  return json === null ? null : (JSON.parse(json) as OwnAgency);
}

export function writeAgency(stores: WriteStores, agency: OwnAgency): void {
  stores.settings.set(SETTING, JSON.stringify({ code: agency.code, name: agency.name }));
}
