import { boxOf, readPageView, readRect } from '../sign/geometry.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { isArray, isDict, isNamed } from '../syntax/objects.ts';
import type { PdfDict } from '../syntax/objects.ts';
import type { Page } from '../syntax/page-tree.ts';
import type { FormField } from './signature-fields.ts';

/** What a signature field and its widget need (ISO 32000-2, tables 166, 191, 226 and 235); nothing that acts or plays. */
const widgetKeys = new Set(
  'Type Subtype FT T TU TM V Rect F P AP AS MK Border BS Parent Kids DA DR Q Ff Lock SV NM M H StructParent'.split(' '),
);

/** What a field without a value may have to be filled in by its signature. */
const keysOfSigning: ReadonlySet<string> = new Set('V AP AS MK DA DR F P M Ff StructParent'.split(' '));

/** A picture larger than this part of the page can only be meant to cover it. */
const LARGEST_APPEARANCE = 0.15;
/** Ten signatures and seals of usual size side by side stay below this part of the page. */
const LARGEST_TOTAL = 0.35;

/**
 * Whether a signature field added later is what a signing program adds (ISO 32000-2, 12.7.5.5): only the usual entries,
 * and no look unless its own signature vouches for it. What a viewer paints for /MK, /BS or /Border needs no picture.
 * @param vouched the field holds a signature that is intact by itself
 */
export function isPlainSignatureField(document: PdfDocument, field: FormField, vouched: boolean): boolean {
  const { dict } = field;
  if (dict.ambiguous || [...dict.entries.keys()].some((key) => !widgetKeys.has(key))) return false;
  if (vouched || isInvisible(document, dict)) return true;
  const painted = document.getDict(dict, 'MK');
  const colours = [...(painted?.entries.keys() ?? [])].some((key) => key !== 'R');
  return !colours && !['AP', 'BS', 'Border'].some((key) => dict.entries.has(key));
}

/** Whether the changes to a field that was empty are those of signing it. */
export function isSigning(keys: readonly string[]): boolean {
  return keys.every((key) => keysOfSigning.has(key));
}

/** Whether a widget takes no room on its page. */
export function isInvisible(document: PdfDocument, widget: PdfDict): boolean {
  if (!widget.entries.has('Rect')) return true;
  const rect = readRect(document, widget.entries.get('Rect'));
  return rect !== undefined && rect[0] === rect[2] && rect[1] === rect[3];
}

/** Whether the field's value is a document time stamp, by what decides how it is checked (ISO 32000-2, 12.8.5). */
export function isDocumentTimestamp(document: PdfDocument, field: FormField): boolean {
  const value = document.resolve(field.value);
  return isDict(value) && isNamed(document.get(value, 'SubFilter'), 'ETSI.RFC3161');
}

/** Whether a node of the field tree is a mere container of fields (ISO 32000-2, 12.7.4.1). */
export function isContainer(document: PdfDocument, { dict }: FormField): boolean {
  const plain = ['Kids', 'T', 'Parent', 'TU', 'TM'];
  return isArray(document.get(dict, 'Kids')) && [...dict.entries.keys()].every((key) => plain.includes(key));
}

/** Adds up how much of each page later signatures cover. */
export class CoveredArea {
  readonly #document: PdfDocument;
  readonly #covered = new Map<number, number>();

  constructor(document: PdfDocument) {
    this.#document = document;
  }

  /** @returns whether the widget, alone or with those before it, covers more of the page than signatures ever need */
  add(widget: PdfDict, page: Page): boolean {
    if (!widget.entries.has('Rect')) return false;
    const rect = readRect(this.#document, widget.entries.get('Rect'));
    // Some readers take the first four numbers of a list of five.
    if (!rect) return true;
    const box = boxOf(rect);
    const crop = boxOf(readPageView(this.#document, page).crop);
    const part = (box.width * box.height) / (crop.width * crop.height);
    const total = (this.#covered.get(page.number) ?? 0) + part;
    this.#covered.set(page.number, total);
    return part > LARGEST_APPEARANCE || total > LARGEST_TOTAL;
  }
}
