import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { privateJwkSchema, type PublicJwk, publicJwkSchema } from '#shared/domain/public-jwk.ts';

const TOKEN_SECONDS = 120;

/** The secret as kept by the core: the private JWK (RFC 7517) of a P-256 key as JSON text. */
export async function createDeviceSecret(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return JSON.stringify(privateJwkSchema.parse(await exportJWK(privateKey)));
}

/** @throws Error when the secret is not one of `createDeviceSecret` */
export function publicKeyOf(deviceSecret: string): PublicJwk {
  return publicJwkSchema.parse(JSON.parse(deviceSecret));
}

/** Makes tokens that prove a request comes from this workstation: ES256, two minutes, one per request. */
export function createTokenSigner(identity: {
  readonly deviceSecret: string;
  readonly workstationId: string;
  readonly exchangeId: string;
}): (nowMs: number) => Promise<string> {
  const key = importJWK(privateJwkSchema.parse(JSON.parse(identity.deviceSecret)), 'ES256');
  return async (nowMs) => {
    const now = Math.floor(nowMs / 1000);
    return new SignJWT()
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
      .setIssuer(identity.workstationId)
      .setAudience(identity.exchangeId)
      .setIssuedAt(now)
      .setExpirationTime(now + TOKEN_SECONDS)
      .setJti(crypto.randomUUID())
      .sign(await key);
  };
}
