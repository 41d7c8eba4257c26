import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import {
  type AgencyOversight,
  MOST_DAYS,
  OPENED_WITHIN,
  type Oversight,
  type OverseenDelivery,
  type OversightSelection,
  type OversightTotals,
  WEEKS_SHOWN,
} from '#shared/domain/oversight.ts';
import { urgencies } from '#shared/domain/urgency.ts';
import { addDays, vietnamDay, weekdayOf } from '#shared/domain/vn-date.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import { type OversightPeriod, oversightPeriod } from '../rules/oversight-period.ts';
import { workingClock } from '../rules/working-clock.ts';
import type { Database, Stores } from '../storage/database.ts';
import type { OpeningCount, OpeningTimes, OversightScope } from '../storage/oversight-detail-store.ts';
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
    const current = await read(stores, { period, under, clock }, period);
    const earlier = await read(stores, { period: before, under, clock }, before);
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
 * Deliveries behind the figures of one agency, the newest first.
 * @throws ExchangeError NOT_SUPERVISING, PERIOD_INVALID
 */
export async function readOverseen(
  database: Pick<Database, 'transaction'>,
  agencyCode: string,
  asked: {
    readonly from: string;
    readonly to: string;
    readonly agency: string;
    readonly which: OversightSelection;
    readonly before: { readonly at: string; readonly id: string } | null;
    readonly limit: number;
  },
  now: Date,
): Promise<{ deliveries: OverseenDelivery[]; more: boolean }> {
  const period = requirePeriod(asked);
  const overseen = normaliseAgencyCode(asked.agency);
  return database.transaction(async (stores) => {
    const { under } = await requireSupervision(stores, agencyCode);
    if (under !== null && !(await stores.oversightDetails.isUnder(overseen, under))) {
      throw new ExchangeError('NOT_SUPERVISING', { agency: overseen });
    }
    const clock = workingClock(period.from, now > period.to ? now : period.to, await stores.duty.calendar());
    const rows = await stores.oversightDetails.deliveries({ period, under, clock }, overseen, asked.which, {
      before: asked.before,
      limit: asked.limit + 1,
    });
    const deliveries = rows.slice(0, asked.limit).map(({ fixedHour, availableAt, fetchedAt, openedAt, ...row }) => ({
      ...row,
      fixedHour: fixedHour?.toISOString() ?? null,
      availableAt: availableAt.toISOString(),
      fetchedAt: fetchedAt?.toISOString() ?? null,
      openedAt: openedAt?.toISOString() ?? null,
    }));
    return { deliveries, more: rows.length > asked.limit };
  });
}

interface PeriodFigures {
  readonly figures: readonly AgencyFigures[];
  readonly openings: readonly OpeningCount[];
  readonly times: readonly OpeningTimes[];
}

async function read(
  { oversight, oversightDetails }: OversightStores,
  scope: OversightScope,
  period: OversightPeriod,
): Promise<PeriodFigures> {
  const figures = await oversight.figures(period, scope.under);
  const openings = await oversightDetails.openings(scope);
  return { figures, openings, times: await oversightDetails.times(scope) };
}

function agencyOversight(
  figures: AgencyFigures,
  { openings, times }: PeriodFigures,
  lastContact: Date | undefined,
  end: number,
): AgencyOversight {
  const time = times.find(({ code }) => code === figures.code);
  const isSilent = lastContact === undefined || end - lastContact.getTime() > DAY_MS;
  return {
    ...figures,
    openedMedianWorkingMinutes: time?.medianWorkingMinutes ?? null,
    openedP90WorkingMinutes: time?.p90WorkingMinutes ?? null,
    onTime: onTimeOf(openings.filter(({ code }) => code === figures.code)).onTime,
    lastContactAt: lastContact?.toISOString() ?? null,
    isUnreachable: figures.unreachable > 0 && isSilent,
  };
}

function totals({ figures, openings, times }: PeriodFigures): OversightTotals {
  const all = times.find(({ code }) => code === null);
  const of = (
    name: 'received' | 'opened' | 'expressReceived' | 'expressOpenedLate' | 'sent' | 'withoutPaper',
  ): number => sum(figures.map((one) => one[name]));
  return {
    received: of('received'),
    opened: of('opened'),
    onTime: onTimeOf(openings).onTime,
    openedMedianMinutes: all?.medianMinutes ?? null,
    openedMedianWorkingMinutes: all?.medianWorkingMinutes ?? null,
    expressReceived: of('expressReceived'),
    expressOpenedLate: of('expressOpenedLate'),
    sent: of('sent'),
    withoutPaper: of('withoutPaper'),
  };
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
