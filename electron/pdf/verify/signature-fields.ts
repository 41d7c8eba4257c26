import { MAX_DEPTH } from '../limits.ts';
import { PdfError } from '../pdf-error.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { isArray, isDict, isName, isRef, isString } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../syntax/objects.ts';
import { readTextString } from '../syntax/write-object.ts';

/** A node of the form's field tree (ISO 32000-2, 12.7.4). */
export interface FormField {
  readonly reference: PdfRef;
  readonly dict: PdfDict;
  /** Fully qualified name. */
  readonly name: string;
  /** Own or inherited: Tx, Btn, Ch, Sig. */
  readonly type: string;
  /** /V as stored, own or inherited. */
  readonly value: PdfObject | undefined;
  /** Object number of the node that holds this /V: the field itself or one above it. */
  readonly holder: number | undefined;
  /** The node through which it was reached; undefined at the top. */
  readonly parent: PdfRef | undefined;
}

interface Inherited {
  readonly name: string;
  readonly type: string;
  readonly value: PdfObject | undefined;
  readonly holder: number | undefined;
}

/** Every node of the field tree, parents before children. @throws PdfError PDF_BROKEN, PDF_TOO_COMPLEX */
export function readFields(document: PdfDocument): readonly FormField[] {
  const fields: FormField[] = [];
  const seen = new Set<number>();
  const visit = (node: PdfObject, inherited: Inherited, depth: number, parent?: PdfRef): void => {
    document.budget.step();
    if (depth > MAX_DEPTH) throw new PdfError('PDF_TOO_COMPLEX', { limit: 'depth' });
    if (!isRef(node) || seen.has(node.num)) return;
    seen.add(node.num);
    const dict = document.resolve(node);
    if (!isDict(dict)) return;
    const partial = document.get(dict, 'T');
    const type = document.get(dict, 'FT');
    const own: Inherited = {
      name: isString(partial) ? joinName(inherited.name, readTextString(partial.bytes)) : inherited.name,
      type: isName(type) ? type.name : inherited.type,
      value: dict.entries.get('V') ?? inherited.value,
      holder: dict.entries.has('V') ? node.num : inherited.holder,
    };
    fields.push({ reference: node, dict, ...own, parent });
    const kids = document.get(dict, 'Kids');
    if (isArray(kids)) for (const kid of kids) visit(kid, own, depth + 1, node);
  };
  const form = document.getDict(document.catalog, 'AcroForm');
  for (const root of form ? document.getArray(form, 'Fields') : [])
    visit(root, { name: '', type: '', value: undefined, holder: undefined }, 0);
  return fields;
}

function joinName(parent: string, own: string): string {
  return parent === '' ? own : `${parent}.${own}`;
}

/** Signature fields that hold a value, one per field. */
export function signedFields(fields: readonly FormField[], document: PdfDocument): readonly FormField[] {
  const seen = new Set<string>();
  return fields.filter((field) => {
    if (field.type !== 'Sig' || field.value === undefined || document.resolve(field.value) === null) return false;
    if (seen.has(field.name) && !field.dict.entries.has('V')) return false;
    seen.add(field.name);
    return true;
  });
}

/** The object whose bytes hold the signature dictionary: its own, or the field's when it stands there directly. */
export function objectOfValue({ value, holder, reference }: FormField): number {
  return isRef(value) ? value.num : (holder ?? reference.num);
}

/** The widget that shows a field: the field itself or its first kid with a rectangle. */
export function widgetOf(document: PdfDocument, field: FormField): PdfDict | undefined {
  if (field.dict.entries.has('Rect')) return field.dict;
  return document
    .getArray(field.dict, 'Kids')
    .map((kid) => document.resolve(kid))
    .filter(isDict)
    .find((kid) => kid.entries.has('Rect'));
}
