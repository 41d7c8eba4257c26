import type { PdfDocument } from '../syntax/document.ts';
import { isArray, isDict, isName } from '../syntax/objects.ts';
import type { ObjectComparison } from './compare-objects.ts';

/** Versions that there are, in their order (ISO 32000-2, 7.2.2). */
const versions = ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7', '2.0'];

/**
 * Entries of the catalog that later revisions may set and set to what they must not be: a version there is none of or an
 * older one, extensions or a security store that are no dictionary, or a store without the proofs it held.
 * @returns their keys
 */
export function misusedEntries(before: PdfDocument, after: PdfDocument, comparison: ObjectComparison): string[] {
  const was = before.catalog.entries;
  const is = after.catalog.entries;
  const version = (document: PdfDocument): number => {
    const value = document.get(document.catalog, 'Version');
    return isName(value) ? versions.indexOf(value.name) : -1;
  };
  const fits: Record<string, () => boolean> = {
    Version: () => is.has('Version') && version(after) >= Math.max(0, version(before)),
    Extensions: () => !is.has('Extensions') || isDict(after.get(after.catalog, 'Extensions')),
    DSS: () => keepsProofs(before, after),
  };
  return Object.keys(fits).filter(
    (key) => !comparison.sameEntry(key, was.get(key), is.get(key)) && fits[key]?.() !== true,
  );
}

/** Whether the store (ISO 32000-2, 12.8.4.3) is one, and each of its lists that had something has something. */
function keepsProofs(before: PdfDocument, after: PdfDocument): boolean {
  const store = after.get(after.catalog, 'DSS');
  const old = before.getDict(before.catalog, 'DSS');
  if (!isDict(store)) return false;
  return ['Certs', 'OCSPs', 'CRLs'].every((key) => {
    const list = after.get(store, key);
    const isEmpty = !isArray(list) || list.length === 0;
    return !isEmpty || !old || before.getArray(old, key).length === 0;
  });
}
