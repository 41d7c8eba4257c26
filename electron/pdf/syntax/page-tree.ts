import { MAX_DEPTH } from '../limits.ts';
import { broken, PdfError } from '../pdf-error.ts';
import type { PdfDocument } from './document.ts';
import { dictOf, isArray, isDict, isNamed, isRef } from './objects.ts';
import type { PdfDict, PdfObject, PdfRef } from './objects.ts';

export interface Page {
  /** From 1. */
  readonly number: number;
  readonly reference: PdfRef;
  readonly dict: PdfDict;
  /** Entries the page inherits or has itself: Resources, MediaBox, CropBox, Rotate. */
  readonly inherited: ReadonlyMap<string, PdfObject>;
  /** The nodes above it, the root first. */
  readonly path: readonly PdfRef[];
}

const inheritableKeys = ['Resources', 'MediaBox', 'CropBox', 'Rotate'];

/** All pages in order. @throws PdfError PDF_BROKEN */
export function readPages(document: PdfDocument): readonly Page[] {
  const pages: Page[] = [];
  const seen = new Set<number>();
  const visit = (
    node: PdfObject | undefined,
    inherited: ReadonlyMap<string, PdfObject>,
    path: readonly PdfRef[],
  ): void => {
    document.budget.step();
    if (!isRef(node) || path.length > MAX_DEPTH) throw broken('page tree');
    const dict = document.resolve(node);
    if (!isDict(dict)) throw broken('page tree');
    const own = new Map(inherited);
    for (const key of inheritableKeys) {
      const value = dict.entries.get(key);
      if (value !== undefined) own.set(key, value);
    }
    // As viewers do: what calls itself a page is one, whatever else it has.
    const kids = isNamed(document.get(dict, 'Type'), 'Page') ? null : document.get(dict, 'Kids');
    if (!isArray(kids)) {
      // One page may be listed twice; it is then shown twice.
      pages.push({ number: pages.length + 1, reference: node, dict, inherited: own, path });
      return;
    }
    if (seen.has(node.num)) throw broken('page tree loop');
    seen.add(node.num);
    for (const kid of kids) visit(kid, own, [...path, node]);
  };
  visit(document.catalog.entries.get('Pages'), new Map(), []);
  return pages;
}

/** The page counts that the nodes of the tree declare, the root's first; 'none' where one is missing. */
export function declaredCounts(document: PdfDocument): readonly (number | 'none')[] {
  const counts: (number | 'none')[] = [];
  const visit = (dict: PdfDict | undefined, depth: number): void => {
    document.budget.step();
    if (!dict || depth > MAX_DEPTH || isNamed(document.get(dict, 'Type'), 'Page')) return;
    const kids = document.get(dict, 'Kids');
    if (!isArray(kids)) return;
    const count = document.get(dict, 'Count');
    counts.push(typeof count === 'number' ? count : 'none');
    for (const kid of kids) visit(dictOf(document.resolve(kid)), depth + 1);
  };
  visit(document.getDict(document.catalog, 'Pages'), 0);
  return counts;
}

/** Page `number` from 1. @throws PdfError PDF_NO_SUCH_PAGE */
export function pageAt(pages: readonly Page[], number: number): Page {
  const page = pages[number - 1];
  if (!page) throw new PdfError('PDF_NO_SUCH_PAGE', { page: number, pages: pages.length });
  return page;
}
