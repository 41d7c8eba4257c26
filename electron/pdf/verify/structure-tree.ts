import { MAX_DEPTH } from '../limits.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { isArray, isDict, isNamed, isRef } from '../syntax/objects.ts';
import type { PdfArray, PdfDict, PdfObject, PdfRef } from '../syntax/objects.ts';
import { sameReference } from './compare-objects.ts';
import type { ObjectComparison } from './compare-objects.ts';

const rootKeysComparedApart = new Set(['K', 'ParentTree', 'ParentTreeNextKey']);
const elementKeysComparedApart = new Set(['K', 'P']);
/** No /ActualText, /Alt or /E: they would be read aloud in place of what was signed. */
const addedElementKeys = new Set(['Type', 'S', 'P', 'K', 'Pg', 'T', 'Lang', 'NS', 'ID']);

/**
 * Whether the structure tree of a tagged document (ISO 32000-2, 14.7) only grew by elements for new signature widgets.
 * Programs that tag what they add, as PDF/UA demands (ISO 14289-1, 7.18.1), append an element with one object reference
 * (14.7.5.3) and an entry of the parent tree. Everything that was there keeps its place, links and entries.
 * @param isNewWidget whether an object is the widget of a signature added since
 */
export function onlyTagsWidgets(
  before: PdfDocument,
  after: PdfDocument,
  comparison: ObjectComparison,
  isNewWidget: (reference: PdfRef) => boolean,
): boolean {
  const rootBefore = before.catalog.entries.get('StructTreeRoot');
  const rootAfter = after.catalog.entries.get('StructTreeRoot');
  const was = before.resolve(rootBefore);
  const is = after.resolve(rootAfter);
  if (!isRef(rootBefore) || !isRef(rootAfter) || !sameReference(rootBefore, rootAfter)) return false;
  if (!isDict(was) || !isDict(is)) return false;
  const added = new Set<number>();
  const pairs: [PdfDict, PdfDict][] = [];
  comparison.assume(rootBefore, rootAfter);
  return (
    matchKids(was, is, rootAfter) &&
    comparison.differingKeys(was, is, rootKeysComparedApart).length === 0 &&
    pairs.every(
      ([a, b]) =>
        comparison.differingKeys(a, b, elementKeysComparedApart).length === 0 &&
        sameReference(a.entries.get('P'), b.entries.get('P')),
    ) &&
    growsByNumbers(before.get(was, 'ParentTreeNextKey'), after.get(is, 'ParentTreeNextKey')) &&
    matchParents(was.entries.get('ParentTree'), is.entries.get('ParentTree'))
  );

  /** Walks both trees in step; elements that correspond are taken as equal and compared by their own entries. */
  function matchKids(root: PdfDict, grown: PdfDict, reference: PdfRef): boolean {
    const open: [PdfDict, PdfDict, PdfRef][] = [[root, grown, reference]];
    for (let next = open.pop(); next; next = open.pop()) {
      const [old, now, parent] = next;
      after.budget.step();
      const kids = listOf(before, old.entries.get('K'));
      const grownKids = listOf(after, now.entries.get('K'));
      for (const [i, kid] of kids.entries()) {
        const other = grownKids[i];
        if (!isRef(kid) || !sameReference(kid, other)) {
          if (other === undefined || !comparison.same(kid, other)) return false;
          continue;
        }
        const element = before.resolve(kid);
        const grownElement = after.resolve(other);
        if (!isDict(element) || !isDict(grownElement)) return false;
        comparison.assume(kid, kid);
        pairs.push([element, grownElement]);
        open.push([element, grownElement, kid]);
      }
      if (!grownKids.slice(kids.length).every((kid) => isWidgetElement(kid, parent))) return false;
    }
    return true;
  }

  /** An element, not known before, that holds nothing but references to new widgets. */
  function isWidgetElement(kid: PdfObject, parent: PdfRef): boolean {
    const element = after.resolve(kid);
    if (!isRef(kid) || !isDict(element) || before.entries.get(kid.num)?.type === 'used') return false;
    if (element.ambiguous || [...element.entries.keys()].some((key) => !addedElementKeys.has(key))) return false;
    added.add(kid.num);
    const content = listOf(after, element.entries.get('K')).map((item) => after.resolve(item));
    return (
      sameReference(element.entries.get('P'), parent) &&
      content.length > 0 &&
      content.every((item) => {
        const target = isDict(item) && isNamed(item.entries.get('Type'), 'OBJR') ? item.entries.get('Obj') : undefined;
        return isRef(target) && isNewWidget(target);
      })
    );
  }

  /** Every old entry of the parent tree stays; new ones lead to new elements only (ISO 32000-2, 14.7.5.4). */
  function matchParents(old: PdfObject | undefined, now: PdfObject | undefined): boolean {
    const entries = numberTree(before, old);
    const grown = numberTree(after, now);
    if (!entries || !grown) return false;
    for (const [key, value] of entries) if (!comparison.sameEntry('', value, grown.get(key))) return false;
    return [...grown].every(([key, value]) => entries.has(key) || (isRef(value) && added.has(value.num)));
  }
}

function growsByNumbers(before: PdfObject, after: PdfObject): boolean {
  if (before === null && after === null) return true;
  return typeof after === 'number' && (before === null || (typeof before === 'number' && after >= before));
}

/** /K as a list: one item may stand without an array. */
function listOf(document: PdfDocument, value: PdfObject | undefined): PdfArray {
  const resolved = document.resolve(value);
  if (isArray(resolved)) return resolved;
  return value === undefined ? [] : [value];
}

/** The entries of a number tree (ISO 32000-2, 7.9.7); undefined when it is malformed or a number comes twice. */
function numberTree(document: PdfDocument, root: PdfObject | undefined): Map<number, PdfObject> | undefined {
  const entries = new Map<number, PdfObject>();
  const visit = (node: PdfObject | undefined, depth: number): boolean => {
    document.budget.step();
    const dictionary = document.resolve(node);
    if (!isDict(dictionary) || dictionary.ambiguous || depth > MAX_DEPTH) return false;
    const numbers = document.getArray(dictionary, 'Nums');
    for (let i = 0; i + 1 < numbers.length; i += 2) {
      const key = document.resolve(numbers[i]);
      if (typeof key !== 'number' || entries.has(key)) return false;
      entries.set(key, numbers[i + 1] ?? null);
    }
    return document.getArray(dictionary, 'Kids').every((kid) => visit(kid, depth + 1));
  };
  return root === undefined || visit(root, 0) ? entries : undefined;
}
