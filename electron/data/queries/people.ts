import type { PeopleWrites } from '#core/people/people-store.ts';
import type { WriteStores } from '#core/ports/stores.ts';
import { FIRST_PERSON_ID, roles, type Role } from '#shared/domain/roles.ts';
import type { Sqlite } from '../connection/sqlite.ts';

const PERSON = 'signed-in-person';
const WORKSTATION = 'workstation-name';

export function peopleQueries(sqlite: Sqlite, settings: WriteStores['settings']): PeopleWrites {
  const find = sqlite.prepare<[string], { id: string; name: string }>(
    'SELECT id, name FROM person WHERE id = ? AND active = 1',
  );
  const rolesOf = sqlite.prepare<[string], string>('SELECT role FROM person_role WHERE person_id = ?').pluck();
  return {
    find: (id) => {
      const person = find.get(id);
      // A role that this version does not know allows nothing.
      const held = rolesOf.all(id).filter((role): role is Role => roles.some((known) => known === role));
      return person === undefined ? null : { ...person, roles: held };
    },
    workstation: () => ({
      personId: settings.get(PERSON) ?? FIRST_PERSON_ID,
      name: settings.get(WORKSTATION) ?? '',
    }),
    setWorkstation: (name) => settings.set(WORKSTATION, name),
  };
}
