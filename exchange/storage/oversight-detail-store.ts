import { type Kysely, type RawBuilder, sql } from 'kysely';
import { OPENED_WITHIN, OPENING_TARGETS, type OversightSelection } from '#shared/domain/oversight.ts';
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

/** By nearest rank over the opened ones; null without any. */
export interface OpeningTimes {
  /** Null for all together. */
  readonly code: string | null;
  readonly medianMinutes: number | null;
  readonly medianWorkingMinutes: number | null;
  readonly p90WorkingMinutes: number | null;
}

export interface OverseenRow {
  readonly messageId: string;
  readonly code: string;
  readonly sender: string;
  readonly urgency: Urgency;
  readonly fixedHour: Date | null;
  readonly availableAt: Date;
  readonly fetchedAt: Date | null;
  readonly openedAt: Date | null;
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
      SELECT recipient_code AS code, urgency, width_bucket(working, ${[...OPENED_WITHIN]}::float8[]) AS within,
        count(*) AS received, count(*) FILTER (WHERE on_time) AS "onTime"
      FROM each GROUP BY 1, 2, 3`.execute(this.#db);
    return rows.map((row) => ({ ...row, received: Number(row.received), onTime: Number(row.onTime) }));
  }

  /** Of each agency, and of all together. */
  async times(scope: OversightScope): Promise<OpeningTimes[]> {
    const { rows } = await sql<OpeningTimes & { medianMinutes: number | null }>`
      ${eachDelivery(scope)},
      collected AS (
        SELECT recipient_code, array_agg(opened_after_ms) AS opened_after, array_agg(working) AS working
        FROM each WHERE working IS NOT NULL GROUP BY recipient_code
      ), ranked AS (
        SELECT recipient_code AS code, opened_after, working FROM collected
        UNION ALL SELECT NULL, (SELECT array_agg(ms) FROM collected, unnest(opened_after) AS ms),
          (SELECT array_agg(minutes) FROM collected, unnest(collected.working) AS minutes)
      )
      SELECT code, straight.median / 60000.0::float8 AS "medianMinutes", counted.median AS "medianWorkingMinutes",
        counted.p90 AS "p90WorkingMinutes"
      FROM ranked
        CROSS JOIN LATERAL (
          SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY ms) AS median
          FROM (SELECT unnest(opened_after) AS ms) AS one
        ) AS straight
        CROSS JOIN LATERAL (
          SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY minutes) AS median,
            percentile_disc(0.9) WITHIN GROUP (ORDER BY minutes) AS p90
          FROM (SELECT unnest(working) AS minutes) AS one
        ) AS counted`.execute(this.#db);
    return rows;
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

  /** Deliveries of an agency, the newest first, before one. */
  async deliveries(
    { period, clock }: OversightScope,
    agencyCode: string,
    which: OversightSelection,
    page: { readonly before: { readonly at: string; readonly id: string } | null; readonly limit: number },
  ): Promise<OverseenRow[]> {
    const { before, limit } = page;
    const wanted = which === 'late' ? sql`NOT on_time` : sql`opened_at IS NULL`;
    const older =
      before === null ? sql`` : sql`AND (available_at, message_id) < (${before.at}::timestamptz, ${before.id}::uuid)`;
    const { rows } = await sql<OverseenRow>`
      ${eachDelivery({ period, under: null, clock }, sql`AND delivery.recipient_code = ${agencyCode}`)}
      SELECT message_id AS "messageId", document.code, each.sender_code AS sender, each.urgency, express_at AS "fixedHour",
        available_at AS "availableAt", fetched_at AS "fetchedAt", opened_at AS "openedAt"
      FROM each JOIN documents AS document USING (message_id)
      WHERE ${wanted} ${older}
      ORDER BY each.available_at DESC, message_id DESC LIMIT ${limit}`.execute(this.#db);
    return rows;
  }
}

/**
 * The deliveries as `each`, with `working`, minutes of office hours until they were opened (to the millisecond), and `on_time`. A table of the
 * clock's steps is a parameter, so that a row costs two looks into it and no calendar.
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
  return sql`
    WITH RECURSIVE scope AS (
      SELECT code FROM agencies WHERE code = ${under}
      UNION SELECT agency.code FROM agencies AS agency JOIN scope ON agency.parent_code = scope.code
    ), placed AS (
      SELECT delivery.*, ${step(sql`available_at`)} AS became, ${step(sql`opened_at`)} AS seen
      FROM document_deliveries AS delivery
      WHERE available_at >= ${period.from} AND available_at < ${period.to} ${more}
        AND (${under}::text IS NULL OR recipient_code IN (SELECT code FROM scope))
    ), timed AS (
      SELECT placed.*, CASE WHEN opened_at IS NOT NULL
        THEN round(((${passed(sql`seen`)}) - (${passed(sql`became`)})) * 60000) / 60000 END AS working
      FROM placed CROSS JOIN (SELECT ${[...clock.minutes]}::float8[] AS minutes) AS steps
    ), each AS (
      SELECT timed.*, CASE WHEN opened_late IS NOT NULL THEN NOT opened_late
        ELSE coalesce(working <= CASE urgency ${sql.join(
          targets.map(([urgency, minutes]) => sql`WHEN ${sql.lit(urgency)} THEN ${sql.lit(minutes)}`),
          sql` `,
        )} END, false) END AS on_time
      FROM timed
    )`;
}
