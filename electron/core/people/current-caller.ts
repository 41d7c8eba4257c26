import type { Caller } from '#shared/domain/roles.ts';
import type { ReadStores } from '../ports/stores.ts';

/** Who asks: the person at this workstation. One that the register no longer has may do nothing. */
export function currentCaller(stores: Pick<ReadStores, 'people'>): Caller {
  const { personId, name: workstation } = stores.people.workstation();
  const person = stores.people.find(personId);
  return { personId, name: person?.name ?? '', roles: person?.roles ?? [], workstation };
}
