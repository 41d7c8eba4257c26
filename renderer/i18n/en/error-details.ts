import type { Catalogue } from '../catalogue.ts';
import type { errorDetails as source } from '../vi/error-details.ts';

export const errorDetails: Catalogue<typeof source> = {
  NOT_ALLOWED: 'It is for: {{may}}.',
  PRINTED_NUMBER_DIFFERS: 'The document says number {{printed}}, the next number of the book is {{next}}.',
  DUPLICATE_DOCUMENT: 'The book already holds arrival number {{arrivalNumber}}: {{codeText}}.',
  DATE_IN_FUTURE: 'The document is dated {{date}}, today is {{today}}.',
  EXPRESS_HOUR_GONE: 'The hour: {{at}}.',
  DUE_DATE_GONE: 'The deadline: {{at}}.',
  SECRET_DOCUMENT: 'Mark on the page: {{mark}}.',
  RECIPIENT_NOT_IN_DIRECTORY: 'Identifier not found: {{agency}}.',
  PDF_TOO_LARGE: 'The limit is {{limit}}.',
  SIGN_CERT_EXPIRED: 'The certificate of {{name}} expired on {{date}}.',
  SIGN_CERT_NOT_YET_VALID: 'The certificate of {{name}} is valid from {{date}}.',
  SIGN_CERT_WRONG_USAGE: 'Certificate: {{name}}.',
  AGENCY_DIFFERS: 'The code is of {{agencyName}} ({{agency}}); the books here are of the agency {{registerAgency}}.',
  REGISTER_EXISTS: 'The books are on: {{workstationName}}, since {{since}}.',
  REGISTER_OUTDATED: 'The newer copy is on: {{workstationName}}, since {{since}}.',
  IMAGE_NOT_PNG: 'The chosen file: {{file}}.',
};
