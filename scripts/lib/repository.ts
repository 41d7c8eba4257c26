import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Absolute path of the checkout that this script belongs to. */
export const repositoryRoot = path.resolve(import.meta.dirname, '../..');

/** Git-ignored folder for the staged runtime and the runnable copies of the application. */
export const stageRoot = path.join(repositoryRoot, '.stage');

/**
 * Where Node keeps compiled code (NODE_COMPILE_CACHE). Tests start hundreds of processes (readers, exchanges, command
 * lines); each would strip the types off the same sources again, three quarters of its start.
 */
export const compileCache = path.join(repositoryRoot, '.cache', 'compile');

export interface PackageManifest {
  readonly name: string;
  readonly productName: string;
  readonly version: string;
  readonly description: string;
  readonly main: string;
  readonly author: string;
  readonly license: string;
  readonly imports: Readonly<Record<string, string>>;
}

/** Reads the repository's own package.json. */
export async function readManifest(): Promise<PackageManifest> {
  return JSON.parse(await readFile(path.join(repositoryRoot, 'package.json'), 'utf8')) as PackageManifest;
}

/** Version of an installed package, as its own package.json states it. */
export async function installedVersion(packageName: string): Promise<string> {
  const file = path.join(repositoryRoot, 'node_modules', packageName, 'package.json');
  return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
}
