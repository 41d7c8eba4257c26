import type { OfficeWrites } from '#core/office/office-store.ts';
import type { WriteStores } from '#core/ports/stores.ts';

const NAMES = {
  agencyCode: 'agency-code',
  agencyName: 'agency-name',
  url: 'exchange-url',
  exchangeId: 'exchange-id',
  workstationId: 'workstation-id',
} as const;

export function officeQueries(settings: WriteStores['settings']): OfficeWrites {
  return {
    agency: () => {
      const code = settings.get(NAMES.agencyCode);
      const name = settings.get(NAMES.agencyName);
      return code === null || name === null ? null : { code, name };
    },
    connection: () => {
      const url = settings.get(NAMES.url);
      const exchangeId = settings.get(NAMES.exchangeId);
      const workstationId = settings.get(NAMES.workstationId);
      return url === null || exchangeId === null || workstationId === null ? null : { url, exchangeId, workstationId };
    },
    setAgency: ({ code, name }) => {
      settings.set(NAMES.agencyCode, code);
      settings.set(NAMES.agencyName, name);
    },
    setConnection: ({ url, exchangeId, workstationId }) => {
      settings.set(NAMES.url, url);
      settings.set(NAMES.exchangeId, exchangeId);
      settings.set(NAMES.workstationId, workstationId);
    },
  };
}
