import { closeSync, fsyncSync, openSync } from 'node:fs';

/** A rename is durable only when its folder is; Windows has no such call and needs none. */
export function syncFolderNow(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
