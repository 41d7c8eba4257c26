import { createHash } from 'node:crypto';
import type { PDFPageProxy } from 'pdfjs-dist';
import { checkPageContents } from '../text/check-page-contents.ts';
import { loadPdfjs, readWithPdfjs } from '../text/pdfjs.ts';

/** What pdf.js makes of a file: a line for each page, the same for pages that it draws the same way. */
export type Looks = readonly string[];

/**
 * How pdf.js, which repairs what it reads as other viewers do, draws each page: its box and turn, and every instruction
 * with its text, forms and annotations. Pictures and fonts are named by their places alone: their data is not decoded,
 * because the rewriting carries it over byte for byte.
 * @throws PdfError PDF_BROKEN, PDF_ENCRYPTED, PDF_TOO_COMPLEX
 */
export async function looksOf(bytes: Uint8Array): Promise<Looks> {
  // A page of too many instructions would fill the memory.
  checkPageContents(bytes, (count) => Array.from({ length: count }, (_, index) => index));
  return await readWithPdfjs(await loadPdfjs(), bytes, false, '', async (document) => {
    const looks: string[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      looks.push(await lookOf(page));
      page.cleanup();
    }
    return looks;
  });
}

async function lookOf(page: PDFPageProxy): Promise<string> {
  const { fnArray, argsArray } = await page.getOperatorList({ intent: 'display' });
  const hash = createHash('sha256');
  hash.update(JSON.stringify([page.view, page.rotate, page.userUnit, [...fnArray]]));
  const names = new Map<string, string>();
  for (const args of argsArray) hash.update(`${JSON.stringify(args, (_, value: unknown) => plain(value, names))}\n`);
  return hash.digest('hex');
}

/** Names that pdf.js makes up from object numbers and the order of documents, as the order on this page. */
function plain(value: unknown, names: Map<string, string>): unknown {
  if (typeof value !== 'string' || !/^(?:g_|img_|mask_|pattern_)?\w*d\d+_|^\d+R\d*$/.test(value)) return value;
  const known = names.get(value) ?? `#${names.size}`;
  names.set(value, known);
  return known;
}
