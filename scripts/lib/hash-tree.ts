import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';

/** Files below a folder (or the file itself), as sorted absolute paths. A path that is not there has none. */
export async function filesBelow(root: string): Promise<string[]> {
  const info = await stat(root).catch(() => undefined);
  if (info === undefined) return [];
  if (info.isFile()) return [root];
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
}

/** SHA-256 (hex) over names and contents of everything below `roots`, which are relative to `base`. */
export async function hashTree(base: string, roots: readonly string[], salt: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256');
  for (const word of salt) hash.update(`${word}\0`);
  for (const root of roots) {
    for (const file of await filesBelow(path.join(base, root))) {
      const content = await readFile(file);
      hash.update(`${path.relative(base, file)}\0${content.length}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

/** SHA-256 (hex) of one file, streamed. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
