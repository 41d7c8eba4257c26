import type { FastifyRequest } from 'fastify';

/** RFC 9112 section 6.3. */
export function hasBody(request: FastifyRequest): boolean {
  return request.headers['transfer-encoding'] !== undefined || announcedBytes(request) > 0;
}

/** 0 also when it is sent in pieces of which nobody knows the sum. */
export function announcedBytes({ headers }: FastifyRequest): number {
  return Number(headers['content-length'] ?? 0);
}
