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
    const bytes = await this.#collect(`${key.agencyCode}/${uploadId(key)}`, chunk.body);
    return this.#uploads.inTurn(key, async () => {
      const { offset } = await findUpload(this.#uploads, key, now);
      if (offset !== chunk.offset) throw new ExchangeError('UPLOAD_OFFSET_MISMATCH', { offset });
      if (offset + bytes.length > key.size) throw new ExchangeError('REQUEST_INVALID', { field: 'upload-length' });
      if (createHash('sha256').update(bytes).digest('base64') !== chunk.digest) {
        throw new ExchangeError('DIGEST_MISMATCH', { size: bytes.length });
      }
      await this.#uploads.write(key, offset, bytes);
      return findUpload(this.#uploads, key, now);
    });
  }

  /** In memory: it must not touch the disk before its digest was checked, and is small. */
  async #collect(name: string, body: Readable): Promise<Uint8Array> {
    this.#incoming.get(name)?.destroy();
    this.#incoming.set(name, body);
    const pieces: Buffer[] = [];
    let size = 0;
    try {
      for await (const piece of body as AsyncIterable<Buffer>) {
        size += piece.length;
        if (size > MAX_CHUNK_BYTES) throw new ExchangeError('REQUEST_INVALID', { field: 'content-length' });
        pieces.push(piece);
      }
    } catch (error) {
      // The line broke, or was given up for a newer one: nobody hears the answer, and it is no failure of the exchange.
      throw error instanceof ExchangeError ? error : new ExchangeError('REQUEST_INVALID', { field: 'body' });
    } finally {
      if (this.#incoming.get(name) === body) this.#incoming.delete(name);
    }
    return Buffer.concat(pieces, size);
  }
}
