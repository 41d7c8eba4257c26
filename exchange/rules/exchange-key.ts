/** What the exchange states under its own name: signed with its key, so that others can hold it to it. */
import { calculateJwkThumbprint, CompactSign, exportJWK, generateKeyPair, importJWK } from 'jose';
import { type PrivateJwk, privateJwkSchema, type PublicJwk, publicJwkSchema } from '#shared/domain/public-jwk.ts';
import { SIGNATURE_ALGORITHM } from '#shared/wire/signed-statement.ts';

export interface ExchangeKey {
  readonly publicJwk: PublicJwk;
  /**
   * Signs a statement: compact JWS (ES256, RFC 7515) over its JSON, its key named by thumbprint (RFC 7638).
   * @param type says what is stated, so that one signature cannot pass for another (RFC 8725 section 3.11)
   */
  sign(type: string, statement: object): Promise<string>;
}

/** What makes an exchange the one it is. */
export interface ExchangeIdentity {
  readonly exchangeId: string;
  readonly key: ExchangeKey;
}

/** A new P-256 key. */
export async function makeExchangeKey(): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair(SIGNATURE_ALGORITHM, { extractable: true });
  return privateJwkSchema.parse(await exportJWK(privateKey));
}

export async function openExchangeKey(jwk: PrivateJwk): Promise<ExchangeKey> {
  const publicJwk = publicJwkSchema.parse(jwk);
  const privateKey = await importJWK(jwk, SIGNATURE_ALGORITHM);
  const kid = await calculateJwkThumbprint(publicJwk);
  return {
    publicJwk,
    sign: (typ, statement) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(statement)))
        .setProtectedHeader({ alg: SIGNATURE_ALGORITHM, typ, kid })
        .sign(privateKey),
  };
}
