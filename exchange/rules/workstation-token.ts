import { calculateJwkThumbprint, decodeJwt, importJWK, type JWTPayload, jwtVerify } from 'jose';
import type { PublicJwk } from '#shared/domain/public-jwk.ts';
import {
  MAX_PROOF_SECONDS,
  REQUEST_PROOF_SCHEME,
  REQUEST_PROOF_TYPE,
  requestClaimsSchema,
} from '#shared/wire/request-proof.ts';
import { SIGNATURE_ALGORITHM } from '#shared/wire/signed-statement.ts';
import { ExchangeError } from './exchange-error.ts';

/** How far `iat` may lie in the future, for clocks that differ a little. */
const CLOCK_TOLERANCE_SECONDS = 60;

/** From a proof's first acceptable moment to its last. Whoever remembers it this long has seen it die. */
export const PROOF_LIFE_MS = (MAX_PROOF_SECONDS + CLOCK_TOLERANCE_SECONDS) * 1000;

/** A token as it came; nothing in it is proved yet. */
export interface WorkstationToken {
  readonly text: string;
  readonly workstationId: string;
  readonly id: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly isFor: RequestLine;
}

/** What a token is bound to. */
export interface RequestLine {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Value of the Content-Digest header; null without one. */
  readonly contentDigest: string | null;
}

/** What the exchange knows of a workstation. */
export interface KnownWorkstation {
  readonly agencyCode: string;
  readonly publicKey: PublicJwk;
  readonly revoked: boolean;
  /** Another workstation speaks for its agency now. */
  readonly replaced: boolean;
}

/** The proof in an `Authorization` header; null when there is none. */
export function proofIn(authorization: string | undefined): string | null {
  const [scheme, proof, rest] = (authorization ?? '').split(' ');
  return scheme === REQUEST_PROOF_SCHEME && proof !== undefined && rest === undefined ? proof : null;
}

/**
 * Reads the proof of a request (shared/wire/request-proof.ts), its issuer a workstation.
 * @throws ExchangeError UNAUTHENTICATED
 */
export function readToken(authorization: string | undefined): WorkstationToken {
  const text = proofIn(authorization);
  const claims = requestClaimsSchema.safeParse(text === null ? null : readClaims(text));
  if (text === null || !claims.success) throw unauthenticated();
  const { iss, jti, iat, exp, htm, htu, content_digest: contentDigest = null } = claims.data;
  const isFor = { method: htm, target: htu, contentDigest };
  return { text, workstationId: iss, id: jti, issuedAt: iat, expiresAt: exp, isFor };
}

/**
 * Checks a token of this workstation for this exchange and this request, at most 60 seconds long. The signature is
 * checked before the times, so that a wrong clock is told from a wrong key. Whether it came before is asked elsewhere.
 * @throws ExchangeError UNAUTHENTICATED, WORKSTATION_REVOKED, REGISTER_REPLACED; REQUEST_ALTERED when it was signed for another request;
 *   CLOCK_SKEW with the server's time
 */
export async function checkToken(
  token: WorkstationToken,
  workstation: KnownWorkstation | null,
  exchangeId: string,
  request: RequestLine,
  now: Date,
): Promise<KnownWorkstation> {
  if (!workstation) throw unauthenticated();
  const key = await importJWK(workstation.publicKey, SIGNATURE_ALGORITHM);
  const issued = new Date(token.issuedAt * 1000);
  try {
    await jwtVerify(token.text, key, {
      algorithms: [SIGNATURE_ALGORITHM],
      typ: REQUEST_PROOF_TYPE,
      audience: exchangeId,
      currentDate: issued,
    });
  } catch {
    throw unauthenticated();
  }
  if (workstation.revoked) throw new ExchangeError('WORKSTATION_REVOKED');
  if (workstation.replaced) throw new ExchangeError('REGISTER_REPLACED');
  if (token.expiresAt - token.issuedAt > MAX_PROOF_SECONDS) throw unauthenticated();
  requireSameRequest(token.isFor, request);
  const seconds = Math.floor(now.getTime() / 1000);
  if (token.issuedAt > seconds + CLOCK_TOLERANCE_SECONDS || token.expiresAt < seconds) {
    throw new ExchangeError('CLOCK_SKEW', { serverTime: now.toISOString() });
  }
  return workstation;
}

/** Not a refusal of the workstation: somebody on the way changed what it had signed. */
function requireSameRequest(signed: RequestLine, came: RequestLine): void {
  for (const part of ['method', 'target', 'contentDigest'] as const) {
    if (signed[part] !== came[part]) throw new ExchangeError('REQUEST_ALTERED', { part });
  }
}

/** Tells one key from another (RFC 7638). */
export function thumbprintOf(key: PublicJwk): Promise<string> {
  return calculateJwkThumbprint(key);
}

function readClaims(token: string): JWTPayload | null {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}

function unauthenticated(): ExchangeError {
  return new ExchangeError('UNAUTHENTICATED');
}
