import { rm } from 'node:fs/promises';
import path from 'node:path';
import { neededFiles } from '#data/backup/inspect-database.ts';
import { DATABASE_NAME, listSets } from './backup-set.ts';
import { outdated, type Rotation } from './rotation.ts';
import { fileIn } from './stored-files.ts';

/**
 * Removes the sets that rotation lets go, and the stored files that none of the others needs. Whatever has no manifest is no
 * backup: it neither counts as the last good one nor is touched. Returns how many sets went.
 */
export async function removeOutdated(root: string, now: number, rotation?: Rotation): Promise<number> {
  const sets = await listSets(root);
  const goes = new Set(
    outdated(
      sets.map(({ manifest }) => Date.parse(manifest.at)),
      now,
      rotation,
    ),
  );
  const databaseOf = (name: string) => path.join(root, name, DATABASE_NAME);
  const kept = sets.filter(({ manifest }) => !goes.has(Date.parse(manifest.at)));
  const going = sets.filter(({ manifest }) => goes.has(Date.parse(manifest.at)));
  for (const { name } of going) {
    const alone = new Set(neededFiles(databaseOf(name)));
    // A register seldom lets a file go: after the first of the others hardly any is left to be looked for.
    for (const { name: other } of kept) {
      if (alone.size === 0) break;
      for (const fileId of neededFiles(databaseOf(other))) alone.delete(fileId);
    }
    await rm(path.join(root, name), { recursive: true });
    for (const fileId of alone) await rm(fileIn(root, fileId), { force: true });
  }
  return going.length;
}
