/**
 * What a person at a workstation may do, by the duties of NĐ 30/2020: the records office keeps books, numbers, seal and
 * exchange (Điều 4.2, 14 to 22, 32), the leader signs and directs (Điều 13, 23), others work on what they are assigned.
 */
export const roles = ['records-clerk', 'leader', 'officer', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** Somebody whose rights another person has for some days (ủy quyền). */
export interface Delegator {
  readonly personId: string;
  readonly name: string;
}

/** What a delegation gives: what a leader decides. Settings and people stay with those who have them. */
export const delegatedRole = 'leader' satisfies Role;

/** Who asks: a person with roles, at one workstation. */
export interface Caller {
  readonly personId: string;
  /** Empty until the office names its people: then "Văn thư cơ quan" is shown. */
  readonly name: string;
  /** What she may do now, her own roles and `delegatedRole` while somebody has given it to her. */
  readonly roles: readonly Role[];
  /** Who has given her rights for today, the newest first; empty for one who holds `delegatedRole` herself. */
  readonly actsFor: readonly Delegator[];
  readonly workstation: string;
}

/** The caller of what a signed-out screen may ask. */
export const NOBODY: Caller = { personId: '', name: '', roles: [], actsFor: [], workstation: '' };

/** The person that a register has from the start, who holds every role until the office names its people. */
export const FIRST_PERSON_ID = '00000000-0000-4000-8000-000000000001';
