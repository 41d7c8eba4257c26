import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import { POINTS_PER_MM, stampSizes } from '#shared/domain/urgency-stamp.ts';
import type { PdfTextPage } from '../ports/pdf-text.ts';
import { regionOf, round, type Line } from './lines.ts';

/** Points between a stamp and what stands above it. */
const GAP = 3;
/** Points that stay free around a stamp: beside it as much as parts two columns, so that nobody reads on into it. */
const CLEARANCE = { beside: 14, above: 2 };
const STEP = 1;
/** How far under the number a stamp may stand, in points: what is lower belongs to the body. */
const REACH = 40 * POINTS_PER_MM;

/**
 * Room for stamps of urgency, one for each of their sizes: under số, ký hiệu and the "V/v" that stands there (NĐ 30/2020,
 * Phụ lục I: ô 10b), in the middle of that column, else between it and the margin. Where all is text there is none.
 */
export function findUrgencyRooms(
  page: PdfTextPage,
  lines: readonly Line[],
  numberLine: Line | null,
  subject: readonly Line[],
): readonly PageRectangle[] {
  if (numberLine === null) return [];
  const taken = lines.flatMap((line) => regionOf([line]) ?? []);
  const above = [numberLine, ...subject.filter((line) => line.y < numberLine.y && line.x < page.width / 2)];
  const bottom = regionOf(above)?.y ?? numberLine.y;
  const margin = Math.min(...lines.map(({ x }) => x));
  return stampSizes.flatMap((size) => {
    const width = size.width * POINTS_PER_MM;
    const height = size.height * POINTS_PER_MM;
    const middle = numberLine.center - width / 2;
    for (let drop = GAP; drop <= REACH; drop += STEP) {
      for (let x = middle; x >= Math.min(margin, middle); x -= STEP) {
        const room = { page: page.page, x: round(x), y: round(bottom - drop - height), width, height };
        if (room.x > 0 && room.y > 0 && !taken.some((box) => meet(room, box))) return [room];
      }
    }
    return [];
  });
}

function meet(room: PageRectangle, box: PageRectangle): boolean {
  return (
    box.x < room.x + room.width + CLEARANCE.beside &&
    room.x < box.x + box.width + CLEARANCE.beside &&
    box.y < room.y + room.height + CLEARANCE.above &&
    room.y < box.y + box.height + CLEARANCE.above
  );
}
