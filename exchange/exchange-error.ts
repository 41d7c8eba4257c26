import type { ErrorBody, ExchangeErrorCode } from '#shared/wire/exchange-api.ts';

/** An expected refusal: becomes the error body of an answer. */
export class ExchangeError extends Error {
  readonly code: ExchangeErrorCode;
  readonly status: number;
  readonly params: ErrorBody['params'];

  constructor(code: ExchangeErrorCode, status: number, params: ErrorBody['params'] = {}) {
    super(code);
    this.name = 'ExchangeError';
    this.code = code;
    this.status = status;
    this.params = params;
  }

  toBody(): ErrorBody {
    return { code: this.code, message: MESSAGES[this.code], params: this.params };
  }
}

/** For whoever reads an answer by hand; the application shows its own texts by code. */
const MESSAGES: Readonly<Record<ExchangeErrorCode, string>> = {
  REQUEST_INVALID: 'The request does not have the required form.',
  UNAUTHENTICATED: 'The request is not signed by an enrolled workstation.',
  CLOCK_SKEW: 'The clock of the workstation differs too much from the server time in params.',
  WORKSTATION_REVOKED: 'This workstation may no longer speak for its agency.',
  ENROL_CODE_INVALID: 'There is no such enrolment code.',
  ENROL_CODE_EXPIRED: 'The enrolment code is no longer valid.',
  ENROL_CODE_USED: 'The enrolment code has been used by another workstation.',
  RATE_LIMITED: 'Too many attempts; try again after the time in Retry-After.',
  SENDER_MISMATCH: 'The sender in the message is not the agency of this workstation.',
  RECIPIENT_UNKNOWN: 'None of the receivers is in the directory.',
  MESSAGE_ID_CONFLICT: 'Another message was accepted under this id.',
  MESSAGE_TOO_LARGE: 'The message is larger than the exchange accepts.',
  EDXML_INVALID: 'The message is not usable edXML.',
  DIGEST_MISMATCH: 'The bytes received do not have the announced SHA-256.',
  NOT_ADDRESSED: 'The message is neither from nor for this agency.',
  NOT_FOUND: 'There is nothing at this address.',
  RANGE_INVALID: 'The requested range lies outside the message.',
  UNAVAILABLE: 'The exchange cannot serve now; try again later.',
  UNEXPECTED: 'The exchange failed; the request id helps to find out why.',
};
