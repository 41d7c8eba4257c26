import type { ProposedMeeting } from '#shared/domain/proposal.ts';
import { isoDate, vietnamInstant } from '#shared/domain/vn-date.ts';
import { joinText, type Line } from './lines.ts';

export interface MeetingReading {
  readonly meeting: ProposedMeeting;
  readonly lines: readonly Line[];
}

const lead = String.raw`^(?:[-+*•]\s*|\d{1,2}\s*[.)]\s*|[a-zđ]\)\s*|[IVX]+\.\s*)?`;
const timeLabel = new RegExp(`${lead}(?:thời gian|thời điểm)[^:]{0,30}:\\s*`, 'iu');
const placeLabel = new RegExp(`${lead}(?:địa điểm|tại địa điểm|nơi họp)[^:]{0,30}:\\s*`, 'iu');
const anyLabel = new RegExp(`${lead}\\p{Lu}[^:]{1,60}:`, 'u');
const listItem = /^(?:[-+*•]\s|\d{1,2}\s*[.)]\s)/u;

/** When and where a meeting is: the lines "Thời gian: …" and "Địa điểm: …" of a giấy mời, else a sentence naming both. */
export function readMeeting(rows: readonly Line[], issued: string | null): MeetingReading | null {
  const time = labelled(rows, timeLabel);
  const place = labelled(rows, placeLabel);
  if (time || place) {
    const startsAt = time ? findMoment(time.text, issued) : null;
    const placeText = place ? place.text.replace(/[\s.;,/]+$/u, '') : null;
    return { meeting: { startsAt, place: placeText }, lines: [...(time?.lines ?? []), ...(place?.lines ?? [])] };
  }
  const sentence = /(?:vào\s+(?:lúc|hồi)|lúc)\s+(.{4,80}?),?\s+tại\s+(.{3,200}?)(?:\.|;|\s+để\s|$)/iu.exec(
    joinText(rows),
  );
  if (!sentence) return null;
  const startsAt = findMoment(sentence[1] ?? '', issued);
  return startsAt === null ? null : { meeting: { startsAt, place: sentence[2]?.trim() ?? null }, lines: [] };
}

/** The paragraph that starts with the label, without it. */
function labelled(rows: readonly Line[], label: RegExp): { text: string; lines: Line[] } | null {
  const start = rows.findIndex((row) => label.test(row.text));
  const first = rows[start];
  if (!first) return null;
  const lines = [first];
  for (const row of rows.slice(start + 1)) {
    const previous = lines.at(-1) ?? first;
    const paragraphEnds = /[.;]\s*$/u.test(previous.text) || row.page !== first.page || lines.length > 4;
    const wide = previous.right >= first.right - first.fontSize * 6;
    if (
      paragraphEnds ||
      !wide ||
      anyLabel.test(row.text) ||
      listItem.test(row.text) ||
      previous.y - row.y > 2 * row.fontSize
    )
      break;
    lines.push(row);
  }
  return { text: joinText(lines).replace(label, ''), lines };
}

const hourPattern = /(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{2})?(?:\s*phút)?\s*(chiều|tối)?/iu;

function findMoment(text: string, issued: string | null): string | null {
  const day = findDay(text, issued);
  const match = hourPattern.exec(text);
  if (day === null || !match) return null;
  const printed = Number(match[1]);
  const hours = match[3] !== undefined && printed < 12 ? printed + 12 : printed;
  const minutes = Number(match[2] ?? '0');
  if (hours > 23 || minutes > 59) return null;
  return vietnamInstant(day, `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
}

const dayPattern = /(\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(\d{1,2})(?:\s*(?:[/.-]|\s+năm\s+)\s*(\d{4}))?/iu;

/** `25/11/2026`, `25 tháng 11 năm 2026`; without a year, that of the letter. */
function findDay(text: string, issued: string | null): string | null {
  const from = text.search(/ngày\s*\d/iu);
  const match = dayPattern.exec(from === -1 ? text.replace(hourPattern, '') : text.slice(from));
  if (!match) return null;
  const year = match[3] ?? issued?.slice(0, 4);
  return year === undefined ? null : isoDate(Number(year), Number(match[2]), Number(match[1]));
}

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
