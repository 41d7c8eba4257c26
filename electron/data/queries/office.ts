import type { OfficeWrites, RegisterIdentity } from '#core/office/office-store.ts';
import type { WriteStores } from '#core/ports/stores.ts';
import { publicJwkSchema } from '#shared/domain/public-jwk.ts';
import type { Sqlite } from '../connection/sqlite.ts';

const NAMES = {
  agencyCode: 'agency-code',
  agencyName: 'agency-name',
  url: 'exchange-url',
  exchangeId: 'exchange-id',
  exchangeKey: 'exchange-key',
  workstationId: 'workstation-id',
} as const;

export function officeQueries(sqlite: Sqlite, settings: WriteStores['settings']): OfficeWrites {
  const register = sqlite.prepare<[], RegisterIdentity>('SELECT id, epoch FROM register');
  return {
    register: () => {
      const row = register.get();
      if (row === undefined) throw new Error('a register without an identity');
      return row;
    },
    agency: () => {
      const code = settings.get(NAMES.agencyCode);
      const name = settings.get(NAMES.agencyName);
      return code === null || name === null ? null : { code, name };
    },
    connection: () => {
      const url = settings.get(NAMES.url);
      const exchangeId = settings.get(NAMES.exchangeId);
      const exchangeKey = settings.get(NAMES.exchangeKey);
      const workstationId = settings.get(NAMES.workstationId);
      // One without a key was made before exchanges had one: nothing could be believed over it.
      if (url === null || exchangeId === null || exchangeKey === null || workstationId === null) return null;
      return { url, exchangeId, exchangeKey: publicJwkSchema.parse(JSON.parse(exchangeKey)), workstationId };
    },
    setAgency: ({ code, name }) => {
      settings.set(NAMES.agencyCode, code);
      settings.set(NAMES.agencyName, name);
    },
    setConnection: ({ url, exchangeId, exchangeKey, workstationId }) => {
      settings.set(NAMES.url, url);
      settings.set(NAMES.exchangeId, exchangeId);
      settings.set(NAMES.exchangeKey, JSON.stringify(exchangeKey));
      settings.set(NAMES.workstationId, workstationId);
    },
  };
}
