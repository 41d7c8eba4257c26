import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { MessageSink } from '#core/ports/exchange.ts';

/** A download kept in one plain file: the simplest sink that survives a broken link. */
export function createPartFileSink(path: string): MessageSink {
  const size = async (): Promise<number> => {
    try {
      return (await stat(path)).size;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
      throw error;
    }
  };
  return {
    size,
    append: async (bytes) => {
      await mkdir(dirname(path), { recursive: true });
      const handle = await open(path, 'a');
      try {
        await handle.writeFile(bytes);
      } finally {
        await handle.close();
      }
    },
    reset: () => rm(path, { force: true }),
    sha256: async () => {
      if ((await size()) === 0) return createHash('sha256').digest('hex');
      const handle = await open(path, 'r+');
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
      const hash = createHash('sha256');
      for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
      return hash.digest('hex');
    },
  };
}
