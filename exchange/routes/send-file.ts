import type { FastifyReply, FastifyRequest } from 'fastify';
import { contentRange, MESSAGE_CONTENT_TYPE, messageEtag } from '#shared/wire/messages.ts';
import { ExchangeError } from '../rules/exchange-error.ts';
import type { MessageFiles, StoredFile } from '../storage/message-files.ts';

/**
 * Answers with a message file, whole or from the offset of a Range header (RFC 9110 section 14). Never compressed. `reachesEnd`:
 * whoever asked has all of it when the answer is complete.
 */
export function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  files: MessageFiles,
  file: StoredFile,
): { readonly answer: FastifyReply; readonly reachesEnd: boolean } {
  const etag = messageEtag(file.sha256);
  const range = isSameVersion(request.headers['if-range'], etag) ? parseRange(request.headers.range, file.size) : null;
  const { start, end } = range ?? { start: 0, end: file.size - 1 };
  reply.headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-transform, immutable',
    'content-length': end - start + 1,
  });
  if (range) reply.code(206).header('content-range', contentRange(start, end, file.size));
  const answer = reply.type(MESSAGE_CONTENT_TYPE).send(files.read(file.sha256, { start, end }));
  return { answer, reachesEnd: end === file.size - 1 };
}

function isSameVersion(ifRange: string | string[] | undefined, etag: string): boolean {
  return ifRange === undefined || ifRange === etag;
}

/** Only the single form `bytes=first-[last]`; other forms are ignored, as the standard allows. */
function parseRange(header: string | undefined, size: number): { start: number; end: number } | null {
  const match = /^bytes=(\d{1,15})-(\d{1,15})?$/.exec(header ?? '');
  if (!match) return null;
  const start = Number(match[1]);
  const end = Math.min(Number(match[2] ?? size - 1), size - 1);
  if (start > end) throw new ExchangeError('RANGE_INVALID', { size });
  return { start, end };
}
