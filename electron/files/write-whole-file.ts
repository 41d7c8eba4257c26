import { randomUUID } from 'node:crypto';
import { copyFile, open, rename, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** Only for its owner: what is written here may hold an office's documents. */
const PRIVATE = 0o600;

/** Writes all of the file or leaves the old one: a temporary neighbour, durable, then renamed. */
export async function writeWholeFile(file: string, contents: string | Uint8Array, mode = PRIVATE): Promise<void> {
  const temporary = neighbourOf(file);
  await writeDurably(temporary, (handle) => handle.writeFile(contents), mode);
  await orRemove(temporary, moveIntoPlace(temporary, file));
}

/** Copies a file so that `target` is either whole or as before. */
export async function copyWholeFile(source: string, target: string): Promise<void> {
  const temporary = neighbourOf(target);
  await orRemove(
    temporary,
    copyFile(source, temporary).then(() => moveIntoPlace(temporary, target)),
  );
}

/** Makes a new file and fills it; it is on the disk when this resolves, and gone when it rejects. */
export async function writeDurably<T>(
  temporary: string,
  fill: (handle: FileHandle) => Promise<T>,
  mode = PRIVATE,
): Promise<T> {
  const write = async (): Promise<T> => {
    const handle = await open(temporary, 'wx', mode);
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

/** Gives a finished file its name, in the place of one that has it, and makes the name durable. What fails leaves it. */
export async function moveIntoPlace(temporary: string, target: string): Promise<void> {
  await rename(temporary, target);
  await syncFolder(path.dirname(target));
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
    await rm(temporary, { force: true });
    throw error;
  }
}

const neighbourOf = (file: string): string => path.join(path.dirname(file), `.${randomUUID()}.tmp`);
