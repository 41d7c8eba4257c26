import { randomBytes } from 'node:crypto';
import type { ValidationServices } from '#core/ports/validation-services.ts';
import { hashParts } from './crypto/hash.ts';
import { buildTimestampRequest } from './crypto/timestamp.ts';
import { readStamp } from './sign/timestamp-answer.ts';
import type { Stamp } from './sign/timestamp-answer.ts';

/** Octets kept for a token: an authority's chain of RSA 4096 takes about 8,000. */
export const TIMESTAMP_ROOM = 16_384;
const NONCE_OCTETS = 16;

/** Asks for a time stamp over `parts` and believes nothing but a good one. @throws PdfError TSA_* */
export async function askTimestamp(
  parts: readonly Uint8Array[],
  services: Pick<ValidationServices, 'askTimestamp'>,
  clock: () => Date,
): Promise<Stamp> {
  const nonce = randomBytes(NONCE_OCTETS);
  const answer = await services.askTimestamp(buildTimestampRequest(hashParts('sha256', parts), nonce));
  return readStamp(answer, parts, nonce, clock());
}
