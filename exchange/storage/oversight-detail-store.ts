import { type Kysely, type RawBuilder, sql } from 'kysely';
import {
  OPENED_WITHIN,
  OPENING_TARGETS,
  OVERSEEN_STEPS,
  type OverseenStep,
  type OversightSelection,
  type SentSelection,
} from '#shared/domain/oversight.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import type { OversightPeriod } from '../rules/oversight-period.ts';
import type { WorkingClock } from '../rules/working-clock.ts';
import type { Tables } from './tables.ts';

/** Deliveries of one agency, one urgency and one class of time to open. */
export interface OpeningCount {
  readonly code: string;
  readonly urgency: Urgency;
  /** Place in OPENED_WITHIN, its length for what took longer; null for what nobody opened. */
  readonly within: number | null;
  readonly received: number;
  readonly onTime: number;
}

/** By nearest rank over the deliveries where the step happened; agencies and steps without any are left out. In minutes. */
export interface TimesOfStep {
  /** Null for all together. */
  readonly code: string | null;
  readonly step: OverseenStep;
  readonly median: number;
  readonly p90: number;
  readonly medianWorking: number;
  readonly p90Working: number;
}

/** Deliveries to an agency whose deadline is over or whose work is done, and those of them finished by it. */
export interface DeadlineCount {
  readonly code: string;
  readonly due: number;
  readonly inTime: number;
}

export interface OverseenRow {
  readonly messageId: string;
  readonly code: string;
  readonly sender: string;
  readonly recipient: string;
  readonly urgency: Urgency;
  readonly fixedHour: Date | null;
  readonly dueAt: Date | null;
  readonly availableAt: Date;
  readonly fetchedAt: Date | null;
  readonly openedAt: Date | null;
  readonly registeredAt: Date | null;
  readonly finishedAt: Date | null;
  readonly onTime: boolean;
}

export interface SentRow {
  readonly key: string;
  readonly code: string;
  readonly at: Date;
  readonly recipients: string[];
}

/** What and whose deliveries are counted, in which hours. */
export interface OversightScope {
  readonly period: Pick<OversightPeriod, 'from' | 'to'>;
  /** Only this agency and those below it; null for all. */
  readonly under: string | null;
  readonly clock: WorkingClock;
}

const WEEK_SECONDS = 7 * 24 * 3600;

/** Figures that need office hours. */
export class OversightDetailStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  async openings(scope: OversightScope): Promise<OpeningCount[]> {
    const { rows } = await sql<OpeningCount & { received: string; onTime: string }>`
      ${eachDelivery(scope)}
      SELECT recipient_code AS code, urgency, width_bucket(opened_working, ${[...OPENED_WITHIN]}::float8[]) AS within,
        count(*) AS received, count(*) FILTER (WHERE on_time) AS "onTime"
      FROM each GROUP BY 1, 2, 3`.execute(this.#db);
    return rows.map((row) => ({ ...row, received: Number(row.received), onTime: Number(row.onTime) }));
  }

  /** Of each agency, and of all together. */
  async times(scope: OversightScope): Promise<TimesOfStep[]> {
    const steps = OVERSEEN_STEPS.map((step) => {
      const [ms, working] = [sql.ref(`${step}_ms`), sql.ref(`${step}_working`)];
      return sql`(${sql.lit(step)}, ${ms}, ${working})`;
    });
    const { rows } = await sql<TimesOfStep>`
      ${eachDelivery(scope)},
      collected AS MATERIALIZED (
        SELECT recipient_code AS code, step, array_agg(ms) AS straight, array_agg(working) AS working
        FROM each CROSS JOIN LATERAL (VALUES ${sql.join(steps)}) AS done (step, ms, working)
        WHERE ms IS NOT NULL GROUP BY 1, 2
      ), ranked AS (
        SELECT code, step, straight, working FROM collected
        UNION ALL SELECT NULL, step, (SELECT array_agg(value) FROM collected AS one, unnest(one.straight) AS value WHERE one.step = named.step),
          (SELECT array_agg(value) FROM collected AS one, unnest(one.working) AS value WHERE one.step = named.step)
        FROM (SELECT DISTINCT step FROM collected) AS named
      )
      SELECT code, step, minutes[1] / 60000.0::float8 AS median, minutes[2] / 60000.0::float8 AS p90,
        counted[1] AS "medianWorking", counted[2] AS "p90Working"
      FROM ranked
        CROSS JOIN LATERAL (
          SELECT percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY value) AS minutes FROM unnest(straight) AS value
        ) AS plain
        CROSS JOIN LATERAL (
          SELECT percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY value) AS counted FROM unnest(working) AS value
        ) AS hours`.execute(this.#db);
    return rows;
  }

  /** Agencies without any are left out. @param now a deadline after it is not over */
  async deadlines({ period, under }: Pick<OversightScope, 'period' | 'under'>, now: Date): Promise<DeadlineCount[]> {
    const { rows } = await sql<{ code: string; due: string; in_time: string }>`
      WITH RECURSIVE ${scopeBelow(under)}
      SELECT recipient_code AS code, count(*) AS due, count(*) FILTER (WHERE finished_at <= due_at) AS in_time
      FROM document_deliveries
      WHERE available_at >= ${period.from} AND available_at < ${period.to} AND ${isDue(now)}
        AND (${under}::text IS NULL OR recipient_code IN (SELECT code FROM scope))
      GROUP BY recipient_code`.execute(this.#db);
    return rows.map(({ code, due, in_time: inTime }) => ({ code, due: Number(due), inTime: Number(inTime) }));
  }

  /** By the weeks since the beginning of the period, which is a Monday; those without deliveries are left out. */
  async weeks(scope: OversightScope): Promise<{ week: number; received: number; onTime: number }[]> {
    const { rows } = await sql<{ week: number; received: string; onTime: string }>`
      ${eachDelivery(scope)}
      SELECT floor(extract(epoch FROM available_at - ${scope.period.from}::timestamptz) / ${WEEK_SECONDS})::integer AS week,
        count(*) AS received, count(*) FILTER (WHERE on_time) AS "onTime"
      FROM each GROUP BY 1 ORDER BY 1`.execute(this.#db);
    return rows.map(({ week, received, onTime }) => ({ week, received: Number(received), onTime: Number(onTime) }));
  }

  /** Last sign of life of each agency's computer. */
  async lastContacts(): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.#db.selectFrom('agency_contacts').selectAll().execute();
    return new Map(rows.map(({ agency_code: code, last_at: at }) => [code, at]));
  }

  /** Whether an agency is another or below it. */
  async isUnder(agencyCode: string, top: string): Promise<boolean> {
    const { rows } = await sql<{ found: boolean }>`
      WITH RECURSIVE above AS (
        SELECT code, parent_code FROM agencies WHERE code = ${agencyCode}
        UNION SELECT agency.code, agency.parent_code FROM agencies AS agency JOIN above ON agency.code = above.parent_code
      ) SELECT EXISTS (SELECT FROM above WHERE code = ${top}) AS found`.execute(this.#db);
    return rows[0]?.found ?? false;
  }

  /** Deliveries of an agency or of all in scope, the newest first, before one. */
  async deliveries(
    scope: OversightScope,
    agencyCode: string | null,
    { which, now }: { readonly which: OversightSelection; readonly now: Date },
    page: {
      readonly before: { readonly at: string; readonly id: string; readonly recipient: string } | null;
      readonly limit: number;
    },
  ): Promise<OverseenRow[]> {
    const { before, limit } = page;
    const older =
      before === null
        ? sql``
        : sql`AND (available_at, message_id, recipient_code)
            < (${before.at}::timestamptz, ${before.id}::uuid, ${before.recipient})`;
    const of = agencyCode === null ? sql`` : sql`AND delivery.recipient_code = ${agencyCode}`;
    const { rows } = await sql<OverseenRow>`
      ${eachDelivery(scope, of)}
      SELECT message_id AS "messageId", document.code, each.sender_code AS sender, recipient_code AS recipient, each.urgency,
        express_at AS "fixedHour", due_at AS "dueAt", available_at AS "availableAt", fetched_at AS "fetchedAt", opened_at AS "openedAt",
        registered_at AS "registeredAt", finished_at AS "finishedAt", on_time AS "onTime"
      FROM each JOIN documents AS document USING (message_id)
      WHERE ${selected(which, now)} ${older}
      ORDER BY each.available_at DESC, message_id DESC, recipient_code DESC LIMIT ${limit}`.execute(this.#db);
    return rows;
  }

  /** Documents of a sender as the figures count them, the newest first, before one. */
  async sentDocuments(
    { from, to, fromDay, toDay }: OversightPeriod,
    senderCode: string,
    which: SentSelection,
    page: { readonly before: { readonly at: string; readonly key: string } | null; readonly limit: number },
  ): Promise<SentRow[]> {
    const { before, limit } = page;
    const electronic = sql`
      SELECT document_id AS key, max(document.code) AS code, min(accepted_at) AS at,
        array_agg(DISTINCT recipient_code ORDER BY recipient_code) FILTER (WHERE recipient_code IS NOT NULL) AS recipients,
        coalesce(bool_or(paper), false) AS with_paper
      FROM documents AS document LEFT JOIN document_deliveries AS delivery USING (message_id)
      WHERE document.sender_code = ${senderCode} AND accepted_at >= ${from} AND accepted_at < ${to}
      GROUP BY document_id`;
    const onPaper = sql`
      SELECT code AS key, code, min(day)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' AS at,
        array_agg(DISTINCT recipient_code ORDER BY recipient_code) AS recipients, true AS with_paper
      FROM paper_arrivals
      WHERE sender_code = ${senderCode} AND day >= ${fromDay}::date AND day < ${toDay}::date AND withdrawn_at IS NULL
      GROUP BY code`;
    const { rows } = await sql<SentRow>`
      SELECT key, code, at, coalesce(recipients, '{}') AS recipients
      FROM (${which === 'paper-only' ? onPaper : electronic}) AS document
      WHERE ${which === 'without-paper' ? sql`NOT with_paper` : sql`true`}
        ${before === null ? sql`` : sql`AND (at, key) < (${before.at}::timestamptz, ${before.key})`}
      ORDER BY at DESC, key DESC LIMIT ${limit}`.execute(this.#db);
    return rows;
  }
}

/** A deadline that is over, or work that is done; nobody waits for what was sent back or recalled. */
function isDue(now: Date): RawBuilder<unknown> {
  return sql`(due_at IS NOT NULL AND returned_at IS NULL AND recalled_at IS NULL
    AND (finished_at IS NOT NULL OR due_at < ${now}::timestamptz))`;
}

function selected(which: OversightSelection, now: Date): RawBuilder<unknown> {
  const conditions: Readonly<Record<OversightSelection, RawBuilder<unknown>>> = {
    all: sql`true`,
    late: sql`NOT on_time`,
    unopened: sql`opened_at IS NULL`,
    'express-late': sql`opened_late`,
    unreached: sql`fetched_at IS NULL`,
    overdue: sql`${isDue(now)} AND (finished_at IS NULL OR finished_at > due_at)`,
  };
  return conditions[which];
}

/** The agencies that are supervised, as `scope`. */
function scopeBelow(under: string | null): RawBuilder<unknown> {
  return sql`scope AS (
      SELECT code FROM agencies WHERE code = ${under}
      UNION SELECT agency.code FROM agencies AS agency JOIN scope ON agency.parent_code = scope.code
    )`;
}

/**
 * The deliveries as `each`, with `on_time` and for each step when it is done `…_ms`, straight, and `…_working`, minutes of office hours to the
 * millisecond. A table of the clock's steps is a parameter, so that a row costs a look into it for each hour and no calendar.
 */
function eachDelivery(
  { period, under, clock }: OversightScope,
  more: RawBuilder<unknown> = sql``,
): RawBuilder<unknown> {
  const step = (at: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`greatest(0, least(${clock.minutes.length - 1}::float8,
      (extract(epoch FROM ${at})::float8 - ${clock.base}::float8) / ${clock.stepSeconds}::float8))`;
  const passed = (place: RawBuilder<unknown>): RawBuilder<unknown> =>
    sql`minutes[floor(${place})::integer + 1] + (minutes[ceil(${place})::integer + 1] - minutes[floor(${place})::integer + 1])
      * (${place} - floor(${place}))`;
  const targets = Object.entries(OPENING_TARGETS);
  const done = OVERSEEN_STEPS.map((name) => ({ name, at: sql.ref(`${name}_at`), place: sql.ref(`${name}_place`) }));
  const perStep = (make: (one: (typeof done)[number]) => RawBuilder<unknown>): RawBuilder<unknown> =>
    sql.join(done.map(make), sql`, `);
  return sql`
    WITH RECURSIVE ${scopeBelow(under)}, placed AS (
      SELECT delivery.*, ${step(sql`available_at`)} AS became,
        ${perStep(({ at, place }) => sql`${step(at)} AS ${place}`)}
      FROM document_deliveries AS delivery
      WHERE available_at >= ${period.from} AND available_at < ${period.to} ${more}
        AND (${under}::text IS NULL OR recipient_code IN (SELECT code FROM scope))
    ), timed AS (
      SELECT placed.*,
        ${perStep(
          ({ name, at, place }) => sql`
            round(extract(epoch FROM ${at} - available_at) * 1000)::float8 AS ${sql.ref(`${name}_ms`)},
            CASE WHEN ${at} IS NOT NULL THEN round(((${passed(place)}) - (${passed(sql`became`)})) * 60000) / 60000
              END AS ${sql.ref(`${name}_working`)}`,
        )}
      FROM placed CROSS JOIN (SELECT ${[...clock.minutes]}::float8[] AS minutes) AS steps
    ), each AS (
      SELECT timed.*, CASE WHEN opened_late IS NOT NULL THEN NOT opened_late
        ELSE coalesce(opened_working <= CASE urgency ${sql.join(
          targets.map(([urgency, minutes]) => sql`WHEN ${sql.lit(urgency)} THEN ${sql.lit(minutes)}`),
          sql` `,
        )} END, false) END AS on_time
      FROM timed
    )`;
}
