import { isoDate } from '#shared/domain/vn-date.ts';
import { joinText, type Line } from './lines.ts';

const duePattern =
  /(?:trước|chậm nhất(?:\s+là)?(?:\s+đến)?|muộn nhất(?:\s+là)?|thời hạn(?:\s+đến)?|hạn cuối(?:\s+là)?)\s+(?:\d{1,2}\s*(?:giờ|h)\s*(?:\d{2})?(?:\s*phút)?,?\s*)?ngày\s*(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*(?:[/.-]|năm)\s*(\d{4})/iu;

export interface DueDateReading {
  readonly dueDate: string;
  readonly lines: readonly Line[];
}

/** Deadline for an answer: "báo cáo … trước ngày 30/11/2026". One before the letter's own date is history, not a deadline. */
export function readDueDate(rows: readonly Line[], issued: string | null): DueDateReading | null {
  for (let index = 0; index < rows.length; index += 1) {
    // The phrase may run over the end of a row.
    const pair = rows.slice(index, index + 2);
    const match = duePattern.exec(joinText(pair));
    const first = pair[0];
    if (!match || !first) continue;
    const dueDate = isoDate(Number(match[3]), Number(match[2]), Number(match[1]));
    if (dueDate !== null && (issued === null || dueDate >= issued))
      return { dueDate, lines: pair.filter((row) => row.page === first.page) };
  }
  return null;
}
