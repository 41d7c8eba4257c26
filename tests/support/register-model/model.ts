import { addDays, vietnamDay } from '#shared/domain/vn-date.ts';
import type { Role } from '#shared/domain/roles.ts';

export interface ModelPerson {
  readonly id: string;
  roles: readonly Role[];
  active: boolean;
  hasPin: boolean;
  /** Nobody is asked or given anything before she has a name. */
  named: boolean;
}

interface ModelDelegation {
  readonly id: string;
  readonly from: ModelPerson;
  readonly to: ModelPerson;
  readonly fromDay: string;
  readonly toDay: string;
  ended: boolean;
}

export interface ModelLetter {
  readonly id: string;
  state: string;
  /** The day that it bears; null before its number. */
  date: string | null;
}

export interface ModelArrival {
  readonly id: string;
  readonly codeText: string;
  readonly onPaper: boolean;
  state: 'arrived' | 'registered' | 'returned' | 'done';
  /** Who has it. */
  lead: ModelPerson | null;
  askedLeader: ModelPerson | null;
  /** A leader may still be asked. */
  undecided: boolean;
}

/** What a number of a book is: `given` names its document. */
export type ModelNumber =
  | { readonly state: 'given'; readonly documentId: string }
  | { readonly state: 'reserved' }
  | { readonly state: 'void'; readonly reason: string };

export interface ModelBook {
  startedFrom: number;
  last: number;
  closed: boolean;
  /** By number and letter of a số phụ: `241`, `241a`. */
  readonly numbers: Map<string, ModelNumber>;
}

export interface ModelCaller {
  readonly person: ModelPerson;
  readonly roles: readonly Role[];
  /** For whom she acts; null for one who leads herself, or for nobody. */
  readonly actsFor: ModelPerson | null;
}

/** What a register should hold, said as simply as possible. */
export interface Model {
  readonly firstYear: number;
  readonly people: ModelPerson[];
  readonly delegations: ModelDelegation[];
  readonly letters: ModelLetter[];
  readonly arrivals: ModelArrival[];
  /** By book and year. */
  readonly books: Map<string, ModelBook>;
  signedIn: ModelPerson | null;
}

export const newModel = (people: readonly ModelPerson[], now: Date): Model => ({
  firstYear: yearOf(now),
  people: people.map((person) => ({ ...person })),
  delegations: [],
  letters: [],
  arrivals: [],
  books: new Map(),
  signedIn: null,
});

/** Who asks now: nobody, also when whoever was there has left. */
export function callerOf(model: Model, now: Date): ModelCaller | null {
  const person = model.signedIn;
  if (person === null || !person.active) return null;
  if (person.roles.includes('leader')) return { person, roles: person.roles, actsFor: null };
  const today = vietnamDay(now.getTime());
  const running = model.delegations.findLast(
    ({ to, from, fromDay, toDay, ended }) =>
      to === person && !ended && fromDay <= today && today <= toDay && from.active && from.roles.includes('leader'),
  );
  if (running === undefined) return { person, roles: person.roles, actsFor: null };
  return { person, roles: [...person.roles, 'leader'], actsFor: running.from };
}

/** One that gave nothing yet begins with 1. */
export function bookOfYear(model: Model, bookId: string, year: number): ModelBook {
  const key = `${bookId} ${year}`;
  const found = model.books.get(key);
  if (found !== undefined) return found;
  const fresh: ModelBook = { startedFrom: 0, last: 0, closed: false, numbers: new Map() };
  model.books.set(key, fresh);
  return fresh;
}

export const yearOf = (now: Date): number => Number(vietnamDay(now.getTime()).slice(0, 4));
export const dayOf = (now: Date, days = 0): string => addDays(vietnamDay(now.getTime()), days);

/** The number of `241a` is 241, its letter `a`. */
export function partsOf(key: string): { readonly number: number; readonly suffix: string } {
  return { number: Number.parseInt(key, 10), suffix: key.replace(/^\d+/u, '') };
}

/** The day of the document that has the highest number; null for none. */
export function lastDay(model: Model, { numbers }: ModelBook): string | null {
  const given = [...numbers].flatMap(([key, each]) =>
    each.state === 'given' ? [{ ...partsOf(key), id: each.documentId }] : [],
  );
  const [last] = given.toSorted((a, b) => b.number - a.number || (b.suffix < a.suffix ? -1 : 1));
  return model.letters.find(({ id }) => id === last?.id)?.date ?? null;
}

/** Whether somebody could still give roles: an administrator who can sign in. */
export const hasAdministrator = (people: readonly ModelPerson[]): boolean =>
  people.some(({ active, hasPin, roles }) => active && hasPin && roles.includes('administrator'));
