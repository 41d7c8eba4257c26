import type { PdfText, PdfTextPage } from '#core/ports/pdf-text.ts';
import { MAX_PDF_BYTES } from '../limits.ts';
import { PdfError } from '../pdf-error.ts';
import { checkPageContents } from './check-page-contents.ts';
import { readGlyphs } from './glyphs.ts';
import { loadPdfjs, readWithPdfjs } from './pdfjs.ts';
import { joinWords } from './words.ts';

export interface PdfTextLimits {
  /** Pages read; of a longer document the first ones and the last four (the signature, then appendices). */
  readonly maxPages: number;
  /** Glyphs read per page. */
  readonly maxGlyphs: number;
  /** Time after which no further page is started, in milliseconds. */
  readonly maxMilliseconds: number;
}

export interface PdfTextOptions extends Partial<PdfTextLimits> {
  /** Opens an encrypted file. */
  readonly password?: string | undefined;
}

const defaultLimits: PdfTextLimits = { maxPages: 40, maxGlyphs: 60_000, maxMilliseconds: 10_000 };
const lastPages = 4;

/**
 * Reads the text of a PDF with its geometry: words in points from the lower left of the visible page. A scan gives pages
 * without items. `bytes` is not changed.
 * @throws PdfError PDF_EMPTY, PDF_TOO_LARGE, PDF_NOT_PDF, PDF_ENCRYPTED (opens only with a password), PDF_PASSWORD_WRONG,
 * PDF_BROKEN, PDF_TOO_COMPLEX
 */
export async function readPdfText(bytes: Uint8Array, options: PdfTextOptions = {}): Promise<PdfText> {
  const { maxPages, maxGlyphs, maxMilliseconds, password = '' } = { ...defaultLimits, ...options };
  if (bytes.length === 0) throw new PdfError('PDF_EMPTY');
  if (bytes.length > MAX_PDF_BYTES) throw new PdfError('PDF_TOO_LARGE', { size: bytes.length, limit: MAX_PDF_BYTES });
  if (!hasPdfHeader(bytes)) throw new PdfError('PDF_NOT_PDF');
  const opened = checkPageContents(bytes, (pageCount) => pagesToRead(pageCount, maxPages), password);

  const pdfjs = await loadPdfjs();
  const deadline = performance.now() + maxMilliseconds;
  return await readWithPdfjs(pdfjs, bytes, true, opened ?? password, async (document) => {
    const pages: PdfTextPage[] = [];
    for (const index of pagesToRead(document.numPages, maxPages)) {
      if (pages.length > 0 && performance.now() > deadline) break;
      const page = await document.getPage(index + 1);
      const { width, height } = page.getViewport({ scale: 1 });
      const items = joinWords(await readGlyphs(page, pdfjs.OPS, maxGlyphs));
      pages.push({ page: index, width, height, items });
      page.cleanup();
    }
    return { pageCount: document.numPages, pages };
  });
}

/** The header may stand behind junk in the first kilobyte (ISO 32000-1, Annex H, note 13). */
function hasPdfHeader(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes.subarray(0, 1024)).includes('%PDF-');
}

function pagesToRead(pageCount: number, maxPages: number): number[] {
  const all = Array.from({ length: pageCount }, (_, index) => index);
  if (pageCount <= maxPages) return all;
  const tail = Math.min(lastPages, Math.max(1, maxPages - 1));
  return [...all.slice(0, Math.max(1, maxPages - tail)), ...all.slice(-tail)];
}
