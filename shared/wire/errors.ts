import { z } from 'zod';

export const EXCHANGE_ERROR_CODES = [
  'REQUEST_INVALID',
  'UNAUTHENTICATED',
  'CLOCK_SKEW',
  'REQUEST_ALTERED',
  'REQUEST_REPLAYED',
  'HTTPS_REQUIRED',
  'WORKSTATION_REVOKED',
  'ENROL_CODE_INVALID',
  'ENROL_CODE_EXPIRED',
  'ENROL_CODE_USED',
  'AGENCY_DIFFERS',
  'REGISTER_EXISTS',
  'REGISTER_OUTDATED',
  'REGISTER_REPLACED',
  'RATE_LIMITED',
  'SENDER_MISMATCH',
  'AGENCY_CLOSED',
  'RECIPIENT_UNKNOWN',
  'MESSAGE_ID_CONFLICT',
  'MESSAGE_TOO_LARGE',
  'TOO_MANY_RECIPIENTS',
  'EDXML_INVALID',
  'DIGEST_MISMATCH',
  'UPLOAD_OFFSET_MISMATCH',
  'UPLOAD_INCOMPLETE',
  'UPLOAD_LIMIT',
  'NOT_ADDRESSED',
  'NOT_FOUND',
  'MESSAGE_LOST',
  'RANGE_INVALID',
  'DUTY_CHANGED',
  'PHONE_CODE_INVALID',
  'PHONE_NOT_VERIFIED',
  'NO_CHANNEL',
  'NOT_SUPERVISING',
  'PERIOD_INVALID',
  'FEEDBACK_CONFLICT',
  'FEEDBACK_LIMIT',
  'FEEDBACK_TOO_LARGE',
  'UNAVAILABLE',
  'UNEXPECTED',
] as const;
export type ExchangeErrorCode = (typeof EXCHANGE_ERROR_CODES)[number];

/** A newer server may use codes this client does not know, so the code is read as text. */
export const errorBodySchema = z.object({
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  message: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;
