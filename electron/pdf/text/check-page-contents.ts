import { inflateSync } from 'node:zlib';
import { MAX_PAGE_CONTENT_BYTES } from '../limits.ts';
import { PdfError } from '../pdf-error.ts';
import { Budget } from '../syntax/budget.ts';
import { openPdf, type PdfDocument } from '../syntax/document.ts';
import { dictOf, isArray, isName, isNamed, isStream } from '../syntax/objects.ts';
import type { PdfObject, PdfStream } from '../syntax/objects.ts';
import { type Page, readPages } from '../syntax/page-tree.ts';

/**
 * Refuses a file of which a page to be read is drawn by more instructions than any page of text: pdf.js takes them all, at
 * a hundred bytes of memory for each of its. Those of a form count as often as it is drawn, also from within other forms
 * (ISO 32000-1, 8.10). A file that only pdf.js can open passes.
 * @param indexes of the pages, from 0
 * @param password opens an encrypted file
 * @returns the password of an encrypted file as pdf.js has to be given it
 * @throws PdfError PDF_TOO_COMPLEX
 */
export function checkPageContents(
  bytes: Uint8Array,
  indexes: (pageCount: number) => readonly number[],
  password = '',
): string | undefined {
  try {
    const document = openPdf(bytes, new Budget(), password);
    const pages = readPages(document);
    const forms: Forms = new Map();
    for (const index of indexes(pages.length)) {
      const page = pages[index];
      if (page !== undefined) checkPage(document, page, forms);
    }
    return document.encryption?.passwordForPdfjs;
  } catch (error) {
    if (error instanceof PdfError && error.code !== 'PDF_TOO_COMPLEX') return undefined;
    throw error;
  }
}

/** Bytes of instructions that drawing a form once comes to; 0 while that is being counted, so that a circle ends. */
type Forms = Map<PdfStream, number>;

function checkPage(document: PdfDocument, { dict, inherited }: Page, forms: Forms): void {
  const resources = document.resolve(inherited.get('Resources'));
  const contents = document.get(dict, 'Contents');
  let left = MAX_PAGE_CONTENT_BYTES;
  for (const part of isArray(contents) ? contents : [contents]) {
    const stream = document.resolve(part);
    if (!isStream(stream)) continue;
    left -= drawnBytes(document, stream, resources, left, forms);
    if (left < 0) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'content' });
  }
}

function drawnBytes(
  document: PdfDocument,
  stream: PdfStream,
  resources: PdfObject | undefined,
  limit: number,
  forms: Forms,
): number {
  const data = contentOf(document, stream, limit);
  const dict = dictOf(resources);
  const objects = dict === undefined ? undefined : document.getDict(dict, 'XObject');
  if (objects === undefined) return data.length;
  let total = data.length;
  for (const [, name = ''] of Buffer.from(data).toString('latin1').matchAll(DRAWN)) {
    document.budget.step();
    total += formBytes(document, document.get(objects, name), resources, limit, forms);
    if (total > MAX_PAGE_CONTENT_BYTES) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'content' });
  }
  return total;
}

/** `/X Do`, the drawing of an external object. Inside of a string it is none, and counts for one all the same. */
const DRAWN = /\/([^\s()<>[\]{}/%]+)\s+Do(?![^\s()<>[\]{}/%])/g;

function formBytes(
  document: PdfDocument,
  form: PdfObject | undefined,
  outer: PdfObject | undefined,
  limit: number,
  forms: Forms,
): number {
  if (!isStream(form) || !isNamed(document.get(form.dict, 'Subtype'), 'Form')) return 0;
  const known = forms.get(form);
  if (known !== undefined) return known;
  forms.set(form, 0);
  const bytes = drawnBytes(document, form, document.get(form.dict, 'Resources') ?? outer, limit, forms);
  forms.set(form, bytes);
  return bytes;
}

/** What a stream is decoded to, as far as it is compressed as content streams are. */
function contentOf(document: PdfDocument, stream: PdfStream, limit: number): Uint8Array {
  const filter = document.get(stream.dict, 'Filter');
  let data = stream.raw;
  for (const item of isArray(filter) ? filter : [filter]) {
    const name = document.resolve(item);
    if (!isName(name) || (name.name !== 'FlateDecode' && name.name !== 'Fl')) break;
    document.budget.checkTime();
    data = inflate(data, limit);
  }
  if (data.length > limit) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'content' });
  return data;
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
