/** How many unfinished uploads an agency may have, and how long. */
import type { ExchangeErrorCode } from '#shared/wire/errors.ts';
import type { UploadContent } from '#shared/wire/uploads.ts';
import { ExchangeError } from './exchange-error.ts';

/** An upload that nothing was added to for so long is forgotten. */
const UPLOAD_LIFE_MS = 24 * 60 * 60 * 1000;
const MAX_OPEN_UPLOADS = 16;
/** Announced bytes of an agency's unfinished uploads together. */
const MAX_OPEN_BYTES = 1024 * 1024 * 1024;
/** One that stood still for so long gives way to a new one. */
const GIVES_WAY_AFTER_MS = 60 * 60 * 1000;

export interface UnfinishedUpload extends UploadContent {
  /** Bytes kept. */
  readonly offset: number;
  /** When it was begun or something was added to it, in ms since 1970. */
  readonly touchedAt: number;
}

/** Until when an upload is kept if nothing more comes. */
export function expiryOf(touchedAt: number): Date {
  return new Date(touchedAt + UPLOAD_LIFE_MS);
}

export function isExpired({ touchedAt }: Pick<UnfinishedUpload, 'touchedAt'>, nowMs: number): boolean {
  return nowMs >= touchedAt + UPLOAD_LIFE_MS;
}

/**
 * The unfinished uploads of an agency that must go before it may begin another: those that stood still longest, and no
 * more than needed.
 * @throws ExchangeError UPLOAD_LIMIT when all that may go is not enough
 */
export function uploadsThatGiveWay(
  open: readonly UnfinishedUpload[],
  wantedBytes: number,
  nowMs: number,
): readonly UnfinishedUpload[] {
  const idle = open
    .filter(({ touchedAt }) => nowMs - touchedAt >= GIVES_WAY_AFTER_MS)
    .toSorted((one, other) => one.touchedAt - other.touchedAt);
  let count = open.length + 1;
  let bytes = open.reduce((sum, upload) => sum + upload.size, wantedBytes);
  const leaving: UnfinishedUpload[] = [];
  while (count > MAX_OPEN_UPLOADS || bytes > MAX_OPEN_BYTES) {
    const next = idle[leaving.length];
    if (next === undefined) {
      throw new ExchangeError('UPLOAD_LIMIT', { uploads: MAX_OPEN_UPLOADS, bytes: MAX_OPEN_BYTES });
    }
    leaving.push(next);
    count -= 1;
    bytes -= next.size;
  }
  return leaving;
}

const finalRefusals: readonly ExchangeErrorCode[] = [
  'EDXML_INVALID',
  'DIGEST_MISMATCH',
  'SENDER_MISMATCH',
  'TOO_MANY_RECIPIENTS',
  'RECIPIENT_UNKNOWN',
];

/** Whether a commit of these bytes will fail so again, under whatever message id: they need not be kept. */
export function isFinalRefusal(error: unknown): boolean {
  return error instanceof ExchangeError && finalRefusals.includes(error.code);
}
