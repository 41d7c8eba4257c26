import { copyFile, mkdir, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { backupResultSchema } from '#shared/contract/keeper.ts';
import { keep } from '#tests/support/keep-process.ts';
import { incomingRecord } from '#tests/support/office-records.ts';
import { judgedBy, median, percentile, type JudgedPart } from '../measure.ts';
import { filledRegister } from './filled-register.ts';

const RUNS = 3;
/** A clerk is slower; so is the sync on a busy morning. */
const WRITE_EVERY_MS = 20;
/** After a backup its log is written back. */
const AFTERWARDS_MS = 2_000;
const BYTES_PER_MB = 1_000_000;

/** Backups of a large register in a process of their own, while a clerk writes in this one, beside copies of the same file. */
export async function measureKeep(documents: number): Promise<JudgedPart> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-bench-'));
  const filled = await filledRegister(documents);
  const { dataDir } = filled;
  const place = path.join(folder, 'place');
  try {
    await mkdir(place);
    const database = path.join(dataDir, 'vanthu.db');
    const { size } = await stat(database);
    const megabytes = size / BYTES_PER_MB;
    const rates: number[] = [];
    const copyRates: number[] = [];
    const checkedRates: number[] = [];
    const waits: number[] = [];
    const quiet: number[] = [];
    const clerk = openClerk(dataDir);
    try {
      for (let run = 0; run < RUNS; run += 1) {
        copyRates.push(megabytes / (await copySeconds(database, path.join(folder, 'copy.db'))));
        quiet.push(...(await clerk.writeFor(pause(AFTERWARDS_MS))));
        const during = await clerk.writeFor(
          backupOnce(dataDir, place).then(async ({ copyMs, checkMs }) => {
            rates.push(megabytes / (copyMs / 1_000));
            checkedRates.push(megabytes / ((copyMs + checkMs) / 1_000));
            await pause(AFTERWARDS_MS);
          }),
        );
        waits.push(...during);
      }
    } finally {
      clerk.close();
    }
    const ratio = median(rates) / median(copyRates);
    const longest = Math.max(...waits);
    return {
      goals: [
        judgedBy('backup: MB/s beside a file copy', ratio, 'higher', 0.5),
        judgedBy('backup: longest write of the clerk meanwhile, ms', longest, 'lower', 100),
      ],
      table: [
        {
          title: `Backup of ${documents} documents (${megabytes.toFixed(0)} MB), on the disk`,
          unit: 'MB/s',
          rows: [
            { kind: 'ours', what: 'backup beside a clerk who writes', value: median(rates) },
            { kind: 'peer', what: 'a copy of the same file, durable', value: median(copyRates) },
            { kind: 'part', what: 'until it was read back and every page checked', value: median(checkedRates) },
          ],
        },
        {
          title: `A write of the clerk while a backup runs (${waits.length} writes)`,
          rows: [
            { kind: 'ours', what: 'longest', value: longest },
            { kind: 'part', what: '99th percentile', value: percentile(waits, 99) },
            { kind: 'part', what: 'median', value: median(waits) },
            { kind: 'peer', what: 'longest without a backup', value: Math.max(...quiet) },
          ],
        },
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
    await filled.remove();
  }
}

async function backupOnce(dataDir: string, place: string): Promise<{ copyMs: number; checkMs: number }> {
  const order = { what: 'backup', dataDir, place, appVersion: 'bench', reason: 'person' } as const;
  const end = await keep({ ...order, onlyBeforeMigration: false });
  const made = 'value' in end ? backupResultSchema.parse(end.value) : null;
  if (made === null) throw new Error(`no backup: ${JSON.stringify(end)}`);
  return made;
}

async function copySeconds(source: string, target: string): Promise<number> {
  await rm(target, { force: true });
  const began = performance.now();
  await copyFile(source, target);
  const handle = await open(target, 'r+');
  await handle.sync();
  await handle.close();
  const seconds = (performance.now() - began) / 1_000;
  await rm(target);
  return seconds;
}

/** Somebody who registers one document after the other, in transactions that wait for the disk. */
function openClerk(dataDir: string) {
  const opened = openRegisters(dataDir, noLog);
  return {
    /** What each write took, in milliseconds, until the work is done. */
    async writeFor(work: Promise<unknown>): Promise<number[]> {
      const took: number[] = [];
      let done = false;
      const ended = work.finally(() => {
        done = true;
      });
      while (!done) {
        const began = performance.now();
        opened.registers.tx('bench', (stores) => stores.incoming.insert(incomingRecord(), []));
        took.push(performance.now() - began);
        await pause(WRITE_EVERY_MS);
      }
      await ended;
      return took;
    },
    close: () => opened.close(),
  };
}
