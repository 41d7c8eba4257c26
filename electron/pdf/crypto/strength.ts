import type { KeyObject } from 'node:crypto';
import type { Severity } from '#shared/domain/verification.ts';

export interface Weakness {
  readonly algorithm: string;
  /** `invalid`: forging is practical. `indet`: no longer counts as proof. `warn`: below today's minimum. */
  readonly severity: Exclude<Severity, 'info'>;
}

/** Below this a key was factored in public (RSA-768 in 2009). */
const FACTORED_RSA_BITS = 1_024;
/** ETSI TS 119 312, table 6; NIST SP 800-131A. */
const MIN_RSA_BITS = 2_048;
const MIN_EC_BITS = 224;

/** What a digest is worth wherever it stands: document, imprint, certificate, list (ETSI TS 119 312, clause 5). */
export function digestWeakness(digest: string): Weakness | undefined {
  // Collisions are made on a laptop, with chosen beginnings (2007 and 2008).
  if (digest === 'md5') return { algorithm: 'MD5', severity: 'invalid' };
  return digest === 'sha1' ? { algorithm: 'SHA-1', severity: 'indet' } : undefined;
}

/** What a key is worth; a kind that is not known is judged by whoever cannot use it. */
export function keyWeakness(key: KeyObject | undefined): Weakness | undefined {
  const { modulusLength: bits, namedCurve } = key?.asymmetricKeyDetails ?? {};
  if (bits !== undefined && bits < MIN_RSA_BITS) {
    return { algorithm: `RSA ${bits}`, severity: bits < FACTORED_RSA_BITS ? 'indet' : 'warn' };
  }
  const curveBits = Number(/(\d{3})/.exec(namedCurve ?? '')?.[1] ?? MIN_EC_BITS);
  return curveBits < MIN_EC_BITS ? { algorithm: namedCurve ?? '', severity: 'indet' } : undefined;
}
