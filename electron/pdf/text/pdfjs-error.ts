import { broken, PdfError } from '../pdf-error.ts';

/** pdf.js: PasswordResponses.INCORRECT_PASSWORD. */
const WRONG_PASSWORD = 2;

/** What pdf.js says of a file, as an error of ours; anything else is a mistake of ours and must not look like a bad file. */
export function asPdfError(error: unknown): Error {
  if (error instanceof PdfError) return error;
  if (!(error instanceof Error)) return broken(String(error));
  if (error.name === 'PasswordException') {
    return new PdfError('code' in error && error.code === WRONG_PASSWORD ? 'PDF_PASSWORD_WRONG' : 'PDF_ENCRYPTED');
  }
  const fileIsWrong =
    /^(InvalidPDFException|FormatError|XRefEntryException|XRefParseException|UnknownErrorException|MissingPDFException)$/;
  return fileIsWrong.test(error.name) ? broken(error.message) : error;
}
