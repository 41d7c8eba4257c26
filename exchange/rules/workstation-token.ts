import { calculateJwkThumbprint, decodeJwt, importJWK, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import type { PublicJwk } from '#shared/domain/public-jwk.ts';
import { MAX_TOKEN_SECONDS } from '#shared/wire/enrolment.ts';
import { ExchangeError } from './exchange-error.ts';

/** How far `iat` may lie in the future, for clocks that differ a little. */
const CLOCK_TOLERANCE_SECONDS = 60;

const claimsSchema = z.object({
  iss: z.uuid(),
  iat: z.int().positive(),
  exp: z.int().positive(),
  jti: z.string().min(8).max(100),
});

/** A token as it came; nothing in it is proved yet. */
export interface WorkstationToken {
  readonly text: string;
  readonly workstationId: string;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** What the exchange knows of a workstation. */
export interface KnownWorkstation {
  readonly agencyCode: string;
  readonly publicKey: PublicJwk;
  readonly revoked: boolean;
  /** Another workstation speaks for its agency now. */
  readonly replaced: boolean;
}

/**
 * Takes the token out of an `Authorization` header: `Bearer <ES256 JWT>` (RFC 7519), its issuer a workstation.
 * @throws ExchangeError UNAUTHENTICATED
 */
export function readToken(authorization: string | undefined): WorkstationToken {
  const text = /^Bearer ([\w.-]+)$/.exec(authorization ?? '')?.[1];
  const claims = claimsSchema.safeParse(text === undefined ? null : readClaims(text));
  if (text === undefined || !claims.success) throw unauthenticated();
  const { iss, iat, exp } = claims.data;
  return { text, workstationId: iss, issuedAt: iat, expiresAt: exp };
}

/**
 * Checks a token of this workstation for this exchange, at most 5 minutes long. The signature is checked before the
 * times, so that a wrong clock is told from a wrong key.
 * @throws ExchangeError UNAUTHENTICATED, WORKSTATION_REVOKED, REGISTER_REPLACED, or CLOCK_SKEW with the server's time
 */
export async function checkToken(
  token: WorkstationToken,
  workstation: KnownWorkstation | null,
  exchangeId: string,
  now: Date,
): Promise<KnownWorkstation> {
  if (!workstation) throw unauthenticated();
  const key = await importJWK(workstation.publicKey, 'ES256');
  const issued = new Date(token.issuedAt * 1000);
  try {
    await jwtVerify(token.text, key, { algorithms: ['ES256'], audience: exchangeId, currentDate: issued });
  } catch {
    throw unauthenticated();
  }
  if (workstation.revoked) throw new ExchangeError('WORKSTATION_REVOKED');
  if (workstation.replaced) throw new ExchangeError('REGISTER_REPLACED');
  if (token.expiresAt - token.issuedAt > MAX_TOKEN_SECONDS) throw unauthenticated();
  const seconds = Math.floor(now.getTime() / 1000);
  if (token.issuedAt > seconds + CLOCK_TOLERANCE_SECONDS || token.expiresAt < seconds) {
    throw new ExchangeError('CLOCK_SKEW', { serverTime: now.toISOString() });
  }
  return workstation;
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
