import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build, Platform } from 'electron-builder';
import { buildApplication } from '../lib/build-application.ts';
import { replaceFolder } from '../lib/replace-folder.ts';
import { repositoryRoot, stageRoot } from '../lib/repository.ts';
import { layOutApplication } from '../stage/application.ts';
import type { ElectronRuntime } from '../stage/runtime.ts';

/** Where electron-builder leaves the unpacked application and the installers. */
export const releaseFolder = path.join(repositoryRoot, 'release');

/** The Electron to ship; without `dist` electron-builder downloads it itself. */
export type ShippedElectron = Pick<ElectronRuntime, 'version' | 'modules'> & { readonly dist?: string };

/**
 * Builds and packages the application as electron-builder.yml says, for one platform and its targets (`dir`, `tar.gz`,
 * `nsis`, …). Returns the paths of the installers made; there are none for `dir`.
 */
export async function packageApplication(
  platform: 'linux' | 'windows',
  targets: readonly string[],
  electron: ShippedElectron,
): Promise<readonly string[]> {
  await buildApplication();
  const appFolder = path.join(stageRoot, `package-${platform}`);
  await replaceFolder(appFolder, (folder) => layOutApplication(folder, electron));
  const target = platform === 'linux' ? Platform.LINUX : Platform.WINDOWS;
  return build({
    projectDir: repositoryRoot,
    targets: target.createTarget([...targets]),
    publish: 'never',
    config: {
      extends: path.join(repositoryRoot, 'electron-builder.yml'),
      directories: { app: path.relative(repositoryRoot, appFolder), output: 'release' },
      electronVersion: electron.version,
      ...(electron.dist === undefined ? {} : { electronDist: electron.dist }),
      // The staged Electron opens folders by means of an application of its own, which must not be shipped.
      afterExtract: ({ appOutDir }) => rm(path.join(appOutDir, 'resources', 'app'), { recursive: true, force: true }),
    },
  });
}
