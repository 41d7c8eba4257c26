import { KEY_FILE_ERROR_CODES, PDF_ERROR_CODES, SIGNER_ERROR_CODES } from '../domain/verification.ts';

/** Codes that come together, because the same piece of work brings them. */
export const storedFileErrors = ['FILE_MISSING', 'FILE_DAMAGED'] as const;
export const pdfErrors = PDF_ERROR_CODES;
/** Of the process that reads files from outside. */
export const readingErrors = ['READING_LIMIT', 'READER_UNAVAILABLE'] as const;
export const pickedFileErrors = ['FILE_TOKEN_EXPIRED', 'FILE_UNREADABLE', 'PDF_EMPTY', 'PDF_TOO_LARGE'] as const;
export const signerErrors = SIGNER_ERROR_CODES;
/** Of a PKCS#11 token and of the driver through which it is asked. */
const tokenErrors = [
  'TOKEN_DRIVER_MISSING',
  'TOKEN_DRIVER_FAILED',
  'TOKEN_DRIVER_HANGS',
  'TOKEN_NOT_FOUND',
  'TOKEN_REMOVED',
  'TOKEN_KEY_MISSING',
  'TOKEN_PIN_MISSING',
  'TOKEN_PIN_WRONG',
  'TOKEN_PIN_LAST_TRY',
  'TOKEN_PIN_LOCKED',
] as const;
export const keyErrors = [
  ...KEY_FILE_ERROR_CODES,
  ...tokenErrors,
  'P12_MISSING',
  'KEY_KIND_UNSUPPORTED',
  'SIGN_KEY_MISMATCH',
  'SIGNER_CRASHED',
] as const;
/** A text that no message can carry, such as one of control characters alone. */
export const writtenMessageErrors = ['EDXML_MISSING_FIELD', 'EDXML_BAD_FIELD'] as const;
export const recipientErrors = ['RECIPIENT_NOT_IN_DIRECTORY', 'RECIPIENT_IS_SELF'] as const;
