import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { contentDigest } from '#shared/wire/messages.ts';

/** RFC 9112 section 6.3. */
export function hasBody(request: FastifyRequest): boolean {
  return request.headers['transfer-encoding'] !== undefined || announcedBytes(request) > 0;
}

/** 0 also when it is sent in pieces of which nobody knows the sum. */
export function announcedBytes({ headers }: FastifyRequest): number {
  return Number(headers['content-length'] ?? 0);
}

/** Whether a whole body is the one whose digest its caller signed; a caller without proof signed none. */
export function isAsSigned({ caller, headers }: FastifyRequest, body: string): boolean {
  if (caller === null) return true;
  return headers['content-digest'] === contentDigest(createHash('sha256').update(body).digest('base64'));
}
