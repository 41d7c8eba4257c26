import { clockTimeSchema } from '#shared/domain/clock-time.ts';
import type { Duty } from '#shared/domain/duty.ts';
import { formatPhone, parsePhone, type PhoneProblem } from '#shared/domain/phone-number.ts';
import { emptyRota, officerSchema, type Rota, type Substitution } from '#shared/domain/rota.ts';
import { substitutionProblems } from '#shared/domain/rota-problems.ts';
import { DEFAULT_OFFICE_HOURS, type OfficeHours } from '#shared/domain/working-time.ts';

/** An officer as typed. */
export interface OfficerDraft {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly phone: string;
  readonly email: string;
}

/** A shift as typed. */
export interface ShiftDraft {
  readonly id: string;
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
  readonly officerId: string;
}

/** A span of office hours as typed. */
export interface HoursDraft {
  readonly id: string;
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}

/** A substitution as typed; null while a time is missing or is none. */
export interface SubstitutionDraft {
  readonly id: string;
  /** Whether it is the head of office who is replaced. */
  readonly ofHead: boolean;
  readonly from: string | null;
  readonly to: string | null;
  readonly officerId: string;
  readonly reason: string;
}

export interface RotaDraft {
  readonly officers: readonly OfficerDraft[];
  readonly shifts: readonly ShiftDraft[];
  readonly substitutions: readonly SubstitutionDraft[];
  readonly headOfOffice: string;
  readonly officePhone: string;
  readonly officeContact: string;
  readonly hours: readonly HoursDraft[];
}

export type DraftFault =
  | 'name-missing'
  | `phone-${PhoneProblem}`
  | 'phone-twice'
  | 'email-wrong'
  | 'time-wrong'
  | 'officer-missing'
  | 'shift-overlaps'
  | 'hours-reversed'
  | 'hours-none'
  | 'instant-missing'
  | 'substitution-reversed'
  | 'substitution-past';

/** Field names such as `officer.<id>.phone`, each with what is wrong there. */
export type DraftFaults = ReadonlyMap<string, DraftFault>;

/** The rota that the exchange has, to be changed. */
export function draftOf(rota: Rota, hours: OfficeHours): RotaDraft {
  const typed = (ofHead: boolean) => (one: Substitution) => ({ ...one, ofHead });
  return {
    officers: rota.officers.map(({ id, name, title, phone, email }) => ({
      id,
      name,
      title,
      phone: phone === null ? '' : formatPhone(phone),
      email: email ?? '',
    })),
    shifts: rota.shifts.map((shift) => ({ id: keyOfShift(shift), ...shift })),
    substitutions: [...rota.substitutions.map(typed(false)), ...rota.headSubstitutions.map(typed(true))],
    headOfOffice: rota.headOfOffice ?? '',
    officePhone: rota.officePhone === null ? '' : formatPhone(rota.officePhone),
    officeContact: rota.officeContact ?? '',
    hours: hours.map((span) => ({ id: keyOfShift(span), ...span })),
  };
}

/** The rota that a draft stands for: what is not filled in rightly is left out, so that the week can be shown meanwhile. */
export function rotaOf(draft: RotaDraft, kept: Rota | null): Rota {
  const verified = new Map(kept?.officers.map(({ phone, phoneVerifiedAt }) => [phone, phoneVerifiedAt]) ?? []);
  const substitutions = (ofHead: boolean) =>
    draft.substitutions.flatMap((one): readonly Substitution[] => {
      const { id, from, to, officerId, reason } = one;
      if (one.ofHead !== ofHead || from === null || to === null || officerId === '') return [];
      return [{ id, from, to, officerId, reason: reason.trim().normalize('NFC') }];
    });
  return {
    officers: draft.officers.flatMap(({ id, name, title, phone, email }) => {
      const { number } = parsePhone(phone);
      const officer = {
        id,
        name: name.trim().normalize('NFC'),
        title: title.trim().normalize('NFC'),
        phone: number,
        // Which numbers are verified is the exchange's to say, whatever name they stand beside now.
        phoneVerifiedAt: (number === null ? null : verified.get(number)) ?? null,
        email: isEmail(email) && email.trim() !== '' ? email.trim() : null,
      };
      return name.trim() === '' ? [] : [officer];
    }),
    shifts: draft.shifts.flatMap(({ weekday, from, to, officerId }) => {
      const [start, end] = [readTime(from), readTime(to)];
      return start === null || end === null || officerId === '' ? [] : [{ weekday, from: start, to: end, officerId }];
    }),
    substitutions: substitutions(false),
    headOfOffice: draft.headOfOffice === '' ? null : draft.headOfOffice,
    headSubstitutions: substitutions(true),
    officePhone: parsePhone(draft.officePhone).number,
    officeContact: draft.officeContact.trim() === '' ? null : draft.officeContact.trim().normalize('NFC'),
  };
}

/** The office hours that a draft stands for; those not filled in rightly are left out. */
export function hoursOf(draft: RotaDraft): OfficeHours {
  const hours = draft.hours.flatMap(({ weekday, from, to }) => {
    const [start, end] = [readTime(from), readTime(to)];
    return start === null || end === null || end <= start ? [] : [{ weekday, from: start, to: end }];
  });
  return hours.length === 0 ? DEFAULT_OFFICE_HOURS : hours;
}

/**
 * What keeps a draft from being saved, by field.
 * @param saved ids of substitutions that the exchange has: they may have become past
 * @param now milliseconds since 1970
 */
export function draftFaults(draft: RotaDraft, saved: ReadonlySet<string>, now: number): DraftFaults {
  const faults = new Map<string, DraftFault>();
  const known = new Set(draft.officers.map(({ id }) => id));
  const numbers = new Set<string>();
  for (const { id, name, phone, email } of draft.officers) {
    if (name.trim() === '') faults.set(`officer.${id}.name`, 'name-missing');
    const parsed = parsePhone(phone);
    if (parsed.number === null && parsed.problem !== 'empty')
      faults.set(`officer.${id}.phone`, `phone-${parsed.problem}`);
    if (parsed.number !== null && numbers.has(parsed.number)) faults.set(`officer.${id}.phone`, 'phone-twice');
    if (parsed.number !== null) numbers.add(parsed.number);
    if (!isEmail(email)) faults.set(`officer.${id}.email`, 'email-wrong');
  }
  for (const { id, from, to, officerId } of draft.shifts) {
    if (readTime(from) === null) faults.set(`shift.${id}.from`, 'time-wrong');
    if (readTime(to) === null) faults.set(`shift.${id}.to`, 'time-wrong');
    if (!known.has(officerId)) faults.set(`shift.${id}.officer`, 'officer-missing');
  }
  for (const id of overlapping(draft.shifts))
    if (!faults.has(`shift.${id}.from`)) faults.set(`shift.${id}.from`, 'shift-overlaps');
  for (const { id, from, to } of draft.hours) {
    const [start, end] = [readTime(from), readTime(to)];
    if (start === null) faults.set(`hours.${id}.from`, 'time-wrong');
    if (end === null) faults.set(`hours.${id}.to`, 'time-wrong');
    if (start !== null && end !== null && end <= start) faults.set(`hours.${id}.to`, 'hours-reversed');
  }
  if (draft.hours.length === 0) faults.set('hours', 'hours-none');
  const office = parsePhone(draft.officePhone);
  if (office.number === null && office.problem !== 'empty') faults.set('office.phone', `phone-${office.problem}`);
  for (const one of draft.substitutions) {
    const { id, from, to, officerId, reason } = one;
    if (from === null) faults.set(`substitution.${id}.from`, 'instant-missing');
    if (to === null) faults.set(`substitution.${id}.to`, 'instant-missing');
    if (!known.has(officerId)) faults.set(`substitution.${id}.officer`, 'officer-missing');
    if (from === null || to === null) continue;
    const codes = substitutionProblems(emptyRota, { id, from, to, officerId, reason }, now).map(({ code }) => code);
    if (codes.includes('substitution-reversed')) faults.set(`substitution.${id}.to`, 'substitution-reversed');
    if (codes.includes('substitution-past') && !saved.has(id)) faults.set(`substitution.${id}.to`, 'substitution-past');
  }
  return faults;
}

/** `7:30`, `7h30`, `0730`, `7` → `07:30`; null when it is no time of day. */
export function readTime(text: string): string | null {
  const match = /^(\d{1,2})(?:\s*[:hg.]\s*(\d{2})?)?$/iu.exec(text.trim()) ?? /^(\d{2})(\d{2})$/u.exec(text.trim());
  if (!match) return null;
  const time = `${(match[1] ?? '').padStart(2, '0')}:${match[2] ?? '00'}`;
  return clockTimeSchema.safeParse(time).success ? time : null;
}

/** Ids of shifts that hold at a time at which one listed before them does too. */
function overlapping(shifts: readonly ShiftDraft[]): readonly string[] {
  const spans = shifts.flatMap(({ id, weekday, from, to }) => {
    const [start, end] = [minutesOf(from), minutesOf(to)];
    if (start === null || end === null) return [];
    const at = (weekday - 1) * DAY + start;
    return [{ id, from: at, to: at + (end <= start ? end + DAY - start : end - start) }];
  });
  return spans.flatMap((one, index) => {
    const others = spans.slice(0, index);
    // Sunday's night reaches into Monday.
    const meets = others.some((other) =>
      [-7 * DAY, 0, 7 * DAY].some((week) => one.from + week < other.to && other.from < one.to + week),
    );
    return meets ? [one.id] : [];
  });
}

const DAY = 24 * 60;

function minutesOf(text: string): number | null {
  const time = readTime(text);
  return time === null ? null : Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function isEmail(text: string): boolean {
  return text.trim() === '' || officerSchema.shape.email.safeParse(text.trim()).success;
}

function keyOfShift({
  weekday,
  from,
  to,
}: {
  readonly weekday: number;
  readonly from: string;
  readonly to: string;
}): string {
  return `${weekday}-${from}-${to}`;
}

/**
 * What was typed, laid over what somebody else saved meanwhile: whatever was changed, added or removed here since `base` stays
 * so; everything else is as in `theirs`.
 */
export function mergeDrafts(base: RotaDraft, mine: RotaDraft, theirs: RotaDraft): RotaDraft {
  const one = <Value>(get: (draft: RotaDraft) => Value): Value => (get(mine) === get(base) ? get(theirs) : get(mine));
  return {
    officers: mergeLists(base.officers, mine.officers, theirs.officers),
    shifts: mergeLists(base.shifts, mine.shifts, theirs.shifts),
    substitutions: mergeLists(base.substitutions, mine.substitutions, theirs.substitutions),
    headOfOffice: one((draft) => draft.headOfOffice),
    officePhone: one((draft) => draft.officePhone),
    officeContact: one((draft) => draft.officeContact),
    hours: mergeLists(base.hours, mine.hours, theirs.hours),
  };
}

function mergeLists<Item extends { readonly id: string }>(
  base: readonly Item[],
  mine: readonly Item[],
  theirs: readonly Item[],
): readonly Item[] {
  const find = (list: readonly Item[], id: string) => list.find((item) => item.id === id);
  const touched = (id: string) => !sameDraft(find(base, id), find(mine, id));
  const kept = theirs
    .map((item) => (touched(item.id) ? find(mine, item.id) : item))
    .filter((item) => item !== undefined);
  const added = mine.filter((item) => touched(item.id) && find(theirs, item.id) === undefined);
  return [...kept, ...added];
}

/** Whether two drafts, or parts of them, say the same. */
export function sameDraft(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Day and night shifts for the whole week, the officers in turn: something to begin with. */
export function sharedOut(officers: readonly OfficerDraft[]): readonly ShiftDraft[] {
  const halves = [
    ['07:00', '17:00'],
    ['17:00', '07:00'],
  ] as const;
  return [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
    halves.map(([from, to], half) => ({
      id: keyOfShift({ weekday, from, to }),
      weekday,
      from,
      to,
      officerId: officers[((weekday - 1) * 2 + half) % Math.max(1, officers.length)]?.id ?? '',
    })),
  );
}

/** What the exchange has, as a draft. */
export const savedDraft = (duty: Duty): RotaDraft => draftOf(duty.rota ?? emptyRota, duty.hours);
