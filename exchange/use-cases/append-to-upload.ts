import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { MAX_CHUNK_BYTES, uploadId } from '#shared/wire/uploads.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { UnfinishedUpload } from '../rules/upload-limits.ts';
import type { UploadFiles, UploadKey } from '../storage/upload-files.ts';
import { findUpload } from './open-upload.ts';

export interface UploadChunk {
  readonly offset: number;
  /** base64 SHA-256 that the bytes must have. */
  readonly digest: string;
  readonly body: Readable;
}

/** A piece as it came over the line; never joined, which would take its memory twice. */
interface Collected {
  readonly pieces: readonly Uint8Array[];
  readonly size: number;
  /** base64 SHA-256. */
  readonly digest: string;
}

/** Adds pieces to uploads. It knows which are coming in: of one upload never more than one. */
export class ChunkReceiver {
  readonly #uploads: UploadFiles;
  readonly #incoming = new Map<string, Readable>();

  constructor(uploads: UploadFiles) {
    this.#uploads = uploads;
  }

  /**
   * Takes a piece whole, checks it, and only then writes it. A piece that is still coming in for the same upload is
   * ended: its line is dead, or its sender would not have begun again.
   * @throws ExchangeError NOT_FOUND, UPLOAD_OFFSET_MISMATCH with the offset that counts, DIGEST_MISMATCH,
   * REQUEST_INVALID for more bytes than the upload or a piece may have, or fewer than were announced
   */
  async append(key: UploadKey, chunk: UploadChunk, now: Date): Promise<UnfinishedUpload> {
    const { pieces, size, digest } = await this.#collect(`${key.agencyCode}/${uploadId(key)}`, chunk.body);
    return this.#uploads.inTurn(key, async () => {
      const { offset } = await findUpload(this.#uploads, key, now);
      if (offset !== chunk.offset) throw new ExchangeError('UPLOAD_OFFSET_MISMATCH', { offset });
      if (offset + size > key.size) throw new ExchangeError('REQUEST_INVALID', { field: 'upload-length' });
      if (digest !== chunk.digest) throw new ExchangeError('DIGEST_MISMATCH', { size });
      await this.#uploads.write(key, offset, pieces);
      for (const piece of pieces) release(piece);
      return findUpload(this.#uploads, key, now);
    });
  }

  /** In memory: it must not touch the disk before its digest was checked, and is small. */
  async #collect(name: string, body: Readable): Promise<Collected> {
    this.#incoming.get(name)?.destroy();
    this.#incoming.set(name, body);
    const pieces: Buffer[] = [];
    const hash = createHash('sha256');
    let size = 0;
    try {
      for await (const piece of body as AsyncIterable<Buffer>) {
        size += piece.length;
        if (size > MAX_CHUNK_BYTES) throw new ExchangeError('REQUEST_INVALID', { field: 'content-length' });
        hash.update(piece);
        pieces.push(piece);
      }
    } catch (error) {
      // The line broke, or was given up for a newer one: nobody hears the answer, and it is no failure of the exchange.
      throw error instanceof ExchangeError ? error : new ExchangeError('REQUEST_INVALID', { field: 'body' });
    } finally {
      if (this.#incoming.get(name) === body) this.#incoming.delete(name);
    }
    return { pieces, size, digest: hash.digest('base64') };
  }
}

/** Gives memory that nobody needs any more back at once: the collector leaves up to 64 MB of such pieces lying about. */
function release({ buffer, byteLength }: Uint8Array): void {
  // One that is part of something larger is not ours to give.
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
