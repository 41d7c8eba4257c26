import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runSteps } from '#scripts/lib/steps.ts';
import { readPlaywrightReport, readVitestReport } from '#scripts/testing/read-reports.ts';
import { addTallies, judgeStage } from '#scripts/testing/tally.ts';

describe('judgeStage', () => {
  it.each([
    ['all passed', { passed: 3, failed: 0 }, 0, { passed: 3, failed: 0 }],
    ['some failed', { passed: 3, failed: 2 }, 1, { passed: 3, failed: 2 }],
    ['nothing ran', { passed: 0, failed: 0 }, 0, { passed: 0, failed: 1 }],
    ['the runner broke after passing tests', { passed: 3, failed: 0 }, 1, { passed: 3, failed: 1 }],
    ['the runner was killed', { passed: 3, failed: 0 }, null, { passed: 3, failed: 1 }],
  ])('%s', (_name, counted, status, expected) => {
    expect(judgeStage(counted, status)).toEqual(expected);
  });
});

it('adds stages up', () => {
  const tallies = [
    { passed: 1, failed: 0 },
    { passed: 2, failed: 3 },
  ];
  expect(addTallies(tallies)).toEqual({ passed: 3, failed: 3 });
});

it('counts steps that complain and steps that throw as failed', async () => {
  const steps = [
    { name: 'good', run: () => Promise.resolve([]) },
    { name: 'complains', run: () => Promise.resolve(['a line']) },
    { name: 'throws', run: () => Promise.reject(new Error('broken')) },
  ];
  const lines: string[] = [];
  expect(await runSteps(steps, 2, (line) => lines.push(line))).toEqual({ passed: 1, failed: 2 });
  const printed = lines.join('').replaceAll(/\(\d\.\d s\)/g, '(time)');
  expect(printed).toContain('ok    good  (time)\n');
  expect(printed).toContain('FAIL  complains  (time)\n      a line\n');
  expect(printed).toContain('FAIL  throws  (time)\n      broken\n');
});

describe('reports', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'report-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function report(content: object): Promise<string> {
    const file = path.join(folder, 'report.json');
    await writeFile(file, JSON.stringify(content));
    return file;
  }

  it('counts skipped tests and files that could not be loaded as failed (Vitest)', async () => {
    const testResults = [
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
    ];
    const file = await report({ numTotalTests: 10, numPassedTests: 7, numFailedTests: 1, testResults });
    expect(await readVitestReport(file)).toEqual({ passed: 7, failed: 4 });
  });

  it('counts skipped tests as failed, and those that passed on a granted second try as passed (Playwright)', async () => {
    const file = await report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 } });
    expect(await readPlaywrightReport(file)).toEqual({ passed: 6, failed: 3 });
  });

  it('counts nothing when the runner wrote no report', async () => {
    expect(await readVitestReport(path.join(folder, 'none.json'))).toEqual({ passed: 0, failed: 0 });
  });
});
