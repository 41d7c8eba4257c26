import type { KeyIdentity } from '#shared/contract/control.ts';

/**
 * Private-key operations, in a process of their own. Passwords pass through and are never kept.
 * @throws CodedError P12_WRONG_PASSWORD, P12_BROKEN, P12_NO_KEY, P12_MISSING, SIGNER_CRASHED
 */
export interface Signer {
  inspect(path: string, password: string): Promise<KeyIdentity>;
  /** Signature over the SHA-256 of `data`. */
  sign(path: string, password: string, data: Uint8Array): Promise<Uint8Array>;
}
