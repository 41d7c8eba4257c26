import { MAX_PAGE_CONTENT_BYTES } from '../limits.ts';
import { identity } from '../matrix.ts';
import { PdfError } from '../pdf-error.ts';
import { readRect } from '../sign/geometry.ts';
import { Budget } from '../syntax/budget.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { dictOf, isArray, isDict, isStream } from '../syntax/objects.ts';
import { readPages } from '../syntax/page-tree.ts';
import type { Page } from '../syntax/page-tree.ts';
import { rectangleOf } from './drawing.ts';
import { PagePainter } from './page-painter.ts';

/** Processor time for all pages, in milliseconds. */
const TIME = 1_000;

/**
 * The pages, from 1, on which text was drawn and then painted over by something opaque: taking the cover away later shows
 * another document (shadow attacks: hide). Text that is drawn once more in its place is not hidden, nor is that under a scan,
 * nor what a clip keeps from showing. What cannot be told without drawing (odd shapes, patterns, masks) counts as no cover;
 * so this is a warning and no proof that there is nothing.
 */
export function pagesWithCoveredText(document: PdfDocument): number[] {
  const budget = new Budget(TIME, MAX_PAGE_CONTENT_BYTES);
  return readPages(document).flatMap((page) => {
    try {
      return hidesText(document, page, budget) ? [page.number] : [];
    } catch (error) {
      // A page that cannot be drawn, or not in this time, hides nothing that anybody sees; the file's own limits are kept elsewhere.
      if (error instanceof PdfError) return [];
      throw error;
    }
  });
}

function hidesText(document: PdfDocument, page: Page, budget: Budget): boolean {
  const box = readRect(document, page.inherited.get('CropBox') ?? page.inherited.get('MediaBox'));
  const painter = new PagePainter(document, budget, rectangleOf(identity, box ?? [0, 0, 612, 792]));
  const resources = dictOf(document.resolve(page.inherited.get('Resources')));
  const contents = document.get(page.dict, 'Contents');
  const parts = (isArray(contents) ? contents : [contents]).map((part) => document.resolve(part)).filter(isStream);
  const decoded = parts.map((part) => painter.decode(part));
  if (decoded.some((part) => part === undefined)) return false;
  painter.draw(Buffer.concat(decoded.flatMap((part) => [part ?? new Uint8Array(0), Buffer.from('\n')])), resources);
  for (const item of document.getArray(page.dict, 'Annots')) {
    const annotation = document.resolve(item);
    if (isDict(annotation)) painter.drawAnnotation(annotation);
  }
  return painter.hidesText;
}
