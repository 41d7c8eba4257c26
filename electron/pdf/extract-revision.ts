import { PdfError } from './pdf-error.ts';
import { emptyTrust, verifyPdf } from './verify-pdf.ts';

/**
 * The file exactly as a signature saw it ("xem bản đã ký"): everything up to the end of the signed range.
 * @param signatureIndex `index` of the signature in the verification report
 * @throws PdfError PDF_NO_SUCH_SIGNATURE, and what verifyPdf throws
 */
export function extractRevision(bytes: Uint8Array, signatureIndex: number): Uint8Array {
  const { signatures } = verifyPdf(bytes, { trust: emptyTrust, now: new Date(0) });
  const signature = signatures[signatureIndex];
  if (!signature || signature.revisionEnd === 0) {
    throw new PdfError('PDF_NO_SUCH_SIGNATURE', { index: signatureIndex, signatures: signatures.length });
  }
  return Uint8Array.from(bytes.subarray(0, signature.revisionEnd));
}
