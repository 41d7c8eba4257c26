import { DUTY_DAY_START, dutySpans, headSpans, type DutySpan, type Rota } from '#shared/domain/rota.ts';
import { addDays, mondayOfWeek, vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** From midnight to the beginning of a duty day. */
const START_MS = Number(DUTY_DAY_START.slice(0, 2)) * HOUR_MS + Number(DUTY_DAY_START.slice(3)) * 60_000;
/** Local hours that the axis names, as hours after the beginning of the duty day. */
export const axisHours = [0, 4, 6, 10, 14, 17, 24] as const;

/** A stretch of a duty day with one answer. `top` and `height` are shares (0 to 1) of the day. */
export interface Block extends DutySpan {
  readonly top: number;
  readonly height: number;
  /** The same weekly shift, substitution or gap goes on in the day before or after. */
  readonly continues: boolean;
}

/** A duty day, which begins at 07:00 of `day`. Instants are milliseconds since 1970. */
export interface DayColumn {
  readonly day: string;
  readonly from: number;
  readonly to: number;
  readonly blocks: readonly Block[];
}

/** A stretch of a row under the grid; `left` and `width` are shares of the week. */
export interface RowSpan extends DutySpan {
  readonly left: number;
  readonly width: number;
}

/** Instant at which the duty day of a calendar day begins. */
export const dutyDayStart = (day: string): number => Date.parse(vietnamInstant(day, DUTY_DAY_START));

/** The calendar day whose duty day holds an instant: 03:00 on Tuesday is Monday's. */
export const dutyDayOf = (at: number): string => vietnamDay(at - START_MS);

/** Monday of the duty week that holds an instant. */
export const mondayOf = (at: number): string => mondayOfWeek(dutyDayOf(at));

/** Week number of ISO 8601, which is how weeks are numbered in Việt Nam's calendars. */
export function weekNumber(monday: string): number {
  const thursday = addDays(monday, 3);
  const firstDay = `${thursday.slice(0, 4)}-01-01`;
  return Math.floor((Date.parse(thursday) - Date.parse(firstDay)) / (7 * DAY_MS)) + 1;
}

/** The seven duty days of a week, each split at 07:00 alone. */
export function weekColumns(rota: Rota, monday: string): readonly DayColumn[] {
  return Array.from({ length: 7 }, (_, index) => {
    const day = addDays(monday, index);
    const from = dutyDayStart(day);
    const to = from + DAY_MS;
    const blocks = dutySpans(rota, from, to).map((span) => ({
      ...span,
      top: (span.from - from) / DAY_MS,
      height: (span.to - span.from) / DAY_MS,
      continues: span.source === 'substitution' && isLonger(rota, span),
    }));
    return { day, from, to, blocks };
  });
}

/** Who stands as head of office over a week. */
export function headRow(rota: Rota, monday: string): readonly RowSpan[] {
  const from = dutyDayStart(monday);
  const to = from + 7 * DAY_MS;
  return headSpans(rota, from, to).map((span) => ({
    ...span,
    left: (span.from - from) / (to - from),
    width: (span.to - span.from) / (to - from),
  }));
}

function isLonger(rota: Rota, { substitutionId, from, to }: DutySpan): boolean {
  const whole = rota.substitutions.find(({ id }) => id === substitutionId);
  return whole !== undefined && (Date.parse(whole.from) < from || to < Date.parse(whole.to));
}

/** The block that an arrow key leads to from another one: within its day, or the one beside it at about the same hour. */
export function neighbour(
  columns: readonly DayColumn[],
  from: number,
  key: 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight',
): Block | null {
  const place = columns.findIndex((column) => column.blocks.some((block) => block.from === from));
  const blocks = columns[place]?.blocks ?? [];
  const index = blocks.findIndex((block) => block.from === from);
  if (key === 'ArrowUp') return blocks[index - 1] ?? null;
  if (key === 'ArrowDown') return blocks[index + 1] ?? null;
  const top = blocks[index]?.top ?? 0;
  const beside = columns[place + (key === 'ArrowRight' ? 1 : -1)]?.blocks ?? [];
  return beside.find((block) => block.top <= top && top < block.top + block.height) ?? null;
}
