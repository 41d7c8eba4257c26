import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runSteps } from '#scripts/lib/steps.ts';
import { readPlaywrightReport, readVitestReport } from '#scripts/testing/read-reports.ts';
import { addTallies, judgeStage, printTally } from '#scripts/testing/tally.ts';

describe('judgeStage', () => {
  const noComplaint = { complaints: [] };
  const ended = (how: string) => ({ complaints: [`the runner ended with ${how}`] });

  it.each([
    ['all passed', { passed: 3, failed: 0, ...noComplaint }, 0, { passed: 3, failed: 0, ...noComplaint }],
    ['some failed', { passed: 3, failed: 2, ...noComplaint }, 1, { passed: 3, failed: 2, ...noComplaint }],
    ['nothing ran', { passed: 0, failed: 0, ...noComplaint }, 0, { failed: 1, ...ended('0 after 0 tests passed') }],
    [
      'the runner broke',
      { passed: 3, failed: 0, ...noComplaint },
      1,
      { failed: 1, ...ended('1 after 3 tests passed') },
    ],
    ['it was killed', { passed: 3, failed: 0, ...noComplaint }, null, ended('a signal after 3 tests passed')],
  ])('%s', (_name, counted, status, expected) => {
    expect(judgeStage(counted, status)).toMatchObject(expected);
  });
});

it('adds stages up', () => {
  const tallies = [
    { passed: 1, failed: 0, complaints: [] },
    { passed: 2, failed: 3, complaints: ['a', 'b'] },
    { passed: 0, failed: 1, complaints: ['c'] },
  ];
  expect(addTallies(tallies)).toEqual({ passed: 3, failed: 4, complaints: ['a', 'b', 'c'] });
});

it('says at the end what failed, shortly, and then the sum', () => {
  const lines: string[] = [];
  const long = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n');
  expect(printTally({ passed: 5, failed: 2, complaints: ['faults\nlost: 1', long] }, (text) => lines.push(text))).toBe(
    1,
  );
  expect(lines[0]).toBe('FAILED  faults\n        lost: 1\n');
  expect(lines[1]?.split('\n')).toHaveLength(13);
  expect(lines.at(-1)).toBe('5 passed, 2 failed\n');
  expect(printTally({ passed: 5, failed: 0, complaints: [] }, () => undefined)).toBe(0);
});

it('counts steps that complain and steps that throw as failed', async () => {
  const steps = [
    { name: 'good', run: () => Promise.resolve([]) },
    { name: 'complains', run: () => Promise.resolve(['a line']) },
    { name: 'throws', run: () => Promise.reject(new Error('broken')) },
  ];
  const lines: string[] = [];
  expect(await runSteps(steps, 2, (line) => lines.push(line))).toEqual({
    passed: 1,
    failed: 2,
    complaints: ['complains\na line', 'throws\nbroken'],
  });
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

  it('counts skipped tests and files that could not be loaded as failed, and names them (Vitest)', async () => {
    const testResults = [
      { name: 'a.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'one' }] },
      {
        name: 'b.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'failed', fullName: 'two', failureMessages: ['\u001B[31mexpected 1\u001B[39m'] },
          { status: 'skipped', fullName: 'three' },
        ],
      },
      { name: 'c.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
    ];
    const file = await report({ numTotalTests: 10, numPassedTests: 7, numFailedTests: 1, testResults });
    expect(await readVitestReport(file)).toEqual({
      passed: 7,
      failed: 4,
      complaints: ['c.test.ts\nno such module', 'b.test.ts: two\nexpected 1', 'b.test.ts: three\nskipped'],
    });
  });

  it('counts skipped tests as failed, and those that passed on a granted second try as passed (Playwright)', async () => {
    const failed = { results: [{ error: { message: 'first try' } }, { error: { message: 'second try' } }] };
    const suites = [
      { specs: [{ title: 'good', file: 'a.spec.ts', ok: true, tests: [{ results: [{}] }] }] },
      { suites: [{ specs: [{ title: 'bad', file: 'b.spec.ts', ok: false, tests: [failed] }] }] },
    ];
    const file = await report({ stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 }, suites });
    expect(await readPlaywrightReport(file)).toEqual({
      passed: 6,
      failed: 3,
      complaints: ['b.spec.ts: bad\nsecond try'],
    });
  });

  it('counts nothing when the runner wrote no report', async () => {
    expect(await readVitestReport(path.join(folder, 'none.json'))).toEqual({ passed: 0, failed: 0, complaints: [] });
  });
});
