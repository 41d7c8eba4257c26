import { formatVnDate } from '#shared/domain/vn-date.ts';

/** A side of a difference as it is read: days are written dd/MM/yyyy, also beside the number that has them. */
export function shownDifference(text: string): string {
  return text
    .split('|')
    .map((part) => (/^\d{4}-\d{2}-\d{2}$/.test(part) ? formatVnDate(part) : part))
    .filter((part) => part !== '')
    .join(' · ');
}
