import { type Kysely, sql } from 'kysely';
import type { TestNoticeFault, TestNoticeState } from '#shared/domain/test-notice.ts';
import type { Tables } from './tables.ts';

export interface TestNoticeRow {
  readonly id: string;
  readonly agencyCode: string;
  readonly phone: string;
  readonly sentAt: Date;
  readonly state: TestNoticeState;
  readonly fault: TestNoticeFault | null;
  readonly settledAt: Date | null;
}

export interface TestNoticeChange {
  readonly state: TestNoticeState;
  readonly fault: TestNoticeFault | null;
  readonly gateway?: string;
  readonly providerId?: string | null;
  readonly settledAt: Date | null;
  readonly detail: string;
}

/** Texts by which agencies try whether their officers are reached. */
export class TestNoticeStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Lets nobody else count what an agency tried until the transaction ends. */
  async holdCounts(agencyCode: string): Promise<void> {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended('van-thu test notices ' || ${agencyCode}, 0))`.execute(
      this.#db,
    );
  }

  /** When an agency had texts sent since an instant, and to which number; the latest first. */
  async sentSince(
    agencyCode: string,
    since: Date,
  ): Promise<readonly { readonly phone: string; readonly sentAt: Date }[]> {
    return this.#db
      .selectFrom('test_notices')
      .select(['phone', 'sent_at as sentAt'])
      .where('agency_code', '=', agencyCode)
      .where('sent_at', '>', since)
      .orderBy('sent_at', 'desc')
      .execute();
  }

  async add(id: string, agencyCode: string, phone: string, at: Date): Promise<void> {
    await this.#db
      .insertInto('test_notices')
      .values({ id, agency_code: agencyCode, phone, sent_at: at, state: 'sending' })
      .execute();
  }

  async find(id: string): Promise<TestNoticeRow | null> {
    return (await this.#rows().where('id', '=', id).executeTakeFirst()) ?? null;
  }

  async hold(id: string): Promise<TestNoticeRow | null> {
    return (await this.#rows().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null;
  }

  /** By the provider's own id, for reports that bring no other. */
  async idOf(gateway: string, providerId: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('test_notices')
      .select('id')
      .where('gateway', '=', gateway)
      .where('provider_id', '=', providerId)
      .executeTakeFirst();
    return row?.id ?? null;
  }

  async change(id: string, change: TestNoticeChange): Promise<void> {
    await this.#db
      .updateTable('test_notices')
      .set({
        state: change.state,
        fault: change.fault,
        settled_at: change.settledAt,
        detail: change.detail,
        ...(change.gateway === undefined ? {} : { gateway: change.gateway }),
        ...(change.providerId === undefined ? {} : { provider_id: change.providerId }),
      })
      .where('id', '=', id)
      .execute();
  }

  #rows() {
    return this.#db
      .selectFrom('test_notices')
      .select([
        'id',
        'agency_code as agencyCode',
        'phone',
        'sent_at as sentAt',
        'state',
        'fault',
        'settled_at as settledAt',
      ]);
  }
}
