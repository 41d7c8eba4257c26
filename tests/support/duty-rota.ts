import type { Duty } from '#shared/domain/duty.ts';
import { defaultPolicies } from '#shared/domain/default-policies.ts';
import { DUTY_DAY_START, type Officer, type Rota, type Substitution } from '#shared/domain/rota.ts';
import { DEFAULT_OFFICE_HOURS } from '#shared/domain/working-time.ts';

/** Instant of `yyyy-MM-dd HH:mm` in Việt Nam, in ms since 1970. */
export const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+07:00`);
export const utc = (text: string): string => new Date(at(text)).toISOString();

/** An officer with a verified number and an e-mail address, unless said otherwise. */
export function officer(id: string, more: Partial<Officer> = {}): Officer {
  const phoneVerifiedAt = utc('2026-10-12 09:00');
  return { id, name: id, title: 'Chuyên viên', phone: null, phoneVerifiedAt, email: `${id}@example.vn`, ...more };
}

export function substitution(
  id: string,
  from: string,
  to: string,
  officerId: string,
  reason = 'Tập huấn tại phường Buôn Ma Thuột',
): Substitution {
  return { id, from: utc(from), to: utc(to), officerId, reason };
}

/** Weekday, who by day, who by night. */
export const dutyWeek = [
  [1, 'hoa', 'bhem'],
  [2, 'hlinh', 'tu'],
  [3, 'hlinh', 'bhem'],
  [4, 'hoa', 'tu'],
  [5, 'bhem', 'hoa'],
  [6, 'tu', 'hlinh'],
  [7, 'hoa', 'hlinh'],
] as const;

/** The rota of a commune: two shifts a day, a head of office, everybody can be reached. */
export const dutyRota: Rota = {
  officers: [
    officer('hoa', { name: 'Phạm Thị Hòa', phone: '+84900000412' }),
    officer('bhem', { name: 'Y Bhem Niê', phone: '+84900000431' }),
    officer('hlinh', { name: 'H’Linh Êban', phone: '+84900000425' }),
    officer('tu', { name: 'Lê Quang Tú', phone: '+84900000418' }),
    officer('tri', { name: 'Đỗ Minh Trí', phone: '+84900000402', title: 'Chánh Văn phòng' }),
    officer('ha', { name: 'Võ Thanh Hà', phone: '+84900000405', title: 'Phó Chánh Văn phòng' }),
  ],
  shifts: dutyWeek.flatMap(([weekday, day, night]) => [
    { weekday, from: DUTY_DAY_START, to: '17:00', officerId: day },
    { weekday, from: '17:00', to: DUTY_DAY_START, officerId: night },
  ]),
  substitutions: [],
  headOfOffice: 'tri',
  headSubstitutions: [],
  officePhone: '+842623000160',
  officeContact: 'Văn thư',
};

export const dutyOf = (rota: Rota | null, change: Partial<Duty> = {}): Duty => ({
  version: rota === null ? 0 : 1,
  rota,
  changedAt: rota === null ? null : utc('2026-11-20 09:00'),
  policies: [...defaultPolicies],
  hasSupervisor: true,
  supervisor: { code: 'H15', name: 'Văn phòng UBND tỉnh Đắk Lắk' },
  hours: DEFAULT_OFFICE_HOURS,
  calendar: [],
  channels: ['sms', 'email'],
  ...change,
});
