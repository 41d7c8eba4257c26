import { checkSteps } from './check/check-steps.ts';
import { runScript } from './lib/run-script.ts';
import { runSteps } from './lib/steps.ts';

/** Two at a time: tsc and oxlint use several threads themselves. */
const PARALLEL = 2;

await runScript(async () => {
  const { passed, failed } = await runSteps(checkSteps(), PARALLEL);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
});
