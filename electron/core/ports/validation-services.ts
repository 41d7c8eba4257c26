/** Authorities that are asked while signing. Each is asked once; what comes back is bytes that nobody has believed yet. */
export interface ValidationServices {
  /** @throws CodedError TSA_UNREACHABLE, TSA_ANSWER_BROKEN */
  askTimestamp(request: Uint8Array): Promise<Uint8Array>;
}
