import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Notice, Outcome } from '#exchange/gateways/notice-gateway.ts';
import { takeReport } from '#exchange/notices/take-report.ts';
import { type Database, openDatabase } from '#exchange/storage/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#exchange/storage/embedded-postgres.ts';
import { importAgencies } from '#exchange/use-cases/import-agencies.ts';
import { noteMessage } from '#exchange/use-cases/note-message.ts';
import { PolicyBook } from '#exchange/use-cases/policy-book.ts';
import { takeStatements } from '#exchange/use-cases/take-statements.ts';
import { defaultPolicies } from '#shared/domain/default-policies.ts';
import type { NoticeChannel } from '#shared/domain/escalation-policy.ts';
import { isExpress, type Urgency, urgencyRank } from '#shared/domain/urgency.ts';
import type { Statement } from '#shared/wire/statements.ts';
import { acceptAt } from '#tests/support/accept-at.ts';
import { addWorkstation, callsNeeded, documentsSpokenOf, nextDue, openPool } from '#tests/support/simulation/look.ts';
import { type SeededRandom, seededRandom } from '../faults/random.ts';
import { Machine } from './machine.ts';
import { changeRota, makeRota, type RotaFrom } from './people.ts';
import { Timeline } from './timeline.ts';

export interface SimulationOptions {
  readonly agencies: number;
  readonly documents: number;
  readonly days: number;
  readonly seed: number;
  readonly dataFolder: string;
  readonly log: (line: string) => void;
}

/** A message as it went to a telephone or mailbox. */
export interface HandedOver {
  readonly id: string;
  readonly channel: NoticeChannel;
  readonly to: string;
  readonly at: number;
  /** Documents it was about that somebody had opened before, and that it spoke of all the same. */
  readonly aboutOpened: number;
  /** Handed over though it had been answered as delivered. */
  readonly again: boolean;
}

export interface SimulatedMonth {
  readonly from: string;
  readonly to: string;
  readonly pool: ReturnType<typeof openPool>;
  readonly handedOver: readonly HandedOver[];
  readonly rotas: ReadonlyMap<string, readonly RotaFrom[]>;
  readonly kills: { readonly worker: number; readonly database: number };
  close(): Promise<void>;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const VIETNAM_MS = 7 * HOUR_MS;
/** A Monday, midnight in Việt Nam. */
const START = Date.parse('2026-11-02T00:00:00+07:00');
/** What was sent last has all its steps by then. */
const CALM_MS = 3 * DAY_MS;
const ROUND_MS = 5_000;
const PROVINCE = 'H15';

/** How an office behaves. */
interface Office {
  readonly code: string;
  /** Minutes until somebody looks, at work. */
  readonly habit: 'prompt' | 'slow' | 'careless';
  /** Spans in which its line is down. */
  readonly outages: readonly { readonly from: number; readonly to: number }[];
}

/** Plays a month of a province on a real database and the exchange's own rules, under a clock of its own. */
export async function runSimulation(options: SimulationOptions): Promise<SimulatedMonth> {
  const { agencies: count, documents, days, seed, log } = options;
  const random = seededRandom(seed);
  const faults = seededRandom(seed, 1);
  const end = START + days * DAY_MS;
  const folder = path.resolve(options.dataFolder);
  await mkdir(folder, { recursive: true });
  const postgresFolder = path.join(folder, 'postgres');
  let postgres: EmbeddedPostgres = await startEmbeddedPostgres(postgresFolder);
  let database = openDatabase(postgres.connection, () => undefined);
  let pool = openPool(postgres.connection);
  await database.migrate();
  await PolicyBook.open(database);

  const offices = Array.from({ length: count }, (_, at) =>
    makeOffice(`S${String(at + 1).padStart(3, '0')}`, days, random),
  );
  const entries = [
    { code: PROVINCE, parentCode: null },
    ...offices.map(({ code }) => ({ code, parentCode: PROVINCE })),
  ];
  await importAgencies(
    database,
    entries.map(({ code, parentCode }) => ({
      code,
      name: code === PROVINCE ? 'Ủy ban nhân dân tỉnh' : `Cơ quan ${code}`,
      parentCode,
      groups: [],
      validFrom: null,
      validTo: null,
    })),
  );
  const workstation = await addWorkstation(pool, PROVINCE);
  const rotas = new Map<string, RotaFrom[]>();
  let now = START;
  let databaseKills = 0;
  const timeline = new Timeline();
  const handedOver: HandedOver[] = [];
  const delivered = new Set<string>();

  /** Again and again while the database is away; what is done is done once by its own keys. */
  const withDatabase = async <Value>(work: (database: Database) => Promise<Value>): Promise<Value> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work(database);
      } catch (error) {
        if (attempt >= 3) throw error;
        await restartDatabase();
      }
    }
  };
  const restartDatabase = async (): Promise<void> => {
    await machine.kill();
    await database.close().catch(() => undefined);
    await pool.end().catch(() => undefined);
    await postgres.stop().catch(() => undefined);
    postgres = await startEmbeddedPostgres(postgresFolder);
    database = openDatabase(postgres.connection, () => undefined);
    pool = openPool(postgres.connection);
  };
  const killDatabase = async (): Promise<void> => {
    databaseKills += 1;
    const file = await readFile(path.join(postgresFolder, 'cluster', 'postmaster.pid'), 'utf8');
    process.kill(Number(file.split('\n')[0]), 'SIGKILL');
    await restartDatabase();
  };

  const saveRota = async (code: string, rota: RotaFrom['rota']): Promise<void> => {
    await withDatabase(async ({ duty }) => {
      const kept = await duty.rota(code);
      if (
        JSON.stringify(kept?.rota.substitutions) === JSON.stringify(rota.substitutions) &&
        sameOfficers(kept?.rota, rota)
      )
        return;
      await duty.saveRota(code, rota, { from: kept?.version ?? 0, workstationId: workstation, at: new Date(now) });
    });
    rotas.set(code, [...(rotas.get(code) ?? []), { at: now, rota }]);
  };
  const state = async (code: string, statement: Partial<Statement>): Promise<void> => {
    const full = { id: randomUUID(), at: new Date(now).toISOString(), person: 'Văn thư', ...statement } as Statement;
    await withDatabase((one) => takeStatements(one, code, [full], new Date(now)));
  };

  /** The networks: mostly they deliver, at times they lose an answer, refuse a number, or say later what became of it. */
  const answer = async (channel: NoticeChannel, notice: Notice): Promise<Outcome | null> => {
    const spoken = await documentsSpokenOf(pool, notice);
    const at = now;
    const note = (): void => {
      handedOver.push({
        id: notice.id,
        channel,
        to: notice.to,
        at,
        aboutOpened: spoken.opened,
        again: delivered.has(notice.id),
      });
      for (const waiting of spoken.waiting) timeline.plan(at + reactionMs(random), () => wake(waiting));
    };
    const said = { gateway: channel, detail: '' };
    const fate = faults.next();
    // Killed before it went out, or right after.
    if (fate < 0.004) return null;
    if (fate < 0.008) {
      note();
      return null;
    }
    if (fate < 0.02) return { kind: 'retry', reason: 'unreachable', afterMs: null, ...said };
    if (fate < 0.03) return { kind: 'rejected', reason: 'invalid-number', ...said };
    note();
    if (fate < 0.05) return { kind: 'unsure', ...said };
    if (channel === 'email') {
      delivered.add(notice.id);
      return { kind: 'accepted', providerId: notice.id, final: true, ...said };
    }
    const reportState = faults.chance(0.03) ? ('failed' as const) : ('delivered' as const);
    if (faults.chance(0.97)) {
      timeline.plan(at + faults.between(1, 40) * 1_000, async () => {
        if (reportState === 'delivered') delivered.add(notice.id);
        const report = {
          gateway: channel,
          id: notice.id,
          providerId: null,
          state: reportState,
          at: new Date(now),
          detail: '',
        };
        await withDatabase((one) => takeReport({ ...reportParts, database: one }, report));
      });
    }
    return { kind: 'accepted', providerId: notice.id, final: false, ...said };
  };
  const reportParts = {
    gateways: [{ channel: 'sms' as const, name: 'sms', send: neverSends, close: async () => undefined }],
    clock: () => new Date(now),
    tell: () => undefined,
    alarm: async () => undefined,
    partsPerMonth: () => null,
  };
  const machine = new Machine(() => postgres.connection, answer);

  /** Somebody was told on a telephone or by letter: most go and look. */
  const wake = async ({ messageId, recipientCode }: { messageId: string; recipientCode: string }): Promise<void> => {
    const office = offices.find(({ code }) => code === recipientCode);
    if (office === undefined || !random.chance(office.habit === 'careless' ? 0.3 : 0.8)) return;
    await open(office, messageId);
  };
  const open = async (office: Office, messageId: string): Promise<void> => {
    const outage = office.outages.find(({ from, to }) => from <= now && now < to);
    if (outage !== undefined) {
      timeline.plan(outage.to + MINUTE_MS, () => open(office, messageId));
      return;
    }
    await state(office.code, { event: 'opened', messageId });
  };

  const send = async (): Promise<void> => {
    const sender = random.chance(0.2) ? PROVINCE : random.pick(offices).code;
    const urgency = pickUrgency(random);
    const express = isExpress(urgency);
    const to = random
      .shuffled(offices.map(({ code }) => code))
      .filter((code) => code !== sender)
      .slice(0, random.between(1, 9));
    const messageId = randomUUID();
    const documentId = `${sender},${messageId}`;
    const expressAt =
      urgency === 'express-timed' ? new Date(now + random.between(-10, 360) * MINUTE_MS).toISOString() : null;
    const routing = {
      kind: 'document' as const,
      from: sender,
      to,
      documentId,
      priority: urgencyRank(urgency),
      businessType: 0,
      code: `${messageId.slice(0, 6)}/UBND`,
      typeName: 'Công văn',
      paper: random.chance(0.3),
      due: random.chance(0.1)
        ? { day: new Date(now + random.between(1, 15) * DAY_MS).toISOString().slice(0, 10), at: null }
        : null,
      expressAt,
    };
    await withDatabase(async (one) => {
      const policies = await one.duty.currentPolicies(sender);
      if (policies === null) throw new Error('the exchange has no policies');
      await acceptAt(one, policies, messageId, routing, new Date(now));
    });
    for (const code of to) {
      const office = offices.find((one) => one.code === code);
      if (office === undefined) continue;
      const at = looksAt(office, now, express, random);
      if (at === null) continue;
      timeline.plan(at, () => open(office, messageId));
      if (!random.chance(0.7)) continue;
      const registered = at + random.between(5, 300) * MINUTE_MS;
      timeline.plan(registered, () => report(code, sender, documentId, '03'));
      if (random.chance(0.5)) {
        timeline.plan(registered + random.between(1, 10) * DAY_MS, () => report(code, sender, documentId, '06'));
      }
    }
  };
  const report = async (from: string, to: string, documentId: string, statusCode: string): Promise<void> => {
    const routing = { kind: 'status' as const, from, to: [to], documentId, statusCode, description: '' };
    await withDatabase((one) =>
      one.transaction((stores) =>
        noteMessage(stores, routing, { id: randomUUID(), senderCode: from, at: new Date(now) }),
      ),
    );
  };
  /** The sender's clerk looks at the call list and telephones. */
  const call = async (): Promise<void> => {
    for (const one of await callsNeeded(pool)) {
      if (!random.chance(0.7)) continue;
      const outcome = random.chance(0.8) ? ('reached' as const) : ('no-answer' as const);
      await state(one.senderCode, {
        event: 'call-recorded',
        messageId: one.messageId,
        recipient: one.recipientCode,
        phone: '',
        spokeTo: '',
        outcome,
        note: '',
      });
      if (outcome === 'reached') timeline.plan(now + random.between(3, 30) * MINUTE_MS, () => wake(one));
    }
  };

  for (const { code } of [{ code: PROVINCE }, ...offices])
    if (random.chance(0.97)) await saveRota(code, makeRota(code, random));
  for (let document = 0; document < documents; document += 1) timeline.plan(sendAt(days, random), send);
  for (let at = START + HOUR_MS; at < end + CALM_MS; at += HOUR_MS / 2) timeline.plan(at, call);
  for (const { code } of offices) {
    for (let at = START + random.between(1, 10) * DAY_MS; at < end; at += random.between(2, 12) * DAY_MS) {
      timeline.plan(at + random.between(0, 1439) * MINUTE_MS, async () => {
        const rota = rotas.get(code)?.at(-1)?.rota;
        if (rota !== undefined) await saveRota(code, changeRota(rota, code, now, random));
      });
    }
  }
  for (let day = 2; day < days; day += 3) {
    timeline.plan(START + day * DAY_MS + faults.between(0, 1439) * MINUTE_MS, async () => {
      const minutes = faults.between(5, 15);
      await withDatabase(({ duty }) => duty.addPolicies(null, slower(minutes)));
    });
    timeline.plan(START + day * DAY_MS + faults.between(0, 1439) * MINUTE_MS, killDatabase);
    timeline.plan(START + day * DAY_MS + faults.between(0, 1439) * MINUTE_MS, () => machine.kill());
  }

  let shown = 0;
  for (;;) {
    const due = await withDatabase(() => nextDue(pool));
    const planned = timeline.nextAt;
    const next = Math.min(due ?? Infinity, planned ?? Infinity);
    if (next > end + CALM_MS) break;
    now = Math.max(now, next);
    if (now - START > shown * DAY_MS) log(`day ${(shown += 1)}, ${handedOver.length} messages to people`);
    if (planned !== null && planned <= now) {
      await timeline.take()?.run();
      continue;
    }
    // As the exchange's own rounds do, which come every few seconds.
    now = Math.min(now + faults.between(0, ROUND_MS), planned ?? Infinity);
    const failures = await machine.round(new Date(now));
    if (failures !== null && failures.length > 0) log(`a round failed: ${failures.join(', ').slice(0, 300)}`);
  }
  now = end + CALM_MS;
  return {
    from: localDay(START),
    to: localDay(end),
    pool,
    handedOver,
    rotas,
    kills: { worker: machine.kills, database: databaseKills },
    close: async () => {
      await machine.kill();
      await pool.end();
      await database.close();
      await postgres.stop();
    },
  };
}

async function neverSends(): Promise<Outcome> {
  throw new Error('a report sends nothing');
}

function makeOffice(code: string, days: number, random: SeededRandom): Office {
  const outages = Array.from({ length: random.between(0, 3) }, () => {
    const from = START + random.next() * days * DAY_MS;
    return { from, to: from + random.between(1, 20) * HOUR_MS };
  });
  const kind = random.next();
  return { code, habit: kind < 0.6 ? 'prompt' : kind < 0.9 ? 'slow' : 'careless', outages };
}

/** When somebody of an office looks by itself; null for never. */
function looksAt({ habit }: Office, now: number, express: boolean, random: SeededRandom): number | null {
  if (random.chance(habit === 'careless' ? 0.4 : 0.03)) return null;
  const minutes = {
    prompt: random.between(1, 40),
    slow: random.between(15, 400),
    careless: random.between(200, 4_000),
  }[habit];
  const at = now + (express ? minutes / 2 : minutes) * MINUTE_MS;
  return atWork(at) ? at : nextMorning(at) + random.between(0, 90) * MINUTE_MS;
}

const hourOf = (at: number): number => new Date(at + VIETNAM_MS).getUTCHours();
const weekdayOf = (at: number): number => new Date(at + VIETNAM_MS).getUTCDay();
const atWork = (at: number): boolean => weekdayOf(at) % 6 !== 0 && hourOf(at) >= 7 && hourOf(at) < 17;

function nextMorning(at: number): number {
  const midnight = Math.floor((at + VIETNAM_MS) / DAY_MS) * DAY_MS - VIETNAM_MS;
  for (let day = midnight + (hourOf(at) >= 7 ? DAY_MS : 0); ; day += DAY_MS) {
    if (weekdayOf(day + 8 * HOUR_MS) % 6 !== 0) return day + 7 * HOUR_MS + 30 * MINUTE_MS;
  }
}

/** Mostly by day; some at night and at weekends. */
function sendAt(days: number, random: SeededRandom): number {
  for (;;) {
    const at = START + Math.floor(random.next() * days * DAY_MS);
    if (atWork(at) || random.chance(0.05)) return at;
  }
}

function pickUrgency(random: SeededRandom): Urgency {
  const share = random.next();
  if (share < 0.7) return 'normal';
  if (share < 0.82) return 'urgent';
  if (share < 0.88) return 'very-urgent';
  return share < 0.97 ? 'express' : 'express-timed';
}

const reactionMs = (random: SeededRandom): number => random.between(1, 15) * MINUTE_MS;
const localDay = (at: number): string => new Date(at + VIETNAM_MS).toISOString().slice(0, 10);

/** The province asks for more patience, or less. */
function slower(minutes: number) {
  return defaultPolicies.map((policy) => ({
    ...policy,
    steps: policy.steps.map((step) =>
      policy.urgencies.includes('express') && step.timing.when === 'after' && step.timing.minutes > 0
        ? { ...step, timing: { ...step.timing, minutes: step.timing.minutes + minutes } }
        : step,
    ),
  }));
}

function sameOfficers(kept: RotaFrom['rota'] | undefined, rota: RotaFrom['rota']): boolean {
  return JSON.stringify(kept?.officers.map(({ id }) => id)) === JSON.stringify(rota.officers.map(({ id }) => id));
}
