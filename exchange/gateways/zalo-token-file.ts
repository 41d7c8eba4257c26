import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import type { ZaloTokens, ZaloTokenStore } from './zalo.ts';

/** A renewal that has not ended by then died with its process. */
const STALE_LOCK_MS = 5 * 60_000;

const fileSchema = z.object({
  accessToken: z.string().default(''),
  refreshToken: z.string().min(1),
  /** Left out in what a person writes: renewed at once. */
  expiresAt: z.coerce.date().default(new Date(0)),
});

/**
 * Tokens in a file that only its owner may read, replaced as a whole. One process at a time renews them; another that
 * wants to at the same moment fails, and its notice is tried again.
 */
export function openZaloTokenFile(file: string): ZaloTokenStore {
  const read = async (): Promise<ZaloTokens | null> => {
    try {
      return fileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error instanceof z.ZodError || error instanceof SyntaxError
        ? new Error(`${file} holds no tokens of Zalo`, { cause: error })
        : error;
    }
  };
  const lock = `${file}.lock`;
  let turn: Promise<unknown> = Promise.resolve();

  const exclusively = async (renew: (current: ZaloTokens | null) => Promise<ZaloTokens>): Promise<ZaloTokens> => {
    const since = await stat(lock).catch(() => null);
    if (since !== null && Date.now() - since.mtimeMs > STALE_LOCK_MS) await rm(lock, { force: true });
    await (await open(lock, 'wx', 0o600)).close();
    try {
      const current = await read();
      const next = await renew(current);
      if (next !== current) await replace(file, JSON.stringify(next));
      return next;
    } finally {
      await rm(lock, { force: true });
    }
  };
  return {
    read,
    update: (renew) => {
      const mine = turn.then(() => exclusively(renew));
      turn = mine.catch(() => null);
      return mine;
    },
  };
}

/** After a crash there is the old file or the new one. */
async function replace(file: string, text: string): Promise<void> {
  const next = `${file}.new`;
  const handle = await open(next, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
}
