import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { filePieces } from '#files/file-pieces.ts';
import { syncFolder, writeDurably } from '#files/write-whole-file.ts';
import { fileAddress, isFileId } from '#shared/domain/file-address.ts';
import { systemCode } from './backup-error.ts';

/** A stored file's own place below a data folder or below the root of backups: both keep files by their hash. */
export const fileIn = (folder: string, fileId: string): string => path.join(folder, fileAddress(fileId));

/** Where the data folder may have a file: in its place, or put aside because no row needed it for a while. */
const sourcesOf = (dataDir: string, fileId: string): readonly string[] => [
  fileIn(dataDir, fileId),
  path.join(dataDir, 'files', 'aside', fileId),
];

/** The files below a folder in the order of their names. */
export async function* filesBelow(folder: string): AsyncGenerator<string> {
  for (const first of await namesIn(path.join(folder, 'files'))) {
    if (!/^[0-9a-f]{2}$/.test(first)) continue;
    for (const second of await namesIn(path.join(folder, 'files', first))) {
      for (const name of await namesIn(path.join(folder, 'files', first, second))) if (isFileId(name)) yield name;
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return [];
    throw error;
  });
  return names.toSorted((a, b) => (a < b ? -1 : 1));
}

/** Of a file: whether it is whole, by its name. */
export async function isWhole(file: string, fileId: string): Promise<boolean> {
  return (await digestOf(file)) === fileId;
}

export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of filePieces(file)) hash.update(piece);
  return hash.digest('hex');
}

/**
 * Copies a stored file to the same name below another folder: whole or not at all, and read back. Null when it is not in the
 * source folder, or no longer what its name says; else its bytes.
 * @throws the file system's error of the target
 */
export async function copyStoredFile(fileId: string, fromDir: string, toDir: string): Promise<number | null> {
  const target = fileIn(toDir, fileId);
  const partial = path.join(toDir, 'files', 'partial');
  await mkdir(path.dirname(target), { recursive: true });
  await mkdir(partial, { recursive: true });
  for (const source of sourcesOf(fromDir, fileId)) {
    if ((await stat(source).catch(() => null)) === null) continue;
    const temporary = path.join(partial, randomUUID());
    const hash = createHash('sha256');
    const bytes = await writeDurably(temporary, async (handle) => {
      let written = 0;
      for await (const piece of filePieces(source)) {
        hash.update(piece);
        for (let at = 0; at < piece.length;) at += (await handle.write(piece, at, piece.length - at)).bytesWritten;
        written += piece.length;
      }
      return written;
    });
    if (hash.digest('hex') !== fileId || !(await isWhole(temporary, fileId))) {
      await rm(temporary, { force: true });
      continue;
    }
    await rename(temporary, target);
    await syncPlace(path.dirname(target));
    return bytes;
  }
  return null;
}

/** Some shares do not let a folder be flushed; their files are flushed all the same. */
export async function syncPlace(folder: string): Promise<void> {
  await syncFolder(folder).catch((error: unknown) => {
    if (!['EINVAL', 'ENOTSUP', 'EACCES', 'EPERM', 'EISDIR'].includes(systemCode(error))) throw error;
  });
}
