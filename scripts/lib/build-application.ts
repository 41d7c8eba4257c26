import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { bundleConfigs } from './bundle-configs.ts';
import { hashTree } from './hash-tree.ts';
import { replaceFolder } from './replace-folder.ts';
import { repositoryRoot } from './repository.ts';

/** Everything that the bundles are made of; test and exchange code is not in them. */
const buildInputs = [
  'electron',
  'renderer',
  'shared',
  'package.json',
  'package-lock.json',
  'scripts/lib/bundle-configs.ts',
  'scripts/lib/control-words.ts',
] as const;

/** Folder of the bundles, laid out as package.json's "main" expects. */
export const distFolder = path.join(repositoryRoot, 'dist');

const KEY_FILE = '.build-key';

export interface BuildOutcome {
  /** False when dist already came from these very inputs. */
  readonly fresh: boolean;
  /** Hash of the inputs; names what dist holds. */
  readonly key: string;
  readonly ms: number;
}

/** Bundles main, preload, core, signing, reader and renderer into dist, unless dist is up to date. */
export async function buildApplication({ force = false }: { readonly force?: boolean } = {}): Promise<BuildOutcome> {
  const started = performance.now();
  const key = await hashTree(repositoryRoot, buildInputs);
  const present = await readFile(path.join(distFolder, KEY_FILE), 'utf8').catch(() => '');
  if (present === key && !force) return { fresh: false, key, ms: performance.now() - started };
  await replaceFolder(distFolder, async (folder) => {
    await Promise.all(bundleConfigs(folder).map((config) => build(config)));
    await writeFile(path.join(folder, KEY_FILE), key);
  });
  return { fresh: true, key, ms: performance.now() - started };
}
