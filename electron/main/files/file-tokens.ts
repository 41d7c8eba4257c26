import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { PickedPath } from '#shared/contract/control.ts';
import type { PickedFile } from '#shared/contract/shell.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { systemCode } from '../diagnostics/system-code.ts';

const LIFETIME_MS = 30 * 60_000;

export interface FileTokens {
  /**
   * Names a file that the user picked or dropped.
   * @throws CodedError FILE_UNREADABLE when it is no file that can be looked at
   */
  issue(file: string): Promise<PickedFile>;
  /** What the token stands for, with the size the file has now; null when unknown, too old, or the file is gone. */
  resolve(token: string): Promise<PickedPath | null>;
}

/** Opaque names for the user's files, good for 30 minutes and any number of uses: no path ever reaches a page. */
export function createFileTokens(newToken: () => string, now: () => number): FileTokens {
  const issued = new Map<string, { readonly path: string; readonly until: number }>();

  function forgetOld(): void {
    for (const [token, { until }] of issued) if (until <= now()) issued.delete(token);
  }

  return {
    async issue(file) {
      const size = await sizeOfFile(file);
      if (size === null) throw new CodedError('FILE_UNREADABLE', { name: path.basename(file) });
      forgetOld();
      const token = newToken();
      issued.set(token, { path: path.resolve(file), until: now() + LIFETIME_MS });
      return { token, name: path.basename(file), size };
    },
    async resolve(token) {
      forgetOld();
      const found = issued.get(token);
      if (found === undefined) return null;
      const size = await sizeOfFile(found.path);
      return size === null ? null : { path: found.path, name: path.basename(found.path), size };
    },
  };
}

/** Null when there is no such regular file, or it cannot be looked at. */
async function sizeOfFile(file: string): Promise<number | null> {
  try {
    const info = await stat(file);
    return info.isFile() ? info.size : null;
  } catch (error) {
    if (systemCode(error) === 'UNKNOWN') throw error;
    return null;
  }
}
