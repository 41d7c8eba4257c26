import { vietnamDay } from '#shared/domain/vn-date.ts';
import { foldAccount } from '#shared/domain/people.ts';
import { delegatedRole, type Caller } from '#shared/domain/roles.ts';
import type { ReadStores } from '../ports/stores.ts';
import type { Clock } from '../ports/system.ts';
import { signInRules } from './sign-in-rules.ts';

type Stores = Pick<ReadStores, 'people' | 'settings'>;

/** Who is signed in at this workstation. Kept in memory alone: with core it ends. */
export interface Session {
  /** Null when nobody is signed in, also when whoever was has left the office meanwhile. */
  caller(): Caller | null;
  enter(personId: string): void;
  leave(): void;
}

export interface SessionParts {
  readonly registers: Stores;
  readonly clock: Clock;
  /** Account of the operating system that runs this program; null where there is none. */
  readonly account: string | null;
}

export function createSession({ registers, clock, account }: SessionParts): Session {
  let signedIn: string | null = null;
  const known = personOfAccount(registers, account);
  if (known !== null && !registers.people.isLocked(known)) signedIn = known;
  return {
    caller: () => {
      const workstation = registers.people.workstation();
      if (signInRules(registers.settings).required) {
        return signedIn === null ? null : callerOf(registers, signedIn, workstation.name, clock.now());
      }
      // One that the register no longer has may do nothing.
      const { personId, name } = workstation;
      const nobody = { personId, name: '', roles: [], actsFor: [], workstation: name };
      return callerOf(registers, personId, name, clock.now()) ?? nobody;
    },
    enter: (personId) => {
      signedIn = personId;
    },
    leave: () => {
      signedIn = null;
    },
  };
}

/** Whom the office lets in by the account of Windows; null for nobody. */
export function personOfAccount({ people, settings }: Stores, account: string | null): string | null {
  const { required, byAccount } = signInRules(settings);
  if (!required || !byAccount || account === null) return null;
  const folded = foldAccount(account);
  return people.accounts().find(({ windowsAccount }) => windowsAccount === folded)?.personId ?? null;
}

function callerOf({ people }: Stores, personId: string, workstation: string, now: Date): Caller | null {
  const person = people.find(personId);
  if (person === null) return null;
  const { name, roles } = person;
  if (roles.includes(delegatedRole)) return { personId, name, roles, actsFor: [], workstation };
  const actsFor = people
    .delegatorsOf(personId, vietnamDay(now.getTime()))
    // Whoever is no leader any more, or has left, has nothing to give.
    .flatMap((id) => people.find(id) ?? [])
    .filter((delegator) => delegator.roles.includes(delegatedRole))
    .map((delegator) => ({ personId: delegator.id, name: delegator.name }));
  return { personId, name, roles: actsFor.length === 0 ? roles : [...roles, delegatedRole], actsFor, workstation };
}
