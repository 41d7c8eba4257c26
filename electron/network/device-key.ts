import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { privateJwkSchema, type PublicJwk, publicJwkSchema } from '#shared/domain/public-jwk.ts';
import { REQUEST_PROOF_TYPE, type RequestClaims } from '#shared/wire/request-proof.ts';
import { SIGNATURE_ALGORITHM } from '#shared/wire/signed-statement.ts';

const PROOF_SECONDS = 60;

/** The secret as kept by the core: the private JWK (RFC 7517) of a P-256 key as JSON text. */
export async function createDeviceSecret(): Promise<string> {
  const { privateKey } = await generateKeyPair(SIGNATURE_ALGORITHM, { extractable: true });
  return JSON.stringify(privateJwkSchema.parse(await exportJWK(privateKey)));
}

/** @throws Error when the secret is not one of `createDeviceSecret` */
export function publicKeyOf(deviceSecret: string): PublicJwk {
  return publicJwkSchema.parse(JSON.parse(deviceSecret));
}

/** What a proof is made for. */
export interface RequestToProve {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Value of the Content-Digest header; null without a body. */
  readonly contentDigest: string | null;
}

/** Makes the proof that a request comes from this workstation: for that request only, once, within a minute. */
export function createRequestProver(identity: {
  readonly deviceSecret: string;
  readonly workstationId: string;
  readonly exchangeId: string;
}): (request: RequestToProve, nowMs: number) => Promise<string> {
  const key = importJWK(privateJwkSchema.parse(JSON.parse(identity.deviceSecret)), SIGNATURE_ALGORITHM);
  return async ({ method, target, contentDigest }, nowMs) => {
    const now = Math.floor(nowMs / 1000);
    const claims: RequestClaims = {
      iss: identity.workstationId,
      aud: identity.exchangeId,
      htm: method,
      htu: target,
      ...(contentDigest === null ? {} : { content_digest: contentDigest }),
      jti: crypto.randomUUID(),
      iat: now,
      exp: now + PROOF_SECONDS,
    };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: SIGNATURE_ALGORITHM, typ: REQUEST_PROOF_TYPE })
      .sign(await key);
  };
}
