import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ReplacedRegister } from '#shared/contract/backup.ts';
import { DATABASE_NAME, isSetName } from './backup-set.ts';

/** Below the data folder; each register in a folder of its own, named by the instant of its replacement. */
const REPLACED_FOLDER = 'replaced';
export const NOTE_NAME = 'replaced.json';
const noteSchema = z.object({
  at: z.iso.datetime(),
  /** Whether the register could still be read when it was replaced. */
  readable: z.boolean(),
  /** Instant of the backup that took its place; null when a restore was undone. */
  backupAt: z.iso.datetime().nullable(),
});
export type ReplacedNote = z.infer<typeof noteSchema>;

/** The registers that restores replaced, the newest first. */
export async function listReplaced(dataDir: string): Promise<ReplacedRegister[]> {
  const folder = path.join(dataDir, REPLACED_FOLDER);
  const names = (await readdir(folder).catch(() => [])).filter(isSetName).toSorted().toReversed();
  const found: ReplacedRegister[] = [];
  for (const id of names) {
    const database = await stat(path.join(folder, id, DATABASE_NAME)).catch(() => null);
    const note = await readFile(path.join(folder, id, NOTE_NAME), 'utf8')
      .then((text) => noteSchema.parse(JSON.parse(text)))
      .catch(() => null);
    if (database !== null && note !== null) found.push({ id, ...note, bytes: database.size });
  }
  return found;
}
