import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from './secret.ts';

/**
 * Where a provider calls back about one notice: `CALLBACK/GATEWAY/ID/PROOF`. In the path, because providers add a query of
 * their own. The proof is of this id alone, so that an address that leaks proves nothing about another notice.
 */
export function reportAddress(callbackUrl: string, gateway: string, id: string, secret: Secret): string {
  return `${callbackUrl.replace(/\/+$/, '')}/${gateway}/${id}/${proofOf(gateway, id, secret)}`;
}

/** The notice's id when a path (`ID/PROOF`) is one that was given out, else null. */
export function provenId(path: string, gateway: string, secret: Secret): string | null {
  const [id, proof, ...more] = path.split('/');
  if (!id || !proof || more.length > 0) return null;
  const expected = Buffer.from(proofOf(gateway, id, secret));
  const given = Buffer.from(proof);
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : null;
}

/** HMAC-SHA256 (RFC 2104), 128 bits of it. */
function proofOf(gateway: string, id: string, secret: Secret): string {
  return createHmac('sha256', secret.reveal()).update(`${gateway}\n${id}`).digest('hex').slice(0, 32);
}
