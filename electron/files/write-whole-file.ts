import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { withPatience } from './with-patience.ts';

/** Only for its owner: what is written here may hold an office's documents. */
export const PRIVATE = 0o600;
/** As the user's own programs write. */
export const READABLE = 0o666;

/** A new file is seldom held, and a folder that may not be written stays so: the user waits for the answer. */
const BRIEF_MS = [20, 80, 200];

/** Writes all of the file or leaves the old one: a temporary neighbour, durable, then renamed. */
export async function writeWholeFile(file: string, contents: string | Uint8Array, mode = PRIVATE): Promise<void> {
  await replaceBy(file, mode, (handle) => handle.writeFile(contents));
}

/** Copies a file so that `target` is either whole or as before. For whoever may read the folder, unlike what is kept here. */
export async function copyWholeFile(source: string, target: string): Promise<void> {
  await replaceBy(target, READABLE, async (handle) => {
    // On a handle, each goes on where the one before ended.
    for await (const chunk of createReadStream(source) as AsyncIterable<Buffer>) await handle.writeFile(chunk);
  });
}

async function replaceBy(file: string, mode: number, fill: (handle: FileHandle) => Promise<unknown>): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${randomUUID()}.tmp`);
  await writeDurably(temporary, fill, mode);
  await orRemove(
    temporary,
    withPatience(() => rename(temporary, file)),
  );
  // The file is there. A folder of the user's may not let itself be read or flushed; that is no failure of the writing.
  await syncFolder(path.dirname(file)).catch((error: unknown) => {
    if (!isRefused(error)) throw error;
  });
}

const isRefused = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP'].includes(String(error.code));

/** Makes a new file and fills it; it is on the disk when this resolves, and gone when it rejects. */
export async function writeDurably<T>(
  temporary: string,
  fill: (handle: FileHandle) => Promise<T>,
  mode = PRIVATE,
): Promise<T> {
  const write = async (): Promise<T> => {
    const handle = await withPatience(() => open(temporary, 'wx', mode), BRIEF_MS);
    try {
      const value = await fill(handle);
      await handle.sync();
      return value;
    } finally {
      await handle.close();
    }
  };
  return orRemove(temporary, write());
}

/** Has what was written of a file on the disk; Windows flushes only what is open for writing. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A rename is durable only when its folder is; Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function orRemove<T>(temporary: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    await withPatience(() => rm(temporary, { force: true }));
    throw error;
  }
}
