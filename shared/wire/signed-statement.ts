import { compactVerify, importJWK } from 'jose';
import type { PublicJwk } from '../domain/public-jwk.ts';

/** Of every signature between workstation and exchange (RFC 7518 section 3.4). */
export const SIGNATURE_ALGORITHM = 'ES256';

/**
 * The JSON that a key signed as compact JWS (RFC 7515); null when it did not, or when it signed something of another type.
 * @param type the `typ` that the signature must name (RFC 8725 section 3.11)
 */
export async function readStatement(jws: string, type: string, publicKey: PublicJwk): Promise<unknown> {
  try {
    const key = await importJWK(publicKey, SIGNATURE_ALGORITHM);
    const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: [SIGNATURE_ALGORITHM] });
    return protectedHeader.typ === type ? (JSON.parse(new TextDecoder().decode(payload)) as unknown) : null;
  } catch {
    return null;
  }
}
