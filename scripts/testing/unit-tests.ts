import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../lib/repository.ts';
import { runCommand, tool } from '../lib/run-command.ts';
import { readVitestReport } from './read-reports.ts';
import { judgeStage, type Tally } from './tally.ts';

/** Runs every Vitest test (unit, contract, data, sync, interop, security, crash) with its progress on the terminal. */
export async function runUnitTests(args: readonly string[] = []): Promise<Tally> {
  const report = path.join(repositoryRoot, 'out', 'vitest.json');
  await mkdir(path.dirname(report), { recursive: true });
  await rm(report, { force: true });
  const { status } = await runCommand(
    tool('vitest'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    { output: 'inherit' },
  );
  return judgeStage(await readVitestReport(report), status);
}
