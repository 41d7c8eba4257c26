import type { SecrecyMark } from '#shared/domain/proposal.ts';
import { parseUrgencyStamp, type UrgencyStamp } from '#shared/domain/urgency.ts';
import type { Line } from './lines.ts';

const secrecyMarks: ReadonlyMap<string, SecrecyMark> = new Map([
  ['MẬT', 'Mật'],
  ['TỐI MẬT', 'Tối mật'],
  ['TUYỆT MẬT', 'Tuyệt mật'],
]);

export interface FoundStamp {
  readonly stamp: UrgencyStamp;
  readonly lines: readonly Line[];
}

/** Whether a line is a stamp (ô 10a, 10b of the decree's layout) and no part of the letter's own text. */
export function isStamp(line: Line): boolean {
  return secrecyMarks.has(line.text) || /^HẸN GIỜ\b/u.test(line.text) || (line.upper && stampOf(line.text) !== null);
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

export function findSecrecyMark(parts: readonly Line[]): SecrecyMark | null {
  const line = parts.find((part) => secrecyMarks.has(part.text));
  return line ? (secrecyMarks.get(line.text) ?? null) : null;
}

// Letters of a stamp are often spaced out or boxed with bars.
function stampOf(text: string): UrgencyStamp | null {
  return parseUrgencyStamp(text.replace(/[|[\]]/g, ' '));
}
