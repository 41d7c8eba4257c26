/** Whose key a PKCS#12 file holds. */
export interface KeyIdentity {
  /** DER, signer first, then its issuers as far as the file holds them. */
  readonly chain: readonly Uint8Array[];
  readonly subject: string;
  readonly organisation: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/**
 * Private-key operations, in a process of their own. Passwords pass through and are never kept.
 * @throws CodedError P12_WRONG_PASSWORD, P12_BROKEN, P12_NO_KEY, P12_MISSING, SIGNER_CRASHED
 */
export interface Signer {
  inspect(path: string, password: string): Promise<KeyIdentity>;
  /** Signature over the SHA-256 of `data`. */
  sign(path: string, password: string, data: Uint8Array): Promise<Uint8Array>;
}
