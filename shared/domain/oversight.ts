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

/** How long a step took from the delivery on, by nearest rank over those where it happened; null without any. In minutes. */
export const stepTimesSchema = z.object({
  median: minutes,
  p90: minutes,
  /** The same counted in office hours. */
  medianWorking: minutes,
  p90Working: minutes,
});
export type StepTimes = z.infer<typeof stepTimesSchema>;
export const NO_TIMES: StepTimes = { median: null, p90: null, medianWorking: null, p90Working: null };

/** What a recipient does with a document, one after the other. */
export const OVERSEEN_STEPS = ['opened', 'registered', 'finished'] as const;
export type OverseenStep = (typeof OVERSEEN_STEPS)[number];
const after = z.object({ opened: stepTimesSchema, registered: stepTimesSchema, finished: stepTimesSchema });

/** An exchange of an older version says nothing of deadlines. */
const deadlines = {
  /**
   * With a deadline that is over, or finished: not those that are still being dealt with in time, nor what was sent back or
   * recalled.
   */
  due: count.default(0),
  /** Of these, finished by the deadline in force: with what was granted. */
  finishedInTime: count.default(0),
};

export const agencyOversightSchema = z.object({
  code: z.string(),
  received: count,
  opened: count,
  registered: count,
  finished: count,
  ...deadlines,
  after,
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
  registered: count,
  finished: count,
  ...deadlines,
  after,
  expressReceived: count,
  expressOpenedLate: count,
  sent: count,
  withoutPaper: count,
  paperOnly: count,
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

/** Deliveries: all, not opened on time (or not at all), not opened, express ones not opened in time, never fetched, not finished in time. */
export const OVERSIGHT_SELECTIONS = ['all', 'late', 'unopened', 'express-late', 'unreached', 'overdue'] as const;
export type OversightSelection = (typeof OVERSIGHT_SELECTIONS)[number];
/** Documents of a sender: electronic ones, those of them without paper, and what went on paper alone. */
export const SENT_SELECTIONS = ['sent', 'without-paper', 'paper-only'] as const;
export type SentSelection = (typeof SENT_SELECTIONS)[number];

export const overseenDeliverySchema = z.object({
  messageId: z.uuid(),
  /** Số, ký hiệu. */
  code: z.string(),
  sender: z.string(),
  recipient: z.string(),
  urgency: z.enum(urgencies),
  fixedHour: instant.nullable(),
  /** With what was granted. */
  dueAt: instant.nullable().default(null),
  availableAt: instant,
  fetchedAt: instant.nullable(),
  openedAt: instant.nullable(),
  registeredAt: instant.nullable(),
  finishedAt: instant.nullable(),
  /** Opened within the target of its urgency. */
  onTime: z.boolean(),
});
export type OverseenDelivery = z.infer<typeof overseenDeliverySchema>;

/** Where the page before ended: the order is by instant, then message, then recipient. */
export const overseenPlaceSchema = overseenDeliverySchema.pick({ availableAt: true, messageId: true, recipient: true });
export type OverseenPlace = z.infer<typeof overseenPlaceSchema>;

export const sentDocumentSchema = z.object({
  /** Tells it from other documents of its sender, with `at`. */
  key: z.string(),
  /** Số, ký hiệu. */
  code: z.string(),
  /** When it was first sent; of what came on paper alone the first day of arrival, as its beginning in Việt Nam. */
  at: instant,
  recipients: z.array(z.string()),
});
export type SentDocument = z.infer<typeof sentDocumentSchema>;
