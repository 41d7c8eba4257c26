import { randomUUID } from 'node:crypto';
import { copyFile, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Writes all of the file or leaves the old one: a temporary neighbour, flushed, then renamed. Mode 0600. */
export async function writeWholeFile(file: string, text: string): Promise<void> {
  await replaceBy(file, async (temporary) => {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}

/** Copies a file so that `target` is either whole or as before. */
export async function copyWholeFile(source: string, target: string): Promise<void> {
  await replaceBy(target, (temporary) => copyFile(source, temporary));
}

async function replaceBy(file: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${randomUUID()}.tmp`);
  try {
    await fill(temporary);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
