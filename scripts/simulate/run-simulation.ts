import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { Agent } from 'node:http';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { importAgencies } from '#exchange/use-cases/import-agencies.ts';
import { issueEnrolmentCode } from '#exchange/use-cases/issue-enrolment-code.ts';
import { PolicyBook } from '#exchange/use-cases/policy-book.ts';
import { defaultPolicies } from '#shared/domain/default-policies.ts';
import type { Statement } from '#shared/wire/statements.ts';
import { freePorts } from '#tests/support/free-port.ts';
import {
  callsNeeded,
  documentsSpokenOf,
  nextDue,
  type openPool,
  setDatabaseClock,
  type WaitingDelivery,
} from '#tests/support/simulation/look.ts';
import { seededRandom } from '../faults/random.ts';
import { ExchangeHandle } from './exchange-handle.ts';
import { type LetterName, letterOf, statusOf } from './letters.ts';
import { type HandedOver, openNetworks } from './networks.ts';
import { type LineParts, type OfficeLine, openOfficeLine } from './office-line.ts';
import {
  DAY_MS,
  heeds,
  HOUR_MS,
  lineBackAt,
  localDay,
  looksAt,
  makeOffice,
  makeSending,
  MINUTE_MS,
  type Office,
  type Sending,
  START,
} from './offices.ts';
import { changeRota, makeRota, type RotaFrom } from './people.ts';
import { ProvinceDatabase } from './province-database.ts';
import { Timeline } from './timeline.ts';

export interface SimulationOptions {
  readonly agencies: number;
  readonly documents: number;
  readonly days: number;
  readonly seed: number;
  readonly dataFolder: string;
  readonly log: (line: string) => void;
}

export interface SimulatedMonth {
  readonly from: string;
  readonly to: string;
  readonly pool: ReturnType<typeof openPool>;
  readonly handedOver: readonly HandedOver[];
  readonly rotas: ReadonlyMap<string, readonly RotaFrom[]>;
  readonly kills: { readonly exchange: number; readonly database: number; readonly gateway: number };
  close(): Promise<void>;
}

/** What was sent last has all its steps by then. */
const CALM_MS = 3 * DAY_MS;
/** What happens within this time happens at once, and then the exchange does a round: a little later than a busy one would. */
const ROUND_MS = 30_000;
/** Rounds that fail one after the other; one of which the exchange or its database was killed may. */
const MOST_FAILED = 50;
const PROVINCE = 'H15';
/** Each thing that can be killed with a message is, so many times a day. */
const KILLS_PER_DAY = 0.1;
/** Streams of random numbers, apart from each other. */
const [FAULTS, PEOPLE, FIRST_DOCUMENT] = [1, 2, 1_000];
/** A call that was not made within this time will not be. */
const CALL_WITHIN_MS = 5 * DAY_MS;

/** Plays a month of a province on a real exchange, over its real requests, under a clock that stands still until it is moved. */
export async function runSimulation(options: SimulationOptions): Promise<SimulatedMonth> {
  const folder = path.resolve(options.dataFolder);
  await mkdir(folder, { recursive: true });
  const database = await ProvinceDatabase.open(path.join(folder, 'postgres'));
  try {
    return await playMonth(options, folder, database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function playMonth(
  { agencies: count, documents, days, seed, log }: SimulationOptions,
  folder: string,
  database: ProvinceDatabase,
): Promise<SimulatedMonth> {
  const random = seededRandom(seed);
  const people = seededRandom(seed, PEOPLE);
  const faults = seededRandom(seed, FAULTS);
  const end = START + days * DAY_MS;
  await database.with((stores) => PolicyBook.open(stores));
  const offices = new Map<string, Office>();
  for (let at = 1; at <= count; at += 1) {
    const code = `S${String(at).padStart(3, '0')}`;
    offices.set(code, makeOffice(code, days, random));
  }
  const codes = [PROVINCE, ...offices.keys()];
  await database.with((stores) => importAgencies(stores, codes.map(agencyOf)));

  const timeline = new Timeline();
  const rotas = new Map<string, RotaFrom[]>();
  // Workstations enrol by the machine's own clock; then the clock is taken back to where the month begins.
  let now = Date.now();
  const [port = 0] = await freePorts(1);
  const exchange = new ExchangeHandle(
    () => [folder, database.url, networks.noticesFile, String(port), String(now)],
    () => database.up(),
  );
  const share = Math.min(0.02, (KILLS_PER_DAY * days) / documents);
  const networks = await openNetworks({
    folder,
    exchangePort: port,
    faults,
    now: () => now,
    plan: (at, run) => timeline.plan(at, run),
    spokenOf: (id, text) => database.with((_, pool) => documentsSpokenOf(pool, { id, text }, new Date(now))),
    onTold: (deliveries) => {
      for (const one of deliveries) timeline.plan(now + people.between(1, 15) * MINUTE_MS, () => wake(one));
    },
    killShare: share,
    killExchange: () => exchange.kill(),
  });
  await networks.up();
  await exchange.up();
  const line: LineParts = {
    url: `http://127.0.0.1:${port}`,
    now: () => now,
    agent: new Agent({ keepAlive: true, maxSockets: 12 }),
    beforeRequest: async () => {
      await database.up();
      await exchange.up();
    },
  };
  const lines = new Map<string, OfficeLine>();
  for (const code of codes) {
    const { code: enrolmentCode } = await database.with((stores) => issueEnrolmentCode(stores, code));
    lines.set(code, await openOfficeLine(line, code, enrolmentCode));
  }
  const lineOf = (code: string): OfficeLine => {
    const found = lines.get(code);
    if (found === undefined) throw new Error(`no office ${code}`);
    return found;
  };

  const saveRota = async (code: string, rota: RotaFrom['rota']): Promise<void> => {
    const { workstationId } = lineOf(code);
    await database.with(async ({ duty }) => {
      const kept = await duty.rota(code);
      // Kept before the database was killed, and before it could say so.
      if (kept !== null && sameShape(kept.rota) === sameShape(rota)) return;
      await duty.saveRota(code, rota, { from: kept?.version ?? 0, workstationId, at: new Date(now) });
    });
    rotas.set(code, [...(rotas.get(code) ?? []), { at: now, rota }]);
  };
  const state = (code: string, statement: Partial<Statement>): Promise<void> =>
    lineOf(code).state({
      id: randomUUID(),
      at: new Date(now).toISOString(),
      person: 'Văn thư',
      ...statement,
    } as Statement);
  /** Accepting is what an exchange is killed at worst. */
  const put = async (code: string, edxml: Uint8Array): Promise<string> => {
    const id = randomUUID();
    const accepted = lineOf(code).putMessage(id, edxml);
    if (faults.chance(share)) {
      await Promise.race([accepted, pause(faults.between(0, 12))]);
      await exchange.kill();
    }
    await accepted;
    return id;
  };

  /** Somebody was told: most go and look. */
  const wake = async ({ messageId, recipientCode }: WaitingDelivery): Promise<void> => {
    const office = offices.get(recipientCode);
    if (office !== undefined && heeds(office, people)) await open(office, messageId);
  };
  const open = async (office: Office, messageId: string): Promise<void> => {
    const backAt = lineBackAt(office, now);
    if (backAt === null) await state(office.code, { event: 'opened', messageId });
    else timeline.plan(backAt, () => open(office, messageId));
  };
  const send = async (sending: Sending, number: number): Promise<void> => {
    const { sender, urgency, to } = sending;
    const looks = seededRandom(seed, FIRST_DOCUMENT + documents + number);
    const name: LetterName = { sender, number: String(number), documentId: `${sender},2026,${number}/UBND` };
    const messageId = await put(sender, letterOf(sending, name));
    for (const office of to) {
      const at = looksAt(office, now, urgency, looks);
      if (at === null) continue;
      timeline.plan(at, () => open(office, messageId));
      if (!looks.chance(0.7)) continue;
      const report = (statusCode: string) => async (): Promise<void> =>
        void (await put(office.code, statusOf(office.code, name, statusCode, now)));
      const registered = at + looks.between(5, 300) * MINUTE_MS;
      timeline.plan(registered, report('03'));
      if (looks.chance(0.5)) timeline.plan(registered + looks.between(1, 10) * DAY_MS, report('06'));
    }
  };
  /** The senders' clerks look at the call list and telephone. */
  const call = async (): Promise<void> => {
    const needed = await database.with((_, pool) => callsNeeded(pool, new Date(now - CALL_WITHIN_MS)));
    for (const { senderCode, messageId, recipientCode } of needed) {
      if (!people.chance(0.7)) continue;
      const outcome = people.chance(0.8) ? ('reached' as const) : ('no-answer' as const);
      const said = { phone: '', spokeTo: '', outcome, note: '' };
      await state(senderCode, { event: 'call-recorded', messageId, recipient: recipientCode, ...said });
      const at = now + people.between(3, 30) * MINUTE_MS;
      if (outcome === 'reached') timeline.plan(at, () => wake({ messageId, recipientCode }));
    }
  };

  now = START;
  await exchange.setClock(now);
  for (const code of codes) if (random.chance(0.97)) await saveRota(code, makeRota(code, random));
  for (let number = 1; number <= documents; number += 1) {
    const sending = makeSending(
      [...offices.values()],
      { province: PROVINCE, days },
      seededRandom(seed, FIRST_DOCUMENT + number),
    );
    timeline.plan(sending.at, () => send(sending, number));
  }
  for (let at = START + HOUR_MS; at < end + CALM_MS; at += HOUR_MS / 2) timeline.plan(at, call);
  for (const code of offices.keys()) {
    for (let at = START + random.between(1, 10) * DAY_MS; at < end; at += random.between(2, 12) * DAY_MS) {
      const change = async (): Promise<void> => {
        const rota = rotas.get(code)?.at(-1)?.rota;
        if (rota !== undefined) await saveRota(code, changeRota(rota, code, now, people));
      };
      timeline.plan(at + random.between(0, 1439) * MINUTE_MS, change, { alone: true });
    }
  }
  const sometime = (day: number): number => START + day * DAY_MS + faults.between(0, 1439) * MINUTE_MS;
  for (let day = 2; day < days; day += 3) {
    const minutes = faults.between(5, 15);
    const edit = (): Promise<unknown> => database.with(({ duty }) => duty.addPolicies(null, slower(minutes)));
    timeline.plan(sometime(day), async () => void (await edit()), { alone: true });
    timeline.plan(sometime(day), () => database.kill());
    timeline.plan(sometime(day), () => exchange.kill());
    timeline.plan(sometime(day), () => networks.killGateway());
  }

  const machineDue = (): Promise<number> => database.with(async (_, pool) => (await nextDue(pool)) ?? Infinity);
  let shown = 0;
  let due = await machineDue();
  let failed = 0;
  for (;;) {
    const next = Math.min(due, timeline.nextAt ?? Infinity);
    if (next > end + CALM_MS) break;
    // Whole milliseconds, as a machine's clock has them.
    now = Math.max(now, Math.ceil(next) + faults.between(0, ROUND_MS));
    if (now - START > shown * DAY_MS) log(`day ${(shown += 1)}, ${networks.handedOver.length} messages to people`);
    await Promise.all([database.with((_, pool) => setDatabaseClock(pool, new Date(now))), exchange.setClock(now)]);
    const happening = timeline.takeUntil(now);
    for (const { run } of happening.filter(({ alone }) => alone)) await run();
    await Promise.all(happening.filter(({ alone }) => !alone).map(({ run }) => run()));
    due = await machineDue();
    if (due > now) continue;
    const failures = await exchange.round();
    networks.endRound(failures?.length === 0);
    failed = failures === null || failures.length === 0 ? 0 : failed + 1;
    if (failed > 0) log(`a round failed: ${failures?.join(', ').slice(0, 300)}`);
    if (failed > MOST_FAILED) throw new Error('the exchange fails in every round');
    due = await machineDue();
  }
  line.agent.destroy();
  const kills = { exchange: exchange.kills, database: database.kills, gateway: networks.gatewayKills() };
  await exchange.end();
  await networks.close();
  return {
    from: localDay(START),
    to: localDay(end),
    pool: database.pool,
    handedOver: networks.handedOver,
    rotas,
    kills,
    close: () => database.close(),
  };
}

const agencyOf = (code: string) => ({
  code,
  name: code === PROVINCE ? 'Ủy ban nhân dân tỉnh' : `Cơ quan ${code}`,
  parentCode: code === PROVINCE ? null : PROVINCE,
  groups: [],
  validFrom: null,
  validTo: null,
});

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

/** Of a rota what an office says of it. */
function sameShape({ officers, substitutions }: RotaFrom['rota']): string {
  return JSON.stringify([officers.map(({ id }) => id), substitutions]);
}
