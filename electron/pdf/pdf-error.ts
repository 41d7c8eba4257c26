import type { PdfErrorCode } from '#shared/domain/verification.ts';

export type PdfErrorParams = Readonly<Record<string, string | number>>;

/** An expected failure of reading, stamping, signing or verifying a PDF. The code is translated where it is shown. */
export class PdfError extends Error {
  override readonly name = 'PdfError';
  readonly code: PdfErrorCode;
  readonly params: PdfErrorParams;

  constructor(code: PdfErrorCode, params: PdfErrorParams = {}) {
    super(`${code} ${JSON.stringify(params)}`);
    this.code = code;
    this.params = params;
  }
}

/** The file breaks the PDF syntax; `where` is a short technical hint for diagnostics, `offset` a byte position. */
export function broken(where: string, offset?: number): PdfError {
  return new PdfError('PDF_BROKEN', offset === undefined ? { where } : { where, offset });
}
