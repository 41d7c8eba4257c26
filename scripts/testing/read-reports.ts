import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Tally } from './tally.ts';

/** Counts of a Vitest JSON report. A skipped test counts as failed: nothing in this repository may be skipped. */
export async function readVitestReport(file: string): Promise<Tally> {
  const { numPassedTests = 0, numTotalTests = 0, testResults = [] } = await readReport<VitestReport>(file);
  // Files that failed as a whole, for instance at import, hold no test that could fail.
  const broken = testResults.filter(
    ({ status, assertionResults = [] }) =>
      status === 'failed' && assertionResults.every((result) => result.status !== 'failed'),
  );
  const notPassed = testResults.flatMap(({ name = '', assertionResults = [] }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed')
      .map(({ status, fullName = '', failureMessages = [] }) =>
        complain(`${name}: ${fullName}`, failureMessages[0] ?? status),
      ),
  );
  return {
    passed: numPassedTests,
    failed: numTotalTests - numPassedTests + broken.length,
    complaints: [...broken.map(({ name = '', message = '' }) => complain(name, message)), ...notPassed],
  };
}

/** Counts of a Playwright JSON report. One that passed on its second try, which only the configuration grants, passed. */
export async function readPlaywrightReport(file: string): Promise<Tally> {
  const { stats = {}, suites = [] } = await readReport<PlaywrightReport>(file);
  const { expected = 0, flaky = 0, unexpected = 0, skipped = 0 } = stats;
  const complaints = specsOf(suites)
    .filter(({ ok }) => ok === false)
    .map(({ file: where = '', title = '', tests = [] }) =>
      complain(`${where}: ${title}`, tests[0]?.results?.at(-1)?.error?.message ?? 'no error was kept'),
    );
  return { passed: expected + flaky, failed: unexpected + skipped, complaints };
}

interface VitestReport {
  readonly numPassedTests?: number;
  readonly numTotalTests?: number;
  readonly testResults?: readonly {
    readonly name?: string;
    readonly status?: string;
    readonly message?: string;
    readonly assertionResults?: readonly {
      readonly status: string;
      readonly fullName?: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly PlaywrightSpec[];
}

interface PlaywrightSpec {
  readonly title?: string;
  readonly file?: string;
  readonly ok?: boolean;
  readonly tests?: readonly {
    readonly results?: readonly { readonly error?: { readonly message?: string } }[];
  }[];
}

interface PlaywrightReport extends PlaywrightSuite {
  readonly stats?: Readonly<Partial<Record<'expected' | 'flaky' | 'unexpected' | 'skipped', number>>>;
}

/** The runner's report, or an empty one when it ended before it could write any. */
async function readReport<T extends object>(file: string): Promise<Partial<T>> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  return JSON.parse(text) as Partial<T>;
}

function specsOf(suites: readonly PlaywrightSuite[]): PlaywrightSpec[] {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [...specs, ...specsOf(inner)]);
}

function complain(what: string, why: string): string {
  return `${what}\n${stripVTControlCharacters(why)}`;
}
