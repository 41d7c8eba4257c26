import { Logger, runMigrations } from 'graphile-worker';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { AcceptanceStore } from './acceptance-store.ts';
import { AlarmStore } from './alarm-store.ts';
import { DeliveryEventStore } from './delivery-event-store.ts';
import { DirectoryStore } from './directory-store.ts';
import { DutyStore } from './duty-store.ts';
import { EnrolmentStore } from './enrolment-store.ts';
import { FeedbackStore } from './feedback-store.ts';
import { InboxStore } from './inbox-store.ts';
import { MessageStore } from './message-store.ts';
import { NoticeStore } from './notice-store.ts';
import { OversightDetailStore } from './oversight-detail-store.ts';
import { OversightStore } from './oversight-store.ts';
import { TestNoticeStore } from './test-notice-store.ts';
import { WatchStore } from './watch-store.ts';
import { inTransaction } from './in-transaction.ts';
import { migrate } from './migrate.ts';
import { PreparingClient } from './prepared-statements.ts';
import type { Tables } from './tables.ts';

const silent = new Logger(() => () => undefined);

export type DatabaseConnection = pg.PoolConfig;

/** All queries, by subject: on the pool, or inside one transaction. */
export interface Stores {
  readonly directory: DirectoryStore;
  readonly enrolment: EnrolmentStore;
  readonly messages: MessageStore;
  readonly acceptance: AcceptanceStore;
  readonly inbox: InboxStore;
  readonly events: DeliveryEventStore;
  readonly alarms: AlarmStore;
  readonly notices: NoticeStore;
  readonly duty: DutyStore;
  readonly tests: TestNoticeStore;
  readonly watch: WatchStore;
  readonly oversight: OversightStore;
  readonly oversightDetails: OversightDetailStore;
  readonly feedback: FeedbackStore;
}

export interface Database extends Stores {
  /** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
  transaction<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result>;
  /** Brings the schema up to date. @throws Error when the database is of a newer version */
  migrate(): Promise<void>;
  /** @throws whatever the driver says when the database does not answer */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a pool. `onError` hears of connections that broke; the pool replaces them by itself. */
export function openDatabase(connection: DatabaseConnection, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    Client: PreparingClient,
    max: 12,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 20_000,
    application_name: 'van-thu-exchange',
    ...connection,
  });
  // Each client is listened to for life: the pool itself does not while somebody works with it, and a broken connection
  // without a listener would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return {
    ...storesOver(db),
    transaction: (work) => inTransaction(db, (transaction) => work(storesOver(transaction))),
    migrate: async () => {
      await migrate(db);
      // The tables of the queue are its library's own.
      await runMigrations({ pgPool: pool, logger: silent });
    },
    check: async () => void (await sql`SELECT 1`.execute(db)),
    close: () => pool.end(),
  };
}

function storesOver(db: Kysely<Tables>): Stores {
  return {
    directory: new DirectoryStore(db),
    enrolment: new EnrolmentStore(db),
    messages: new MessageStore(db),
    acceptance: new AcceptanceStore(db),
    inbox: new InboxStore(db),
    events: new DeliveryEventStore(db),
    alarms: new AlarmStore(db),
    notices: new NoticeStore(db),
    duty: new DutyStore(db),
    tests: new TestNoticeStore(db),
    watch: new WatchStore(db),
    oversight: new OversightStore(db),
    oversightDetails: new OversightDetailStore(db),
    feedback: new FeedbackStore(db),
  };
}
