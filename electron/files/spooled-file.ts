import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { StoredBytes } from '#core/ports/file-store.ts';
import { withPatience, withPatienceSync } from './with-patience.ts';

/**
 * A file of the store that is written piece by piece and without waiting, for a process that has nothing else to do. It
 * can be looked at before it is decided whether it is kept.
 */
export interface SpooledFile {
  readonly size: number;
  /** @throws CodedError DISK_FULL, FILE_HELD */
  write(bytes: Uint8Array): void;
  /** Nothing more will be written. */
  close(): void;
  /** The first `length` bytes, fewer when there are no more. */
  head(length: number): Uint8Array;
  bytes(): Uint8Array;
  /** Durable and under its name in the store. @throws CodedError DISK_FULL, FILE_HELD */
  keep(): Promise<StoredBytes>;
  discard(): Promise<void>;
}

/** @param settle gives a durable file its place in the store */
export function spoolFile(
  path: string,
  settle: (temp: string, fileId: string, size: number) => Promise<StoredBytes>,
  explain: (error: unknown) => unknown,
): SpooledFile {
  const hash = createHash('sha256');
  let descriptor: number | null = withPatienceSync(() => openSync(path, 'wx', 0o600));
  let size = 0;
  const close = (): void => {
    if (descriptor !== null) closeSync(descriptor);
    descriptor = null;
  };
  return {
    get size() {
      return size;
    },
    write: (bytes) => {
      if (descriptor === null) throw new Error('the spooled file is closed');
      try {
        for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
      } catch (error) {
        throw explain(error);
      }
      hash.update(bytes);
      size += bytes.length;
    },
    close,
    head: (length) => {
      const bytes = new Uint8Array(Math.min(length, size));
      const reading = withPatienceSync(() => openSync(path, 'r'));
      try {
        let at = 0;
        for (let read = -1; at < bytes.length && read !== 0; at += read) {
          read = readSync(reading, bytes, at, bytes.length - at, null);
        }
        return bytes.subarray(0, at);
      } finally {
        closeSync(reading);
      }
    },
    bytes: () => withPatienceSync(() => readFileSync(path)),
    keep: async () => {
      close();
      try {
        const handle = await withPatience(() => open(path, 'r+'));
        try {
          await handle.sync();
        } finally {
          await handle.close();
        }
        return await settle(path, hash.digest('hex'), size);
      } catch (error) {
        throw explain(error);
      }
    },
    discard: async () => {
      close();
      await withPatience(() => rm(path, { force: true }));
    },
  };
}
