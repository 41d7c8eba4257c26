import type { FastifyRequest } from 'fastify';
import { decodeJwt, importJWK, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { MAX_TOKEN_SECONDS, publicJwkSchema } from '#shared/wire/exchange-api.ts';
import { ExchangeError } from '../exchange-error.ts';
import type { Queryable } from '../storage/database.ts';

/** Who makes a request, proved by the signature of an enrolled device key. */
export interface Caller {
  readonly workstationId: string;
  readonly agencyCode: string;
}

/** How far `iat` may lie in the future, for clocks that differ a little. */
const CLOCK_TOLERANCE_SECONDS = 60;

const claimsSchema = z.object({
  iss: z.uuid(),
  iat: z.int().positive(),
  exp: z.int().positive(),
  jti: z.string().min(8).max(100),
});

/**
 * Checks `Authorization: Bearer <ES256 JWT>` (RFC 7519): iss = workstation, aud = this exchange, at most 5 minutes long.
 * The signature is checked before the times, so that a wrong clock is told from a wrong key.
 * Throws UNAUTHENTICATED, WORKSTATION_REVOKED, or CLOCK_SKEW with the server's time.
 */
export async function authenticate(request: FastifyRequest, database: Queryable, exchangeId: string): Promise<Caller> {
  const token = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) throw unauthenticated();
  const claims = claimsSchema.safeParse(readClaims(token));
  if (!claims.success) throw unauthenticated();
  const { iss, iat, exp } = claims.data;

  const { rows } = await database.query<{ agency_code: string; public_jwk: unknown; revoked: boolean }>(
    'SELECT agency_code, public_jwk, revoked_at IS NOT NULL AS revoked FROM workstations WHERE id = $1',
    [iss],
  );
  const workstation = rows[0];
  if (!workstation) throw unauthenticated();
  const key = await importJWK(publicJwkSchema.parse(workstation.public_jwk), 'ES256');
  try {
    await jwtVerify(token, key, { algorithms: ['ES256'], audience: exchangeId, currentDate: new Date(iat * 1000) });
  } catch {
    throw unauthenticated();
  }
  if (workstation.revoked) throw new ExchangeError('WORKSTATION_REVOKED', 403);
  const now = Math.floor(Date.now() / 1000);
  if (exp - iat > MAX_TOKEN_SECONDS) throw unauthenticated();
  if (iat > now + CLOCK_TOLERANCE_SECONDS || exp < now) {
    throw new ExchangeError('CLOCK_SKEW', 401, { serverTime: new Date().toISOString() });
  }
  return { workstationId: iss, agencyCode: workstation.agency_code };
}

function readClaims(token: string): JWTPayload | null {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}

function unauthenticated(): ExchangeError {
  return new ExchangeError('UNAUTHENTICATED', 401);
}
