/** Authorities that are asked while signing. Each is asked once; what comes back is bytes that nobody has believed yet. */
export interface ValidationServices {
  /** @throws CodedError TSA_UNREACHABLE, TSA_ANSWER_BROKEN */
  askTimestamp(request: Uint8Array): Promise<Uint8Array>;
  /** A responder's answer to an OCSPRequest (RFC 6960, appendix A.1). */
  askOcsp(address: string, request: Uint8Array): Promise<Fetched>;
  /** A revocation list from a distribution point (RFC 5280, 4.2.1.13). */
  fetchList(address: string): Promise<Fetched>;
  /** An issuer's own certificate (RFC 5280, 4.2.2.1). */
  fetchIssuer(address: string): Promise<Fetched>;
}

/** Another address may serve as well, so none that fails is an error by itself: `failure` says in English what became of it. */
export type Fetched = { readonly bytes: Uint8Array } | { readonly failure: string };
