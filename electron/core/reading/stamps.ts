import type { SecrecyMark } from '#shared/domain/proposal.ts';
import { readSecrecyMark, type ReadSecrecyMark } from '#shared/domain/secrecy-mark.ts';
import { parseUrgencyStamp, type UrgencyStamp } from '#shared/domain/urgency.ts';
import { joinLines, type Line, splitColumns } from './lines.ts';

export interface FoundStamp {
  readonly stamp: UrgencyStamp;
  readonly lines: readonly Line[];
}

/** Whether a line is a stamp (ô 10a, 10b of the decree's layout) and no part of the letter's own text. */
export function isStamp(line: Line): boolean {
  return isSecrecyStamp(line) || /^HẸN GIỜ\b/u.test(line.text) || (line.upper && stampOf(line.text) !== null);
}

const hourLine = /^(hen gio|\d{1,2}\s*(gio|g|h|:))/;

/** Urgency stamp among the column parts of the first page's upper half; "HẸN GIỜ …", or the hour alone, may stand below. */
export function findUrgencyStamp(parts: readonly Line[]): FoundStamp | null {
  for (const line of parts) {
    const stamp = line.upper ? stampOf(line.text) : null;
    if (!stamp) continue;
    const below = parts.find(
      (other) =>
        (stamp.urgency === 'express-timed' ? hourLine : /^hen gio/).test(other.folded) &&
        line.y - other.y > 0 &&
        line.y - other.y < line.fontSize * 2.5 &&
        other.x < line.right &&
        other.right > line.x,
    );
    const timed = below ? stampOf(`${line.text} ${below.text}`) : null;
    return timed && below ? { stamp: timed, lines: [line, below] } : { stamp, lines: [line] };
  }
  return null;
}

/**
 * The strictest secrecy mark of a page. In its head any mark counts; under it stamps and what is named a mark, for a table may
 * list what secret papers there are. `rows` are the page's from the top.
 */
export function findSecrecyMark(rows: readonly Line[], pageHeight: number, headBottom: number): SecrecyMark | null {
  const parts = rows.flatMap(splitColumns);
  const found = rows.flatMap((row) => [row, ...pairsOf(splitColumns(row))].map((line) => markOf(line, parts)));
  const marks = found.flatMap((one) => {
    if (one === null || one.line.y < pageHeight * 0.45) return [];
    return one.form !== 'written' || one.line.y > headBottom - one.line.fontSize * 4 ? [one.mark] : [];
  });
  return marks.toSorted((left, right) => strictness.indexOf(right) - strictness.indexOf(left))[0] ?? null;
}

/** A mark that is printed above or under the text of a page, on a row of its own. */
export function findRunningMark(rows: readonly Line[], pageHeight: number): SecrecyMark | null {
  const margin = rows.filter(({ y }) => y > pageHeight * 0.9 || y < pageHeight * 0.08);
  return margin.map((row) => markOf(row, rows)).find((one) => one?.form === 'stamp')?.mark ?? null;
}

const strictness: readonly SecrecyMark[] = ['Mật', 'Tối mật', 'Tuyệt mật'];

/** Columns, and neighbours that a wide gap has parted: `Độ mật:      Mật`. */
function pairsOf(parts: readonly Line[]): Line[] {
  return [...parts, ...parts.slice(1).map((part, at) => joinLines([parts[at] ?? part, part]))];
}

function markOf(line: Line, parts: readonly Line[]): (ReadSecrecyMark & { readonly line: Line }) | null {
  const read = readSecrecyMark(line.text);
  if (read === null) return null;
  const near = (other: Line, gap: number): boolean =>
    gap > 0 && gap < line.fontSize * 2 && other.x < line.right && other.right > line.x;
  const above = parts.findLast((other) => near(other, other.y - line.y));
  const below = parts.find((other) => near(other, line.y - other.y));
  // "… CÔNG NGHỆ THÔNG TIN VÀ BẢO / MẬT", "MẬT / MÃ": a name that goes on.
  if (above !== undefined && /(?:^|\s)(?:bao|bi|va)$/.test(above.folded)) return null;
  if (below !== undefined && /^(?:ma|khau|do|danh|thu|vu)(?:\s|$)/.test(below.folded)) return null;
  // "TUYỆT / MẬT"
  const stacked = above === undefined ? null : readSecrecyMark(`${above.text} ${line.text}`);
  return { ...(stacked?.form === 'stamp' ? stacked : read), line };
}

function isSecrecyStamp(line: Line): boolean {
  const read = readSecrecyMark(line.text);
  return read !== null && read.form !== 'written';
}

// Letters of a stamp are often spaced out or boxed with bars.
function stampOf(text: string): UrgencyStamp | null {
  return parseUrgencyStamp(text.replace(/[|[\]]/g, ' '));
}
