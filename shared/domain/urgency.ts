/**
 * Degrees of urgency (độ khẩn). Nghị định 30/2020, Phụ lục I knows Khẩn, Thượng khẩn and Hỏa tốc; offices also stamp
 * "Hỏa tốc hẹn giờ" with the hour by which it must arrive, and the national axis carries it as a fifth value.
 */
export const urgencies = ['normal', 'urgent', 'very-urgent', 'express', 'express-timed'] as const;
export type Urgency = (typeof urgencies)[number];

/** 0 (normal) to 4 (express-timed): edXML `OtherInfo/Priority`, and the order in which lists put urgent things first. */
export function urgencyRank(urgency: Urgency): number {
  return urgencies.indexOf(urgency);
}

/** From edXML `Priority`; an unknown number is null, so that the caller shows it instead of guessing. */
export function urgencyFromRank(rank: number): Urgency | null {
  return urgencies[rank] ?? null;
}

/** Hỏa tốc, with or without an hour: first in every list and first on the line. */
export function isExpress(urgency: Urgency): boolean {
  return urgency === 'express' || urgency === 'express-timed';
}

export interface UrgencyStamp {
  readonly urgency: Exclude<Urgency, 'normal'>;
  /** `HH:mm` when the stamp names an hour. */
  readonly hour: string | null;
}

const stampPattern = /^(khẩn|thượng\s*khẩn|(?:hỏa|hoả)\s*tốc)(?:[\s,-]*(hẹn\s*giờ))?(?![\p{L}\d])[\s:.,-]*(.*)$/u;
const hourPattern = /(\d{1,2})\s*(?:giờ|h|:|g)\s*(\d{2})?/u;

/**
 * Reads the text of a stamp (dấu chỉ mức độ khẩn), e.g. `HỎA TỐC HẸN GIỜ 14:00`, `HOẢ TỐC`, `THƯỢNG KHẨN`.
 * Null for any other text: a sentence that merely contains the words is no stamp.
 */
export function parseUrgencyStamp(text: string): UrgencyStamp | null {
  const clean = text.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('vi');
  const match = stampPattern.exec(clean);
  if (!match) return null;
  const [, degree = '', timed, rest = ''] = match;
  if (!/tốc$/u.test(degree)) {
    if (rest !== '' || timed !== undefined) return null;
    return { urgency: degree === 'khẩn' ? 'urgent' : 'very-urgent', hour: null };
  }
  const hour = parseHour(rest);
  if (timed === undefined) return rest === '' ? { urgency: 'express', hour: null } : null;
  if (rest !== '' && hour === null && !/^[.…\s]*$/u.test(rest)) return null;
  return { urgency: 'express-timed', hour };
}

function parseHour(text: string): string | null {
  const match = hourPattern.exec(text);
  if (!match) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? '0');
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
