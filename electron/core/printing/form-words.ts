import { formatVnDate } from '#shared/domain/vn-date.ts';
import type { PrintedForm } from '../ports/office-files.ts';

/** A place for handwriting. */
export const BLANK = '........';

export const volumeLine = (volume: string): string => `Quyển số: ${volume === '' ? BLANK : volume}`;

/** Days are yyyy-MM-dd. */
export const periodLine = (fromDay: string, toDay: string): string =>
  `Từ ngày ${formatVnDate(fromDay)} đến ngày ${formatVnDate(toDay)}`;

/** Who signs at the end of a form: whoever made it, and the head of the agency. */
export const signaturesOf = (maker: string): PrintedForm['signatures'] => [
  { title: maker, note: '(Ký, ghi rõ họ tên)' },
  { title: 'THỦ TRƯỞNG CƠ QUAN', note: '(Ký, đóng dấu)' },
];
