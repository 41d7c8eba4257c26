import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { writeWholeFile } from '#files/write-whole-file.ts';
import { backupIntervals } from '#shared/contract/backup.ts';

const SETTINGS_NAME = 'backup.json';

/**
 * What an office wants of its backups, and how the last ones ended. A file of its own in the data folder, not part of the register: it
 * is needed most when that one is damaged, and stays when another takes its place.
 */
const backupSettingsSchema = z.object({
  /** Absolute path of a folder, on another disk if possible; null until somebody has chosen one. */
  place: z.string().nullable(),
  interval: z.enum(backupIntervals),
  /** After so many days without a good backup the screen warns. */
  warnAfterDays: z.int().min(1).max(90),
  lastGood: z.object({ at: z.iso.datetime(), databaseBytes: z.int(), missingFiles: z.int() }).nullable(),
  /** Of the last attempt, when it failed. */
  lastFailure: z.object({ at: z.iso.datetime(), code: z.string() }).nullable(),
  /** When all of the database was last read and found whole, besides by a backup. */
  lastCheck: z.iso.datetime().nullable().default(null),
  /** The program that opened the folder last: another one may change the database. */
  appVersion: z.string().nullable(),
});
export type BackupSettings = z.infer<typeof backupSettingsSchema>;

export const defaultBackupSettings: BackupSettings = {
  place: null,
  interval: 'day',
  warnAfterDays: 3,
  lastGood: null,
  lastFailure: null,
  lastCheck: null,
  appVersion: null,
};

/** The defaults where there are none, or none that can be read: backups themselves do not depend on them. */
export async function readBackupSettings(dataDir: string): Promise<BackupSettings> {
  try {
    return backupSettingsSchema.parse(JSON.parse(await readFile(path.join(dataDir, SETTINGS_NAME), 'utf8')));
  } catch {
    return defaultBackupSettings;
  }
}

/** @throws the file system's error */
export async function writeBackupSettings(dataDir: string, settings: BackupSettings): Promise<void> {
  await writeWholeFile(path.join(dataDir, SETTINGS_NAME), `${JSON.stringify(settings, null, 2)}\n`);
}
