import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { FeedbackKind, FeedbackSelection } from '#shared/domain/feedback.ts';
import type { Tables } from './tables.ts';

export interface NewReport {
  readonly id: string;
  readonly agencyCode: string;
  readonly workstationId: string;
  readonly kind: FeedbackKind;
  readonly text: string;
  readonly person: string;
  readonly appVersion: string;
  readonly bundle: string | null;
  readonly writtenAt: Date;
  readonly receivedAt: Date;
}

export interface NewAnswer {
  readonly id: string;
  readonly reportId: string;
  /** Null for the administrator. */
  readonly agencyCode: string | null;
  readonly person: string;
  readonly text: string;
  readonly at: Date;
}

export interface ListedAnswer {
  readonly id: string;
  readonly agency: string | null;
  readonly person: string;
  readonly text: string;
  readonly at: string;
  readonly readAt: string | null;
}

export interface ListedReport {
  readonly id: string;
  readonly agency: string;
  readonly workstation: string;
  readonly kind: FeedbackKind;
  readonly text: string;
  readonly person: string;
  readonly appVersion: string;
  readonly bundleBytes: number | null;
  readonly writtenAt: Date;
  readonly receivedAt: Date;
  /** When it came or was answered last, to the microsecond. */
  readonly lastAt: string;
  readonly answers: readonly ListedAnswer[];
}

/** Which reports to list. */
export interface FeedbackScope {
  /** Of this agency alone. */
  readonly agency?: string;
  /** Of this one and those below it; null for all. */
  readonly under?: string | null;
  readonly except?: string;
  readonly which?: FeedbackSelection;
  /** Received in this span. */
  readonly from?: Date;
  readonly to?: Date;
}

export interface FeedbackPage {
  readonly before: { readonly at: string; readonly id: string } | null;
  readonly limit: number;
}

/** Locks of our own are told apart by their first number. */
const FEEDBACK_LOCK = 7_102_017;

/** What offices report and what is answered. */
export class FeedbackStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Lets one at a time go on about something, until its transaction ends: what is counted then stays so. */
  async hold(what: string): Promise<void> {
    await sql`SELECT pg_advisory_xact_lock(${FEEDBACK_LOCK}::int, hashtext(${what}))`.execute(this.#db);
  }

  async find(id: string): Promise<NewReport | null> {
    const row = await this.#db.selectFrom('feedback_reports').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) return null;
    return {
      id: row.id,
      agencyCode: row.agency_code,
      workstationId: row.workstation_id,
      kind: row.kind,
      text: row.text,
      person: row.person,
      appVersion: row.app_version,
      bundle: row.bundle,
      writtenAt: row.written_at,
      receivedAt: row.received_at,
    };
  }

  /** How many an agency sent from an instant on. */
  async countSince(agencyCode: string, from: Date): Promise<number> {
    const { count } = await this.#db
      .selectFrom('feedback_reports')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('agency_code', '=', agencyCode)
      .where('received_at', '>=', from)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** False when there is one under the id. */
  async addReport(report: NewReport): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto('feedback_reports')
      .values({
        id: report.id,
        agency_code: report.agencyCode,
        workstation_id: report.workstationId,
        kind: report.kind,
        text: report.text,
        person: report.person,
        app_version: report.appVersion,
        bundle: report.bundle,
        written_at: report.writtenAt,
        received_at: report.receivedAt,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  async findAnswer(id: string): Promise<NewAnswer | null> {
    const row = await this.#db.selectFrom('feedback_answers').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) return null;
    const { report_id: reportId, agency_code: agencyCode, person, text, answered_at: at } = row;
    return { id, reportId, agencyCode, person, text, at };
  }

  async countAnswers(reportId: string): Promise<number> {
    const { count } = await this.#db
      .selectFrom('feedback_answers')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('report_id', '=', reportId)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** False when there is one under the id. */
  async addAnswer({ id, reportId, agencyCode, person, text, at }: NewAnswer): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto('feedback_answers')
      .values({ id, report_id: reportId, agency_code: agencyCode, person, text, answered_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Notes of answers to an agency's own reports that they were read; of those noted before, and of others, nothing changes. */
  async markRead(agencyCode: string, answerIds: readonly string[], at: Date): Promise<void> {
    await sql`
      INSERT INTO feedback_reads (answer_id, read_at)
      SELECT answer.id, ${at}::timestamptz
      FROM feedback_answers AS answer JOIN feedback_reports AS report ON report.id = answer.report_id
      WHERE answer.id = ANY(${answerIds}::uuid[]) AND report.agency_code = ${agencyCode}
      ON CONFLICT (answer_id) DO NOTHING`.execute(this.#db);
  }

  /** How many reports there are in a scope. */
  async count(scope: FeedbackScope): Promise<number> {
    const { rows } = await sql<{ count: string }>`
      WITH RECURSIVE ${below(scope)} SELECT count(*) FROM feedback_reports AS report WHERE ${within(scope)}`.execute(
      this.#db,
    );
    return Number(rows[0]?.count);
  }

  /** Reports of a scope with their answers; first what came or was answered last. */
  async list(scope: FeedbackScope, { before, limit }: FeedbackPage): Promise<ListedReport[]> {
    const older =
      before === null ? sql`true` : sql`(last_at, report.id) < (${before.at}::timestamptz, ${before.id}::uuid)`;
    const { rows } = await sql<ListedReport>`
      WITH RECURSIVE ${below(scope)}
      SELECT report.id, report.agency_code AS agency, workstation.name AS workstation, report.kind, report.text,
        report.person, report.app_version AS "appVersion", octet_length(report.bundle) AS "bundleBytes",
        report.written_at AS "writtenAt", report.received_at AS "receivedAt",
        to_char(last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "lastAt", answers
      FROM feedback_reports AS report
        JOIN workstations AS workstation ON workstation.id = report.workstation_id
        CROSS JOIN LATERAL (
          SELECT greatest(report.received_at, max(answered_at)) AS last_at,
            coalesce(json_agg(json_build_object(
              'id', answer.id, 'agency', answer.agency_code, 'person', answer.person, 'text', answer.text,
              'at', ${instant(sql`answered_at`)}, 'readAt', ${instant(sql`read_at`)}
            ) ORDER BY answered_at, answer.id) FILTER (WHERE answer.id IS NOT NULL), '[]') AS answers
          FROM feedback_answers AS answer LEFT JOIN feedback_reads ON answer_id = answer.id
          WHERE answer.report_id = report.id
        ) AS answered
      WHERE ${within(scope)} AND ${older}
      ORDER BY last_at DESC, report.id DESC
      LIMIT ${limit}`.execute(this.#db);
    return rows;
  }
}

function below({ under }: FeedbackScope): RawBuilder<unknown> {
  return sql`below AS (
    SELECT code FROM agencies WHERE code = ${under ?? null}
    UNION SELECT agency.code FROM agencies AS agency JOIN below ON agency.parent_code = below.code
  )`;
}

function within({ agency, under, except, which, from, to }: FeedbackScope): RawBuilder<unknown> {
  const conditions = [
    agency === undefined ? null : sql`report.agency_code = ${agency}`,
    under === undefined || under === null ? null : sql`report.agency_code IN (SELECT code FROM below)`,
    except === undefined ? null : sql`report.agency_code <> ${except}`,
    which === 'open' ? sql`NOT EXISTS (SELECT FROM feedback_answers WHERE report_id = report.id)` : null,
    from === undefined ? null : sql`report.received_at >= ${from}`,
    to === undefined ? null : sql`report.received_at < ${to}`,
  ].filter((condition) => condition !== null);
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
}

/** As JSON writes it: UTC to the millisecond. */
function instant(column: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
