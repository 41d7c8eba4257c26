import { ensureEnvironment } from './lib/environment.ts';
import { runScript } from './lib/run-script.ts';
import { hasDisplay, withVirtualDisplay } from './lib/xvfb.ts';
import { resolveRuntime } from './stage/application.ts';

await runScript(async () => {
  await ensureEnvironment({ needs: ['staging', 'window', 'certificates'] });
  const runtime = await resolveRuntime();
  process.stdout.write(`Running on ${runtime.description}\n`);
  if (hasDisplay()) {
    const { runDemo } = await import('./demo.ts');
    return runDemo();
  }
  const { runJourney } = await import('./journey.ts');
  return withVirtualDisplay(() => runJourney());
});
