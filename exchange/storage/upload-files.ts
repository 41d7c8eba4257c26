import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readUploadId, type UploadContent, uploadId } from '#shared/wire/uploads.ts';
import type { UnfinishedUpload } from '../rules/upload-limits.ts';
import { nodeCode, syncFolder } from './durable-files.ts';
import { filePieces } from './file-pieces.ts';

/** An agency's upload: the same content from another agency is another upload. */
export interface UploadKey extends UploadContent {
  readonly agencyCode: string;
}

/**
 * Unfinished uploads: `<root>/<agency code>/<sha256>-<size>`. The file is all that is known of one, and its length is
 * the offset, so there is nothing that could disagree with it after a crash or a restore. Only bytes whose digest was
 * right are written; what power failure may have made of the last ones is found by the commit, which reads all.
 */
export class UploadFiles {
  readonly #root: string;
  readonly #turns = new Map<string, Promise<unknown>>();

  private constructor(root: string) {
    this.#root = root;
  }

  static async open(root: string): Promise<UploadFiles> {
    await mkdir(root, { recursive: true });
    return new UploadFiles(root);
  }

  /** Runs what concerns one upload, or an agency's uploads (no content given), one after the other within this process. */
  async inTurn<Result>(
    of: Pick<UploadKey, 'agencyCode'> & Partial<UploadKey>,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const name = `${of.agencyCode}/${of.sha256 ?? ''}/${of.size ?? ''}`;
    const mine = (this.#turns.get(name) ?? Promise.resolve()).then(work, work);
    this.#turns.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(name) === mine) this.#turns.delete(name);
    }
  }

  async find(key: UploadKey): Promise<UnfinishedUpload | null> {
    const found = await orNullIfMissing(stat(this.pathOf(key)));
    return found && { sha256: key.sha256, size: key.size, offset: found.size, touchedAt: found.mtimeMs };
  }

  async list(agencyCode: string): Promise<readonly UnfinishedUpload[]> {
    const uploads: UnfinishedUpload[] = [];
    for (const name of (await orNullIfMissing(readdir(join(this.#root, agencyCode)))) ?? []) {
      const content = readUploadId(name);
      const upload = content && (await this.find({ agencyCode, ...content }));
      if (upload) uploads.push(upload);
    }
    return uploads;
  }

  /** Codes of the agencies that have or had unfinished uploads. */
  async agencies(): Promise<readonly string[]> {
    return readdir(this.#root);
  }

  /** Makes an empty one, or leaves the one that is there. */
  async begin(key: UploadKey): Promise<void> {
    const folder = join(this.#root, key.agencyCode);
    await mkdir(folder, { recursive: true });
    await (await open(this.pathOf(key), 'a')).close();
    await syncFolder(folder);
    await syncFolder(this.#root);
  }

  /** Writes the pieces one behind the other from the offset; durable when it resolves. @throws the file system's error, ENOENT when there is none */
  async write(key: UploadKey, offset: number, pieces: readonly Uint8Array[]): Promise<void> {
    const handle = await open(this.pathOf(key), 'r+');
    try {
      let position = offset;
      for (const piece of pieces) {
        const end = position + piece.length;
        while (position < end) {
          const left = end - position;
          position += (await handle.write(piece, piece.length - left, left, position)).bytesWritten;
        }
      }
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  /** A piece is valid until the next one is asked for. */
  read(key: UploadKey): AsyncIterable<Uint8Array> {
    return filePieces(this.pathOf(key));
  }

  async remove(key: UploadKey): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  pathOf(key: UploadKey): string {
    return join(this.#root, key.agencyCode, uploadId(key));
  }
}

async function orNullIfMissing<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (error) {
    if (nodeCode(error) === 'ENOENT' || nodeCode(error) === 'ENOTDIR') return null;
    throw error;
  }
}
