/**
 * Messages that are too large for one request: their bytes by tus 1.0 (tus.io/protocols/resumable-upload), then a commit
 * of its own. An upload is named by what it will hold, for the agency that sends it; so a workstation that remembers
 * nothing asks for the same upload again and goes on where it was.
 */
import { z } from 'zod';
import { messageIdSchema, sha256Schema } from './common.ts';
import { MAX_MESSAGE_BYTES, receiptSchema } from './messages.ts';
import { defineRoute, headers, json } from './route.ts';

export const TUS_VERSION = '1.0.0';
export const UPLOAD_CONTENT_TYPE = 'application/offset+octet-stream';
/** Largest piece of an upload in one request, in bytes. */
export const MAX_CHUNK_BYTES = 1024 * 1024;

/** What an upload will hold. */
export interface UploadContent {
  /** Lower-case hex. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
}

const uploadIdPattern = /^([0-9a-f]{64})-([1-9]\d{0,11})$/;

/** The last part of an upload's address. */
export function uploadId({ sha256, size }: UploadContent): string {
  return `${sha256}-${size}`;
}

/** null for a text that is no `uploadId`. */
export function readUploadId(id: string): UploadContent | null {
  const [, sha256, size] = uploadIdPattern.exec(id) ?? [];
  return sha256 === undefined ? null : { sha256, size: Number(size) };
}

/** Value of an `Upload-Metadata` header that says the hash: the key, a space, and the base64 of the value. */
export function uploadMetadata(sha256: string): string {
  return `sha256 ${btoa(sha256)}`;
}

/** The hash that an `Upload-Metadata` header says, beside whatever else it holds; undefined when it says none. */
export function readUploadMetadata(header: string): string | undefined {
  const value = /(?:^|,)\s*sha256 ([A-Za-z0-9+/]{86}==)\s*(?:,|$)/.exec(header)?.[1];
  return value === undefined ? undefined : sha256Schema.safeParse(atob(value)).data;
}

const tus = { 'tus-resumable': z.literal(TUS_VERSION) };
const byteCount = z.coerce.number<number>().int().nonnegative();
const params = z.object({ id: z.string().regex(uploadIdPattern) });
const path = '/v1/uploads/:id';

/**
 * Begins an upload, or finds the one begun earlier with the same content: `Upload-Offset` says how much of it is kept.
 * `Location` is a path without a host. `Upload-Length` over the limit is refused before a byte is sent.
 */
export const createUpload = defineRoute({
  method: 'POST',
  path: '/v1/uploads',
  signed: true,
  headers: z.object({ ...tus, 'upload-length': byteCount.min(1), 'upload-metadata': z.string().max(1_000) }),
  answer: headers(
    z.object({ location: z.string().max(200), 'upload-offset': byteCount, 'upload-expires': z.string() }),
  ),
});

/** How much of an upload is kept. */
export const findUpload = defineRoute({
  method: 'HEAD',
  path,
  signed: true,
  params,
  headers: z.object(tus),
  answer: headers(z.object({ 'upload-offset': byteCount, 'upload-length': byteCount, 'upload-expires': z.string() })),
});

/**
 * Adds a piece, whole or not at all: its `Content-Digest` is checked before the offset moves, and the bytes are durable
 * before the new offset is told. A second request for the same upload ends the first, whose line may be dead.
 */
export const appendToUpload = defineRoute({
  method: 'PATCH',
  path,
  signed: true,
  params,
  headers: z.object({ ...tus, 'upload-offset': byteCount, 'content-digest': z.string().max(200) }),
  body: { kind: 'bytes', contentType: UPLOAD_CONTENT_TYPE, maxBytes: MAX_CHUNK_BYTES },
  answer: headers(z.object({ 'upload-offset': byteCount, 'upload-expires': z.string() })),
});

/** Forgets an upload. */
export const deleteUpload = defineRoute({
  method: 'DELETE',
  path,
  signed: true,
  params,
  headers: z.object(tus),
  answer: headers(z.object({})),
});

/**
 * Hands over a message whose bytes were uploaded: only now is it looked at, accepted and delivered. Repeating it gives
 * the same receipt, also when the upload is gone.
 */
export const commitUpload = defineRoute({
  method: 'PUT',
  path: '/v1/messages/:id/upload',
  signed: true,
  params: z.object({ id: messageIdSchema.toLowerCase() }),
  body: json(z.object({ sha256: sha256Schema, size: z.int().min(1).max(MAX_MESSAGE_BYTES) })),
  answer: json(receiptSchema),
});
