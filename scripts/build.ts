import { buildApplication } from './lib/build-application.ts';
import { runScript } from './lib/run-script.ts';

await runScript(async () => {
  const { fresh, ms } = await buildApplication({ force: process.argv.includes('--force') });
  process.stdout.write(fresh ? `Built dist in ${(ms / 1000).toFixed(1)} s\n` : 'dist is up to date\n');
  return 0;
});
