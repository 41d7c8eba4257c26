import { type Kysely, sql } from 'kysely';
import type { DeliveryEvent } from '#shared/domain/delivery-events.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import type { OversightPeriod } from '../rules/oversight-period.ts';
import type { Tables } from './tables.ts';

/** What an agency received and sent in a period. `docs/operations-exchange.md` defines each figure. */
export interface AgencyFigures {
  readonly code: string;
  readonly received: number;
  readonly opened: number;
  readonly openedMedianMinutes: number | null;
  readonly openedP90Minutes: number | null;
  readonly registered: number;
  readonly finished: number;
  readonly expressReceived: number;
  readonly expressOpenedLate: number;
  readonly sent: number;
  readonly withoutPaper: number;
  readonly paperOnly: number;
  readonly unreachable: number;
}

/** An event with what was last known of its delivery. */
export interface ExportedEvent {
  readonly at: Date;
  readonly event: DeliveryEvent;
  readonly documentId: string;
  readonly sender: string;
  readonly recipient: string;
  readonly urgency: Urgency;
  readonly fixedHour: Date | null;
  readonly dueAt: Date | null;
  readonly expressLimitMinutes: number | null;
  readonly paper: boolean | null;
  readonly messageId: string;
}

export interface PaperArrival {
  readonly senderCode: string;
  /** Số, ký hiệu. */
  readonly code: string;
  /** Day of the dấu ĐẾN. */
  readonly day: string;
}

/** What an office reports of one; `withdrawn` when it came through the exchange after all. */
export interface ReportedPaperArrival extends PaperArrival {
  readonly withdrawn: boolean;
}

export interface ExportedPaperArrival extends PaperArrival {
  readonly recipientCode: string;
}

/** Deliveries whose events are read at once: some megabytes at most. */
const DELIVERIES_AT_ONCE = 2_000;
const MINUTE_MS = 60_000;

/** What offices did with what was delivered to them, over periods. */
export class OversightStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /**
   * Figures of every agency, by code, in one pass over the deliveries; agencies that closed before and had nothing are left
   * out. Belongs into a transaction.
   * @param under only this agency and those below it; null for all
   */
  async figures({ from, to, fromDay, toDay }: OversightPeriod, under: string | null): Promise<AgencyFigures[]> {
    await this.#expectManyRows();
    const { rows } = await sql<FiguresRow>`
      WITH RECURSIVE scope AS (
        SELECT code FROM agencies WHERE code = ${under}
        UNION SELECT agency.code FROM agencies AS agency JOIN scope ON agency.parent_code = scope.code
      ), received AS (
        -- The values are collected first and ordered agency by agency: that runs in parallel, an ordered aggregate does not.
        SELECT recipient_code, count(*) AS received, count(registered_at) AS registered, count(finished_at) AS finished,
          count(fetched_at) AS fetched, count(opened_late) AS express,
          count(*) FILTER (WHERE opened_late) AS late,
          array_agg(opened_after_ms) FILTER (WHERE opened_after_ms IS NOT NULL) AS opened_after
        FROM document_deliveries WHERE available_at >= ${from} AND available_at < ${to} GROUP BY recipient_code
      ), sent AS (
        SELECT sender_code, count(DISTINCT document_id) AS sent,
          count(DISTINCT document_id) FILTER (WHERE paper) AS with_paper
        FROM documents WHERE accepted_at >= ${from} AND accepted_at < ${to} GROUP BY sender_code
      ), on_paper AS (
        SELECT sender_code, count(DISTINCT code) AS documents
        FROM paper_arrivals
        WHERE day >= ${fromDay}::date AND day < ${toDay}::date AND withdrawn_at IS NULL GROUP BY sender_code
      )
      SELECT agency.code, received.received, cardinality(opened_after) AS opened, registered, finished, fetched, express, late, ranked.median, ranked.p90,
        sent.sent, with_paper, on_paper.documents AS paper_only
      FROM agencies AS agency
        LEFT JOIN received ON received.recipient_code = agency.code
        LEFT JOIN sent ON sent.sender_code = agency.code
        LEFT JOIN on_paper ON on_paper.sender_code = agency.code
        LEFT JOIN LATERAL (
          SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY value) AS median,
            percentile_disc(0.9) WITHIN GROUP (ORDER BY value) AS p90
          FROM (SELECT unnest(received.opened_after) AS value) AS each
        ) AS ranked ON true
      WHERE (${under}::text IS NULL OR agency.code IN (SELECT code FROM scope))
        AND (agency.valid_to IS NULL OR agency.valid_to >= ${fromDay}::date
          OR coalesce(received.received, sent.sent, on_paper.documents) IS NOT NULL)
      ORDER BY agency.code`.execute(this.#db);
    return rows.map(agencyFigures);
  }

  /**
   * The events of all deliveries that became available in a period, whenever they happened, delivery by delivery, in pieces.
   * Belongs into a transaction, which sees one moment however long it takes.
   */
  async *events({ from, to }: OversightPeriod): AsyncGenerator<readonly ExportedEvent[]> {
    await sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`.execute(this.#db);
    let last: DeliveryKey | null = null;
    do {
      const page: DeliveryKey[] = await this.#deliveries({ from, to }, last);
      last = page.at(-1) ?? null;
      if (last !== null) yield await this.#eventsOf(page);
    } while (last !== null);
  }

  async #deliveries(
    { from, to }: Pick<OversightPeriod, 'from' | 'to'>,
    after: DeliveryKey | null,
  ): Promise<DeliveryKey[]> {
    const behind =
      after === null
        ? sql``
        : sql`AND (available_at, message_id, recipient_code)
            > (${after.available_at}::timestamptz, ${after.message_id}::uuid, ${after.recipient_code})`;
    const { rows } = await sql<DeliveryKey>`
      SELECT available_at::text, message_id, recipient_code FROM document_deliveries
      WHERE available_at >= ${from} AND available_at < ${to} ${behind}
      ORDER BY document_deliveries.available_at, message_id, recipient_code
      LIMIT ${DELIVERIES_AT_ONCE}`.execute(this.#db);
    return rows;
  }

  async #eventsOf(page: readonly DeliveryKey[]): Promise<readonly ExportedEvent[]> {
    const { rows } = await sql<ExportedEvent>`
      SELECT happened.at, happened.event, document.document_id AS "documentId", delivery.sender_code AS sender,
        delivery.recipient_code AS recipient, delivery.urgency, delivery.express_at AS "fixedHour",
        delivery.due_at AS "dueAt", delivery.express_limit_minutes AS "expressLimitMinutes", document.paper,
        delivery.message_id AS "messageId"
      FROM unnest(${page.map((key) => key.message_id)}::uuid[], ${page.map((key) => key.recipient_code)}::text[])
          WITH ORDINALITY AS wanted (message_id, recipient_code, place)
        JOIN document_deliveries AS delivery USING (message_id, recipient_code)
        JOIN documents AS document USING (message_id)
        JOIN delivery_events AS happened USING (message_id, recipient_code)
      ORDER BY wanted.place, happened.id`.execute(this.#db);
    return rows;
  }

  /** What offices reported of a period as having come on paper alone. */
  async paperArrivals({ fromDay, toDay }: OversightPeriod): Promise<ExportedPaperArrival[]> {
    const { rows } = await sql<ExportedPaperArrival>`
      SELECT recipient_code AS "recipientCode", sender_code AS "senderCode", code, day::text
      FROM paper_arrivals WHERE day >= ${fromDay}::date AND day < ${toDay}::date AND withdrawn_at IS NULL
      ORDER BY paper_arrivals.day, recipient_code, sender_code, code`.execute(this.#db);
    return rows;
  }

  /** Keeps what an office reports of itself, each once. Returns those whose sender is in the directory. */
  async addPaperArrivals(
    recipientCode: string,
    arrivals: readonly ReportedPaperArrival[],
    at: Date,
  ): Promise<readonly PaperArrival[]> {
    const { rows } = await sql<PaperArrival>`
      WITH given AS (
        -- Of what is said twice in one report the last counts.
        SELECT DISTINCT ON (sender.code, given->>'code', given->>'day')
          sender.code AS sender_code, given->>'code' AS code, (given->>'day')::date AS day,
          (given->>'withdrawn')::boolean AS withdrawn
        FROM jsonb_array_elements(${JSON.stringify(arrivals)}::jsonb) WITH ORDINALITY AS each (given, place)
          JOIN agencies AS sender ON sender.code = given->>'senderCode'
        ORDER BY sender.code, given->>'code', given->>'day', place DESC
      ), kept AS (
        INSERT INTO paper_arrivals AS known (recipient_code, sender_code, code, day, reported_at, withdrawn_at)
        SELECT ${recipientCode}, sender_code, code, day, ${at}::timestamptz, CASE WHEN withdrawn THEN ${at}::timestamptz END
        FROM given
        ON CONFLICT (recipient_code, sender_code, code, day) DO UPDATE SET withdrawn_at = excluded.withdrawn_at
          WHERE (known.withdrawn_at IS NULL) <> (excluded.withdrawn_at IS NULL)
      )
      SELECT sender_code AS "senderCode", code, day::text FROM given`.execute(this.#db);
    return rows;
  }

  /** Which agencies an agency may see; null when it supervises none. */
  async supervision(agencyCode: string): Promise<{ readonly under: string | null } | null> {
    const row = await this.#db
      .selectFrom('supervising_agencies')
      .select('under_code')
      .where('agency_code', '=', agencyCode)
      .executeTakeFirst();
    return row ? { under: row.under_code } : null;
  }

  /** Lets an agency see others: those below `under` with itself, or all. */
  async supervise(agencyCode: string, under: string | null): Promise<void> {
    await this.#db
      .insertInto('supervising_agencies')
      .values({ agency_code: agencyCode, under_code: under })
      .onConflict((conflict) =>
        conflict.column('agency_code').doUpdateSet(({ ref }) => ({ under_code: ref('excluded.under_code') })),
      )
      .execute();
  }

  /** false when it did not see others. */
  async stopSupervising(agencyCode: string): Promise<boolean> {
    const { numDeletedRows } = await this.#db
      .deleteFrom('supervising_agencies')
      .where('agency_code', '=', agencyCode)
      .executeTakeFirst();
    return numDeletedRows > 0n;
  }

  /** For the next statement of the transaction: its groups stay in memory, and its plan is run as it is. */
  async #expectManyRows(): Promise<void> {
    await sql`SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`.execute(this.#db);
  }
}

interface DeliveryKey {
  /** As text, in which no microsecond is lost. */
  readonly available_at: string;
  readonly message_id: string;
  readonly recipient_code: string;
}

/** Counts as the driver gives them; null for an agency without any. */
type FiguresRow = { readonly code: string } & Readonly<
  Record<
    | 'received'
    | 'opened'
    | 'registered'
    | 'finished'
    | 'fetched'
    | 'express'
    | 'late'
    | 'median'
    | 'p90'
    | 'sent'
    | 'with_paper'
    | 'paper_only',
    string | null
  >
>;

function agencyFigures(row: FiguresRow): AgencyFigures {
  const received = Number(row.received);
  const sent = Number(row.sent);
  return {
    code: row.code,
    received,
    opened: Number(row.opened),
    openedMedianMinutes: minutes(row.median),
    openedP90Minutes: minutes(row.p90),
    registered: Number(row.registered),
    finished: Number(row.finished),
    expressReceived: Number(row.express),
    expressOpenedLate: Number(row.late),
    sent,
    withoutPaper: sent - Number(row.with_paper),
    paperOnly: Number(row.paper_only),
    unreachable: received - Number(row.fetched),
  };
}

function minutes(ms: string | null): number | null {
  return ms === null ? null : Number(ms) / MINUTE_MS;
}
