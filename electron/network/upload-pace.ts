import { MAX_CHUNK_BYTES } from '#shared/wire/uploads.ts';

/** A message up to here goes in one request, unless the line is known to carry less at a time. */
const AT_FIRST_BYTES = 256 * 1024;
const MIN_CHUNK_BYTES = 64 * 1024;
const TARGET_MS = 5_000;
/** On a line that broke, so many pieces must arrive before larger ones are tried: what breaks is sent again. */
const CALM_CHUNKS = 16;

/** How much is sent at a time over one line. */
export interface UploadPace {
  /** Bytes of the next piece. */
  bytes(): number;
  /** A piece of the present size arrived after `ms`. */
  arrived(ms: number): void;
  /** Something of `size` bytes did not arrive. Whether there is a smaller piece to try. */
  broke(size: number): boolean;
  /** A message that is sent at once is no larger than this. */
  largestAtOnce(): number;
}

/** Pieces that take about 5 s each, from 64 KiB to 1 MiB, smaller after each break. It lives as long as the connection. */
export function createUploadPace(): UploadPace {
  let bytes = AT_FIRST_BYTES;
  /** Pieces that arrived since the size changed on a line that broke; without bound on one that never did. */
  let calm = Number.POSITIVE_INFINITY;
  return {
    bytes: () => bytes,
    arrived: (ms) => {
      calm += 1;
      const fitting = (bytes * TARGET_MS) / Math.max(ms, 1);
      if (fitting < bytes) bytes = Math.max(MIN_CHUNK_BYTES, Math.floor(fitting));
      else if (calm >= CALM_CHUNKS && fitting >= bytes * 2 && bytes < MAX_CHUNK_BYTES) {
        bytes = Math.min(MAX_CHUNK_BYTES, bytes * 2);
        if (Number.isFinite(calm)) calm = 0;
      }
    },
    broke: (size) => {
      calm = 0;
      // What is no larger than the smallest piece says nothing about the size.
      if (size <= MIN_CHUNK_BYTES) return false;
      bytes = Math.max(MIN_CHUNK_BYTES, Math.floor(Math.min(bytes, size) / 2));
      return true;
    },
    largestAtOnce: () => Math.min(AT_FIRST_BYTES, bytes),
  };
}
