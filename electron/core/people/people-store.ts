import type { Delegation, Person, Unit } from '#shared/contract/people.ts';

/** Who or what a document is assigned to. */
export type Assignee = { readonly unitId: string } | { readonly personId: string };

/** What an administrator decides of a person. */
export interface PersonRecord extends Omit<Person, 'active'> {
  /** Folded (`foldAccount`); empty for none. */
  readonly windowsAccount: string;
}

/** What is kept of a PIN (`PinKeys`). */
export interface PinRecord {
  readonly scheme: string;
  readonly salt: Uint8Array;
  readonly derived: Uint8Array;
}

export interface NewDelegation {
  readonly id: string;
  readonly fromPersonId: string;
  readonly toPersonId: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly madeBy: string;
  readonly madeAt: string;
}

export interface PeopleReads {
  /** An active person; null for one who has left. */
  find(id: string): Person | null;
  /** Everybody and every unit, in the office's order. */
  list(): { readonly units: Unit[]; readonly people: Person[] };
  /** Accounts of active people. */
  accounts(): { readonly personId: string; readonly windowsAccount: string }[];
  pin(personId: string): PinRecord | null;
  /** Wrong attempts in a row, and when the last one was; null for none. */
  failures(personId: string): { readonly count: number; readonly lastAt: string } | null;
  /** Whether she has locked her screen and not come back since. */
  isLocked(personId: string): boolean;
  /** Who has given her rights for this day of Việt Nam, the newest first. */
  delegatorsOf(personId: string, day: string): string[];
  /** Delegations that end on this day or later, and those ended before their time with a last day from then on. */
  delegations(from: string): Delegation[];
  /** Incoming documents assigned to somebody and not finished, each once. */
  assignedDocuments(assignee: Assignee): string[];
  /** Who sits at this workstation, and what it is called. */
  workstation(): { readonly personId: string; readonly name: string };
}

export interface PeopleWrites extends PeopleReads {
  setWorkstation(name: string): void;
  /** Adds or changes; active from now on. */
  putUnit(unit: Omit<Unit, 'active'>): void;
  putPerson(person: PersonRecord): void;
  deactivateUnit(id: string): void;
  deactivatePerson(id: string): void;
  /** In the place of the one before. */
  putPin(personId: string, pin: PinRecord, at: string): void;
  noteFailure(personId: string, at: string): void;
  forgetFailures(personId: string): void;
  setLocked(personId: string, locked: boolean): void;
  addDelegation(delegation: NewDelegation): void;
  endDelegation(id: string, at: string): void;
  /** Gives what is assigned of an unfinished document to another of the same kind. */
  handOver(documentId: string, from: Assignee, to: Assignee, at: string): void;
}
