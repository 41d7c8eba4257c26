import { inflateSync } from 'node:zlib';
import { MAX_PAGE_CONTENT_BYTES } from '../limits.ts';
import { PdfError } from '../pdf-error.ts';
import { openPdf, type PdfDocument } from '../syntax/document.ts';
import { isArray, isName, isStream } from '../syntax/objects.ts';
import type { PdfStream } from '../syntax/objects.ts';
import { readPages } from '../syntax/page-tree.ts';

/**
 * Refuses a file of which a page to be read is drawn by more instructions than any page of text: pdf.js takes them all, at
 * a hundred bytes of memory for each of its. A file that only pdf.js can open passes.
 * @param indexes of the pages, from 0
 * @throws PdfError PDF_TOO_COMPLEX
 */
export function checkPageContents(bytes: Uint8Array, indexes: (pageCount: number) => readonly number[]): void {
  try {
    const document = openPdf(bytes);
    if (document.encrypted) return;
    const pages = readPages(document);
    for (const index of indexes(pages.length)) {
      const page = pages[index];
      if (page !== undefined) checkContents(document, document.get(page.dict, 'Contents'));
    }
  } catch (error) {
    if (error instanceof PdfError && error.code !== 'PDF_TOO_COMPLEX') return;
    throw error;
  }
}

function checkContents(document: PdfDocument, contents: ReturnType<PdfDocument['resolve']>): void {
  let left = MAX_PAGE_CONTENT_BYTES;
  for (const part of isArray(contents) ? contents : [contents]) {
    const stream = document.resolve(part);
    if (isStream(stream)) left -= contentSize(document, stream, left);
  }
}

/** Bytes that a stream is decoded to, as far as it is compressed as content streams are. */
function contentSize(document: PdfDocument, stream: PdfStream, limit: number): number {
  const filter = document.get(stream.dict, 'Filter');
  let data = stream.raw;
  for (const item of isArray(filter) ? filter : [filter]) {
    const name = document.resolve(item);
    if (!isName(name) || (name.name !== 'FlateDecode' && name.name !== 'Fl')) break;
    document.budget.checkTime();
    data = inflate(data, limit);
  }
  if (data.length > limit) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'content' });
  return data.length;
}

function inflate(data: Uint8Array, limit: number): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: Math.max(1, limit) });
  } catch (error) {
    if (error instanceof RangeError) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'content' });
    // pdf.js reads a damaged one as far as it can; what it gets of it is less than it would be whole.
    return new Uint8Array(0);
  }
}
