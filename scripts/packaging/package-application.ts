import { rm } from 'node:fs/promises';
import path from 'node:path';
import { build, Platform, type Configuration } from 'electron-builder';
import { buildApplication } from '../lib/build-application.ts';
import { replaceFolder } from '../lib/replace-folder.ts';
import { repositoryRoot, stageRoot } from '../lib/repository.ts';
import { layOutApplication } from '../stage/application.ts';
import { type ElectronRuntime, resolveElectron } from '../stage/runtime.ts';

/** Where electron-builder leaves the unpacked application and the installers. */
export const releaseFolder = path.join(repositoryRoot, 'release');

export interface PackagedApplication {
  readonly runtime: ElectronRuntime;
  /** Paths of what electron-builder made; empty for the `dir` target. */
  readonly artifacts: readonly string[];
}

/**
 * Builds and packages the application with electron-builder.yml for one platform and its targets (`dir`, `tar.gz`, …).
 * It is packaged with the Electron it was laid out for: the pinned one, or the staged one where that cannot be had.
 */
export async function packageApplication(
  platform: 'linux' | 'windows',
  targets: readonly string[],
  extra: Configuration = {},
): Promise<PackagedApplication> {
  const runtime = await resolveElectron();
  await buildApplication();
  const appFolder = path.join(stageRoot, `package-${platform}`);
  await replaceFolder(appFolder, (folder) => layOutApplication(folder, runtime));
  const target = platform === 'linux' ? Platform.LINUX : Platform.WINDOWS;
  const artifacts = await build({
    projectDir: repositoryRoot,
    targets: target.createTarget([...targets]),
    publish: 'never',
    config: {
      extends: path.join(repositoryRoot, 'electron-builder.yml'),
      directories: { app: path.relative(repositoryRoot, appFolder), output: 'release' },
      electronVersion: runtime.version,
      electronDist: runtime.dist,
      // The staged Electron opens folders by means of an application of its own, which must not be shipped.
      afterExtract: ({ appOutDir }) => rm(path.join(appOutDir, 'resources', 'app'), { recursive: true, force: true }),
      ...extra,
    },
  });
  return { runtime, artifacts };
}
