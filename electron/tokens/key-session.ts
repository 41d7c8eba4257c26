import type { KeyIdentity, KeyRef } from '#shared/contract/control.ts';
import { CodedError } from '#shared/errors/coded-error.ts';

/** An opened key: file, token or store of the system. It lives as long as one request; the secret is in it alone. */
export interface KeySession {
  /** Whose keys it could sign with now, one a holder, at least one. */
  readonly holders: readonly [KeyIdentity, ...KeyIdentity[]];
  /** Whether it has the key of a certificate (DER). */
  has(certificate: Uint8Array): boolean;
  /**
   * Signature over the SHA-256 of `data` with the key of a certificate: RSA PKCS#1 v1.5, or ECDSA in DER.
   * @throws CodedError SIGN_KEY_MISMATCH when it has no such key
   */
  sign(certificate: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
  /** Forgets the secret; a token is logged out. */
  close(): void;
}

/**
 * Opens one kind of key. The secret is tried exactly once: a token counts wrong PINs and locks itself.
 * @param secret password of a file, PIN of a token; empty where the system asks for it itself
 * @param at when it shall sign
 */
export type KeyOpener<Ref extends KeyRef = KeyRef> = (ref: Ref, secret: string, at: Date) => Promise<KeySession>;

/** Those kinds that this program can open on this machine. */
export type KeyOpeners = { readonly [Kind in KeyRef['kind']]?: KeyOpener<Extract<KeyRef, { kind: Kind }>> };

/** @throws CodedError KEY_KIND_UNSUPPORTED, and those of the kind's own opener */
export async function openKey(openers: KeyOpeners, ref: KeyRef, secret: string, at: Date): Promise<KeySession> {
  const opener = openers[ref.kind] as KeyOpener | undefined;
  if (!opener) throw new CodedError('KEY_KIND_UNSUPPORTED');
  return await opener(ref, secret, at);
}
