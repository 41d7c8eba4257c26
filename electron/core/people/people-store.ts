import type { Role } from '#shared/domain/roles.ts';

/** A person of this office (người sử dụng), with what she may do. */
export interface Person {
  readonly id: string;
  /** Empty for the one person that a register has before the office names its people. */
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface PeopleReads {
  find(id: string): Person | null;
  /** Who sits at this workstation, and what it is called. */
  workstation(): { readonly personId: string; readonly name: string };
}

export interface PeopleWrites extends PeopleReads {
  setWorkstation(name: string): void;
}
