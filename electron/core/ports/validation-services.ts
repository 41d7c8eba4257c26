/** Authorities that are asked while signing. Each asks once; what comes back is bytes that nobody has believed yet. */
export interface ValidationServices {
  /** @throws CodedError TSA_UNREACHABLE, TSA_ANSWER_BROKEN */
  askTimestamp(request: Uint8Array): Promise<Uint8Array>;
  /** The answer of an OCSP responder, or null when none came. */
  askOcsp(address: string, request: Uint8Array): Promise<Uint8Array | null>;
  /** A revocation list, or null when none came. */
  fetchList(address: string): Promise<Uint8Array | null>;
  /** An issuer's certificate, or null when none came. */
  fetchIssuer(address: string): Promise<Uint8Array | null>;
}
