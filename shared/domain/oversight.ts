/** What a supervising office sees of others: figures, and no word of any document's content but its number. */
import { z } from 'zod';
import { type Urgency, urgencies } from './urgency.ts';

/**
 * Minutes of office hours in which an office opens what is not express; for express ones its limit or hour counts. Of our own:
 * no rule sets any. A working day has 450 of them.
 */
export const OPENING_TARGETS: Readonly<Record<Exclude<Urgency, 'express' | 'express-timed'>, number>> = {
  normal: 450,
  urgent: 120,
  'very-urgent': 60,
};
/** Share of deliveries that is to be opened on time. */
export const ON_TIME_GOAL = 0.95;
/** Below it an agency is called late. */
export const ON_TIME_FLOOR = 0.85;
/** Ends of the classes of time to open, in minutes of office hours. */
export const OPENED_WITHIN = [5, 15, 30, 60, 120, 240] as const;
export const WEEKS_SHOWN = 12;
/** Longest period, in days. */
export const MOST_DAYS = 800;

const count = z.int().nonnegative();
const minutes = z.number().nullable();
const instant = z.iso.datetime();

export const agencyOversightSchema = z.object({
  code: z.string(),
  received: count,
  opened: count,
  openedMedianMinutes: minutes,
  openedP90Minutes: minutes,
  openedMedianWorkingMinutes: minutes,
  openedP90WorkingMinutes: minutes,
  registered: count,
  finished: count,
  /** Opened within the target of its urgency. */
  onTime: count,
  expressReceived: count,
  expressOpenedLate: count,
  sent: count,
  withoutPaper: count,
  paperOnly: count,
  /** Deliveries that its computer never took. */
  unreachable: count,
  lastContactAt: instant.nullable(),
  /** Nothing was heard of its computer for a day while something waits for it: it is not called late. */
  isUnreachable: z.boolean(),
});
export type AgencyOversight = z.infer<typeof agencyOversightSchema>;

export const oversightTotalsSchema = z.object({
  received: count,
  opened: count,
  onTime: count,
  openedMedianMinutes: minutes,
  openedMedianWorkingMinutes: minutes,
  expressReceived: count,
  expressOpenedLate: count,
  sent: count,
  withoutPaper: count,
});
export type OversightTotals = z.infer<typeof oversightTotalsSchema>;

export const oversightSchema = z.object({
  agencies: z.array(agencyOversightSchema),
  totals: oversightTotalsSchema,
  /** Of as many days just before. */
  before: oversightTotalsSchema,
  /** Up to the end of the period, by their first day (Monday). */
  weeks: z.array(z.object({ day: z.iso.date(), received: count, onTime: count })),
  /** As many as there are ends of `OPENED_WITHIN`, and one for what took longer. */
  openedWithin: z.array(count),
  urgencies: z.array(z.object({ urgency: z.enum(urgencies), received: count, onTime: count })),
});
export type Oversight = z.infer<typeof oversightSchema>;

export const OVERSIGHT_SELECTIONS = ['late', 'unopened'] as const;
export type OversightSelection = (typeof OVERSIGHT_SELECTIONS)[number];

export const overseenDeliverySchema = z.object({
  messageId: z.uuid(),
  /** Số, ký hiệu. */
  code: z.string(),
  sender: z.string(),
  urgency: z.enum(urgencies),
  fixedHour: instant.nullable(),
  availableAt: instant,
  fetchedAt: instant.nullable(),
  openedAt: instant.nullable(),
});
export type OverseenDelivery = z.infer<typeof overseenDeliverySchema>;
