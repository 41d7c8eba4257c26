import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCommand } from '../lib/run-command.ts';
import { sandboxArguments } from '../stage/application.ts';

const LIMIT_MS = 90_000;

/** What the application itself reports when it is started with --smoke-test=FILE. */
export interface SmokeReport {
  readonly ok: boolean;
  readonly electron: string;
  readonly sqlite?: string;
  readonly window?: boolean;
  readonly reason?: string;
}

/**
 * Starts a packaged application on an empty data folder and returns its report. It has opened its database, loaded its
 * window and ended by itself when the report says ok. Needs a display. Rejects when it ends without a report.
 */
export async function smokeTest(executable: string): Promise<SmokeReport> {
  const folder = await mkdtemp(path.join(tmpdir(), 'van-thu-smoke-'));
  try {
    const file = path.join(folder, 'report.json');
    const args = [...sandboxArguments(), `--smoke-test=${file}`, `--data-dir=${path.join(folder, 'data')}`];
    const { status, stderr } = await runCommand(executable, args, { cwd: folder, timeout: LIMIT_MS });
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) {
      throw new Error(`The packaged application ended with status ${String(status)} and no report:\n${stderr.trim()}`);
    }
    const report = JSON.parse(text) as SmokeReport;
    return { ...report, ok: report.ok && status === 0 };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
