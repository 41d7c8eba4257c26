import { type Kysely, sql } from 'kysely';
import { type EscalationPolicy, escalationPolicySchema } from '#shared/domain/escalation-policy.ts';
import { type Rota, rotaSchema } from '#shared/domain/rota.ts';
import { type OfficeHours, officeHoursSchema, type WorkCalendar } from '#shared/domain/working-time.ts';
import { prepared } from './prepared-statements.ts';
import type { Tables } from './tables.ts';

export interface KeptRota {
  readonly version: number;
  readonly rota: Rota;
  readonly changedAt: Date;
}

/** Who is told and when: policies, rotas, office hours and the calendar. */
export class DutyStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** The policies that hold for what an agency sends: its own, else the province's; null before there are any. */
  async currentPolicies(
    agencyCode: string,
  ): Promise<{ readonly id: string; readonly policies: readonly EscalationPolicy[] } | null> {
    const row = await this.#db
      .selectFrom('escalation_policies')
      .modifyFront(prepared)
      .select(['id', 'body'])
      .where(({ eb, or }) => or([eb('agency_code', '=', agencyCode), eb('agency_code', 'is', null)]))
      .orderBy(sql`agency_code IS NULL`)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : { id: row.id, policies: policiesSchema.parse(row.body) };
  }

  /** Policies as they were kept; they never change. */
  async policies(id: string): Promise<readonly EscalationPolicy[]> {
    const { body } = await this.#db
      .selectFrom('escalation_policies')
      .modifyFront(prepared)
      .select('body')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return policiesSchema.parse(body);
  }

  /** @param agencyCode null for the province's */
  async addPolicies(agencyCode: string | null, policies: readonly EscalationPolicy[]): Promise<string> {
    const { id } = await this.#db
      .insertInto('escalation_policies')
      .values({ agency_code: agencyCode, body: JSON.stringify(policies) as never })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  }

  async rota(agencyCode: string): Promise<KeptRota | null> {
    const row = await this.#db
      .selectFrom('duty_rotas')
      .modifyFront(prepared)
      .select(['version', 'body', 'changed_at'])
      .where('agency_code', '=', agencyCode)
      .executeTakeFirst();
    if (!row) return null;
    const rota = rotaSchema.parse(row.body);
    const verified = await this.#verified(agencyCode);
    // Which numbers are verified is not the office's to say.
    const officers = rota.officers.map((officer) => ({
      ...officer,
      phoneVerifiedAt: officer.phone === null ? null : (verified.get(officer.phone)?.toISOString() ?? null),
    }));
    return { version: Number(row.version), rota: { ...rota, officers }, changedAt: row.changed_at };
  }

  async #verified(agencyCode: string): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.#db
      .selectFrom('phone_verifications')
      .modifyFront(prepared)
      .select(['phone', 'verified_at'])
      .where('agency_code', '=', agencyCode)
      .where('verified_at', 'is not', null)
      .execute();
    return new Map(rows.flatMap(({ phone, verified_at: at }) => (at === null ? [] : [[phone, at]])));
  }

  /** Keeps the code that is sent to a number; false when one was sent too short a time ago. */
  async addPhoneCode(
    agencyCode: string,
    phone: string,
    code: { readonly hash: Buffer; readonly at: Date; readonly expiresAt: Date; readonly notBefore: Date },
  ): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#db
      .insertInto('phone_verifications')
      .values({
        agency_code: agencyCode,
        phone,
        code_hash: code.hash,
        sent_at: code.at,
        expires_at: code.expiresAt,
        verified_at: null,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['agency_code', 'phone'])
          .doUpdateSet(({ ref }) => ({
            code_hash: ref('excluded.code_hash'),
            sent_at: ref('excluded.sent_at'),
            expires_at: ref('excluded.expires_at'),
            tries: 0,
          }))
          .where('phone_verifications.sent_at', '<', code.notBefore),
      )
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  /** Whether the code is the one that was sent to the number; a right one is used up, a wrong one is counted. */
  async usePhoneCode(
    agencyCode: string,
    phone: string,
    { hash, at, mostTries }: { readonly hash: Buffer; readonly at: Date; readonly mostTries: number },
  ): Promise<boolean> {
    const row = await this.#db
      .updateTable('phone_verifications')
      .set({
        tries: sql<number>`tries + 1`,
        verified_at: sql<Date | null>`CASE WHEN code_hash = ${hash} THEN ${at}::timestamptz ELSE verified_at END`,
        code_hash: sql<Buffer | null>`CASE WHEN code_hash = ${hash} THEN NULL ELSE code_hash END`,
      })
      .where('agency_code', '=', agencyCode)
      .where('phone', '=', phone)
      .where('code_hash', 'is not', null)
      .where('expires_at', '>', at)
      .where('tries', '<', mostTries)
      .returning('code_hash')
      .executeTakeFirst();
    return row !== undefined && row.code_hash === null;
  }

  /** Keeps a rota in the place of the version that it was made from; null when that is no longer the one. */
  async saveRota(
    agencyCode: string,
    rota: Rota,
    { from, workstationId, at }: { readonly from: number; readonly workstationId: string; readonly at: Date },
  ): Promise<number | null> {
    const { rows } = await sql<{ version: string }>`
      INSERT INTO duty_rotas (agency_code, version, body, changed_at, changed_by)
      SELECT ${agencyCode}, ${from + 1}, ${JSON.stringify(rota)}::jsonb, ${at}, ${workstationId}::uuid
      WHERE ${from}::int = 0 OR EXISTS (SELECT FROM duty_rotas WHERE agency_code = ${agencyCode})
      ON CONFLICT (agency_code) DO UPDATE
        SET version = excluded.version, body = excluded.body, changed_at = excluded.changed_at,
          changed_by = excluded.changed_by
        WHERE duty_rotas.version = ${from}
      RETURNING version`.execute(this.#db);
    const [row] = rows;
    return row === undefined ? null : Number(row.version);
  }

  async hours(agencyCode: string): Promise<OfficeHours | null> {
    const row = await this.#db
      .selectFrom('office_hours')
      .modifyFront(prepared)
      .select('body')
      .where('agency_code', '=', agencyCode)
      .executeTakeFirst();
    return row === undefined ? null : officeHoursSchema.parse(row.body);
  }

  async saveHours(agencyCode: string, hours: OfficeHours): Promise<void> {
    await this.#db
      .insertInto('office_hours')
      .values({ agency_code: agencyCode, body: JSON.stringify(hours) as never })
      .onConflict((conflict) =>
        conflict.column('agency_code').doUpdateSet(({ ref }) => ({ body: ref('excluded.body') })),
      )
      .execute();
  }

  async calendar(): Promise<WorkCalendar> {
    return this.#db
      .selectFrom('calendar_days')
      .modifyFront(prepared)
      .select(({ cast }) => [cast<string>('day', 'text').as('date'), 'kind', 'name'])
      .orderBy('day')
      .execute();
  }

  /** Adds days, or changes what is known of them. */
  async saveCalendar(days: WorkCalendar): Promise<void> {
    for (const { date, kind, name } of days) {
      await this.#db
        .insertInto('calendar_days')
        .values({ day: date, kind, name })
        .onConflict((conflict) =>
          conflict.column('day').doUpdateSet(({ ref }) => ({ kind: ref('excluded.kind'), name: ref('excluded.name') })),
        )
        .execute();
    }
  }
}

const policiesSchema = escalationPolicySchema.array().readonly();
