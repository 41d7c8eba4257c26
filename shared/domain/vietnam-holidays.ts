import type { WorkCalendar } from './working-time.ts';

const off = (name: string, ...dates: readonly string[]) => dates.map((date) => ({ date, kind: 'off', name }) as const);
const working = (name: string, date: string) => [{ date, kind: 'working', name } as const];

const NEW_YEAR = 'Tết Dương lịch';
const LUNAR_NEW_YEAR = 'Tết Âm lịch';
const HUNG_KINGS = 'Giỗ Tổ Hùng Vương';
const REUNIFICATION = 'Ngày Chiến thắng 30/4';
const LABOUR = 'Ngày Quốc tế Lao động 1/5';
const NATIONAL = 'Quốc khánh';

/**
 * Days off of public servants: Bộ luật Lao động 2019, Điều 112, a holiday at the weekend made good on the next working
 * day (Điều 111.3), and the days swapped by the government's yearly decision. Weekends are not listed.
 *
 * For 2027 that decision is not known. Left out are: the fifth day of Tết (4/2 or 11/2, depending on how many days before the first of
 * the lunar year are chosen), the day beside Quốc khánh (1/9 or 3/9), and any swapped day. Left out of all years is
 * 24/11 (Ngày Văn hóa Việt Nam). The exchange's administrator adds what is decided.
 */
export const vietnamHolidays: WorkCalendar = [
  ...off(NEW_YEAR, '2025-01-01'),
  // Mùng 1 is 29/1.
  ...off(LUNAR_NEW_YEAR, '2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31'),
  ...off(HUNG_KINGS, '2025-04-07'),
  ...working('Làm bù cho 02/05', '2025-04-26'),
  ...off(REUNIFICATION, '2025-04-30'),
  ...off(LABOUR, '2025-05-01'),
  ...off('Nghỉ hoán đổi với 26/04', '2025-05-02'),
  ...off(NATIONAL, '2025-09-01', '2025-09-02'),

  ...off(NEW_YEAR, '2026-01-01'),
  ...off('Nghỉ hoán đổi với 10/01', '2026-01-02'),
  ...working('Làm bù cho 02/01', '2026-01-10'),
  // Mùng 1 is 17/2.
  ...off(LUNAR_NEW_YEAR, '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'),
  ...off(HUNG_KINGS, '2026-04-26'),
  ...off(`Nghỉ bù ${HUNG_KINGS}`, '2026-04-27'),
  ...off(REUNIFICATION, '2026-04-30'),
  ...off(LABOUR, '2026-05-01'),
  ...working('Làm bù cho 31/08', '2026-08-22'),
  ...off('Nghỉ hoán đổi với 22/08', '2026-08-31'),
  ...off(NATIONAL, '2026-09-01', '2026-09-02'),

  ...off(NEW_YEAR, '2027-01-01'),
  // Mùng 1 is 6/2, a Saturday.
  ...off(LUNAR_NEW_YEAR, '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08'),
  ...off(`Nghỉ ${LUNAR_NEW_YEAR}`, '2027-02-09', '2027-02-10'),
  ...off(HUNG_KINGS, '2027-04-16'),
  ...off(REUNIFICATION, '2027-04-30'),
  ...off(LABOUR, '2027-05-01'),
  ...off(`Nghỉ bù ${LABOUR}`, '2027-05-03'),
  ...off(NATIONAL, '2027-09-02'),
];
