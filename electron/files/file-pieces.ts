import { open } from 'node:fs/promises';
import { withPatience } from './with-patience.ts';

const PIECE_BYTES = 256 * 1024;

/**
 * The bytes of a file in order, all read into the same memory, so that none waits for the collector. A piece is valid until the
 * next one is asked for.
 * @throws the file system's error
 */
export async function* filePieces(path: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const handle = await withPatience(() => open(path, 'r'));
  try {
    const memory = new Uint8Array(PIECE_BYTES);
    for (;;) {
      const { bytesRead } = await handle.read(memory, 0, memory.length, null);
      if (bytesRead === 0) return;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
