import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { readRows } from '#tests/support/office-database.ts';
import { incomingRecord } from '#tests/support/office-records.ts';
import { sampleLetter } from './demo/demo-world.ts';
import { OfficeWindow } from './demo/office-window.ts';
import { registerLetters, writeLetters, type Claims } from './kills/clerk.ts';
import { killTree } from './kills/kill-tree.ts';
import { seededRandom, type SeededRandom } from './faults/random.ts';
import { ensureEnvironment } from './lib/environment.ts';
import { repositoryRoot } from './lib/repository.ts';
import { runCommand } from './lib/run-command.ts';
import { runScript } from './lib/run-script.ts';
import { withVirtualDisplay } from './lib/xvfb.ts';

/** What is typed is on disk after this (docs/architecture.md, "Forms"). */
const KEPT_WITHIN_MS = 1000;
/** A clerk works this long at most until the power goes. */
const LONGEST_ROUND_MS = 6000;
const LETTERS_PER_KILL = 12;

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const kills = Number(values.kills);

/** `npm run --silent rehearse:kills -- [--kills 200] [--seed 1]`: the real application is killed while a clerk types. */
await runScript(async () => {
  await ensureEnvironment({ needs: ['staging', 'window'] });
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-kills-'));
  fillFolder(folder);
  const claims: Claims = { typed: [], numbers: [], saved: [] };
  const random = seededRandom(Number(values.seed));
  const lost: string[] = [];
  await withVirtualDisplay(async () => {
    for (let round = 1; round <= kills && lost.length === 0; round += 1) {
      const killedAt = await work(folder, round, random, claims);
      // A word of the last second may be lost, and is not asked for again.
      const kept = wordsOnDisk(folder);
      const tooLate = claims.typed
        .filter(({ word, at }) => at > killedAt - KEPT_WITHIN_MS && !kept.has(word))
        .map(({ word }) => word);
      claims.typed.splice(0, Infinity, ...claims.typed.filter(({ word }) => !tooLate.includes(word)));
      lost.push(...faults(folder, claims, kept));
      if (round % 10 === 0 || lost.length > 0) {
        process.stdout.write(`${round} kills, ${claims.typed.length} words, ${claims.numbers.length} numbers\n`);
      }
    }
  });
  const audit = await runCommand('node', ['electron/entries/cli.ts', 'audit', 'verify', '--data-dir', folder], {
    cwd: repositoryRoot,
    output: 'inherit',
  });
  const { typed, numbers, saved } = claims;
  process.stdout.write(
    `${JSON.stringify({ kills, typed: typed.length, numbers: numbers.length, saved: saved.length, lost })}\n`,
  );
  const isWhole = lost.length === 0 && audit.status === 0;
  if (isWhole) await rm(folder, { recursive: true, force: true });
  else process.stdout.write(`kept: ${folder}\n`);
  return isWhole ? 0 : 1;
});

/** One morning that ends in the middle. Answers when the power went. */
async function work(folder: string, round: number, random: SeededRandom, claims: Claims): Promise<number> {
  const window = await OfficeWindow.open(folder);
  await window.button(/Văn bản mới/).waitFor({ timeout: 60_000 });
  const play = round % 2 === 1 ? registerLetters : writeLetters;
  let killedAt = Infinity;
  const killed = delay(random.between(300, LONGEST_ROUND_MS)).then(async () => {
    killedAt = performance.now();
    await killTree(window.app.process().pid ?? 0);
  });
  try {
    await play(window, { round, random, claims, letter: sampleLetter });
  } catch (error) {
    // What fails once the power is gone is no fault; what failed before is one of the screen.
    if (killedAt === Infinity) throw error;
  } finally {
    await killed;
  }
  return killedAt;
}

function faults(folder: string, claims: Claims, kept: ReadonlySet<string>): string[] {
  const drafts = textsOf(folder, "SELECT abstract AS text FROM document WHERE direction = 'outgoing'");
  const numbers = readRows<{ number: number }>(
    folder,
    "SELECT number FROM book_number WHERE book_id = 'incoming' ORDER BY number",
  );
  const [check] = readRows<{ quick_check: string }>(folder, 'PRAGMA quick_check');
  return [
    ...claims.typed.filter(({ word }) => !kept.has(word)).map(({ word }) => `typed: ${word}`),
    ...claims.saved.filter((word) => !drafts.has(word)).map((word) => `saved: ${word}`),
    ...claims.numbers
      .filter((number) => !numbers.some((row) => row.number === number))
      .map((number) => `number: ${number}`),
    ...numbers.filter(({ number }, index) => number !== index + 1).map(({ number }) => `gap before ${number}`),
    ...(check?.quick_check === 'ok' ? [] : [`database: ${check?.quick_check}`]),
  ];
}

/** Every word in an unfinished form or in a document. */
function wordsOnDisk(folder: string): ReadonlySet<string> {
  return new Set([
    ...textsOf(folder, 'SELECT body AS text FROM form'),
    ...textsOf(folder, 'SELECT abstract AS text FROM document'),
  ]);
}

function textsOf(folder: string, sql: string): ReadonlySet<string> {
  return new Set(readRows<{ text: string }>(folder, sql).flatMap(({ text }) => text.match(/v\d+x\d+q/g) ?? []));
}

function fillFolder(folder: string): void {
  const { registers, close } = openRegisters(folder, noLog);
  registers.tx('test', (stores) => {
    stores.office.setAgency({ code: 'H15.01', name: 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk' });
    for (let at = 1; at <= kills * LETTERS_PER_KILL; at += 1) {
      const record = incomingRecord({
        opened: true,
        received: null,
        arrivedAt: new Date(Date.now() - at * 60_000).toISOString(),
      });
      stores.incoming.insert({ ...record, fields: { ...record.fields, codeText: `${at}/SNV-VP` } }, []);
    }
  });
  close();
}
