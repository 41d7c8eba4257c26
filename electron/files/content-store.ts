import { createHash, randomUUID, type Hash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CodedError, isCodedError } from '#shared/errors/coded-error.ts';
import type { MessageSource } from '#core/ports/exchange.ts';
import type { FileStore, PartialFile, StoredBytes } from '#core/ports/file-store.ts';
import { fileAddress, isFileId } from '#shared/domain/file-address.ts';
import { filePieces } from './file-pieces.ts';
import { spoolFile, type SpooledFile } from './spooled-file.ts';
import { isHeld, withPatience } from './with-patience.ts';
import { PRIVATE, syncFile, syncFolder, writeDurably } from './write-whole-file.ts';

const CHUNK_BYTES = 1024 * 1024;
/** How the name of a download in progress ends. */
const DOWNLOAD = '.part';

/** Unfinished files of a process that may be killed at any time, apart from those of the process that has the lock. */
const KILLABLE = 'reader';

/** The store as the process that reads foreign files sees it. */
export interface SpoolingStore extends FileStore {
  /** @throws CodedError DISK_FULL */
  spool(): SpooledFile;
  /** The bytes of a file in order; a piece is valid until the next one is asked for. @throws CodedError FILE_MISSING, FILE_DAMAGED at the end */
  pieces(fileId: string): AsyncIterable<Uint8Array>;
}

/** The file store below `dataDir`: `files/ab/cd/<sha256>`, with unfinished ones under `files/partial`. */
export function createContentStore(dataDir: string): FileStore {
  return openStore(dataDir, join(dataDir, 'files', 'partial'));
}

/**
 * The same store for a process that reads foreign files, which may be killed at any moment. Each has a folder of its own
 * by its process id, and removes what those left unfinished that are no more; another one may be at work beside it.
 */
export function createSpoolingStore(dataDir: string, pid: number = process.pid): SpoolingStore {
  const killable = join(dataDir, 'files', 'partial', KILLABLE);
  for (const name of existsSync(killable) ? readdirSync(killable) : []) {
    if (Number(name) === pid || !isRunning(Number(name))) rmOrLeave(join(killable, name));
  }
  return openStore(dataDir, join(killable, String(pid)));
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is one all the same.
    return nodeCode(error) === 'EPERM';
  }
}

function openStore(dataDir: string, partialDir: string): SpoolingStore {
  const pathOf = (fileId: string) => join(dataDir, fileAddress(fileId));
  /** Stored by this process: the rows that need them may not be written yet. */
  const storedNow = new Set<string>();

  const asideDir = join(dataDir, 'files', 'aside');

  /** In one go: between the look and the move nothing may be stored under the same name. */
  const moveAside = (path: string, fileId: string, before: number, isNeeded: (fileId: string) => boolean): boolean => {
    if (storedNow.has(fileId) || statSync(path).mtimeMs >= before || isNeeded(fileId)) return false;
    mkdirSync(asideDir, { recursive: true });
    const aside = join(asideDir, fileId);
    try {
      renameSync(path, aside);
    } catch (error) {
      // Whoever holds it has let go by the next sweep.
      if (isHeld(error)) return false;
      throw error;
    }
    // Its time here counts from now.
    const now = new Date();
    utimesSync(aside, now, now);
    return true;
  };

  /** Brings back what was put aside; false when it is not there either. */
  const takeBack = async (fileId: string): Promise<boolean> => {
    const aside = join(asideDir, fileId);
    if (!existsSync(aside)) return false;
    await settle(aside, fileId, 0);
    return true;
  };

  /** @throws CodedError FILE_MISSING when the file is neither in its place nor put aside */
  const orTakenBack = async <T>(fileId: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await withPatience(work);
    } catch (error) {
      if (nodeCode(error) !== 'ENOENT') throw explain(error);
      if (await takeBack(fileId)) return work();
      throw new CodedError('FILE_MISSING', { fileId });
    }
  };

  /** Gives finished bytes their place, for as long as nobody cuts the power; whether it had to make a folder for them. */
  const place = async (temp: string, fileId: string): Promise<boolean> => {
    const path = pathOf(fileId);
    const firstMade = await withPatience(() => mkdir(dirname(path), { recursive: true }));
    storedNow.add(fileId);
    await withPatience(() => rename(temp, path));
    return firstMade !== undefined;
  };

  /** Makes the place of a file durable: a new folder is only when the one that lists it is. */
  const syncPlace = async (fileId: string, madeFolder: boolean): Promise<void> => {
    const folder = dirname(pathOf(fileId));
    const above = madeFolder ? [dirname(folder), dirname(dirname(folder))] : [];
    for (const one of [folder, ...above]) await syncFolder(one);
  };

  const settle = async (temp: string, fileId: string, size: number): Promise<StoredBytes> => {
    await syncPlace(fileId, await place(temp, fileId));
    return { fileId, size };
  };

  /** What `work` makes of an unfinished file; none is left when it fails. */
  const withTemp = async (work: (temp: string) => Promise<StoredBytes>): Promise<StoredBytes> => {
    const temp = join(partialDir, randomUUID());
    try {
      await withPatience(() => mkdir(partialDir, { recursive: true }));
      return await work(temp);
    } catch (error) {
      await withPatience(() => rm(temp, { force: true }));
      throw explain(error);
    }
  };

  const store = (fill: (temp: FileHandle, hash: Hash) => Promise<number>): Promise<StoredBytes> =>
    withTemp(async (temp) => {
      const hash = createHash('sha256');
      const size = await writeDurably(temp, (handle) => fill(handle, hash));
      return await settle(temp, hash.digest('hex'), size);
    });

  const write = (bytes: Uint8Array): Promise<StoredBytes> =>
    store(async (temp, hash) => {
      hash.update(bytes);
      await writeAll(temp, bytes);
      return bytes.length;
    });

  const read = async (fileId: string): Promise<Uint8Array> => {
    const bytes = await orTakenBack(fileId, () => readFile(pathOf(fileId)));
    if (createHash('sha256').update(bytes).digest('hex') !== fileId) throw new CodedError('FILE_DAMAGED', { fileId });
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  };

  const isWhole = (fileId: string): Promise<boolean> =>
    read(fileId).then(
      () => true,
      (error: unknown) => {
        if (isCodedError(error) && (error.code === 'FILE_MISSING' || error.code === 'FILE_DAMAGED')) return false;
        throw error;
      },
    );

  return {
    importFile: async (path, maxSize) => {
      const { size } = await withPatience(() => stat(path)).catch((cause: unknown) => unreadable(cause));
      if (size === 0) throw new CodedError('PDF_EMPTY');
      if (size > maxSize)
        throw new CodedError('PDF_TOO_LARGE', { megabytes: megabytes(size), limit: megabytes(maxSize) });
      return store(async (temp, hash) => {
        let written = 0;
        try {
          for await (const chunk of filePieces(path)) {
            hash.update(chunk);
            await writeAll(temp, chunk);
            written += chunk.length;
          }
        } catch (error) {
          // A full disk on our side is told apart from a file that cannot be read.
          throw isDiskFull(error) ? error : unreadable(error);
        }
        return written;
      });
    },
    write,
    writeUnflushed: (bytes) =>
      withTemp(async (temp) => {
        await withPatience(() => writeFile(temp, bytes, { flag: 'wx', mode: PRIVATE }));
        const fileId = createHash('sha256').update(bytes).digest('hex');
        await place(temp, fileId);
        return { fileId, size: bytes.length };
      }),
    flush: (fileId, bytes) =>
      explained(async () => {
        if (!(await isWhole(fileId))) {
          await write(bytes);
          return;
        }
        await withPatience(() => syncFile(pathOf(fileId)));
        // Its folders may be as new as it is.
        await syncPlace(fileId, true);
      }),
    writePieces: (pieces) =>
      store(async (temp, hash) => {
        let written = 0;
        for await (const piece of pieces) {
          hash.update(piece);
          await writeAll(temp, piece);
          written += piece.length;
        }
        return written;
      }),
    read,
    has: async (fileId) => existsSync(pathOf(fileId)) || (await takeBack(fileId)),
    source: (fileId) => openSource(fileId, () => orTakenBack(fileId, () => open(pathOf(fileId), 'r'))),
    size: async (fileId) => (await orTakenBack(fileId, () => stat(pathOf(fileId)))).size,
    discard: (fileId) => explained(() => withPatience(() => rm(pathOf(fileId), { force: true }))),
    sweep: async ({ storedBefore, forgetBefore, isNeeded }) => {
      let putAside = 0;
      for (const first of await foldersIn(join(dataDir, 'files'))) {
        for (const second of await foldersIn(first)) {
          for (const fileId of (await readdir(second)).filter(isFileId)) {
            if (moveAside(join(second, fileId), fileId, storedBefore, isNeeded)) putAside += 1;
          }
        }
      }
      return { putAside, deleted: await deleteOlder(asideDir, forgetBefore) };
    },
    adopt: async (fileId) => {
      storedNow.add(fileId);
      if (!existsSync(pathOf(fileId))) await takeBack(fileId);
    },
    async *pieces(fileId) {
      if (!existsSync(pathOf(fileId)) && !(await takeBack(fileId))) throw new CodedError('FILE_MISSING', { fileId });
      const hash = createHash('sha256');
      for await (const piece of filePieces(pathOf(fileId))) {
        hash.update(piece);
        yield piece;
      }
      if (hash.digest('hex') !== fileId) throw new CodedError('FILE_DAMAGED', { fileId });
    },
    spool: () => {
      try {
        mkdirSync(partialDir, { recursive: true });
        return spoolFile(join(partialDir, randomUUID()), settle, explain);
      } catch (error) {
        throw explain(error);
      }
    },
    receive: (fileId) =>
      explained(async () => {
        await withPatience(() => mkdir(partialDir, { recursive: true }));
        return partialFile(join(partialDir, `${fileId}${DOWNLOAD}`), (temp, size) => settle(temp, fileId, size));
      }),
  };
}

/**
 * Removes what a killed process had begun to write. Downloads stay: they go on where they were. Only for the one process
 * that holds the data folder's lock.
 */
export function removeUnfinishedWrites(dataDir: string): void {
  const partialDir = join(dataDir, 'files', 'partial');
  if (!existsSync(partialDir)) return;
  for (const name of readdirSync(partialDir)) {
    if (!name.endsWith(DOWNLOAD)) rmOrLeave(join(partialDir, name));
  }
}

/** What another program holds is left for the next start: rubbish must not keep the office from working. */
function rmOrLeave(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if (!isHeld(error)) throw error;
  }
}

/** Each reading opens the file anew: a source may live as long as an outage, and holds nothing but the last piece. */
async function openSource(fileId: string, openFile: () => Promise<FileHandle>): Promise<MessageSource> {
  const whileOpen = async <T>(work: (handle: FileHandle) => Promise<T>): Promise<T> => {
    const handle = await openFile();
    try {
      return await work(handle);
    } finally {
      await handle.close();
    }
  };
  const size = await whileOpen(async (handle) => {
    const hash = createHash('sha256');
    const buffer = new Uint8Array(CHUNK_BYTES);
    let at = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    if (hash.digest('hex') !== fileId) throw new CodedError('FILE_DAMAGED', { fileId });
    return at;
  });
  let memory = new Uint8Array(0);
  return {
    size,
    sha256: fileId,
    read: (start, end) =>
      whileOpen(async (handle) => {
        if (memory.length < end - start) memory = new Uint8Array(end - start);
        const bytes = memory.subarray(0, end - start);
        for (let filled = 0; filled < bytes.length;) {
          const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
          if (bytesRead === 0) throw new CodedError('FILE_DAMAGED', { fileId });
          filled += bytesRead;
        }
        return bytes;
      }),
  };
}

async function partialFile(
  path: string,
  settle: (temp: string, size: number) => Promise<StoredBytes>,
): Promise<PartialFile> {
  const handle = await withPatience(() => open(path, 'a+'));
  const nothing = () => ({ size: 0, hash: createHash('sha256') });
  /** What is in the file, as long as all of it went through here without failing. */
  let known = (await handle.stat()).size === 0 ? nothing() : null;
  const sizeNow = async () => known?.size ?? (await handle.stat()).size;
  return {
    size: sizeNow,
    append: (bytes) =>
      explained(async () => {
        const before = known;
        known = null;
        await writeAll(handle, bytes);
        if (before !== null) known = { size: before.size + bytes.length, hash: before.hash.update(bytes) };
      }),
    reset: () =>
      explained(async () => {
        await handle.truncate(0);
        known = nothing();
      }),
    sha256: () =>
      explained(async () => {
        if (known !== null) return known.hash.copy().digest('hex');
        const hash = createHash('sha256');
        for await (const piece of filePieces(path)) hash.update(piece);
        return hash.digest('hex');
      }),
    finish: () =>
      explained(async () => {
        let size: number;
        try {
          size = await sizeNow();
          await handle.sync();
        } finally {
          await handle.close();
        }
        return settle(path, size);
      }),
    suspend: () => handle.close(),
  };
}

/** Deletes the files of a folder that are older than the instant; how many. */
async function deleteOlder(folder: string, before: number): Promise<number> {
  if (!existsSync(folder)) return 0;
  let deleted = 0;
  for (const name of await readdir(folder)) {
    const found = await stat(join(folder, name));
    if (found.mtimeMs >= before) continue;
    try {
      await rm(join(folder, name));
      deleted += 1;
    } catch (error) {
      if (!isHeld(error)) throw error;
    }
  }
  return deleted;
}

/** The two levels of folders that `fileAddress` makes; downloads in progress are elsewhere. */
async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (nodeCode(error) === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.isDirectory() && /^[0-9a-f]{2}$/.test(entry.name))
    .map((entry) => join(folder, entry.name));
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(error);
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let at = 0;
  while (at < bytes.length) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
}

function unreadable(cause: unknown): never {
  throw new CodedError('FILE_UNREADABLE', {}, { cause });
}

const nodeCode = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
const isDiskFull = (error: unknown): boolean => nodeCode(error) === 'ENOSPC' || nodeCode(error) === 'EDQUOT';
const explain = (error: unknown): unknown => {
  if (isDiskFull(error)) return new CodedError('DISK_FULL', {}, { cause: error });
  return isHeld(error) ? new CodedError('FILE_HELD', {}, { cause: error, retryable: true }) : error;
};
const megabytes = (bytes: number): number => Math.ceil(bytes / (1024 * 1024));
