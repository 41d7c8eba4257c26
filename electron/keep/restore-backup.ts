import { mkdir, open, rm, stat, statfs } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beginEpoch } from '#data/backup/begin-epoch.ts';
import { finishRestore, restorePlaces, type RestoreIntent } from '#data/backup/finish-restore.ts';
import { checkDatabase, knownSchemaVersion, neededFiles, readFacts } from '#data/backup/inspect-database.ts';
import { holdFolder } from '#data/connection/open-database.ts';
import { copyWholeFile, syncFolder, writeWholeFile } from '#files/write-whole-file.ts';
import { formatVnDate, vietnamDay } from '#shared/domain/vn-date.ts';
import { CodedError, isCodedError } from '#shared/errors/coded-error.ts';
import { placeError, systemCode } from './backup-error.ts';
import { DATABASE_NAME, isSetName, listSets, readManifest, setFolder, freeSetName } from './backup-set.ts';
import { listReplaced, NOTE_NAME, type ReplacedNote } from './replaced-registers.ts';
import { copyStoredFile, digestOf, fileIn } from './stored-files.ts';

export type RestorePoint = 'after-staging' | 'after-files' | 'before-intent' | 'after-intent' | 'after-swap';

export interface RestoreRequest {
  readonly dataDir: string;
  readonly now: () => Date;
  readonly progress?: (done: number, total: number) => void;
  /** Crash tests die at one. */
  readonly fault?: (point: RestorePoint) => void;
}

export interface RestoreOutcome {
  /** What was replaced, by its id for `undoRestore`; null when there was nothing. */
  readonly replaced: string | null;
  readonly epoch: number;
  /** Stored files that the restored register needs and that are neither here nor in the backup. */
  readonly missingFiles: number;
  /** Whether the numbers given since the backup are known: else somebody must look at the books before the next one is given. */
  readonly numbersKnown: boolean;
}

/** Room for what SQLite and the stored files need besides. */
const SPARE_BYTES = 16 * 1024 * 1024;

/**
 * Puts a backup in the place of the data folder's register, which is put aside whole. Nothing in the folder has changed unless
 * this resolves, or was cut off after its last step was decided; then whoever opens the folder next ends it.
 * @param id of `listBackups`
 * @throws CodedError FOLDER_IN_USE, BACKUP_PLACE_GONE, BACKUP_DAMAGED, BACKUP_NEWER, DISK_FULL, FOLDER_NOT_WRITABLE
 */
export async function restoreBackup(request: RestoreRequest, place: string, id: string): Promise<RestoreOutcome> {
  const { dataDir, progress, fault } = request;
  const { root, folder } = setFolder(place, id);
  const source = path.join(folder, DATABASE_NAME);
  return whileHolding(dataDir, async () => {
    if (!existsSync(folder)) throw new CodedError('BACKUP_PLACE_GONE', { reason: 'ENOENT' }, { retryable: true });
    const manifest = await readManifest(folder);
    if (manifest === null) throw new CodedError('BACKUP_DAMAGED');
    if (manifest.schemaVersion > knownSchemaVersion)
      throw new CodedError('BACKUP_NEWER', { found: manifest.schemaVersion, known: knownSchemaVersion });
    await requireRoom(dataDir, manifest.database.bytes);

    const staged = await stage(dataDir, async (copy) => {
      await copyWholeFile(source, copy).catch((error: unknown) => {
        throw placeError(ownDisk(error));
      });
      if ((await digestOf(copy)) !== manifest.database.sha256) throw new CodedError('BACKUP_DAMAGED');
      requireSound(copy);
    });
    fault?.('after-staging');

    let missingFiles = 0;
    let done = 0;
    for (const fileId of neededFiles(staged)) {
      done += 1;
      progress?.(done, manifest.files.count);
      const isHere = existsSync(fileIn(dataDir, fileId)) || existsSync(path.join(dataDir, 'files', 'aside', fileId));
      if (!isHere && (await copyStoredFile(fileId, root, dataDir)) === null) missingFiles += 1;
    }
    fault?.('after-files');

    const epochs = (await listSets(root)).map((set) => set.manifest.epoch);
    const swapped = await swap(request, staged, {
      backupAt: manifest.at,
      copiedAt: manifest.at,
      epochs: [manifest.epoch, ...epochs],
    });
    return { ...swapped, missingFiles };
  });
}

/**
 * Puts back a register that a restore had replaced; the one that is in place now is put aside in its turn.
 * @param id of `listReplaced`
 * @throws CodedError FOLDER_IN_USE, NOT_FOUND, DATABASE_DAMAGED, DISK_FULL, FOLDER_NOT_WRITABLE
 */
export async function undoRestore(request: RestoreRequest, id: string): Promise<RestoreOutcome> {
  const { dataDir, fault } = request;
  if (!isSetName(id)) throw new CodedError('NOT_FOUND');
  const folder = path.join(dataDir, restorePlaces.replaced, id);
  return whileHolding(dataDir, async () => {
    const source = path.join(folder, DATABASE_NAME);
    if (!existsSync(source)) throw new CodedError('NOT_FOUND');
    const { size } = await stat(source);
    await requireRoom(dataDir, size);
    const staged = await stage(dataDir, async (copy) => {
      await copyWholeFile(source, copy);
      // With what was committed last, and is not in the file yet.
      if (existsSync(`${source}-wal`)) await copyWholeFile(`${source}-wal`, `${copy}-wal`);
      requireSound(copy);
    });
    fault?.('after-staging');
    const copiedAt = (await listReplaced(dataDir)).find((one) => one.id === id)?.at ?? request.now().toISOString();
    const outcome = await swap(request, staged, { backupAt: null, copiedAt, epochs: [readFacts(staged).epoch] });
    await rm(folder, { recursive: true, force: true });
    return { ...outcome, missingFiles: 0 };
  });
}

interface Swap {
  readonly backupAt: string | null;
  /** After that it gave no number. */
  readonly copiedAt: string;
  /** All that are known of this register: the new one is above them. */
  readonly epochs: readonly number[];
}

async function swap(
  { dataDir, now, fault }: RestoreRequest,
  staged: string,
  { backupAt, copiedAt, epochs }: Swap,
): Promise<Omit<RestoreOutcome, 'missingFiles'>> {
  const at = now();
  const database = path.join(dataDir, DATABASE_NAME);
  const current = readCurrent(database);
  // Another register's numbers say nothing of this one's.
  const isSame = current.registerId === readFacts(staged).registerId;
  const epoch = Math.max(...epochs, isSame ? current.epoch : 0) + 1;
  const day = formatVnDate(vietnamDay(backupAt === null ? at.getTime() : Date.parse(backupAt)));
  const reason =
    backupAt === null ? 'Đã cấp trước khi quay lại sổ cũ' : `Đã cấp sau bản sao lưu ngày ${day}, trước khi phục hồi`;
  beginEpoch(staged, { epoch, at: at.toISOString(), replaced: isSame ? database : null, copiedAt, reason });
  await syncFile(staged);
  const id = freeSetName(path.join(dataDir, restorePlaces.replaced), at);
  const replaced = path.join(dataDir, restorePlaces.replaced, id);
  await mkdir(replaced, { recursive: true });
  const note: ReplacedNote = { at: at.toISOString(), readable: current.registerId !== null, backupAt };
  await writeWholeFile(path.join(replaced, NOTE_NAME), JSON.stringify(note));
  await syncFolder(path.dirname(replaced));
  fault?.('before-intent');
  const intent: RestoreIntent = { replacedInto: id };
  await writeWholeFile(path.join(dataDir, restorePlaces.intent), JSON.stringify(intent));
  fault?.('after-intent');
  finishRestore(dataDir);
  fault?.('after-swap');
  return { replaced: current.exists ? id : null, epoch, numbersKnown: isSame };
}

interface Current {
  readonly exists: boolean;
  /** Null where it cannot be read, or is not there. */
  readonly registerId: string | null;
  readonly epoch: number;
}

/** Whether the register that is to be replaced can still be read, and how often it was restored. */
function readCurrent(database: string): Current {
  if (!existsSync(database)) return { exists: false, registerId: null, epoch: 0 };
  try {
    const { epoch, registerId } = checkDatabase(database);
    return { exists: true, registerId, epoch };
  } catch {
    // It is being replaced because of that, and is kept.
    return { exists: true, registerId: null, epoch: 0 };
  }
}

/** Fills the folder in which the copy waits. @throws what `fill` throws; the folder is then gone */
async function stage(dataDir: string, fill: (copy: string) => Promise<void>): Promise<string> {
  const staging = path.join(dataDir, restorePlaces.staging);
  const copy = path.join(staging, DATABASE_NAME);
  try {
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging);
    await fill(copy);
    return copy;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}

async function whileHolding<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const held = holdFolder(dataDir);
  try {
    // What another restore had begun comes first.
    finishRestore(dataDir);
    return await work();
  } catch (error) {
    throw ownDisk(error);
  } finally {
    held.release();
  }
}

function requireSound(copy: string): void {
  try {
    checkDatabase(copy);
  } catch (error) {
    throw isCodedError(error) ? new CodedError('BACKUP_DAMAGED', {}, { cause: error }) : error;
  }
}

async function requireRoom(dataDir: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize < bytes + SPARE_BYTES) throw new CodedError('DISK_FULL', {}, { retryable: true });
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What the data folder's own disk says, as its code. */
function ownDisk(error: unknown): unknown {
  const code = systemCode(error);
  if (isCodedError(error)) return error;
  if (['ENOSPC', 'EDQUOT', 'SQLITE_FULL'].includes(code))
    return new CodedError('DISK_FULL', {}, { retryable: true, cause: error });
  if (['EACCES', 'EPERM', 'EROFS'].includes(code))
    return new CodedError('FOLDER_NOT_WRITABLE', { reason: code }, { cause: error });
  return error;
}
