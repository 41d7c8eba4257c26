import { mkdirSync, realpathSync } from 'node:fs';

/**
 * Makes the data folder and returns its real path, so that two ways to name one folder share one lock. A folder that
 * cannot be made is returned as it was named: core will say what is wrong with it.
 */
export function prepareDataFolder(folder: string): { readonly path: string; readonly usable: boolean } {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return { path: realpathSync(folder), usable: true };
  } catch (error) {
    process.stderr.write(`data folder cannot be used: ${error instanceof Error ? error.message : ''}\n`);
    return { path: folder, usable: false };
  }
}
