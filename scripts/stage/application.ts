import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildApplication, distFolder } from '../lib/build-application.ts';
import { hashTree } from '../lib/hash-tree.ts';
import { replaceFolder } from '../lib/replace-folder.ts';
import { readManifest, repositoryRoot, stageRoot } from '../lib/repository.ts';
import { type ElectronRuntime, resolveElectron } from './runtime.ts';

/** What is needed to start the application: `spawn(electronPath, [...launchArguments, ...yours])`. */
export interface RunnableApplication {
  readonly electronPath: string;
  /** Folder with package.json, dist, resources and the native modules for this Electron. */
  readonly appDir: string;
  /** The application folder, and what Chromium needs on this machine. */
  readonly launchArguments: readonly string[];
  readonly version: string;
  readonly source: ElectronRuntime['source'];
  readonly description: string;
}

const appsFolder = path.join(stageRoot, 'app');
const KEPT_COPIES = 3;

/** Chooses Electron, builds what is out of date and lays out a runnable copy of the application for it. */
export async function resolveRuntime(): Promise<RunnableApplication> {
  const [runtime, { key }] = await Promise.all([resolveElectron(), buildApplication()]);
  const resources = await hashTree(repositoryRoot, ['resources'], [key, runtime.version, runtime.source]);
  const appDir = path.join(appsFolder, resources.slice(0, 16));
  if (!(await exists(appDir))) {
    await replaceFolder(appDir, (folder) => layOutApplication(folder, runtime));
    await removeOldCopies(appDir);
  }
  const { electronPath, version, source, description } = runtime;
  return { electronPath, appDir, launchArguments: [...sandboxArguments(), appDir], version, source, description };
}

/**
 * Fills `folder` with the application as it runs. dist is copied, never linked: Node resolves links before it looks for
 * node_modules, and would find the native module of another runtime.
 */
export async function layOutApplication(folder: string, { modules }: Pick<ElectronRuntime, 'modules'>): Promise<void> {
  const { name, productName, version, description, main, author } = await readManifest();
  const dependencies = Object.fromEntries(
    await Promise.all(
      Object.entries(modules).map(async ([module, from]) => [module, await moduleVersion(from)] as const),
    ),
  );
  const manifest = { name, productName, version, description, author, type: 'module', main, dependencies };
  await writeFile(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await cp(distFolder, path.join(folder, 'dist'), { recursive: true });
  await cp(path.join(repositoryRoot, 'resources'), path.join(folder, 'resources'), {
    recursive: true,
    filter: (from) => !buildOnlyResources.has(path.relative(path.join(repositoryRoot, 'resources'), from)),
  });
  for (const [module, from] of Object.entries(modules)) {
    await cp(from, path.join(folder, 'node_modules', module), { recursive: true });
  }
}

async function moduleVersion(folder: string): Promise<string> {
  const manifest = await readFile(path.join(folder, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

/** Parts of resources/ that the running application never reads. */
const buildOnlyResources: ReadonlySet<string> = new Set(['installer', 'demo']);

/** Chromium refuses to sandbox its processes when root starts it. */
export function sandboxArguments(): readonly string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

/** Keeps the newest few, because one of them may be running. */
async function removeOldCopies(current: string): Promise<void> {
  const folders = (await readdir(appsFolder)).map((name) => path.join(appsFolder, name));
  const aged = await Promise.all(
    folders.map(async (folder) => ({ folder, time: (await stat(folder).catch(() => undefined))?.mtimeMs ?? 0 })),
  );
  const old = aged.toSorted((a, b) => b.time - a.time).slice(KEPT_COPIES);
  await Promise.all(
    old.filter(({ folder }) => folder !== current).map(({ folder }) => rm(folder, { recursive: true, force: true })),
  );
}
