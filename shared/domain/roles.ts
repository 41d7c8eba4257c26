/**
 * What a person at a workstation may do, by the duties of NĐ 30/2020: the records office keeps books, numbers, seal and
 * exchange (Điều 4.2, 14 to 22, 32), the leader signs and directs (Điều 13, 23), others work on what they are assigned.
 */
export const roles = ['records-clerk', 'leader', 'officer', 'administrator'] as const;
export type Role = (typeof roles)[number];

/** Who asks: a person with roles, at one workstation. */
export interface Caller {
  readonly personId: string;
  /** Empty until the office names its people: then "Văn thư cơ quan" is shown. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly workstation: string;
}

/** The person that a register has from the start, who holds every role until the office names its people. */
export const FIRST_PERSON_ID = '00000000-0000-4000-8000-000000000001';
