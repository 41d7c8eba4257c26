import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { syncFolder } from './durable-files.ts';
import { filePieces } from './file-pieces.ts';

const SMALL_BYTES = 64 * 1024;
const ABANDONED_AFTER_MS = 24 * 60 * 60 * 1000;

export interface StoredFile {
  /** Lower-case hex. */
  readonly sha256: string;
  readonly size: number;
}

/** A file being received. Nothing of it is visible under its hash before `keep`. */
export interface IncomingFile {
  write(chunk: Uint8Array): Promise<void>;
  /** What was written so far; each piece is valid until the next one is asked for. */
  pieces(): AsyncIterable<Uint8Array>;
  /** Makes it durable under its hash: temp file → fsync → rename → fsync of the folder. */
  keep(): Promise<StoredFile>;
  discard(): Promise<void>;
}

/** edXML files by content: `<root>/ab/abcdef…`. The same bytes are stored once. */
export class MessageFiles {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /**
   * Opens the folder, making it if needed. Half-written files of an interrupted process go after a day: another server
   * may share the folder and be writing now.
   */
  static async open(root: string): Promise<MessageFiles> {
    await mkdir(join(root, 'incoming'), { recursive: true });
    // All there from the start: a file then needs the folder it lies in to be made durable, and no other.
    for (let n = 0; n < 256; n += 1) await mkdir(join(root, n.toString(16).padStart(2, '0')), { recursive: true });
    await syncFolder(root);
    for (const name of await readdir(join(root, 'incoming'))) {
      const path = join(root, 'incoming', name);
      const found = await stat(path).catch(() => null);
      if (found && Date.now() - found.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { force: true });
    }
    return new MessageFiles(root);
  }

  async receive(): Promise<IncomingFile> {
    const temporary = join(this.#root, 'incoming', randomUUID());
    const handle = await open(temporary, 'wx');
    const hash = createHash('sha256');
    let size = 0;
    // Most messages are small, and need not be read from the disk again.
    let kept: Uint8Array[] | null = [];
    const discard = async (): Promise<void> => {
      await handle.close();
      await rm(temporary, { force: true });
    };
    return {
      write: async (chunk) => {
        hash.update(chunk);
        size += chunk.byteLength;
        if (size <= SMALL_BYTES) kept?.push(chunk);
        else kept = null;
        await handle.writeFile(chunk);
      },
      pieces: () => (kept === null ? filePieces(temporary) : Readable.from(kept)),
      keep: async () => {
        await handle.sync();
        await handle.close();
        const sha256 = hash.digest('hex');
        await this.#moveIntoPlace(temporary, sha256);
        return { sha256, size };
      },
      discard,
    };
  }

  /**
   * A file that lies on the same disk already and is read instead of being received. Keeping it gives it a second name:
   * the first stays until whoever has it lets it go, so that a process that dies in between loses nothing.
   */
  uploaded(path: string, file: StoredFile): Pick<MessageFiles, 'receive'> {
    return {
      receive: async () => ({
        write: async () => undefined,
        pieces: () => filePieces(path),
        keep: async () => {
          const temporary = join(this.#root, 'incoming', randomUUID());
          await link(path, temporary);
          await this.#moveIntoPlace(temporary, file.sha256);
          // Renaming one name of a file to another of its names leaves both.
          await rm(temporary, { force: true });
          return file;
        },
        discard: async () => undefined,
      }),
    };
  }

  /** Bytes `start` to `end` (both included). */
  read(sha256: string, range: { readonly start: number; readonly end: number }): Readable {
    return createReadStream(this.#pathOf(sha256), range);
  }

  /**
   * Whether the file is there with its size; `deep` reads all of it and compares the hash too.
   * @throws whatever the disk says when it cannot tell
   */
  async isWhole({ sha256, size }: StoredFile, deep: boolean): Promise<boolean> {
    const path = this.#pathOf(sha256);
    try {
      if ((await stat(path)).size !== size) return false;
      if (!deep) return true;
      const hash = createHash('sha256');
      for await (const piece of filePieces(path)) hash.update(piece);
      return hash.digest('hex') === sha256;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    }
  }

  async #moveIntoPlace(temporary: string, sha256: string): Promise<void> {
    const final = this.#pathOf(sha256);
    await rename(temporary, final);
    await syncFolder(dirname(final));
  }

  #pathOf(sha256: string): string {
    return join(this.#root, sha256.slice(0, 2), sha256);
  }
}
