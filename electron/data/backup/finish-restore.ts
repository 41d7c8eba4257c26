import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { syncFolderNow } from '../connection/sync-folder.ts';

/** The database and what may stand beside it. They move together, or what was committed last is lost. */
const parts = ['vanthu.db', 'vanthu.db-wal', 'vanthu.db-shm'] as const;
const DATABASE = parts[0];

/** Where a restore stands. All below the data folder, so that each step is a rename. */
export const restorePlaces = {
  /** The copy to be put in place, whole and checked. */
  staging: 'restoring',
  /** Says that the copy is to take the place of the database; a restore without it has not happened. */
  intent: 'restore.json',
  /** What was replaced, a folder each. */
  replaced: 'replaced',
} as const;

const intentSchema = z.strictObject({ replacedInto: z.string().regex(/^[0-9A-Za-z-]+$/) });
export type RestoreIntent = z.infer<typeof intentSchema>;

/**
 * Ends what a restore began, wherever it was cut off: with its intent on disk the copy takes the place of the database, which is
 * put aside; without, nothing has happened. Only for the process that holds the folder's lock. Returns whether the
 * database is another one now.
 */
export function finishRestore(dataDir: string): boolean {
  const intentFile = join(dataDir, restorePlaces.intent);
  const staging = join(dataDir, restorePlaces.staging);
  if (!existsSync(intentFile)) {
    rmSync(staging, { recursive: true, force: true });
    return false;
  }
  const { replacedInto } = intentSchema.parse(JSON.parse(readFileSync(intentFile, 'utf8')));
  const replaced = join(dataDir, restorePlaces.replaced, replacedInto);
  const copy = join(staging, DATABASE);
  // As long as the copy waits, what stands in its place is the old database.
  if (existsSync(copy)) {
    mkdirSync(replaced, { recursive: true });
    for (const part of parts) {
      if (existsSync(join(dataDir, part))) renameSync(join(dataDir, part), join(replaced, part));
    }
    syncFolderNow(replaced);
    renameSync(copy, join(dataDir, DATABASE));
    syncFolderNow(dataDir);
  }
  rmSync(intentFile);
  rmSync(staging, { recursive: true, force: true });
  syncFolderNow(dataDir);
  return true;
}
