import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openRegisters } from '#data/open-registers.ts';
import { createContentStore } from '#files/content-store.ts';
import { loadPdfjs } from '#pdf/text/pdfjs.ts';
import { loadTrust } from '../load-trust.ts';
import { noLog } from '../machine-ports.ts';
import { describe } from './failures.ts';
import { printJson, refuseExtra } from './input-file.ts';

interface Check {
  readonly name: string;
  readonly outcome: 'ok' | 'warning' | 'failed';
  readonly detail: string;
}

const MIN_FREE_MB = 1024;
const shippedTrust = join(import.meta.dirname, '../../../resources/trust');

/** Checks what the application needs, by using it. With `--data-dir`, on that folder; else in a temporary one. */
export async function doctorCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, 'data-dir': { type: 'string' } },
  });
  refuseExtra(positionals, 0);
  const given = values['data-dir'];
  const folder = given ?? mkdtempSync(join(tmpdir(), 'vanthu-doctor-'));
  try {
    const checks: Check[] = [
      { name: 'node', outcome: 'ok', detail: process.version },
      check('registers', () => checkRegisters(folder)),
      await checkAsync('files', () => checkFiles(folder)),
      await checkAsync('pdf', async () => `pdf.js ${(await loadPdfjs()).version}`),
      check('disk', () => checkDisk(folder)),
      checkTrust(given),
    ];
    const ok = checks.every((one) => one.outcome !== 'failed');
    if (values.json) printJson({ ok, checks });
    else
      for (const one of checks) process.stdout.write(`${one.outcome.padEnd(8)} ${one.name.padEnd(10)} ${one.detail}\n`);
    return ok ? 0 : 1;
  } finally {
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function checkRegisters(folder: string): string {
  const opened = openRegisters(folder, noLog);
  const { sqliteVersion, schemaVersion } = opened;
  opened.registers.search.find('kiểm tra', 1, new Set());
  opened.close();
  return `SQLite ${sqliteVersion}, schema ${schemaVersion}`;
}

async function checkFiles(folder: string): Promise<string> {
  const store = createContentStore(folder);
  const { fileId } = await store.write(new TextEncoder().encode('vanthu doctor'));
  await store.read(fileId);
  await store.discard(fileId);
  return 'written, read back, removed';
}

function checkDisk(folder: string): string {
  const { bavail, bsize } = statfsSync(folder);
  const freeMb = Math.floor((bavail * bsize) / (1024 * 1024));
  if (freeMb < MIN_FREE_MB) throw new Error(`only ${freeMb} MB free`);
  return `${freeMb} MB free`;
}

function checkTrust(dataDir: string | undefined): Check {
  const folders = [shippedTrust, ...(dataDir === undefined ? [] : [join(dataDir, 'trust')])];
  const { anchors, crls } = loadTrust(folders, noLog);
  const detail = `${anchors.length} trust anchors, ${crls.length} revocation lists`;
  return { name: 'trust', outcome: anchors.length === 0 ? 'warning' : 'ok', detail };
}

function check(name: string, work: () => string): Check {
  try {
    return { name, outcome: 'ok', detail: work() };
  } catch (error) {
    return { name, outcome: 'failed', detail: describe(error) };
  }
}

async function checkAsync(name: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { name, outcome: 'ok', detail: await work() };
  } catch (error) {
    return { name, outcome: 'failed', detail: describe(error) };
  }
}
