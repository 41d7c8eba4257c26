import { faultOfUnit, foldAccount } from '#shared/domain/people.ts';
import { delegatedRole, type Caller } from '#shared/domain/roles.ts';
import { addDays, vietnamDay } from '#shared/domain/vn-date.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { ReadStores } from '../ports/stores.ts';
import type { Assignee, PeopleReads } from './people-store.ts';
import { pinRecordOf } from './pin-record.ts';
import { keepSignInRules, signInRules } from './sign-in-rules.ts';

type PeopleCalls = Pick<
  CoreHandlers,
  | 'people.list'
  | 'people.accounts'
  | 'people.saveUnit'
  | 'people.savePerson'
  | 'people.removeUnit'
  | 'people.removePerson'
  | 'people.setPin'
  | 'people.saveSignIn'
  | 'people.delegations'
  | 'people.delegate'
  | 'people.endDelegation'
>;

/** Delegations that ended so many days ago are still shown. */
const SHOWN_DAYS = 30;

/** Units and people of the office. Rows are never deleted: documents and history name them. */
export function peopleCalls(ctx: CoreContext): PeopleCalls {
  const { registers } = ctx;
  const today = () => vietnamDay(ctx.clock.now().getTime());
  return {
    'people.list': () => registers.people.list(),
    'people.accounts': () => {
      const accounts = new Map(registers.people.accounts().map((each) => [each.personId, each.windowsAccount]));
      const active = registers.people.list().people.filter((person) => person.active);
      return {
        accounts: active.map(({ id }) => ({
          personId: id,
          windowsAccount: accounts.get(id) ?? '',
          hasPin: registers.people.pin(id) !== null,
        })),
        rules: signInRules(registers.settings),
      };
    },
    'people.saveUnit': ({ unitId, name, abbreviation, position }, _caller, transact) =>
      transact(({ stores }) => {
        const { units } = stores.people.list();
        if (unitId !== null && !units.some(({ id }) => id === unitId)) throw new CodedError('NOT_FOUND');
        const id = unitId ?? ctx.ids.next();
        const unit = { id, name: name.normalize('NFC'), abbreviation: abbreviation.normalize('NFC'), position };
        const fault = faultOfUnit(unit, units);
        if (fault !== null) throw new CodedError(fault);
        stores.people.putUnit(unit);
        return { unitId: id };
      }),
    'people.savePerson': ({ personId, windowsAccount, ...choice }, _caller, transact) =>
      transact(({ stores }) => {
        const { people } = stores.people.list();
        if (personId !== null && !people.some(({ id }) => id === personId)) throw new CodedError('NOT_FOUND');
        if (choice.unitId !== null) requireUnit(stores.people, choice.unitId);
        const id = personId ?? ctx.ids.next();
        const person = {
          ...choice,
          id,
          name: choice.name.normalize('NFC'),
          title: choice.title.normalize('NFC'),
          windowsAccount: foldAccount(windowsAccount),
        };
        requireOwnAccount(stores.people, person);
        stores.people.putPerson(person);
        requireAdministrator(stores);
        return { personId: id };
      }),
    'people.removeUnit': ({ unitId, handOverTo }, _caller, transact) =>
      transact((transaction) => {
        const { people: store } = transaction.stores;
        requireUnit(store, unitId);
        const members = store.list().people.filter((person) => person.active && person.unitId === unitId);
        if (members.length > 0) throw new CodedError('UNIT_HAS_PEOPLE', { count: members.length });
        if (handOverTo !== null) requireUnit(store, handOverTo);
        const handedOver = handOver(transaction, { unitId }, handOverTo === null ? null : { unitId: handOverTo });
        store.deactivateUnit(unitId);
        return { handedOver };
      }),
    'people.removePerson': ({ personId, handOverTo }, _caller, transact) =>
      transact((transaction) => {
        const { people: store } = transaction.stores;
        requirePerson(store, personId);
        if (handOverTo !== null) requirePerson(store, handOverTo);
        const handedOver = handOver(transaction, { personId }, handOverTo === null ? null : { personId: handOverTo });
        store.deactivatePerson(personId);
        requireAdministrator(transaction.stores);
        return { handedOver };
      }),
    'people.setPin': async ({ personId, pin }, _caller, transact) => {
      const kept = await pinRecordOf(ctx.pinKeys, pin);
      return transact(({ stores, at }) => {
        requirePerson(stores.people, personId);
        stores.people.putPin(personId, kept, at);
        stores.people.forgetFailures(personId);
        return { personId };
      });
    },
    'people.saveSignIn': ({ required, byAccount, idleMinutes }, _caller, transact) =>
      transact(({ stores }) => {
        keepSignInRules(stores.settings, { required, byAccount, idleMinutes });
        if (!isManaged(stores)) throw new CodedError('SIGN_IN_NEEDS_ADMINISTRATOR');
        return { required, byAccount, idleMinutes };
      }),
    'people.delegations': () => ({ delegations: registers.people.delegations(addDays(today(), -SHOWN_DAYS)) }),
    'people.delegate': ({ fromPersonId, toPersonId, fromDay, toDay }, caller, transact) =>
      transact(({ stores, at }) => {
        requireOwn(caller, fromPersonId);
        requirePerson(stores.people, fromPersonId);
        requirePerson(stores.people, toPersonId);
        // What she has by a delegation herself, she cannot give on.
        if (stores.people.find(fromPersonId)?.roles.includes(delegatedRole) !== true) {
          throw new CodedError('DELEGATOR_NOT_LEADER');
        }
        if (fromPersonId === toPersonId || toDay < fromDay || toDay < today()) {
          throw new CodedError('DELEGATION_DAYS_WRONG');
        }
        const id = ctx.ids.next();
        const madeBy = caller.personId;
        stores.people.addDelegation({ id, fromPersonId, toPersonId, fromDay, toDay, madeBy, madeAt: at });
        return { id };
      }),
    'people.endDelegation': ({ delegationId }, caller, transact) =>
      transact(({ stores, at }) => {
        const delegation = stores.people.delegations(today()).find(({ id }) => id === delegationId);
        if (delegation === undefined) throw new CodedError('NOT_FOUND');
        requireOwn(caller, delegation.from.personId);
        stores.people.endDelegation(delegationId, at);
        return { id: delegationId };
      }),
  };
}

/** Gives the unfinished documents of one to another; how many. @throws CodedError ASSIGNED_DOCUMENTS_LEFT without the other */
function handOver({ stores, at, record }: Transaction, from: Assignee, to: Assignee | null): number {
  const documents = stores.people.assignedDocuments(from);
  if (documents.length === 0) return 0;
  // To herself is to nobody.
  if (to === null || idOf(to) === idOf(from)) {
    throw new CodedError('ASSIGNED_DOCUMENTS_LEFT', { count: documents.length });
  }
  const [fromName, toName] = [nameOf(stores.people, from), nameOf(stores.people, to)];
  for (const id of documents) {
    stores.people.handOver(id, from, to, at);
    record('incoming', id, 'handed-over', { from: fromName, to: toName });
  }
  return documents.length;
}

const idOf = (assignee: Assignee): string => ('unitId' in assignee ? assignee.unitId : assignee.personId);

function nameOf(store: PeopleReads, assignee: Assignee): string {
  const { units, people } = store.list();
  const all: readonly { readonly id: string; readonly name: string }[] = 'unitId' in assignee ? units : people;
  return all.find(({ id }) => id === idOf(assignee))?.name ?? '';
}

function requireUnit(store: PeopleReads, unitId: string): void {
  const unit = store.list().units.find(({ id }) => id === unitId);
  if (unit === undefined) throw new CodedError('NOT_FOUND');
  if (!unit.active) throw new CodedError('UNIT_NOT_ACTIVE', { name: unit.name });
}

function requirePerson(store: PeopleReads, personId: string): void {
  const person = store.list().people.find(({ id }) => id === personId);
  if (person === undefined) throw new CodedError('NOT_FOUND');
  if (!person.active) throw new CodedError('PERSON_NOT_ACTIVE', { name: person.name });
}

function requireOwnAccount(store: PeopleReads, person: { readonly id: string; readonly windowsAccount: string }): void {
  if (person.windowsAccount === '') return;
  const other = store
    .accounts()
    .find(({ personId, windowsAccount }) => personId !== person.id && windowsAccount === person.windowsAccount);
  if (other !== undefined) throw new CodedError('ACCOUNT_TAKEN', { name: store.find(other.personId)?.name ?? '' });
}

/** A leader gives what is hers; an administrator enters what anybody decided. */
function requireOwn(caller: Caller, fromPersonId: string): void {
  if (caller.personId !== fromPersonId && !caller.roles.includes('administrator')) {
    throw new CodedError('DELEGATION_NOT_OWN');
  }
}

/** Without one, nobody could give a role again. */
function requireAdministrator(stores: Pick<ReadStores, 'people' | 'settings'>): void {
  if (!isManaged(stores)) throw new CodedError('LAST_ADMINISTRATOR');
}

/** Whether an administrator can act: one who can sign in, or where nobody does, the person of the workstation. */
function isManaged({ people, settings }: Pick<ReadStores, 'people' | 'settings'>): boolean {
  const rules = signInRules(settings);
  if (!rules.required) {
    return people.find(people.workstation().personId)?.roles.includes('administrator') === true;
  }
  const known = new Set(people.accounts().map(({ personId }) => personId));
  const canSignIn = (id: string) => people.pin(id) !== null || (rules.byAccount && known.has(id));
  return people
    .list()
    .people.some(({ id, active, roles }) => active && roles.includes('administrator') && canSignIn(id));
}
