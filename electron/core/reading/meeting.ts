import type { ProposalField, ProposedMeeting } from '#shared/domain/proposal.ts';
import { addDays, isoDate, vietnamInstant, weekdayOf } from '#shared/domain/vn-date.ts';
import { joinText, type Line } from './lines.ts';

type MeetingField = Extract<ProposalField, `meeting${string}`>;

/** What was found of one field: how sure it is, and where it stands. */
interface FoundField {
  readonly confidence: number;
  readonly lines: readonly Line[];
}

export interface MeetingReading {
  readonly meeting: ProposedMeeting;
  readonly found: Readonly<Partial<Record<MeetingField, FoundField>>>;
}

/** A text of the page; `confidence` says how far its form leaves doubt. */
interface Passage extends FoundField {
  readonly text: string;
}

const LABELLED = 0.85;
const IN_A_SENTENCE = 0.6;
/** The page contradicts itself. */
const DOUBTFUL = 0.4;

const lead = String.raw`^(?:[-–+*•]\s*|\d{1,2}(?:\.\d{1,2})?\s*[.)/]?\s*|[a-zđ]\)\s*|[IVX]+\.\s*)?`;
const labelOf = (words: string): RegExp => new RegExp(`${lead}(?:${words})[^:.;]{0,40}:\\s*`, 'iu');
const timeLabel = labelOf('thời gian|thời điểm');
const placeLabel = labelOf('địa điểm|tại địa điểm|nơi họp|điểm cầu chính');
const chairLabel = labelOf('(?:(?:người|đồng chí|thành phần) )?chủ (?:trì|tọa|toạ)');
const papersLabel = labelOf('(?:công tác |nội dung )?chuẩn bị|(?:về )?tài liệu|mang theo');
const linkLabel = labelOf('(?:đường )?link|đường dẫn|địa chỉ trực tuyến|họp trực tuyến');
const anyLabel = new RegExp(`${lead}\\p{Lu}[^:]{1,60}:`, 'u');
const listItem = /^(?:[-–+*•]\s|\d{1,2}\s*[.)]\s)/u;

/**
 * The meeting of a giấy mời: from the lines "Thời gian: …", "Địa điểm: …", "Chủ trì: …", else from sentences that say it.
 * Null when nothing of it is found. @param issued day of the letter, for days without a year
 */
export function readMeeting(rows: readonly Line[], issued: string | null): MeetingReading | null {
  const sentence = inSentence(rows);
  const time = labelled(rows, timeLabel) ?? sentence?.time ?? null;
  const place = labelled(rows, placeLabel) ?? sentence?.place ?? null;
  const chair =
    labelled(rows, chairLabel) ?? quoted(rows, /(?<!\p{L})do\s+([^.;:]{3,150}?)\s+(?:làm\s+)?chủ\s+(?:trì|tọa|toạ)/iu);
  const papers =
    labelled(rows, papersLabel) ??
    quoted(rows, /(?:mang|đem)\s+theo\s+([^;:]{3,300}?)(?:\.\s|\.?\/\.|[.;]?$)/iu) ??
    quoted(rows, /(chuẩn\s+bị\s+(?:nội\s+dung|tài\s+liệu|báo\s+cáo|ý\s+kiến)[^;:]{0,300}?)(?:\.\s|\.?\/\.|[.;]?$)/iu);
  const link = readLink(rows);
  const hours = time === null ? null : readHours(time.text, issued);
  const meeting: ProposedMeeting = {
    startsAt: hours?.startsAt ?? null,
    endsAt: hours?.endsAt ?? null,
    place: tidy(place),
    chair: tidy(chair),
    link: link?.text ?? null,
    papers: tidy(papers),
  };
  if (Object.values(meeting).every((value) => value === null)) return null;
  const timeFound =
    time === null || hours === null ? null : { ...time, confidence: hours.sure ? time.confidence : DOUBTFUL };
  const passages = {
    meetingAt: timeFound,
    meetingEndsAt: hours?.endsAt == null ? null : timeFound,
    meetingPlace: place,
    meetingChair: chair,
    meetingLink: link,
    meetingPapers: papers,
  };
  return {
    meeting,
    found: Object.fromEntries(Object.entries(passages).filter(([, passage]) => passage !== null)),
  };
}

function tidy(passage: Passage | null): string | null {
  const text = passage?.text.replace(/[\s.;,/]+$/u, '') ?? '';
  return text === '' ? null : text;
}

/** The paragraph that starts with the label, without it; where it says nothing itself, the list under it. */
function labelled(rows: readonly Line[], label: RegExp): Passage | null {
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
  const text = joinText(lines).replace(label, '');
  if (text !== '') return { text, lines, confidence: LABELLED };
  const items = listUnder(rows.slice(start + 1));
  if (items.length === 0) return null;
  const listed = items.map((row) => row.text.replace(/^[-–+*•]\s*/u, '').replace(/[.;,\s]+$/u, ''));
  return { text: listed.join('; '), lines: [first, ...items], confidence: IN_A_SENTENCE };
}

function listUnder(rows: readonly Line[]): readonly Line[] {
  const end = rows.findIndex((row) => !/^[-–+*•]\s/u.test(row.text));
  return rows.slice(0, end === -1 ? rows.length : end).slice(0, 6);
}

/** What a sentence says, with the row in which it begins. */
function quoted(rows: readonly Line[], pattern: RegExp): Passage | null {
  const found = findSentence(rows, pattern);
  return found === null ? null : { ...found.place, text: (found.match[1] ?? '').trim() };
}

/** "vào lúc 14 giờ 00 ngày 15/3/2026, tại Phòng họp số 1 …". */
function inSentence(rows: readonly Line[]): { readonly time: Passage; readonly place: Passage } | null {
  const pattern = /(?:vào\s+(?:lúc|hồi)|lúc)\s+(.{4,80}?),?\s+tại\s+(.{3,200}?)(?:\.|;|\s+để\s|$)/iu;
  const found = findSentence(rows, pattern);
  if (found === null) return null;
  const { match, place } = found;
  return { time: { ...place, text: match[1] ?? '' }, place: { ...place, text: match[2] ?? '' } };
}

/** The first sentence of this form, which may go on in the rows below the one in which it begins. */
function findSentence(
  rows: readonly Line[],
  pattern: RegExp,
): { readonly match: RegExpExecArray; readonly place: FoundField } | null {
  for (let index = 0; index < rows.length; index += 1) {
    const here = rows.slice(index, index + 4);
    const match = pattern.exec(joinText(here));
    // One that begins in a later row is found there, with less around it.
    if (!match || match.index >= (here[0]?.text.length ?? 0)) continue;
    return { match, place: { lines: here.slice(0, 1), confidence: IN_A_SENTENCE } };
  }
  return null;
}

function readLink(rows: readonly Line[]): Passage | null {
  const named = labelled(rows, linkLabel);
  const lines = named === null ? rows.filter((row) => /https?:\/\//iu.test(row.text)).slice(0, 1) : named.lines;
  const address = /https?:\/\/[^\s<>"]+/iu.exec(named?.text ?? joinText(lines));
  if (!address) return null;
  return { text: address[0].replace(/[.,;)\]]+$/u, ''), lines, confidence: IN_A_SENTENCE };
}

const hourPattern =
  /(?<![\d/.-])(\d{1,2})\s*(?:giờ|h|g|:)(?!\p{L})\s*(\d{2}(?!\d)|rưỡi)?(?:\s*(?:phút|['’′p](?!\p{L})))?\s*(sáng|trưa|chiều|tối)?/giu;
const dayPattern =
  /(?<![\d/.])(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})(?!\d)(?:\s*(?:[/.-]|,?\s*năm)\s*(\d{4}|\d{2})(?!\d))?/giu;

interface Hours {
  readonly startsAt: string;
  readonly endsAt: string | null;
  /** False when the weekday or the part of the day that is printed is another. */
  readonly sure: boolean;
}

/** "14 giờ 00 phút, ngày 15/3/2026 (thứ Hai)", "từ 8h30 đến 11h30 ngày 15/3", "08h00 ngày 15/3 đến 17h00 ngày 16/3". */
function readHours(text: string, issued: string | null): Hours | null {
  const hours = [...text.matchAll(hourPattern)].flatMap((match) => {
    const time = clockTime(match[1] ?? '', match[2], match[3] ?? partOfDay(text, match.index));
    return time === null ? [] : [{ time, at: match.index, end: match.index + match[0].length }];
  });
  const days = [...text.matchAll(dayPattern)].flatMap((match) => {
    const day = dayOf(match, issued);
    return day === null ? [] : [{ day, at: match.index, end: match.index + match[0].length }];
  });
  const [start, second] = hours;
  const [firstDay] = days;
  if (start === undefined || firstDay === undefined) return null;
  // "8h00 ngày 15/3 và 14h00 ngày 16/3" are two meetings, not one that lasts.
  const between = second === undefined ? '' : text.slice(start.end, second.at);
  const until = second !== undefined && /(?:đến|tới|[-–—])\s*(?:hết\s*)?$/iu.test(between) ? second : null;
  const startsAt = vietnamInstant(firstDay.day, start.time);
  const lastDay = until === null ? firstDay : (days.find(({ at }) => at > until.at && days[0]?.at !== at) ?? firstDay);
  const endsAt = until === null ? null : vietnamInstant(lastDay.day, until.time);
  const weekday = printedWeekday(text.slice(0, days[1]?.at ?? text.length));
  return {
    startsAt,
    endsAt: endsAt !== null && endsAt > startsAt ? endsAt : null,
    sure: (weekday === null || weekday === weekdayOf(firstDay.day)) && (until !== null || hours.length === 1),
  };
}

function clockTime(hour: string, minute: string | undefined, part: string | null): string | null {
  const printed = Number(hour);
  const late = part !== null && /chiều|tối/iu.test(part);
  const hours = late && printed < 12 ? printed + 12 : printed;
  const minutes = minute === undefined ? 0 : /\d/.test(minute) ? Number(minute) : 30;
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** "Chiều ngày 15/3/2026, lúc 2 giờ 00": the part of the day that stands before the hour. */
function partOfDay(text: string, before: number): string | null {
  return (
    /(?<!\p{L})(chiều|tối)\s+(?:ngày|thứ|mai|nay)(?!.*(?<!\p{L})sáng(?!\p{L}))/iu.exec(text.slice(0, before))?.[1] ??
    null
  );
}

function dayOf(match: RegExpMatchArray, issued: string | null): string | null {
  const [, day, month, year] = match;
  if (year !== undefined) return isoDate(Number(year.length === 2 ? `20${year}` : year), Number(month), Number(day));
  if (issued === null) return null;
  const ofYear = (one: number): string | null => isoDate(one, Number(month), Number(day));
  const issuedYear = Number(issued.slice(0, 4));
  const same = ofYear(issuedYear);
  // In December people are asked to meetings in January.
  return same !== null && same < addDays(issued, -30) ? ofYear(issuedYear + 1) : same;
}

const weekdays: Readonly<Record<string, number>> = { hai: 1, ba: 2, tư: 3, năm: 4, sáu: 5, bảy: 6, bẩy: 6 };

/** ISO 8601, 1 Monday to 7 Sunday; null when none is printed. */
function printedWeekday(text: string): number | null {
  if (/chủ\s+nhật/iu.test(text)) return 7;
  const match = /thứ\s+(hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])(?!\p{L}|\d)/iu.exec(text);
  const name = match?.[1]?.toLocaleLowerCase('vi');
  if (name === undefined) return null;
  return weekdays[name] ?? Number(name) - 1;
}
