import { decideAll } from '#scripts/demo/decide-all.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallName, CallOutput } from '#shared/contract/contract.ts';
import { urgencies } from '#shared/domain/urgency.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { blankPlacement, plainFields } from '#tests/support/office-letters.ts';
import type { LooseInput } from '#tests/support/office-process.ts';
import { TEST_PKI_PASSWORD } from '../make-test-pki.ts';
import type { KeyIds, OfficeHost } from './office-host.ts';
import type { SeededRandom } from './random.ts';
import type { World } from './world.ts';

/** The person at an office: writes letters, registers what comes. Repeats a command whose answer was lost, as screens do. */
export interface Clerk {
  /** Writes no more letters, and goes on with what arrives. */
  rest(): Promise<void>;
  /** Whether something arrived that is not registered yet. */
  isDone(): Promise<boolean>;
  close(): Promise<void>;
}

/** The register went back to an older copy, so the letter in hand may no longer be there; or it was refused. */
class Abandoned extends Error {
  readonly code = 'ABANDONED';
}

const REFUSED_TRIES = 3;
const PAUSE_MS = [600, 2_200] as const;
const KILOBYTE = 1_000;

/** @param largest size of a letter, in bytes */
export function openClerk(world: World, office: OfficeHost, random: SeededRandom, largest: number): Clerk {
  const { ledger, log } = world;
  let writing = true;
  let closed = false;
  let wrote = 0;
  /** Arrivals that cannot be registered, whatever a clerk does (a hostile agency's). */
  const hopeless = new Set<string>();
  let rested = (): void => undefined;

  /** The value of a command, repeated under its own id until somebody answers. */
  const command = async <N extends CallName>(name: N, input: LooseInput): Promise<CallOutput<N>> => {
    const restores = office.restores();
    for (let tries = 1; ; tries += 1) {
      const commandId = randomUUID();
      for (;;) {
        const answer = await office.call(name, { ...input, commandId });
        if (office.restores() !== restores) throw new Abandoned(`${name}: restored meanwhile`);
        if (answer === null) continue;
        if (answer.ok) return answer.value;
        if (tries >= REFUSED_TRIES || !(answer.retryable || answer.code === 'DISK_FULL')) {
          throw new Abandoned(`${name}: ${answer.code}`);
        }
        break;
      }
      await delay(300);
    }
  };
  const ask = async <N extends CallName>(name: N, input: LooseInput): Promise<CallOutput<N>> => {
    for (;;) {
      const answer = await office.call(name, input);
      if (answer?.ok === true) return answer.value;
      if (answer !== null) throw new Abandoned(`${name}: ${answer.code}`);
    }
  };

  const recipients = (): string[] => {
    const others = random.shuffled(world.offices.filter((other) => other !== office));
    return others
      .slice(0, random.between(1, Math.min(3, others.length)))
      .map((other) => random.pick(world.addresses.of(other)));
  };

  const writeLetter = async (): Promise<void> => {
    wrote += 1;
    const file = path.join(world.lettersFolder, `${office.index}-${wrote}.pdf`);
    await writeFile(file, makeLetter(`${office.code} ${wrote} ${randomUUID()}`, letterSize(random, largest)));
    const to = recipients();
    const written = world.addresses.write(to);
    try {
      await issueLetter(file, to);
    } finally {
      written();
      await rm(file, { force: true });
    }
  };

  const issueLetter = async (file: string, to: readonly string[]): Promise<void> => {
    const keys = world.keys[office.index] as KeyIds;
    const read = await command('letters.propose', { token: { $file: file } });
    const urgency = random.chance(0.2) ? random.pick(urgencies) : 'normal';
    const draft = await command('outgoing.create', {
      fileId: read.file.fileId,
      fileName: `${wrote}.pdf`,
      fields: { ...plainFields, abstract: `V/v thử lỗi, thư ${wrote}`, urgency },
      placement: blankPlacement,
      recipients: to,
    });
    const idOf = ({ id, revision }: { id: string; revision: number }) => ({ id, revision });
    const approved = await command('outgoing.approve', idOf(draft));
    const numbered = await command('outgoing.assignNumber', idOf(approved));
    const { id, year, number, codeText } = numbered;
    ledger.give({ office: office.code, direction: 'outgoing', year, number, document: id });
    await decideAll(ask, numbered, keys);
    const password = TEST_PKI_PASSWORD;
    const signed = await command('outgoing.sign', { ...idOf(numbered), certificateId: keys.person, password });
    const sealed = await command('outgoing.seal', { ...idOf(signed), certificateId: keys.seal, password });
    const { file: final } = await ask('outgoing.get', { id });
    await command('outgoing.send', idOf(sealed));
    ledger.commit({ id, office: office.code, hash: final.fileId, codeText, year, recipients: to });
  };

  const waitingArrivals = async () =>
    (await ask('incoming.list', { box: 'to-register', limit: 50 })).rows.filter(({ id }) => !hopeless.has(id));

  const handleArrival = async (id: string, revision: number): Promise<void> => {
    try {
      if (random.chance(0.15)) {
        await command('incoming.return', { id, revision, reason: 'Gửi nhầm' });
        return;
      }
      const { fields } = await ask('incoming.get', { id });
      const registered = await command('incoming.register', { id, revision, fields, acceptDuplicate: true });
      const { arrivalNumber: number, year } = registered;
      ledger.give({ office: office.code, direction: 'incoming', year, number, document: id });
      if (random.chance(0.4)) await command('incoming.complete', { id, revision: registered.revision });
    } catch (error) {
      if (!(error instanceof Abandoned)) throw error;
      // A disk that was full, or a restore, passes; a form that is not accepted stays so.
      if (/INPUT|INVALID/.test(error.message)) hopeless.add(id);
      log.add(`${office.code} left an arrival: ${error.message}`);
    }
  };

  const workOnce = async (): Promise<void> => {
    if (writing) await writeLetter();
    else rested();
    for (const { id, revision } of (await waitingArrivals()).slice(0, writing ? 4 : 50)) {
      if (closed || world.resting.has(office)) return;
      await handleArrival(id, revision);
    }
  };

  const work = async (): Promise<void> => {
    while (!closed) {
      if (!world.resting.has(office)) {
        world.atWork.add(office);
        try {
          await workOnce();
        } catch (error) {
          if (closed) return;
          log.add(`${office.code} abandoned its work: ${error instanceof Abandoned ? error.message : String(error)}`);
        }
        world.atWork.delete(office);
      }
      await delay(writing ? random.between(...PAUSE_MS) : 200);
    }
  };
  const done = work();

  return {
    rest: () =>
      new Promise((resolve) => {
        rested = resolve;
        writing = false;
      }),
    isDone: async () => (await waitingArrivals()).length === 0,
    close: async () => {
      closed = true;
      await done;
    },
  };
}

/** In bytes: mostly a page or two, sometimes a scan. */
function letterSize(random: SeededRandom, largest: number): number {
  const of = random.next();
  const [from, to] = of < 0.7 ? [1, 20] : of < 0.9 ? [50, 300] : of < 0.97 ? [500, 1_000] : [2_000, 3_000];
  return Math.min(random.between(from * KILOBYTE, to * KILOBYTE), largest);
}

/** A page that is like no other, with something that no compression shrinks. */
function makeLetter(text: string, size: number): Uint8Array {
  const filling = randomBytes(Math.max(1, size - 1_000)).toString('latin1');
  return makePdf({
    content: `BT /F1 12 Tf 72 720 Td (So:      ${text}) Tj ET`,
    extra: [`<</Length ${filling.length}>>\nstream\n${filling}\nendstream`],
  });
}
