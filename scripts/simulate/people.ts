import { VIETNAM_OFFSET_MS } from '#shared/domain/vn-date.ts';
import type { Officer, Rota } from '#shared/domain/rota.ts';
import type { SeededRandom } from '../faults/random.ts';

const HOUR_MS = 3_600_000;
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/** An agency's people, as they were from an instant on. */
export interface RotaFrom {
  readonly at: number;
  readonly rota: Rota;
}

let numbers = 0;

function officer(agency: string, random: SeededRandom): Officer {
  numbers += 1;
  const phone = random.chance(0.97) ? `+849${String(10_000_000 + numbers).padStart(8, '0')}` : null;
  return {
    id: `${agency}-${numbers}`,
    name: `Cán bộ ${numbers}`,
    title: 'Văn thư',
    phone,
    phoneVerifiedAt: null,
    email: phone === null || random.chance(0.8) ? `${agency}.${numbers}@tinh.gov.vn`.toLowerCase() : null,
  };
}

/** A rota with its day and night shifts; some have a gap, some have no head. */
export function makeRota(agency: string, random: SeededRandom): Rota {
  const officers = Array.from({ length: random.between(2, 4) }, () => officer(agency, random));
  const gap = random.chance(0.15) ? random.pick(WEEKDAYS) : 0;
  const shifts = WEEKDAYS.flatMap((weekday) => [
    { weekday, from: '07:00', to: '17:00', officerId: random.pick(officers).id },
    ...(weekday === gap ? [] : [{ weekday, from: '17:00', to: '07:00', officerId: random.pick(officers).id }]),
  ]);
  return {
    officers,
    shifts,
    substitutions: [],
    headOfOffice: random.chance(0.9) ? random.pick(officers).id : null,
    headSubstitutions: [],
    officePhone: random.chance(0.9) ? '+842573000142' : null,
    officeContact: null,
  };
}

/** Somebody stands in for a span, or an officer leaves and another comes. */
export function changeRota(rota: Rota, agency: string, now: number, random: SeededRandom): Rota {
  if (random.chance(0.6)) {
    const from = now + random.between(0, 48) * HOUR_MS;
    const substitution = {
      id: `s${rota.substitutions.length}-${from}`,
      from: new Date(from).toISOString(),
      to: new Date(from + random.between(2, 72) * HOUR_MS).toISOString(),
      officerId: random.pick(rota.officers).id,
      reason: '',
    };
    return { ...rota, substitutions: [...rota.substitutions, substitution] };
  }
  const leaving = random.pick(rota.officers);
  const coming = officer(agency, random);
  const instead = (id: string): string => (id === leaving.id ? coming.id : id);
  return {
    ...rota,
    officers: rota.officers.map((one) => (one.id === leaving.id ? coming : one)),
    shifts: rota.shifts.map((shift) => ({ ...shift, officerId: instead(shift.officerId) })),
    substitutions: rota.substitutions.map((one) => ({ ...one, officerId: instead(one.officerId) })),
    headOfOffice: rota.headOfOffice === null ? null : instead(rota.headOfOffice),
  };
}

/**
 * Who is on duty, found the plain way: the substitution that was made last, else the shift of the week. Nothing of the product
 * is used: it is what the product is compared with.
 */
export function plainlyOnDuty(rota: Rota, at: number): Officer | null {
  const substitution = rota.substitutions.findLast(({ from, to }) => Date.parse(from) <= at && at < Date.parse(to));
  if (substitution !== undefined) return rota.officers.find(({ id }) => id === substitution.officerId) ?? null;
  const local = new Date(at + VIETNAM_OFFSET_MS);
  const minutes = local.getUTCHours() * 60 + local.getUTCMinutes();
  const today = local.getUTCDay() === 0 ? 7 : local.getUTCDay();
  const yesterday = today === 1 ? 7 : today - 1;
  const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const shift = rota.shifts.find(({ weekday, from, to }) => {
    const [begin, end] = [minuteOf(from), minuteOf(to)];
    if (end > begin) return weekday === today && begin <= minutes && minutes < end;
    return (weekday === today && minutes >= begin) || (weekday === yesterday && minutes < end);
  });
  return rota.officers.find(({ id }) => id === shift?.officerId) ?? null;
}
