import { parseArgs } from 'node:util';
import { checkSteps } from './check/check-steps.ts';
import { ensureEnvironment } from './lib/environment.ts';
import { compileCache } from './lib/repository.ts';
import { runScript } from './lib/run-script.ts';
import { runSteps } from './lib/steps.ts';
import { runEndToEnd } from './testing/end-to-end.ts';
import { beginFaults, judgeFaults, type FaultRun } from './testing/fault-stage.ts';
import { addTallies, printTally, type Tally } from './testing/tally.ts';
import { runTestsInElectron, runUnitTests } from './testing/unit-tests.ts';

/** Its offices mostly wait, for each other and between their tries: beside the tests in Node it takes no time of its own. */
let faults: FaultRun | undefined;

const testStages: Readonly<Record<string, { readonly title: string; readonly run: () => Promise<Tally> }>> = {
  check: { title: 'Checks of the source', run: () => runSteps(checkSteps(), 2) },
  unit: { title: 'Tests in Node: unit, contract, data, sync, interop, security, crash', run: () => runUnitTests() },
  electron: { title: 'Signatures and keys on the runtime of the application', run: () => runTestsInElectron() },
  faults: {
    title: 'Random faults on an exchange and five offices, begun with the tests in Node',
    run: () => judgeFaults(faults ?? beginFaults()),
  },
  e2e: { title: 'Tests in the real application', run: () => runEndToEnd() },
};

/** `npm test [-- --only check|unit|electron|faults|e2e]`: every stage runs, even if an earlier one failed; the last line is the sum. */
await runScript(async () => {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const stages = (values.only === undefined ? Object.keys(testStages) : [values.only]).map((name) => testStages[name]);
  process.env['NODE_COMPILE_CACHE'] ??= compileCache;
  await ensureEnvironment({ needs: ['staging', 'window', 'certificates', 'tests'] });
  const tallies: Tally[] = [];
  for (const stage of stages) {
    if (stage === testStages['unit'] && values.only === undefined) faults = beginFaults();
    if (stage === undefined) throw new Error(`--only takes one of ${Object.keys(testStages).join(', ')}`);
    process.stdout.write(`\n== ${stage.title}\n`);
    const started = performance.now();
    const tally = await stage.run().catch((error: unknown) => {
      const complaint = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stdout.write(`${complaint}\n`);
      return { passed: 0, failed: 1, complaints: [complaint] };
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`-- ${tally.passed} passed, ${tally.failed} failed in ${seconds} s\n`);
    tallies.push(tally);
  }
  process.stdout.write('\n');
  return printTally(addTallies(tallies));
});
