import { createHash } from 'node:crypto';
import { fstat, read } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { Database } from '../connection/sqlite.ts';
import { freezeDatabase } from './frozen-database.ts';

const readAt = promisify(read);
const statOf = promisify(fstat);

const PIECE_BYTES = 1024 * 1024;
/** So much may wait for the disk: what the clerk commits meanwhile waits behind it. */
const FLUSH_BYTES = 4 * 1024 * 1024;
/** Of a step of SQLite's own copy. */
const STEP_PAGES = 256;

/**
 * Where a database says that it has a write-ahead log (SQLite, "Database File Format", 1.3, offsets 18 and 19): a copy has
 * none, and is opened for reading where nothing may be written.
 */
const VERSIONS_AT = 18;
const WITHOUT_LOG = 1;

export interface DatabaseCopy {
  readonly bytes: number;
  /** Of the copy, as it was written. */
  readonly sha256: string;
  /** `file`: copied as a file; `pages`: page by page by SQLite, because the office never paused. */
  readonly way: 'file' | 'pages';
}

export interface CopyOptions {
  /** Called with the bytes that are copied, and with all of them. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
  /** Leaves out the faster way, for tests. */
  readonly pagesOnly?: boolean;
}

/**
 * Copies a database that is in use to a new file, durable when this resolves; whoever writes into it waits for nothing.
 * @throws the file system's error, or SQLite's
 */
export async function copyDatabase(path: string, target: string, options: CopyOptions = {}): Promise<DatabaseCopy> {
  const frozen = options.pagesOnly === true ? null : freezeDatabase(path);
  if (frozen === null) return copyPages(path, target, options);
  try {
    return { ...(await copyFrozen(frozen.descriptor, target, options)), way: 'file' };
  } finally {
    frozen.release();
  }
}

/** Reads the next piece and writes the last one while this one is hashed. */
async function copyFrozen(
  source: number,
  target: string,
  { progress }: CopyOptions,
): Promise<Omit<DatabaseCopy, 'way'>> {
  const handle = await open(target, 'wx', 0o600);
  try {
    const { size } = await statOf(source);
    const hash = createHash('sha256');
    const buffers = [Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES), Buffer.allocUnsafe(PIECE_BYTES)];
    const fill = async (turn: number, at: number): Promise<Buffer> => {
      const buffer = buffers[turn % buffers.length] ?? Buffer.alloc(0);
      const { bytesRead } = await readAt(source, buffer, 0, Math.min(PIECE_BYTES, size - at), at);
      return buffer.subarray(0, bytesRead);
    };
    let done = 0;
    let flushed = 0;
    let writing: Promise<unknown> = Promise.resolve();
    let flushing: Promise<unknown> = Promise.resolve();
    let next = fill(0, 0);
    for (let turn = 0; done < size; turn += 1) {
      const piece = await next;
      if (piece.length === 0) throw new Error('the database became shorter while it was copied');
      if (done === 0) piece.fill(WITHOUT_LOG, VERSIONS_AT, VERSIONS_AT + 2);
      const at = done;
      done += piece.length;
      next = fill(turn + 1, done);
      // Heard of at the next turn; without this it would count as heard by nobody until then.
      next.catch(() => undefined);
      await writing;
      writing = writeAt(handle, piece, at);
      writing.catch(() => undefined);
      hash.update(piece);
      if (done - flushed >= FLUSH_BYTES) {
        await writing;
        // One at a time: what waits for the disk is never more than two of them.
        await flushing;
        flushing = handle.datasync();
        flushing.catch(() => undefined);
        flushed = done;
      }
      progress?.(done, size);
    }
    await writing;
    await flushing;
    await handle.sync();
    return { bytes: done, sha256: hash.digest('hex') };
  } finally {
    await handle.close();
  }
}

async function copyPages(path: string, target: string, { progress }: CopyOptions): Promise<DatabaseCopy> {
  const sqlite = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const pageSize = sqlite.pragma('page_size', { simple: true }) as number;
    // One snapshot for all steps: without it each commit of the office would begin the copy anew.
    sqlite.exec('BEGIN');
    sqlite.prepare('SELECT count(*) FROM sqlite_schema').get();
    await sqlite.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        const done = (totalPages - remainingPages) * pageSize;
        progress?.(done, totalPages * pageSize);
        return STEP_PAGES;
      },
    });
  } finally {
    sqlite.close();
  }
  const handle = await open(target, 'r+');
  try {
    await writeAt(handle, Buffer.from([WITHOUT_LOG, WITHOUT_LOG]), VERSIONS_AT);
    await handle.sync();
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(PIECE_BYTES);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, bytes);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
    return { bytes, sha256: hash.digest('hex'), way: 'pages' };
  } finally {
    await handle.close();
  }
}

async function writeAt(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
  }
}
