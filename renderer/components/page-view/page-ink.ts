import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PageInk } from '#shared/domain/arrival-stamp.ts';

/** Points of a millimetre. */
export const POINTS_A_MM = 72 / 25.4;
/** Pixels for a millimetre: thin lines are not lost. */
const FINE = 3;
/** Of 255: lighter is the paper of a scan. */
const LIGHTEST_INK = 200;

/** What is printed on the first page: a drawing of it, so that scans and signatures count like text. */
export async function readPageInk(document: PDFDocumentProxy): Promise<PageInk> {
  const page = await document.getPage(1);
  const viewport = page.getViewport({ scale: FINE / POINTS_A_MM });
  const canvas = window.document.createElement('canvas');
  canvas.width = Math.max(FINE, Math.floor(viewport.width));
  canvas.height = Math.max(FINE, Math.floor(viewport.height));
  await page.render({ canvas, viewport }).promise;
  const drawn = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data;
  const width = Math.floor(canvas.width / FINE);
  const height = Math.floor(canvas.height / FINE);
  const squares = new Uint8Array(width * height);
  for (let y = 0; y < height * FINE; y += 1) {
    for (let x = 0; x < width * FINE; x += 1) {
      const at = (y * canvas.width + x) * 4;
      const darkest = Math.min(drawn?.[at] ?? 255, drawn?.[at + 1] ?? 255, drawn?.[at + 2] ?? 255);
      if (darkest < LIGHTEST_INK) squares[Math.floor(y / FINE) * width + Math.floor(x / FINE)] = 1;
    }
  }
  return { width, height, squares };
}
