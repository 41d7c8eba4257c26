import { emptyRota } from '#shared/domain/rota.ts';
import { describe, expect, it } from 'vitest';
import { rotaSchema } from '#shared/domain/rota.ts';
import { DEFAULT_OFFICE_HOURS, officeHoursSchema } from '#shared/domain/working-time.ts';
import {
  draftFaults,
  draftOf,
  hoursOf,
  mergeDrafts,
  readTime,
  rotaOf,
  sharedOut,
  type RotaDraft,
} from '#renderer/features/rota/rota-draft.ts';
import { at, dutyRota, substitution, utc } from '#tests/support/duty-rota.ts';

const now = at('2026-11-27 15:06');
const rota = {
  ...dutyRota,
  substitutions: [substitution('s', '2026-12-02 13:00', '2026-12-03 07:00', 'tu')],
  headSubstitutions: [substitution('h', '2026-12-04 07:00', '2026-12-07 07:00', 'ha')],
};
const draft = draftOf(rota, DEFAULT_OFFICE_HOURS);
const none: ReadonlySet<string> = new Set();
const faults = (change: Partial<RotaDraft>, saved = none) => [...draftFaults({ ...draft, ...change }, saved, now)];
const officer = (change: object) => ({
  officers: draft.officers.map((one, place) => (place === 1 ? { ...one, ...change } : one)),
});
const shift = (change: object) => ({
  shifts: draft.shifts.map((one, place) => (place === 0 ? { ...one, ...change } : one)),
});
const replaced = (change: object) => ({
  substitutions: draft.substitutions.map((one, place) => (place === 0 ? { ...one, ...change } : one)),
});

describe('a rota that is edited', () => {
  it('is the same when nothing was typed, and may be saved', () => {
    expect(rotaOf(draft, rota)).toEqual(rota);
    expect(hoursOf(draft)).toEqual(DEFAULT_OFFICE_HOURS);
    expect(faults({})).toEqual([]);
  });

  it('is always one that the exchange takes, whatever is half typed', () => {
    const half: RotaDraft = {
      officers: [...draft.officers, { id: 'x', name: ' ', title: '', phone: '09', email: 'a@' }],
      shifts: [...draft.shifts, { id: 'y', weekday: 1, from: '7', to: '', officerId: '' }],
      substitutions: [
        ...draft.substitutions,
        { id: 'z', ofHead: false, from: null, to: null, officerId: '', reason: '' },
      ],
      headOfOffice: '',
      officePhone: '12',
      officeContact: ' ',
      hours: [{ id: 'w', weekday: 1, from: '9', to: '8' }],
    };
    expect(rotaSchema.safeParse(rotaOf(half, null)).error).toBeUndefined();
    expect(officeHoursSchema.safeParse(hoursOf(half)).error).toBeUndefined();
  });

  it.each([
    ['0900 000 43', 'phone-wrong-length'],
    ['0168 2345 678', 'phone-old-mobile'],
    ['+1 202 555 0100', 'phone-foreign'],
    ['1900 1234', 'phone-service-number'],
    ['số máy lẻ', 'phone-not-a-number'],
    ['0412 345 678', 'phone-unknown-prefix'],
    ['0900.000.412', 'phone-twice'],
  ])('says at the field what is wrong with %s', (phone, fault) => {
    expect(faults(officer({ phone }))).toEqual([['officer.bhem.phone', fault]]);
  });

  it('takes an office number and an officer without any', () => {
    expect(faults({ ...officer({ phone: '', email: '' }), officePhone: '(0262) 3.000.160' })).toEqual([]);
    expect(faults({ officePhone: '0262 3000' })).toEqual([['office.phone', 'phone-wrong-length']]);
    expect(faults(officer({ name: ' ', email: 'bhem' }))).toEqual([
      ['officer.bhem.name', 'name-missing'],
      ['officer.bhem.email', 'email-wrong'],
    ]);
  });

  it('says which shift lies over another, also Sunday’s night over Monday', () => {
    const id = draft.shifts[0]?.id ?? '';
    expect(faults(shift({ to: '18:00' }))).toEqual([[`shift.${draft.shifts[1]?.id}.from`, 'shift-overlaps']]);
    const sunday = draft.shifts.map((one) =>
      one.weekday === 7 && one.from === '17:00' ? { ...one, to: '08:00' } : one,
    );
    expect(faults({ shifts: sunday }).map(([, fault]) => fault)).toEqual(['shift-overlaps']);
    expect(faults(shift({ from: '25:00', officerId: '' }))).toEqual([
      [`shift.${id}.from`, 'time-wrong'],
      [`shift.${id}.officer`, 'officer-missing'],
    ]);
  });

  it('says that a substitution ends before it begins, is past, or names nobody', () => {
    expect(faults(replaced({ to: utc('2026-12-02 12:00') }))).toEqual([['substitution.s.to', 'substitution-reversed']]);
    const past = replaced({ from: utc('2026-11-20 07:00'), to: utc('2026-11-21 07:00') });
    expect(faults(past)).toEqual([['substitution.s.to', 'substitution-past']]);
    expect(faults(past, new Set(['s']))).toEqual([]);
    expect(faults(replaced({ from: null, officerId: 'gone' }))).toEqual([
      ['substitution.s.from', 'instant-missing'],
      ['substitution.s.officer', 'officer-missing'],
    ]);
  });

  it('wants office hours that go forward', () => {
    expect(faults({ hours: [{ id: 'a', weekday: 1, from: '13:30', to: '11:30' }] })).toEqual([
      ['hours.a.to', 'hours-reversed'],
    ]);
    expect(faults({ hours: [] })).toEqual([['hours', 'hours-none']]);
  });

  it('forgets that a number is verified when it is another number, and knows it under another name', () => {
    expect(rotaOf({ ...draft, ...officer({ phone: '0900 000 999' }) }, rota).officers[1]?.phoneVerifiedAt).toBeNull();
    expect(rotaOf({ ...draft, ...officer({ name: 'Y Nam' }) }, rota).officers[1]?.phoneVerifiedAt).not.toBeNull();
  });

  it('reads hours as they are typed', () => {
    expect(['7', '7h', '7h30', '7:30', '0730', '17.00', '24:00', '7:3', 'x', ''].map(readTime)).toEqual([
      '07:00',
      '07:00',
      '07:30',
      '07:30',
      '07:30',
      '17:00',
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('a rota that somebody else saved meanwhile', () => {
  it('keeps what was typed here, and takes everything else from there', () => {
    const mine: RotaDraft = {
      ...draft,
      ...officer({ phone: '0900 000 999' }),
      substitutions: draft.substitutions.filter(({ id }) => id !== 'h'),
      officeContact: 'Chị Lan',
      shifts: [...draft.shifts, { id: 'new', weekday: 1, from: '06:00', to: '07:00', officerId: 'ha' }],
    };
    const theirs: RotaDraft = {
      ...draft,
      officers: draft.officers
        .filter(({ id }) => id !== 'ha')
        .map((one) => (one.id === 'hoa' ? { ...one, title: 'Phó phòng' } : one)),
      officePhone: '0262 3 000 161',
    };
    const merged = mergeDrafts(draft, mine, theirs);
    expect(merged.officers.map(({ id }) => id)).toEqual(['hoa', 'bhem', 'hlinh', 'tu', 'tri']);
    expect(merged.officers[0]?.title).toBe('Phó phòng');
    expect(merged.officers[1]?.phone).toBe('0900 000 999');
    expect(merged.substitutions.map(({ id }) => id)).toEqual(['s']);
    expect(merged.officeContact).toBe('Chị Lan');
    expect(merged.officePhone).toBe('0262 3 000 161');
    expect(merged.shifts.at(-1)?.id).toBe('new');
    expect(mergeDrafts(draft, draft, theirs)).toEqual(theirs);
  });
});

describe('a first pattern', () => {
  it('gives every hour of the week to somebody, in turn', () => {
    const shifts = sharedOut(draft.officers);
    expect(shifts).toHaveLength(14);
    expect(
      draftFaults({ ...draftOf(emptyRota, DEFAULT_OFFICE_HOURS), officers: draft.officers, shifts }, none, now).size,
    ).toBe(0);
    expect(new Set(shifts.map(({ officerId }) => officerId)).size).toBe(draft.officers.length);
  });
});
