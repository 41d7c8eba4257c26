import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openClerk } from './clerk.ts';
import { openInjector } from './inject.ts';
import type { FaultKind } from './kinds.ts';
import { goneMessages, observeInboxes, observeOffice } from './observe.ts';
import { isClean, judge, type Observation, type Verdict } from './oracle.ts';
import { Progress } from './progress.ts';
import { seededRandom } from './random.ts';
import type { RunLog } from './run-log.ts';
import { makeSchedule } from './schedule.ts';
import { openWorld, type World } from './world.ts';

export interface FaultRun {
  readonly seed: number;
  readonly count: number;
  readonly offices: number;
  readonly kinds: readonly FaultKind[];
  readonly canFillDisks: boolean;
  /** Longest time in calm that something waits and nothing moves, in milliseconds. */
  readonly calmMs: number;
  /** Largest letter, in bytes. */
  readonly largestLetter: number;
  /** Where the registers are kept when they are not as they should be; null to keep nothing. */
  readonly evidence: string | null;
  /** How a test breaks what the oracle must notice. */
  readonly tamper?: Tampering;
}

interface Tampering {
  /** Before the first letter is written. */
  readonly first?: (world: World) => Promise<void>;
  /** After a first verdict in calm, of which it is told; the run's own verdict is a second look, at once. */
  readonly last?: (world: World, before: Verdict) => Promise<void>;
}

export interface FaultResult {
  readonly faults: number;
  readonly verdict: Verdict;
  /** The whole run, from the first process on. */
  readonly seconds: number;
}

/** So many faults last at a time; the next one waits for one of them. */
const AT_ONCE = 4;
/** Time for letters to be on their way when the first fault comes. */
const WARM_UP_MS = 2_000;
const LOOK_MS = 500;
/** A merger in calm waits for all that is on its way to the old inbox, so it may take so many times as long. */
const MERGERS = 3;
/** When nothing moves for so long, the log says what the offices say. */
const STANDS_MS = 15_000;

/**
 * Runs an exchange and offices, lets clerks work and a schedule of faults happen, and judges what is left when all is
 * calm. A failure of the machine itself rejects; what the oracle finds is in the verdict.
 */
export async function runFaults(run: FaultRun, log: RunLog): Promise<FaultResult> {
  const started = performance.now();
  const schedule = makeSchedule(run);
  const world = await openWorld({ offices: run.offices, canFillDisks: run.canFillDisks, log });
  try {
    log.add('the offices are open');
    await run.tamper?.first?.(world);
    for (const step of schedule) {
      if (step.step === 'fault' && step.kind === 'office-merged') world.addresses.openOther(step.office);
    }
    const clerks = world.offices.map((office) =>
      openClerk(world, office, seededRandom(run.seed, office.index + 1), run.largestLetter),
    );
    const close = async (): Promise<void> => {
      await Promise.all(clerks.map((clerk) => clerk.close()));
    };
    try {
      await delay(WARM_UP_MS);
      const injector = openInjector(world);
      const lasting = new Set<Promise<void>>();
      const failures: unknown[] = [];
      for (const step of schedule) {
        if (step.step === 'fault') await delay(step.gapMs);
        while (lasting.size >= AT_ONCE) await Promise.race(lasting);
        const one: Promise<void> = injector
          .run(step)
          .catch((error: unknown) => void failures.push(error))
          .finally(() => lasting.delete(one));
        lasting.add(one);
        if (failures.length > 0) break;
      }
      await Promise.all(lasting);
      if (failures.length > 0) throw failures[0];
      await Promise.all(clerks.map((clerk) => clerk.rest()));
      log.add('calm');
      await callTheCalm(world);
      const unmerged = await injector.endMergers(MERGERS * run.calmMs);
      let verdict = await judgeWhenCalm(world, run, () => Promise.all(clerks.map((clerk) => clerk.isDone())));
      verdict = { ...verdict, stuck: [...verdict.stuck, ...unmerged] };
      if (run.tamper?.last !== undefined) {
        await run.tamper.last(world, verdict);
        verdict = await judgeNow(world);
      }
      if (run.evidence !== null && !isClean(verdict)) await keepRegisters(world, run.evidence);
      return { faults: run.count, verdict, seconds: Math.round((performance.now() - started) / 100) / 10 };
    } finally {
      await close();
    }
  } finally {
    await world.close();
  }
}

async function keepRegisters({ offices }: World, folder: string): Promise<void> {
  for (const { code, disk } of offices) {
    const kept = path.join(folder, code);
    await mkdir(kept, { recursive: true });
    for (const name of ['vanthu.db', 'vanthu.db-wal']) {
      await copyFile(path.join(disk.folder, name), path.join(kept, name));
    }
  }
}

/** Every other office hears that its network is back; the rest finds out by itself. */
async function callTheCalm({ exchange, offices }: World): Promise<void> {
  exchange.disk.free();
  for (const office of offices) {
    office.disk.free();
    await office.setClock(0);
    if (office.index % 2 === 0) await office.networkChanged();
  }
}

async function judgeWhenCalm(
  world: World,
  { calmMs }: FaultRun,
  clerksAreDone: () => Promise<readonly boolean[]>,
): Promise<Verdict> {
  const progress = new Progress(performance.now());
  let lastWords = '';
  let isDescribed = false;
  for (;;) {
    const settled = (await clerksAreDone()).every((done) => done);
    const verdict = await judgeNow(world);
    const { deliveries } = verdict;
    const open = verdict.lost.length + verdict.stuck.length + verdict.wrongState.length;
    const stands = progress.standsFor({ deliveries, open, settled }, performance.now());
    const words = `${deliveries} deliveries, ${open} to come, clerks ${settled ? 'done' : 'at work'}`;
    if (words !== lastWords) world.log.add(words);
    lastWords = words;
    if (stands > STANDS_MS && !isDescribed) await describeLines(world);
    isDescribed = stands > STANDS_MS;
    if (stands > calmMs || (settled && (isClean(verdict) || open === 0))) {
      if (!settled) {
        return {
          ...verdict,
          stuck: [...verdict.stuck, `arrivals are not registered; nothing moved for ${calmMs / 1_000} s`],
        };
      }
      return verdict;
    }
    await delay(LOOK_MS);
  }
}

async function describeLines({ offices, log }: World): Promise<void> {
  for (const office of offices) {
    const answer = await office.call('exchange.line', {});
    log.add(`nothing moves; ${office.code} says ${JSON.stringify(answer?.ok === true ? answer.value : answer)}`);
  }
}

async function judgeNow(world: World): Promise<Verdict> {
  return judge(world.ledger, await observe(world), (code) => world.officeOf(code)?.code ?? null);
}

async function observe({ exchange, offices }: World): Promise<Observation> {
  const codes = offices.flatMap(({ code, otherCode }) => [code, otherCode]);
  const inboxes = await exchange.ask('the inboxes', (running) => observeInboxes(running, codes));
  const observed = offices.map(({ code, disk }) => observeOffice(disk.folder, code, inboxes));
  const named = observed.flatMap(({ handedOver, setAside }) =>
    [...handedOver, ...setAside].map(({ message }) => message),
  );
  const gone = await exchange.ask('what is gone', (running) => goneMessages(running, named));
  return { inboxes, offices: observed, gone };
}
