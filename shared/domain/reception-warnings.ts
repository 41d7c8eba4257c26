/** What the clerk should know of a document that came: the message lacked something, or its page needs a look. */
export const receptionWarnings = [
  'SECRET_DOCUMENT',
  'CHANGES_EARLIER_DOCUMENT',
  'SAME_ID_OTHER_CONTENT',
  'SENDER_NAME_DIFFERS',
  'PAGE_AGENCY_DIFFERS',
  'SIGNER_ORGANISATION_DIFFERS',
  'SIGNER_NAME_DIFFERS',
  'NO_READABLE_PAGE',
  'FOREIGN_NAMESPACE',
  'FIELD_MISSING',
  'FIELD_UNREADABLE',
  'RESPONSE_FOR_MISPLACED',
  'ATTACHMENT_MISSING',
  'ATTACHMENT_UNLISTED',
  'ATTACHMENT_ZIPPED',
  'ATTACHMENT_UNZIP_FAILED',
  'ATTACHMENT_PDF_CORRUPTED',
  'PDF_EMPTY',
  'PDF_NOT_PDF',
  'PDF_TOO_LARGE',
  'PDF_ENCRYPTED',
  'PDF_BROKEN',
  'PDF_TOO_COMPLEX',
  'READING_LIMIT',
] as const;
export type ReceptionWarning = (typeof receptionWarnings)[number];

export function isReceptionWarning(code: string): code is ReceptionWarning {
  return (receptionWarnings as readonly string[]).includes(code);
}
