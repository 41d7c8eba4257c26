import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../lib/repository.ts';
import { runCommand, tool } from '../lib/run-command.ts';
import { resolveRuntime } from '../stage/application.ts';
import { readPlaywrightReport } from './read-reports.ts';
import { judgeStage, type Tally } from './tally.ts';

/** Stages and builds the application, then runs the Playwright tests on it (displays: tests/support/e2e.ts). */
export async function runEndToEnd(args: readonly string[] = []): Promise<Tally> {
  const runtime = await resolveRuntime();
  process.stdout.write(`Running on ${runtime.description}\n`);
  const report = path.join(repositoryRoot, 'out', 'playwright.json');
  await mkdir(path.join(repositoryRoot, 'out', 'e2e'), { recursive: true });
  await rm(report, { force: true });
  const { status } = await runCommand(tool('playwright'), ['test', '--reporter=list,json', ...args], {
    output: 'inherit',
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return judgeStage(await readPlaywrightReport(report), status);
}
