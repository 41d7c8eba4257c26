import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../lib/repository.ts';
import { runCommand, tool } from '../lib/run-command.ts';
import { resolveElectron } from '../stage/runtime.ts';
import { readVitestReport } from './read-reports.ts';
import { judgeStage, type Tally } from './tally.ts';

/** Runs every Vitest test (unit, contract, data, sync, interop, security, crash) with its progress on the terminal. */
export async function runUnitTests(): Promise<Tally> {
  return runVitest('vitest', (args) => runCommand(tool('vitest'), args, { output: 'inherit' }));
}

/** What depends on the runtime's cryptography: BoringSSL lacks digests, curves and ciphers that the OpenSSL of Node has. */
const cryptographic = [
  ...['foreign-', 'ocsp-', 'rare-', 'sign-letter', 'time-stamps'].map((name) => `tests/interop/pdf/${name}`),
  'tests/unit/pdf/pkcs12',
  'tests/unit/tokens',
];

/** Runs the tests of signatures and keys on Electron's own Node. */
export async function runTestsInElectron(): Promise<Tally> {
  const { electronPath, description } = await resolveElectron();
  process.stdout.write(`Running on ${description}\n`);
  const vitest = path.join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs');
  return runVitest('vitest-electron', (args) =>
    runCommand(electronPath, [vitest, ...args, ...cryptographic], {
      output: 'inherit',
      env: { ELECTRON_RUN_AS_NODE: '1' },
    }),
  );
}

async function runVitest(
  name: string,
  run: (args: readonly string[]) => Promise<{ status: number | null }>,
): Promise<Tally> {
  const report = path.join(repositoryRoot, 'out', `${name}.json`);
  await mkdir(path.dirname(report), { recursive: true });
  await rm(report, { force: true });
  const { status } = await run(['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]);
  return judgeStage(await readVitestReport(report), status);
}
