import { readFile } from 'node:fs/promises';
import type { Tally } from './tally.ts';

/** Counts of a Vitest JSON report. A skipped test counts as failed: nothing in this repository may be skipped. */
export async function readVitestReport(file: string): Promise<Tally> {
  const report = await readReport(file);
  const passed = count(report.numPassedTests);
  return { passed, failed: count(report.numTotalTests) - passed + brokenFiles(report) };
}

/** Counts of a Playwright JSON report. One that passed on its second try, which only the configuration grants, passed. */
export async function readPlaywrightReport(file: string): Promise<Tally> {
  const stats = ((await readReport(file)).stats ?? {}) as Readonly<Record<string, unknown>>;
  return { passed: count(stats.expected) + count(stats.flaky), failed: count(stats.unexpected) + count(stats.skipped) };
}

type Report = Readonly<Record<string, unknown>>;

/** The runner's report, or an empty one when it ended before it could write any. */
async function readReport(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  return JSON.parse(text) as Report;
}

/** Test files that failed as a whole, for instance at import, and so hold no test that could fail. */
function brokenFiles({ testResults }: Report): number {
  if (!Array.isArray(testResults)) return 0;
  return (testResults as readonly { status?: string; assertionResults?: readonly { status: string }[] }[]).filter(
    ({ status, assertionResults = [] }) =>
      status === 'failed' && assertionResults.every((result) => result.status !== 'failed'),
  ).length;
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
