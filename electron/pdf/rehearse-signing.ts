import type { SignableAs } from '#core/ports/foreign-reader.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { PdfError } from './pdf-error.ts';
import { rehearsalKeys } from './sign/rehearsal-keys.ts';
import { signPdf } from './sign-pdf.ts';
import { stampText } from './stamp-text.ts';
import { Budget } from './syntax/budget.ts';
import { openPdf } from './syntax/document.ts';
import { pageAt, readPages } from './syntax/page-tree.ts';
import { readPageView } from './sign/geometry.ts';
import { signatureMarks } from './verify/byte-range.ts';
import { emptyTrust, verifyPdf } from './verify-pdf.ts';

/** Any instant: the keys are made for it. */
const at = new Date('2020-01-01T00:00:00Z');

/**
 * Does in memory what a file has before it: of a letter the number on its first page, a person's signature and the seal, of
 * an attachment the agency's signature; and the check of the result. What stops any of them is known before a number is taken.
 * @param password opens an encrypted file; without it one is refused
 * @throws PdfError SIGN_WOULD_WARN with what the result would be warned of, and whatever stamping and signing refuse
 */
export async function rehearseSigning(bytes: Uint8Array, as: SignableAs, password?: string): Promise<void> {
  const keys = rehearsalKeys(at);
  const judge = (result: Uint8Array): void => {
    const report = verifyPdf(result, { trust: emptyTrust, now: at, password });
    if (report.integrity === 'VALID') return;
    const notes = notesOf(report);
    // By its own transform or the lock of its field; what stands in the catalog is known before.
    if (notes.includes('CHANGE_NOT_PERMITTED')) throw new PdfError('SIGN_DOCMDP_FORBIDS');
    throw new PdfError('SIGN_WOULD_WARN', { notes: notes.join(', ') });
  };
  if (as === 'attachment') {
    const cornerText = `1/CV; ${vietnamTimestamp(at.getTime())}`;
    const appearance = { image: null, cornerText };
    judge((await signPdf(bytes, { role: as, credential: keys.seal, signingTime: at, appearance, password })).bytes);
    return;
  }
  const options = { signingTime: at, appearance: { image: null }, password };
  const numbered = signatureMarks(bytes).length > 0 ? bytes : numberedFirstPage(bytes, password);
  const signed = await signPdf(numbered, { role: 'person', credential: keys.person, ...options });
  // The seal is refused over a signature that is not whole: of that one it is said why.
  judge(signed.bytes);
  const sealed = await signPdf(signed.bytes, { role: 'seal', credential: keys.seal, ...options });
  judge(sealed.bytes);
}

function numberedFirstPage(bytes: Uint8Array, password: string | undefined): Uint8Array {
  const document = openPdf(bytes, new Budget(), password);
  const { crop } = readPageView(document, pageAt(readPages(document), 1));
  return stampText(bytes, [{ page: 1, x: crop[0], y: crop[1], text: '1' }], [], password);
}

function notesOf({ findings, signatures }: VerificationReport): readonly string[] {
  const all = [...findings, ...signatures.flatMap((signature) => signature.findings)];
  const codes = all
    .filter(({ severity, scope }) => severity !== 'info' && scope === 'integrity')
    .map(({ code }) => code);
  return [...new Set(codes)];
}
