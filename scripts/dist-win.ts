import { access } from 'node:fs/promises';
import path from 'node:path';
import { installedVersion } from './lib/repository.ts';
import { runScript } from './lib/run-script.ts';
import { packageApplication, type ShippedElectron } from './packaging/package-application.ts';
import { downloadHostAnswers, pinnedModules, resolveElectron } from './stage/runtime.ts';

/** Folder of an unpacked Electron for Windows, where it cannot be downloaded. */
const DIST_VARIABLE = 'VANTHU_WINDOWS_ELECTRON';

/**
 * `npm run dist:win [-- nsis msi dir]`: the Windows installers. The installers need tools that electron-builder downloads,
 * and off Windows also Wine; where something is missing nothing is built and the run says what.
 */
await runScript(async () => {
  const asked = process.argv.slice(2);
  const targets = asked.length > 0 ? asked : ['nsis', 'msi'];
  const missing = await missingTools(targets);
  if (missing.length > 0) {
    process.stderr.write(`The Windows targets ${targets.join(', ')} cannot be built on this machine. Missing:\n`);
    for (const line of missing) process.stderr.write(`  - ${line}\n`);
    return 1;
  }
  const artifacts = await packageApplication('windows', targets, await windowsElectron());
  process.stdout.write(artifacts.map((file) => `${file}\n`).join(''));
  return 0;
});

async function missingTools(targets: readonly string[]): Promise<readonly string[]> {
  const online = await downloadHostAnswers();
  const version = await installedVersion('electron');
  const missing: string[] = [];
  if (!online && process.platform !== 'win32' && process.env[DIST_VARIABLE] === undefined) {
    missing.push(
      `Electron ${version} for win32-x64: github.com cannot be reached. Unpack electron-v${version}-win32-x64.zip and set ${DIST_VARIABLE} to its folder`,
    );
  }
  if (!online && targets.some((target) => target !== 'dir')) {
    missing.push('the NSIS, WiX and 7-Zip packages that electron-builder downloads from github.com');
  }
  if (process.platform !== 'win32' && targets.includes('msi') && !(await onPath('wine'))) {
    missing.push('wine, in which electron-builder runs WiX for the msi target off Windows');
  }
  return missing;
}

async function windowsElectron(): Promise<ShippedElectron> {
  if (process.platform === 'win32') return resolveElectron();
  const version = await installedVersion('electron');
  const dist = process.env[DIST_VARIABLE];
  const modules = await pinnedModules('win32');
  return { version, modules, ...(dist === undefined ? {} : { dist: path.resolve(dist) }) };
}

async function onPath(command: string): Promise<boolean> {
  const places = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, command));
  const found = await Promise.all(
    places.map((place) =>
      access(place).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
