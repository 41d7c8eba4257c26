import { CodedError } from '#shared/errors/coded-error.ts';
import type { PdfErrorCode } from '#shared/domain/verification.ts';

export type PdfErrorParams = Readonly<Record<string, string | number>>;

/** An expected failure of reading, stamping, signing or verifying a PDF. */
export class PdfError extends CodedError {
  declare readonly code: PdfErrorCode;

  constructor(code: PdfErrorCode, params: PdfErrorParams = {}) {
    super(code, params);
  }
}

/** The file breaks the PDF syntax; `where` is a short technical hint for diagnostics, `offset` a byte position. */
export function broken(where: string, offset?: number): PdfError {
  return new PdfError('PDF_BROKEN', offset === undefined ? { where } : { where, offset });
}
