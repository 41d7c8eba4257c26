import { existsSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { backupReasons, type BackupSummary } from '#shared/contract/backup.ts';

/**
 * What lies in a place for backups:
 *
 * ```
 * van-thu-<register>/files/ab/cd/<sha256>   stored files, shared by all sets
 * van-thu-<register>/<time>/vanthu.db       a set: the register as it was then,
 * van-thu-<register>/<time>/manifest.json   and what it must hold
 * ```
 *
 * A set gets its name when all of it is on the disk and was read back; what has none yet is `.partial-…`.
 */
export const DATABASE_NAME = 'vanthu.db';
export const MANIFEST_NAME = 'manifest.json';
export const PARTIAL_PREFIX = '.partial-';
const ROOT_PREFIX = 'van-thu-';
/** As much of a register's id as tells offices apart. */
const ID_CHARACTERS = 8;

export const manifestSchema = z.object({
  form: z.literal(1),
  registerId: z.uuid(),
  epoch: z.int().min(1),
  agency: z.object({ code: z.string(), name: z.string() }).nullable(),
  appVersion: z.string(),
  schemaVersion: z.int().min(1),
  at: z.iso.datetime(),
  reason: z.enum(backupReasons),
  database: z.object({ bytes: z.int().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  counts: z.object({ documents: z.int(), numbers: z.int(), history: z.int() }),
  /** Stored files that the register needs; `missing` of them were not in the data folder, or damaged there. */
  files: z.object({ count: z.int(), bytes: z.int(), missing: z.int() }),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The folder of one register's backups in a place. */
export const rootOf = (place: string, registerId: string): string =>
  path.join(place, `${ROOT_PREFIX}${registerId.slice(0, ID_CHARACTERS)}`);

/** A set's name: its instant, without what file systems do not take. */
const setNameOf = (at: Date): string => at.toISOString().replaceAll(/[:.]/g, '');

/** A name that nothing in the folder has: two sets of one instant, or a clock that was set back, do not meet. */
export function freeSetName(folder: string, at: Date): string {
  let instant = at.getTime();
  while (existsSync(path.join(folder, setNameOf(new Date(instant))))) instant += 1;
  return setNameOf(new Date(instant));
}

const setNamePattern = /^\d{4}-\d\d-\d\dT\d{9}Z$/;
export const isSetName = (name: string): boolean => setNamePattern.test(name);

/** Null where there is no readable manifest of this form. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(path.join(folder, MANIFEST_NAME), 'utf8')));
  } catch {
    return null;
  }
}

/** Sets of one register, the newest first. What is no whole set is not among them. */
export async function listSets(
  root: string,
): Promise<readonly { readonly name: string; readonly manifest: Manifest }[]> {
  const names = (await readdir(root).catch(() => [])).filter(isSetName).toSorted().toReversed();
  const sets = [];
  for (const name of names) {
    const manifest = await readManifest(path.join(root, name));
    if (manifest !== null) sets.push({ name, manifest });
  }
  return sets;
}

/** Every set in a place, of all registers, the newest first. @throws the file system's error where the place is not there */
export async function listBackups(place: string): Promise<BackupSummary[]> {
  const roots = (await readdir(place)).filter((name) => name.startsWith(ROOT_PREFIX));
  const found: BackupSummary[] = [];
  for (const root of roots) {
    for (const { name, manifest } of await listSets(path.join(place, root))) {
      const { registerId, agency, at, reason, appVersion, schemaVersion, counts, files, database } = manifest;
      found.push({
        id: `${root}/${name}`,
        registerId,
        agencyName: agency?.name ?? '',
        at,
        reason,
        appVersion,
        schemaVersion,
        documents: counts.documents,
        databaseBytes: database.bytes,
        fileBytes: files.bytes,
        missingFiles: files.missing,
      });
    }
  }
  return found.toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

/** Where a set of `listBackups` lies. @throws Error for what is no id of one */
export function setFolder(place: string, id: string): { readonly root: string; readonly folder: string } {
  const [rootName = '', name = '', ...more] = id.split('/');
  if (!/^van-thu-[0-9a-f]{8}$/.test(rootName) || !isSetName(name) || more.length > 0)
    throw new Error('no backup has this id');
  const root = path.join(place, rootName);
  return { root, folder: path.join(root, name) };
}

export async function isFolder(name: string): Promise<boolean> {
  return (await stat(name).catch(() => null))?.isDirectory() === true;
}
