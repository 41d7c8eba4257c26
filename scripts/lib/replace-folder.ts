import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { stageRoot } from './repository.ts';

let counter = 0;

/**
 * Fills a folder completely or not at all: `fill` writes into a temporary folder (below .stage, so on the same disk), which then takes the place of
 * `target`. A script that dies half-way leaves the old folder, and a parallel one that was faster wins.
 */
export async function replaceFolder(target: string, fill: (folder: string) => Promise<void>): Promise<void> {
  counter += 1;
  const work = path.join(stageRoot, `.work-${process.pid}-${counter}`);
  const fresh = path.join(work, 'new');
  const old = path.join(work, 'old');
  await mkdir(fresh, { recursive: true });
  await mkdir(path.dirname(target), { recursive: true });
  try {
    await fill(fresh);
    await rename(target, old).catch(ignoreCode('ENOENT'));
    await rename(fresh, target).catch(ignoreCode('ENOTEMPTY', 'EEXIST'));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function ignoreCode(...codes: readonly string[]): (error: NodeJS.ErrnoException) => void {
  return (error) => {
    if (error.code === undefined || !codes.includes(error.code)) throw error;
  };
}
