import { randomUUID } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { copyDatabase } from '#data/backup/copy-database.ts';
import { checkDatabase, neededFiles, readFacts } from '#data/backup/inspect-database.ts';
import { writeWholeFile } from '#files/write-whole-file.ts';
import type { BackupPhase, BackupReason } from '#shared/contract/backup.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { placeError } from './backup-error.ts';
import {
  DATABASE_NAME,
  isFolder,
  MANIFEST_NAME,
  PARTIAL_PREFIX,
  rootOf,
  freeSetName,
  type Manifest,
} from './backup-set.ts';
import { removeOutdated } from './remove-outdated.ts';
import { copyStoredFile, digestOf, fileIn, filesBelow, isWhole, syncPlace } from './stored-files.ts';

export type BackupPoint = 'after-database' | 'after-files' | 'before-rename' | 'after-rename';

export interface BackupRequest {
  readonly dataDir: string;
  readonly place: string;
  readonly appVersion: string;
  readonly reason: BackupReason;
  readonly now: () => Date;
  /** Of a phase in bytes or files. */
  readonly progress?: (phase: BackupPhase, done: number, total: number) => void;
  /** Crash tests die at one. */
  readonly fault?: (point: BackupPoint) => void;
}

export interface BackupOutcome {
  /** `id` of `listBackups`. */
  readonly id: string;
  readonly manifest: Manifest;
  /** Stored files that were not in the place before. */
  readonly copiedFiles: number;
  /** Stored files in the place that were read again and were damaged there: copied anew. */
  readonly mendedFiles: number;
  readonly removedSets: number;
  readonly copyMs: number;
  readonly checkMs: number;
}

/** A part of the files that are in the place already is read again each time: all of them in 16 backups. */
const SLICES = 16;
/** What must be left besides the database. */
const SPARE_BYTES = 16 * 1024 * 1024;

/**
 * Makes a backup beside whatever runs on the data folder: register and stored files, read back before the set gets its name. A set
 * is there whole or not at all; stored files that were copied stay for the next attempt.
 * @throws CodedError BACKUP_PLACE_GONE, BACKUP_PLACE_FULL, BACKUP_PLACE_NOT_WRITABLE, BACKUP_PLACE_INSIDE, DATABASE_DAMAGED
 */
export async function makeBackup(request: BackupRequest): Promise<BackupOutcome> {
  const database = path.join(request.dataDir, DATABASE_NAME);
  await requirePlace(request);
  const { registerId } = readFacts(database);
  const root = rootOf(request.place, registerId);
  try {
    await mkdir(root, { recursive: true });
    await removePartial(root);
    const partial = path.join(root, `${PARTIAL_PREFIX}${randomUUID()}`);
    try {
      await mkdir(partial);
      return await fill(request, database, root, partial);
    } catch (error) {
      // It may have no room even for this, or be gone.
      await rm(partial, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    }
  } catch (error) {
    throw placeError(error);
  }
}

async function fill(request: BackupRequest, database: string, root: string, partial: string): Promise<BackupOutcome> {
  const { progress, fault } = request;
  const at = request.now();
  const { size } = await stat(database);
  const { bavail, bsize } = await statfs(root);
  if (bavail * bsize < size + SPARE_BYTES) throw new CodedError('BACKUP_PLACE_FULL', {}, { retryable: true });

  const copy = path.join(partial, DATABASE_NAME);
  const began = performance.now();
  const copied = await copyDatabase(database, copy, { progress: (done, total) => progress?.('database', done, total) });
  fault?.('after-database');
  const files = await copyFiles(request, copy, root, sliceOf(at));
  const copyMs = performance.now() - began;
  fault?.('after-files');

  progress?.('checking', 0, 1);
  if ((await digestOf(copy)) !== copied.sha256) throw new CodedError('BACKUP_DAMAGED', {}, { retryable: true });
  const { counts, registerId, epoch, schemaVersion, agency } = checkDatabase(copy);
  const checkMs = performance.now() - began - copyMs;

  const manifest: Manifest = {
    form: 1,
    registerId,
    epoch,
    agency,
    appVersion: request.appVersion,
    schemaVersion,
    at: at.toISOString(),
    reason: request.reason,
    database: { bytes: copied.bytes, sha256: copied.sha256 },
    counts,
    files: { count: files.count, bytes: files.bytes, missing: files.missing },
  };
  await writeWholeFile(path.join(partial, MANIFEST_NAME), `${JSON.stringify(manifest, null, 2)}\n`);
  await syncPlace(partial);
  fault?.('before-rename');
  const name = freeSetName(root, at);
  await rename(partial, path.join(root, name));
  await syncPlace(root);
  fault?.('after-rename');
  const removedSets = await removeOutdated(root, at.getTime());
  progress?.('checking', 1, 1);
  const { copied: copiedFiles, mended: mendedFiles } = files;
  return { id: `${path.basename(root)}/${name}`, manifest, copiedFiles, mendedFiles, removedSets, copyMs, checkMs };
}

interface CopiedFiles {
  readonly count: number;
  readonly bytes: number;
  readonly missing: number;
  readonly copied: number;
  readonly mended: number;
}

/** Brings every stored file that the copied register needs into the place. Both lists are in order, so neither is kept in memory. */
async function copyFiles(
  { dataDir, progress }: BackupRequest,
  copy: string,
  root: string,
  slice: number,
): Promise<CopiedFiles> {
  const present = filesBelow(root);
  let there = await present.next();
  const result = { count: 0, bytes: 0, missing: 0, copied: 0, mended: 0 };
  for (const fileId of neededFiles(copy)) {
    result.count += 1;
    progress?.('files', result.count, result.count);
    while (there.done !== true && there.value < fileId) there = await present.next();
    const isThere = there.done !== true && there.value === fileId;
    const file = fileIn(root, fileId);
    if (isThere && (Number.parseInt(fileId.slice(0, 1), 16) !== slice || (await isWhole(file, fileId)))) {
      result.bytes += (await stat(file)).size;
      continue;
    }
    const bytes = await copyStoredFile(fileId, dataDir, root);
    if (bytes === null) result.missing += 1;
    else {
      result.bytes += bytes;
      if (isThere) result.mended += 1;
      else result.copied += 1;
    }
  }
  return result;
}

const sliceOf = (at: Date): number => Math.floor(at.getTime() / 3_600_000) % SLICES;

/** @throws CodedError BACKUP_PLACE_GONE, BACKUP_PLACE_INSIDE */
async function requirePlace({ place, dataDir }: BackupRequest): Promise<void> {
  if (!path.isAbsolute(place) || !(await isFolder(place)))
    throw new CodedError('BACKUP_PLACE_GONE', { reason: 'ENOENT' }, { retryable: true });
  const inside = path.relative(await realpath(dataDir), await realpath(place));
  if (inside === '' || (!inside.startsWith('..') && !path.isAbsolute(inside)))
    throw new CodedError('BACKUP_PLACE_INSIDE');
}

/** What an attempt left that was killed, or lost its place. */
async function removePartial(root: string): Promise<void> {
  for (const name of await readdir(root))
    if (name.startsWith(PARTIAL_PREFIX)) await rm(path.join(root, name), { recursive: true, force: true });
  await rm(path.join(root, 'files', 'partial'), { recursive: true, force: true });
}
