import { broken, PdfError } from './pdf-error.ts';
import { Budget } from './syntax/budget.ts';
import { openPdf } from './syntax/document.ts';
import type { PdfDocument } from './syntax/document.ts';
import { isArray } from './syntax/objects.ts';
import { readPages } from './syntax/page-tree.ts';
import { pagesWithCoveredText } from './verify/covered-text.ts';
import { hiddenFromUs } from './verify/hidden-objects.ts';
import { docMdpLevel } from './verify/permissions.ts';
import { shadowContent } from './verify/shadow-content.ts';
import { readFields } from './verify/signature-fields.ts';

/**
 * Refuses at import what could not be signed later, so that nobody writes a letter around a file that is of no use.
 * @param password opens an encrypted file; without it one is refused
 * @throws PdfError PDF_*, SIGN_PERMISSION_FORBIDS, SIGN_DOCMDP_FORBIDS, SIGN_WOULD_WARN,
 *   SIGN_TEXT_COVERED
 */
export function checkSignable(bytes: Uint8Array, password?: string): { readonly pageCount: number } {
  const document = openPdf(bytes, new Budget(), password);
  if (document.encryption?.maySign === false) throw new PdfError('SIGN_PERMISSION_FORBIDS');
  const pages = readPages(document);
  if (pages.length === 0) throw broken('page tree');
  for (const { dict, inherited } of pages) {
    const contents = document.get(dict, 'Contents');
    for (const part of isArray(contents) ? contents : []) document.resolve(part);
    document.resolve(inherited.get('Resources'));
  }
  readFields(document);
  if (docMdpLevel(document) === 1) throw new PdfError('SIGN_DOCMDP_FORBIDS');
  refuseWhatWouldWarn(document);
  return { pageCount: pages.length };
}

/**
 * Whoever receives the signed file is warned of everything unusual in it, so it is not signed in the first place.
 * @throws PdfError SIGN_WOULD_WARN, SIGN_TEXT_COVERED
 */
export function refuseWhatWouldWarn(document: PdfDocument): void {
  const hidden = hiddenFromUs(document);
  const shadows = hidden.includes('OBJECT_UNREADABLE') ? [] : shadowContent(document);
  const notes = [...document.anomalies, ...hidden, ...shadows];
  if (notes.length > 0) throw new PdfError('SIGN_WOULD_WARN', { notes: notes.join(', ') });
  const covered = pagesWithCoveredText(document);
  if (covered.length > 0) throw new PdfError('SIGN_TEXT_COVERED', { pages: covered.join(', ') });
}
