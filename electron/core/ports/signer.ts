import type { KeyIdentity, KeyRef } from '#shared/contract/control.ts';

/**
 * Private-key operations, in a process of their own. Passwords and PINs pass through and are never kept.
 * @throws CodedError P12_WRONG_PASSWORD, P12_BROKEN, P12_NO_KEY, P12_MISSING, SIGN_KEY_MISMATCH, KEY_KIND_UNSUPPORTED,
 *   SIGNER_CRASHED
 */
export interface Signer {
  /**
   * Whose keys could sign now, one a holder, at least one.
   * @param certificate DER of one whose key must be there, or SIGN_KEY_MISMATCH; null when any will do
   */
  inspect(key: KeyRef, secret: string, certificate: Uint8Array | null): Promise<readonly KeyIdentity[]>;
  /** Signature over the SHA-256 of `data` with the key of a certificate (DER). */
  sign(key: KeyRef, secret: string, certificate: Uint8Array, data: Uint8Array): Promise<Uint8Array>;
}
