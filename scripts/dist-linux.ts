import path from 'node:path';
import { ensureEnvironment } from './lib/environment.ts';
import { runScript } from './lib/run-script.ts';
import { runSteps } from './lib/steps.ts';
import { withVirtualDisplay } from './lib/xvfb.ts';
import { archiveHeaderHash, checkArchive, checkFuses } from './packaging/check-package.ts';
import { packageApplication, releaseFolder } from './packaging/package-application.ts';
import { smokeTest } from './packaging/smoke-test.ts';
import { resolveElectron } from './stage/runtime.ts';

const unpackedFolder = path.join(releaseFolder, 'linux-unpacked');

/** `npm run dist:linux`: packages the application as a folder and tries it out. */
await runScript(async () => {
  await ensureEnvironment({ needs: ['staging', 'window'] });
  const runtime = await resolveElectron();
  await packageApplication('linux', ['dir'], runtime);
  process.stdout.write(`Packaged with ${runtime.description}\n`);

  const executable = path.join(unpackedFolder, 'van-thu');
  const resources = path.join(unpackedFolder, 'resources');
  const { failed } = await runSteps(
    [
      { name: 'fuses stand as electron-builder.yml says', run: () => checkFuses(executable) },
      { name: 'app.asar holds what runs and nothing else', run: () => checkArchive(resources) },
      {
        name: 'the packaged application starts, opens its database and its window',
        run: async () => {
          const report = await withVirtualDisplay(() => smokeTest(executable));
          return report.ok ? [] : [JSON.stringify(report)];
        },
      },
    ],
    1,
  );
  process.stdout.write(
    `${unpackedFolder}: app.asar header SHA-256 ${archiveHeaderHash(path.join(resources, 'app.asar'))}\n`,
  );
  return failed === 0 ? 0 : 1;
});
