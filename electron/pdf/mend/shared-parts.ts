import type { PdfDocument } from '../syntax/document.ts';
import { isRef } from '../syntax/objects.ts';
import { readPages } from '../syntax/page-tree.ts';

/** Whether a page is listed twice, or two have one list of annotations: a signature on one would be shown on both. */
export function sharesPageParts(document: PdfDocument): boolean {
  const seen = new Set<number>();
  return readPages(document).some(({ reference, dict }) => {
    const annotations = dict.entries.get('Annots');
    const parts = isRef(annotations) ? [reference.num, annotations.num] : [reference.num];
    const shared = parts.some((num) => seen.has(num));
    for (const num of parts) seen.add(num);
    return shared;
  });
}
