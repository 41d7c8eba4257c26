import type { PageRectangle } from './page-rectangle.ts';
import type { Urgency } from './urgency.ts';
import { formatVnDate, vietnamTimestamp } from './vn-date.ts';

/** Points of PDF in a millimetre. */
export const POINTS_PER_MM = 72 / 25.4;

/**
 * Before the number is put on a page: no stamp is needed, one will be put there, the page has it, has another one, or has no
 * room (or nobody knows whether it has).
 */
export const urgencyStampOutlooks = ['none', 'will-be-put', 'printed', 'another-printed', 'no-room'] as const;
export type UrgencyStampOutlook = (typeof urgencyStampOutlooks)[number];

/** Outer size of a stamp of urgency on paper, in millimetres. */
export interface StampSize {
  readonly width: number;
  readonly height: number;
}

/**
 * NĐ 30/2020, Phụ lục I, II.10b. It knows no "hỏa tốc hẹn giờ": that one is as wide as the widest, and higher by the line
 * that names the hour.
 */
const sizes: Readonly<Record<Exclude<Urgency, 'normal'>, StampSize>> = {
  urgent: { width: 20, height: 8 },
  'very-urgent': { width: 40, height: 8 },
  express: { width: 30, height: 8 },
  'express-timed': { width: 40, height: 10 },
};

/** Every size that a stamp can have. */
export const stampSizes: readonly StampSize[] = Object.values(sizes);

export interface UrgencyStampText extends StampSize {
  /** From the top. */
  readonly lines: readonly string[];
}

/** The stamp of a degree of urgency; null where there is none. @param expressAt UTC instant of "hỏa tốc hẹn giờ" */
export function urgencyStampText(urgency: Urgency, expressAt: string | null): UrgencyStampText | null {
  switch (urgency) {
    case 'normal':
      return null;
    case 'urgent':
      return { ...sizes.urgent, lines: ['KHẨN'] };
    case 'very-urgent':
      return { ...sizes['very-urgent'], lines: ['THƯỢNG KHẨN'] };
    case 'express':
      return { ...sizes.express, lines: ['HỎA TỐC'] };
    case 'express-timed': {
      const lines = ['HỎA TỐC HẸN GIỜ'];
      if (expressAt !== null) lines.push(hourText(expressAt));
      return { ...sizes['express-timed'], lines };
    }
  }
}

function hourText(instant: string): string {
  const stamp = vietnamTimestamp(Date.parse(instant));
  return `${stamp.slice(11, 13)} giờ ${stamp.slice(14, 16)}, ngày ${formatVnDate(stamp)}`;
}

/** Where a stamp goes: in the smallest room that holds it, in its middle, at its top. Null where none does. */
export function placeUrgencyStamp(rooms: readonly PageRectangle[], size: StampSize): PageRectangle | null {
  const width = size.width * POINTS_PER_MM;
  const height = size.height * POINTS_PER_MM;
  const [room] = rooms
    // What was measured may have been rounded.
    .filter((each) => width <= each.width + 0.1 && height <= each.height + 0.1)
    .toSorted((one, other) => one.width * one.height - other.width * other.height);
  return room === undefined
    ? null
    : { page: room.page, x: room.x + (room.width - width) / 2, y: room.y + room.height - height, width, height };
}
