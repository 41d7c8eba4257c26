import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import {
  type AgencyOversight,
  MOST_DAYS,
  OPENED_WITHIN,
  type Oversight,
  NO_TIMES,
  type OverseenDelivery,
  type OverseenPlace,
  type OversightSelection,
  type OversightTotals,
  type SentDocument,
  type SentSelection,
  type StepTimes,
  WEEKS_SHOWN,
} from '#shared/domain/oversight.ts';
import { urgencies } from '#shared/domain/urgency.ts';
import { addDays, vietnamDay, weekdayOf } from '#shared/domain/vn-date.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { type OversightPeriod, oversightPeriod } from '../rules/oversight-period.ts';
import { workingClock } from '../rules/working-clock.ts';
import type { Database, Stores } from '../storage/database.ts';
import type { DeadlineCount, OpeningCount, OversightScope, TimesOfStep } from '../storage/oversight-detail-store.ts';
import type { AgencyFigures } from '../storage/oversight-store.ts';

type OversightStores = Pick<Stores, 'oversight' | 'oversightDetails' | 'duty'>;

const DAY_MS = 24 * 3_600_000;

/**
 * Figures of the agencies that the caller's supervises, of one moment.
 * @throws ExchangeError NOT_SUPERVISING, PERIOD_INVALID
 */
export async function readOversight(
  database: Pick<Database, 'transaction'>,
  agencyCode: string,
  days: { readonly from: string; readonly to: string },
  now: Date,
): Promise<Oversight> {
  const period = requirePeriod(days);
  const before = periodBefore(period);
  const weeks = weeksUpTo(period, now);
  return database.transaction(async (stores) => {
    const { under } = await requireSupervision(stores, agencyCode);
    const earliest = weeks.from < before.from ? weeks.from : before.from;
    const clock = workingClock(earliest, now > period.to ? now : period.to, await stores.duty.calendar());
    const current = await read(stores, { period, under, clock }, period, now);
    const earlier = await read(stores, { period: before, under, clock }, before, now);
    const byWeek = new Map(
      (await stores.oversightDetails.weeks({ period: weeks, under, clock })).map((one) => [one.week, one]),
    );
    const contacts = await stores.oversightDetails.lastContacts();
    const end = Math.min(now.getTime(), period.to.getTime());
    return {
      agencies: current.figures.map((figures) => agencyOversight(figures, current, contacts.get(figures.code), end)),
      totals: totals(current),
      before: totals(earlier),
      weeks: Array.from({ length: WEEKS_SHOWN }, (_, week) => ({
        day: addDays(weeks.fromDay, week * 7),
        received: byWeek.get(week)?.received ?? 0,
        onTime: byWeek.get(week)?.onTime ?? 0,
      })),
      openedWithin: Array.from({ length: OPENED_WITHIN.length + 1 }, (_, within) =>
        sum(current.openings.filter((one) => one.within === within).map(({ received }) => received)),
      ),
      urgencies: urgencies.map((urgency) => ({
        urgency,
        ...onTimeOf(current.openings.filter((one) => one.urgency === urgency)),
      })),
    };
  });
}

/**
 * Deliveries behind the figures of one agency, or of all, the newest first.
 * @throws ExchangeError NOT_SUPERVISING, PERIOD_INVALID
 */
export async function readOverseen(
  database: Pick<Database, 'transaction'>,
  agencyCode: string,
  asked: {
    readonly from: string;
    readonly to: string;
    readonly agency: string | null;
    readonly which: OversightSelection;
    readonly before: OverseenPlace | null;
    readonly limit: number;
  },
  now: Date,
): Promise<{ deliveries: OverseenDelivery[]; more: boolean }> {
  const period = requirePeriod(asked);
  return database.transaction(async (stores) => {
    const { under } = await requireSupervision(stores, agencyCode);
    const overseen = asked.agency === null ? null : await requireOverseen(stores, asked.agency, under);
    const clock = workingClock(period.from, now > period.to ? now : period.to, await stores.duty.calendar());
    const { before, limit } = asked;
    const place = before && { at: before.availableAt, id: before.messageId, recipient: before.recipient };
    const scope = { period, under, clock };
    const rows = await stores.oversightDetails.deliveries(
      scope,
      overseen,
      { which: asked.which, now },
      { before: place, limit: limit + 1 },
    );
    const deliveries = rows.slice(0, limit).map((row) => ({
      ...row,
      fixedHour: row.fixedHour?.toISOString() ?? null,
      dueAt: row.dueAt?.toISOString() ?? null,
      availableAt: row.availableAt.toISOString(),
      fetchedAt: row.fetchedAt?.toISOString() ?? null,
      openedAt: row.openedAt?.toISOString() ?? null,
      registeredAt: row.registeredAt?.toISOString() ?? null,
      finishedAt: row.finishedAt?.toISOString() ?? null,
    }));
    return { deliveries, more: rows.length > limit };
  });
}

/**
 * Documents behind what an agency sent, or what came from it on paper alone, the newest first.
 * @throws ExchangeError NOT_SUPERVISING, PERIOD_INVALID
 */
export async function readSentDocuments(
  database: Pick<Database, 'transaction'>,
  agencyCode: string,
  asked: {
    readonly from: string;
    readonly to: string;
    readonly agency: string;
    readonly which: SentSelection;
    readonly before: { readonly at: string; readonly key: string } | null;
    readonly limit: number;
  },
): Promise<{ documents: SentDocument[]; more: boolean }> {
  const period = requirePeriod(asked);
  return database.transaction(async (stores) => {
    const { under } = await requireSupervision(stores, agencyCode);
    const sender = await requireOverseen(stores, asked.agency, under);
    const { before, limit } = asked;
    const rows = await stores.oversightDetails.sentDocuments(period, sender, asked.which, { before, limit: limit + 1 });
    const documents = rows.slice(0, limit).map((row) => ({ ...row, at: row.at.toISOString() }));
    return { documents, more: rows.length > limit };
  });
}

interface PeriodFigures {
  readonly figures: readonly AgencyFigures[];
  readonly openings: readonly OpeningCount[];
  readonly times: readonly TimesOfStep[];
  readonly deadlines: readonly DeadlineCount[];
}

async function read(
  { oversight, oversightDetails }: OversightStores,
  scope: OversightScope,
  period: OversightPeriod,
  now: Date,
): Promise<PeriodFigures> {
  const figures = await oversight.figures(period, scope.under);
  const openings = await oversightDetails.openings(scope);
  const times = await oversightDetails.times(scope);
  return { figures, openings, times, deadlines: await oversightDetails.deadlines(scope, now) };
}

function agencyOversight(
  { openedMedianMinutes: _median, openedP90Minutes: _p90, ...figures }: AgencyFigures,
  { openings, times, deadlines }: PeriodFigures,
  lastContact: Date | undefined,
  end: number,
): AgencyOversight {
  const isSilent = lastContact === undefined || end - lastContact.getTime() > DAY_MS;
  return {
    ...figures,
    ...deadlinesOf(deadlines.filter(({ code }) => code === figures.code)),
    after: stepsOf(times, figures.code),
    onTime: onTimeOf(openings.filter(({ code }) => code === figures.code)).onTime,
    lastContactAt: lastContact?.toISOString() ?? null,
    isUnreachable: figures.unreachable > 0 && isSilent,
  };
}

function totals({ figures, openings, times, deadlines }: PeriodFigures): OversightTotals {
  const of = (
    name: Exclude<keyof AgencyFigures, 'code' | 'openedMedianMinutes' | 'openedP90Minutes' | 'unreachable'>,
  ): number => sum(figures.map((one) => one[name]));
  return {
    received: of('received'),
    opened: of('opened'),
    onTime: onTimeOf(openings).onTime,
    registered: of('registered'),
    finished: of('finished'),
    ...deadlinesOf(deadlines),
    after: stepsOf(times, null),
    expressReceived: of('expressReceived'),
    expressOpenedLate: of('expressOpenedLate'),
    sent: of('sent'),
    withoutPaper: of('withoutPaper'),
    paperOnly: of('paperOnly'),
  };
}

function stepsOf(times: readonly TimesOfStep[], code: string | null): AgencyOversight['after'] {
  const of = (step: TimesOfStep['step']): StepTimes => {
    const found = times.find((one) => one.code === code && one.step === step);
    if (found === undefined) return NO_TIMES;
    const { median, p90, medianWorking, p90Working } = found;
    return { median, p90, medianWorking, p90Working };
  };
  return { opened: of('opened'), registered: of('registered'), finished: of('finished') };
}

function deadlinesOf(counts: readonly DeadlineCount[]): Pick<OversightTotals, 'due' | 'finishedInTime'> {
  return { due: sum(counts.map(({ due }) => due)), finishedInTime: sum(counts.map(({ inTime }) => inTime)) };
}

function onTimeOf(openings: readonly OpeningCount[]): { readonly received: number; readonly onTime: number } {
  return { received: sum(openings.map(({ received }) => received)), onTime: sum(openings.map(({ onTime }) => onTime)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

async function requireSupervision(
  { oversight }: OversightStores,
  agencyCode: string,
): Promise<{ readonly under: string | null }> {
  const supervision = await oversight.supervision(agencyCode);
  if (supervision === null) throw new ExchangeError('NOT_SUPERVISING', { agency: agencyCode });
  return supervision;
}

/** @throws ExchangeError NOT_SUPERVISING */
async function requireOverseen(
  { oversightDetails }: OversightStores,
  asked: string,
  under: string | null,
): Promise<string> {
  const agency = normaliseAgencyCode(asked);
  if (under === null || (await oversightDetails.isUnder(agency, under))) return agency;
  throw new ExchangeError('NOT_SUPERVISING', { agency });
}

function requirePeriod({ from, to }: { readonly from: string; readonly to: string }): OversightPeriod {
  const period = oversightPeriod(from, to);
  if (period === null || daysOf(period) > MOST_DAYS) throw new ExchangeError('PERIOD_INVALID', { from, to });
  return period;
}

function daysOf({ from, to }: OversightPeriod): number {
  return Math.round((to.getTime() - from.getTime()) / DAY_MS);
}

/** As many days, just before. */
function periodBefore(period: OversightPeriod): OversightPeriod {
  return madePeriod(addDays(period.fromDay, -daysOf(period)), period.fromDay);
}

/** Whole weeks from Monday, the last of them that in which the period ends or now is. */
function weeksUpTo({ to }: OversightPeriod, now: Date): OversightPeriod {
  const last = vietnamDay(Math.min(to.getTime() - 1, now.getTime()));
  const monday = addDays(last, 1 - weekdayOf(last));
  return madePeriod(addDays(monday, -(WEEKS_SHOWN - 1) * 7), addDays(monday, 7));
}

function madePeriod(fromDay: string, toDay: string): OversightPeriod {
  const period = oversightPeriod(fromDay, toDay);
  if (period === null) throw new ExchangeError('PERIOD_INVALID', { from: fromDay, to: toDay });
  return period;
}
