import { existsSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readCursor } from '#tests/support/office-database.ts';
import type { FaultKind } from './kinds.ts';
import {
  acceptedMessages,
  hasQueuedTo,
  knowsWorkstation,
  observeInboxes,
  observeOffice,
  readAgency,
  readHeld,
  readMessageIds,
  readWorkstation,
} from './observe.ts';
import type { OfficeHost } from './office-host.ts';
import type { Fault, Step } from './schedule.ts';
import { takeTurns } from './turns.ts';
import type { World } from './world.ts';

/** Does what a schedule says to a world. */
export interface Injector {
  /** Resolves when the fault is over, or the copy is made. */
  run(step: Step): Promise<void>;
  /**
   * In calm: ends the mergers whose old inbox did not come to its end among the faults, each within `limitMs`.
   * Returns what was in vain.
   */
  endMergers(limitMs: number): Promise<readonly string[]>;
}

type Strike = (office: OfficeHost, fault: Fault) => Promise<void | string>;

const MEGABYTE = 1024 * 1024;
/** Smaller uploads get through before the line falls silent. */
const SILENT_FROM = 20_000;
const READ_LIMIT_MS = 15_000;
/** A merger that waits longer holds a place that other faults want; it is ended in calm. */
const MERGE_LIMIT_MS = 60_000;

export function openInjector(world: World): Injector {
  const { exchange, ledger, log, offices } = world;
  /** Messages whose file the exchange lost. */
  const spoilt = new Set<string>();

  const turns = offices.map(() => takeTurns());
  /** One person at a time sets up, copies or puts back an office. */
  const inTurn = <Value>(office: OfficeHost, work: () => Promise<Value>): Promise<Value> => {
    const turn = turns[office.index];
    if (turn === undefined) throw new Error(`no office ${office.index}`);
    return turn(work);
  };
  const enrolAgain = (office: OfficeHost): Promise<void> =>
    inTurn(office, async () => office.enrolAgain(await agencyOf(office), 'again'));

  /** An office that the exchange does not know, or whose place was taken, is enrolled again. To be called in its turn. */
  const ensureEnrolled = async (office: OfficeHost): Promise<void> => {
    const workstation = await readable(() => readWorkstation(office.disk.folder));
    const isKnown = await exchange.ask('who is known', (running) => knowsWorkstation(running, workstation));
    if (!isKnown) await office.enrolAgain(await agencyOf(office), 'again');
  };

  /** Puts a line into a bad state for a while. */
  const line =
    (worsen: (of: OfficeHost, fault: Fault) => void, mend: (of: OfficeHost, fault: Fault) => void): Strike =>
    async (office, fault) => {
      worsen(office, fault);
      await delay(fault.holdMs);
      mend(office, fault);
      if (fault.tellsNetwork) await office.networkChanged();
    };

  /** As the manual says: first everything that waits under the old code is taken in and sent, then comes the new one. */
  const merge = async (office: OfficeHost, limitMs: number): Promise<string> => {
    world.resting.add(office);
    try {
      const deadline = performance.now() + limitMs;
      for (let waits = await whatWaits(office); waits !== ''; waits = await whatWaits(office)) {
        if (performance.now() > deadline) return `its old inbox did not come to its end: ${waits}`;
        await delay(200);
      }
      await inTurn(office, async () => {
        if ((await agencyOf(office)) !== office.otherCode) await office.enrolAgain(office.otherCode, 'merger');
      });
      return `as ${office.otherCode}`;
    } finally {
      world.resting.delete(office);
    }
  };

  const rollBack = async (office: OfficeHost, copy: string): Promise<void> => {
    const { folder } = office.disk;
    const messages = await readable(() => readMessageIds(folder));
    const accepted = await exchange.ask('what left', (running) => acceptedMessages(running, [...messages.values()]));
    const tail = { ...(await readable(() => readHeld(folder, office.code))), messages };
    const left = (message: string): boolean => accepted.has(message) && !spoilt.has(message);
    ledger.rollBack(office.code, tail, readHeld(copy, office.code), left);
  };

  /** What keeps an office from being merged; '' when nothing does. */
  const whatWaits = async (office: OfficeHost): Promise<string> => {
    if (world.atWork.has(office)) return 'its clerk is at work';
    if (world.addresses.isWrittenTo(office.code)) return 'a letter to it is being written';
    const sender = await readable(() => offices.find(({ disk }) => hasQueuedTo(disk.folder, office.code)));
    if (sender !== undefined) return `${sender.code} has a letter to it that has not left`;
    const inboxes = await exchange.ask('the inbox', (running) => observeInboxes(running, [office.code]));
    const seen = await readable(() => observeOffice(office.disk.folder, office.code, inboxes));
    // What the exchange lost comes again under the old code, unless nobody knows it any more.
    const lost = seen.setAside.filter(
      ({ code, message }) => code === 'MESSAGE_LOST' && !ledger.rolledBack.some((letter) => letter.message === message),
    );
    const counts = { unread: seen.unread, unsent: seen.waiting.length, lost: lost.length };
    return Object.values(counts).every((count) => count === 0) ? '' : JSON.stringify(counts);
  };

  const spoilNewest =
    (spoil: (file: string) => Promise<void>): Strike =>
    async (office, { holdMs }) => {
      // What is still to be fetched, so that the loss is noticed.
      office.line.silence();
      try {
        const deadline = performance.now() + holdMs * 3;
        for (;;) {
          const cursor = await readable(() => readCursor(office.disk.folder));
          const waiting = await exchange.ask('what waits', async ({ database }) => {
            const { rows } = await database.query<{ id: string; sha256: string }>(
              `SELECT m.id, m.sha256 FROM deliveries d JOIN messages m ON m.id = d.message_id
               WHERE d.agency_code = $1 AND d.seq > $2 AND m.kind = 'document' AND m.lost_at IS NULL AND m.sender_code <> 'H99'
               ORDER BY d.seq LIMIT 1`,
              [office.code, cursor],
            );
            return rows[0];
          });
          if (waiting !== undefined) {
            await spoil(path.join(exchange.disk.folder, 'messages', waiting.sha256.slice(0, 2), waiting.sha256));
            spoilt.add(waiting.id);
            ledger.stillLeft((message) => message !== waiting.id);
            return waiting.id;
          }
          if (performance.now() > deadline) return 'nothing waited';
          await delay(100);
        }
      } finally {
        office.line.endSilence('reset');
      }
    };

  const strikes: Readonly<Record<FaultKind, Strike>> = {
    'exchange-killed': () => exchange.kill(),
    'postgres-killed': () => exchange.killPostgres(),
    'exchange-stopped': (_, { holdMs }) => exchange.stopFor(holdMs),
    'office-killed': (office) => office.kill(),
    'crash-point': async (office, { faultPoint, holdMs }) =>
      `${faultPoint}: ${(await office.dieAt(faultPoint, holdMs)) ? 'died' : 'not reached'}`,
    'line-cut': async (office) => office.line.cutAll(),
    'line-silent': line(
      ({ line: of }) => of.silence(),
      ({ line: of }, { choice }) => of.endSilence(choice < 0.5 ? 'resume' : 'reset'),
    ),
    'requests-swallowed': line(
      ({ line: of }) => (of.swallowRequests = true),
      ({ line: of }) => (of.swallowRequests = false),
    ),
    'answers-swallowed': line(
      ({ line: of }) => (of.swallowAnswers = true),
      ({ line: of }) => (of.swallowAnswers = false),
    ),
    'requests-doubled': line(
      ({ line: of }) => (of.doubleRequests = true),
      ({ line: of }) => (of.doubleRequests = false),
    ),
    'answers-doubled': line(
      ({ line: of }) => (of.doubleAnswers = true),
      ({ line: of }) => (of.doubleAnswers = false),
    ),
    'downloads-broken': line(
      ({ line: of }, { bytes }) => (of.cutAfterServerBytes = bytes),
      ({ line: of, lineLimit }) => (of.cutAfterServerBytes = lineLimit),
    ),
    'uploads-broken': line(
      ({ line: of }, { bytes }) => (of.cutAfterClientBytes = bytes),
      ({ line: of, lineLimit }) => (of.cutAfterClientBytes = lineLimit),
    ),
    'office-disk-full': async ({ disk }, { holdMs }) => fullFor(disk, holdMs),
    'exchange-disk-full': (_, { holdMs }) => fullFor(exchange.disk, holdMs),
    'clock-jump': async (office, { clockMs, holdMs }) => {
      await office.setClock(clockMs);
      await delay(holdMs);
      await office.setClock(0);
      return minutes(clockMs);
    },
    'exchange-clock-jump': async (_, { clockMs, holdMs }) => {
      await exchange.turnClock(clockMs);
      await delay(holdMs);
      await exchange.turnClock(0);
      return minutes(clockMs);
    },
    'office-restored': async (office, { backup }) => {
      const before = ledger.rolledBack.length;
      await inTurn(office, async () => {
        await office.restore(backup ?? 0, (copy) => rollBack(office, copy));
        // It may be that its place was taken by the workstation that it was itself later on.
        await ensureEnrolled(office);
      });
      const words = [`${ledger.rolledBack.length - before} letters forgotten`];
      const isBeforeMerger = world.addresses.isClosed(office) && (await agencyOf(office)) === office.code;
      if (isBeforeMerger) words.push(await merge(office, MERGE_LIMIT_MS));
      return words.join(', ');
    },
    'office-enrolled-again': enrolAgain,
    'hostile-agency': (office, { choice }) => {
      const others = offices.filter((other) => other !== office).map(({ code }) => code);
      return world.hostile.attack(choice, office.code, others);
    },
    'exchange-restored': async (_, { backup, choice }) => {
      const isTold = choice < 0.5;
      await exchange.restore(backup ?? 0, isTold);
      const messages = ledger.rolledBack.flatMap(({ message }) => message ?? []);
      const has = await exchange.ask('what is left', (running) => acceptedMessages(running, messages));
      ledger.stillLeft((message) => has.has(message));
      for (const office of offices) await inTurn(office, () => ensureEnrolled(office));
      return isTold ? 'an administrator said so' : 'nobody said so';
    },
    'office-merged': async (office) => {
      if (world.addresses.isClosed(office)) return 'was merged before';
      world.addresses.closeOwn(office);
      ledger.merge(office.code);
      return merge(office, MERGE_LIMIT_MS);
    },
    'file-lost': spoilNewest((file) => rm(file, { force: true })),
    'file-damaged': spoilNewest(damage),
    'line-breaks-every-megabyte': async (office) => {
      office.lineLimit = MEGABYTE;
      office.line.cutAfterClientBytes = MEGABYTE;
      office.line.cutAfterServerBytes = MEGABYTE;
    },
    'uploads-silent': line(
      ({ line: of }) => (of.silentAfterClientBytes = SILENT_FROM),
      ({ line: of }) => (of.silentAfterClientBytes = null),
    ),
  };

  const backUp = async (backup: number, of: 'exchange' | number): Promise<void> => {
    const office = of === 'exchange' ? undefined : offices[of];
    if (office === undefined) await exchange.backUp(backup);
    else await inTurn(office, () => office.backUp(backup));
    log.add(`copy ${backup} of ${office?.code ?? 'exchange'} made`);
  };

  return {
    run: async (step) => {
      if (step.step === 'backup') return backUp(step.backup, step.of);
      const office = offices[step.office];
      if (office === undefined) throw new Error(`no office ${step.office}`);
      const name = `fault ${step.number} ${step.kind} (${office.code})`;
      log.add(`${name} begins`);
      const words = await strikes[step.kind](office, step);
      log.add(`${name} is over${typeof words === 'string' ? `: ${words}` : ''}`);
    },
    endMergers: async (limitMs) => {
      const inVain: string[] = [];
      for (const office of offices) {
        if (!world.addresses.isClosed(office) || (await agencyOf(office)) === office.otherCode) continue;
        const words = await merge(office, limitMs);
        log.add(`the merger of ${office.code} in calm: ${words}`);
        if ((await agencyOf(office)) !== office.otherCode) inVain.push(`${office.code} is not merged: ${words}`);
      }
      return inVain;
    },
  };
}

const minutes = (ms: number): string => `${Math.round(ms / 60_000)} minutes`;

const agencyOf = (office: OfficeHost): Promise<string> => readable(() => readAgency(office.disk.folder) ?? office.code);

/** A register on a full disk cannot be opened while its office is down; there is room again in seconds. */
async function readable<Value>(read: () => Value): Promise<Value> {
  const deadline = performance.now() + READ_LIMIT_MS;
  for (;;) {
    try {
      return read();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(100);
    }
  }
}

async function fullFor(disk: OfficeHost['disk'], ms: number): Promise<void> {
  disk.fill();
  await delay(ms);
  disk.free();
}

/** One byte is another, as after a fault of a disk that nobody noticed. */
async function damage(file: string): Promise<void> {
  // It may have been lost before, and nobody has asked for it since.
  if (!existsSync(file)) return;
  const handle = await open(file, 'r+');
  try {
    const { size } = await handle.stat();
    await handle.write(Buffer.from([0x21]), 0, 1, Math.floor(size / 3));
  } finally {
    await handle.close();
  }
}
