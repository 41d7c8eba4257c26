import { runEndToEnd } from './testing/end-to-end.ts';
import { ensureEnvironment } from './lib/environment.ts';
import { runScript } from './lib/run-script.ts';
import { printTally } from './testing/tally.ts';

/** `npm run e2e -- [playwright arguments]`, for instance `npm run e2e -- -g journey`. */
await runScript(async () => {
  await ensureEnvironment({ needs: ['staging', 'window', 'certificates', 'tests'] });
  return printTally(await runEndToEnd(process.argv.slice(2)));
});
