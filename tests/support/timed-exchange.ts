import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Notice, NoticeGateway, Outcome } from '#exchange/gateways/notice-gateway.ts';
import { runRound } from '#exchange/notices/notice-machine.ts';
import { type NoticeParts, openLanes } from '#exchange/notices/notice-parts.ts';
import { type Database, openDatabase } from '#exchange/storage/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#exchange/storage/embedded-postgres.ts';
import { importAgencies } from '#exchange/use-cases/import-agencies.ts';
import { PolicyBook } from '#exchange/use-cases/policy-book.ts';
import { readWatch } from '#exchange/use-cases/read-watch.ts';
import { takeStatements } from '#exchange/use-cases/take-statements.ts';
import type { NoticeChannel } from '#shared/domain/escalation-policy.ts';
import type { Rota } from '#shared/domain/rota.ts';
import type { EdxmlDocumentRouting } from '#shared/edxml/read-edxml.ts';
import { urgencyRank, type Urgency } from '#shared/domain/urgency.ts';
import type { Statement } from '#shared/wire/statements.ts';
import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';

import { acceptAt } from './accept-at.ts';
import { addWorkstation, nextDue } from './simulation/look.ts';

export interface SentNotice extends Notice {
  readonly channel: NoticeChannel;
  readonly at: Date;
}

export interface SentDocument {
  readonly from: string;
  readonly to: readonly string[];
  readonly urgency: Urgency;
  readonly code?: string;
  readonly expressAt?: string;
  readonly due?: { readonly day: string; readonly at: string | null };
}

/** A gateway that keeps what it is given and answers as it is told. */
export class TestGateway implements NoticeGateway {
  readonly name: string;
  readonly channel: NoticeChannel;
  readonly sent: SentNotice[] = [];
  answer: (notice: Notice) => Outcome | Promise<Outcome>;
  readonly #clock: () => Date;

  constructor(channel: NoticeChannel, clock: () => Date, name: string = channel) {
    this.channel = channel;
    this.name = name;
    this.#clock = clock;
    this.answer = (notice) => ({ kind: 'accepted', providerId: notice.id, final: true, gateway: name, detail: '' });
  }

  async send(notice: Notice): Promise<Outcome> {
    this.sent.push({ ...notice, channel: this.channel, at: this.#clock() });
    return this.answer(notice);
  }

  async close(): Promise<void> {}
}

/** The exchange's own database and machine of notices over a clock that is moved by hand. */
export interface TimedExchange {
  readonly database: Database;
  readonly pool: pg.Pool;
  readonly parts: NoticeParts;
  readonly sms: TestGateway;
  readonly email: TestGateway;
  now(): Date;
  /** Does all that is due until then, each at its own time. */
  advanceTo(instant: string): Promise<void>;
  /** A message is accepted now; returns its id. */
  accept(document: SentDocument): Promise<string>;
  setRota(agencyCode: string, rota: Rota): Promise<void>;
  state(
    agencyCode: string,
    statement: Omit<Statement, 'id' | 'at' | 'person'> & Record<string, unknown>,
  ): Promise<string | null>;
  /** What an agency sees of a delivery. */
  watched(agencyCode: string, messageId: string, recipient: string): Promise<WatchedDelivery>;
  close(): Promise<void>;
}

export async function openTimedExchange(
  start: string,
  agencies: readonly { readonly code: string; readonly name: string; readonly parentCode?: string }[],
): Promise<TimedExchange> {
  const folder = await mkdtemp(join(tmpdir(), 'van-thu-timed-'));
  const postgres: EmbeddedPostgres = await startEmbeddedPostgres(join(folder, 'postgres'));
  const database = openDatabase(postgres.connection, () => undefined);
  await database.migrate();
  const pool = new pg.Pool(postgres.connection);
  // A connection may hear of PostgreSQL's end before it has ended itself.
  pool.on('error', () => undefined);
  await importAgencies(
    database,
    agencies.map(({ code, name, parentCode = null }) => ({
      code,
      name,
      parentCode,
      groups: [],
      validFrom: null,
      validTo: null,
    })),
  );
  const policies = await PolicyBook.open(database);
  let now = new Date(start);
  const clock = (): Date => now;
  const sms = new TestGateway('sms', clock);
  const email = new TestGateway('email', clock);
  const parts: NoticeParts = {
    database,
    gateways: [sms, email],
    clock,
    tell: () => undefined,
    lanes: openLanes(),
    alarm: async () => undefined,
    partsPerMonth: () => null,
  };
  const signal = new AbortController().signal;
  return {
    database,
    pool,
    parts,
    sms,
    email,
    now: clock,
    advanceTo: async (instant) => {
      const end = new Date(instant);
      for (;;) {
        const due = await nextDue(pool);
        if (due === null || due > end.getTime()) break;
        const at = new Date(due);
        if (at > now) now = at;
        const failures = await runRound(parts, signal);
        if (failures.length > 0) throw failures[0];
      }
      if (end > now) now = end;
    },
    accept: async ({ from, to, urgency, code = '14/CĐ-UBND', expressAt = null, due = null }) => {
      const id = randomUUID();
      const routing: EdxmlDocumentRouting = {
        kind: 'document',
        from,
        to,
        documentId: `${from},${code}`,
        priority: urgencyRank(urgency),
        businessType: 0,
        updatedId: '',
        code,
        typeName: 'Công điện',
        paper: false,
        due,
        expressAt,
      };
      await acceptAt(database, await policies.of(from), id, routing, now);
      return id;
    },
    setRota: async (agencyCode, rota) => {
      const workstation = await addWorkstation(pool, agencyCode);
      const kept = await database.duty.rota(agencyCode);
      const version = await database.duty.saveRota(agencyCode, rota, {
        from: kept?.version ?? 0,
        workstationId: workstation,
        at: now,
      });
      if (version === null) throw new Error('the rota was changed by another');
    },
    state: async (agencyCode, statement) => {
      const full = { id: randomUUID(), at: now.toISOString(), person: 'Trần Thị Văn Thư', ...statement } as Statement;
      const { results } = await takeStatements(database, agencyCode, [full], now);
      return results[0]?.refused ?? null;
    },
    watched: async (agencyCode, messageId, recipient) => {
      const { deliveries } = await readWatch(
        database,
        { agencyCode, after: '0', epoch: await database.inbox.epoch(), limit: 200 },
        now,
      );
      const found = deliveries.find((one) => one.messageId === messageId && one.recipient === recipient);
      if (found === undefined) throw new Error(`${agencyCode} does not watch ${messageId} to ${recipient}`);
      return found;
    },
    close: async () => {
      await pool.end();
      await database.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
