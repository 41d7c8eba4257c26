import { open } from 'node:fs/promises';

/** A new name in a folder is durable only when the folder is. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder for syncing; NTFS journals the rename itself.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** `ENOENT` and its like, of an error of the file system. */
export const nodeCode = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
