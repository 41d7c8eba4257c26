import { isNotation, tidy } from '#shared/domain/notation.ts';
import type { DateBlank, TextBlank } from '#shared/domain/proposal.ts';
import { isoDate } from '#shared/domain/vn-date.ts';
import type { PdfTextPage } from '../ports/pdf-text.ts';
import {
  isRule,
  joinLines,
  leading,
  type Line,
  mottoPattern,
  round,
  rowsOf,
  splitColumns,
  stackLines,
} from './lines.ts';
import { isStamp } from './stamps.ts';
import { matchTitle } from './title.ts';

/** The head of the first page (Nghị định 30/2020, Phụ lục I: ô 1 to 5): agency and number left, motto and date right. */
export interface Header {
  /** Lines of the left column from the top. */
  readonly left: readonly Line[];
  readonly numberLine: Line | null;
  readonly dateLine: Line | null;
  /** Baseline above which all belongs to the head. */
  readonly bottom: number;
}

// Not on folded text: "SỞ NỘI VỤ" is no "Số".
const numberStart = /^số\s*(:|\d|[./…_])/iu;

export function readHeader(page: PdfTextPage): Header {
  const parts = rowsOf(page).flatMap(splitColumns);
  const upperHalf = parts.filter((line) => line.y > page.height * 0.5);
  const motto = upperHalf.filter((line) => mottoPattern.test(line.folded));
  const gutter = motto.length > 0 ? Math.min(...motto.map((line) => line.x)) - 1 : page.width * 0.48;
  const lowestMotto = Math.min(page.height, ...motto.map((line) => line.y));
  const end = upperHalf.find((line) => line.y < lowestMotto && endsHeader(line, page));
  const bottom = end ? end.y : page.height * (motto.length > 0 ? 0.5 : 0.7);
  const head = upperHalf.filter((line) => line.y > bottom);
  const left = head.filter((line) => line.center < gutter);
  const right = head.filter((line) => line.center >= gutter);
  return { left, numberLine: findNumberLine(left), dateLine: findDateLine(right), bottom };
}

/** "V/v …" (ô 5b), which some set in one line across the page. */
export function startsSubject(line: Line): boolean {
  return /^(v\/v|ve viec|vv:|v\/v:)\s*/.test(line.folded);
}

function endsHeader(line: Line, page: PdfTextPage): boolean {
  if (/^(kinh gui|kinh moi|dong kinh gui|can cu)/.test(line.folded)) return true;
  if (startsSubject(line)) return false;
  if (line.right - line.x > page.width * 0.62) return true;
  return matchTitle(line, page.width) !== null;
}

function findNumberLine(left: readonly Line[]): Line | null {
  const start = left.find((line) => numberStart.test(line.text));
  if (!start) return null;
  // Room left for the number splits the line: "Số:          /SNV-CCHC".
  return joinLines(left.filter((line) => Math.abs(line.y - start.y) <= start.fontSize * 0.3));
}

const datePattern = /^(.*?)[,.]?\s*ngày\s*([\d.…_]*)\s*tháng\s*([\d.…_]*)\s*năm\s*([\d.…_]*)/iu;

function findDateLine(right: readonly Line[]): Line | null {
  const start = right.find((line) => /\bngay\b/.test(line.folded));
  if (!start) return null;
  const line = joinLines(right.filter((other) => Math.abs(other.y - start.y) <= start.fontSize * 0.3));
  // A long place name stands on a line of its own, or pushes the year to the next.
  const above = right.findLast((other) => other.y > line.y && leading(other, line) < 1.7 && /,$/.test(other.text));
  const below = right.find(
    (other) => other.y < line.y && leading(line, other) < 1.7 && /^\d{4}$|^năm\b/u.test(other.text),
  );
  const stacked = stackLines([above, line, below].filter((other) => other !== undefined));
  return datePattern.test(stacked.text) ? stacked : null;
}

/** Lines above the number that name the agency, and lines under it (abstract of a công văn). */
export function agencyLines(header: Header): Line[] {
  const floor =
    header.numberLine?.y ?? header.left.find((line) => /^v\/v|^ve viec/.test(line.folded))?.y ?? header.bottom;
  return header.left.filter(
    (line) => line.y > floor + 1 && !isRule(line) && !isStamp(line) && /\p{L}/u.test(line.text),
  );
}

export interface CodeReading {
  readonly number: string | null;
  readonly notation: string | null;
  readonly blank: TextBlank | null;
}

const codePattern = /^số\s*:?\s*(\d{1,7}\p{Ll}?)?[.…_\s]*(?:([/-])\s*(.*))?$/iu;

/** Reads `Số: 241/VPUBND-HCTC`, `Số:     /SNV-CCHC`, and the Party's `Số 45-TB/TU`. */
export function readCode(line: Line): CodeReading {
  const match = codePattern.exec(tidy(line.text));
  if (!match) return { number: null, notation: null, blank: null };
  const [, number, separator, rest = ''] = match;
  const notation = separator !== undefined && isNotation(rest) ? rest : null;
  return { number: number ?? null, notation, blank: number === undefined ? numberBlank(line) : null };
}

function numberBlank(line: Line): TextBlank | null {
  const label = line.words.findIndex((word) => word.text.endsWith(':'));
  const from = line.words[label === -1 ? 0 : label];
  if (!from) return null;
  const slash = line.words.find((word) => word !== from && /^[/-]/.test(word.text));
  const x = from.x + from.width + from.fontSize * 0.2;
  const width = slash ? Math.max(0, slash.x - x) : from.fontSize * 3;
  return { page: line.page, x: round(x), y: from.y, width: round(width), fontSize: from.fontSize };
}

export interface DateReading {
  readonly date: string | null;
  readonly place: string | null;
  readonly blank: DateBlank | null;
}

/** Reads `Đắk Lắk, ngày 22 tháng 5 năm 2017`; a day or month left open gives `blank`. */
export function readDate(line: Line): DateReading {
  const match = datePattern.exec(line.text);
  if (!match) return { date: null, place: null, blank: null };
  const [, placeText = '', day = '', month = '', year = ''] = match;
  const place = placeText.replace(/[,\s]+$/u, '').trim();
  const [d, m] = [digits(day), digits(month)];
  return {
    date: d === null || m === null ? null : isoDate(Number(year), m, d),
    place: place === '' || !/\p{L}/u.test(place) ? null : place,
    blank: d === null ? dateBlank(line, m === null) : null,
  };
}

function digits(text: string): number | null {
  return /^\d+$/.test(text) ? Number(text) : null;
}

function dateBlank(line: Line, monthOpen: boolean): DateBlank | null {
  const find = (folded: RegExp): number => line.words.findIndex((word) => folded.test(word.text));
  const dayWord = line.words[find(/^ngày/iu)];
  const monthWord = line.words[find(/^tháng/iu)];
  const yearWord = line.words[find(/^năm/iu)];
  if (!dayWord || !monthWord || !yearWord) return null;
  const pad = dayWord.fontSize * 0.2;
  const room = (from: { x: number; width: number }, to: { x: number }): { x: number; width: number } => {
    const x = from.x + from.width + pad;
    return { x: round(x), width: round(Math.max(0, to.x - pad - x)) };
  };
  const day = room(dayWord, monthWord);
  return {
    page: line.page,
    ...day,
    y: dayWord.y,
    fontSize: dayWord.fontSize,
    month: monthOpen ? room(monthWord, yearWord) : null,
  };
}
