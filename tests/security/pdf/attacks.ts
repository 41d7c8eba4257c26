import { children, contextTag, der, readDer } from '#pdf/crypto/der.ts';
import { Budget } from '#pdf/syntax/budget.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import type { PdfDocument } from '#pdf/syntax/document.ts';
import { IncrementalUpdate } from '#pdf/syntax/incremental-update.ts';
import { dict, isDict, isRef, name, withEntries } from '#pdf/syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '#pdf/syntax/objects.ts';
import { readPages } from '#pdf/syntax/page-tree.ts';
import { textString } from '#pdf/syntax/write-object.ts';
import { readFields, signedFields } from '#pdf/verify/signature-fields.ts';

/** Appends one well-formed revision; `password` opens an encrypted file. */
export function revise(
  bytes: Uint8Array,
  change: (update: IncrementalUpdate, document: PdfDocument) => void,
  password?: string,
): Uint8Array {
  const document = openPdf(bytes, new Budget(), password);
  const update = new IncrementalUpdate(document);
  change(update, document);
  return new Uint8Array(update.finish().bytes);
}

export function rootRef(document: PdfDocument): PdfRef {
  const root = document.trailer.entries.get('Root');
  if (!isRef(root)) throw new Error('no root');
  return root;
}

export function page(document: PdfDocument, number: number): { reference: PdfRef; dict: PdfDict } {
  const found = readPages(document)[number - 1];
  if (!found) throw new Error('no such page');
  return found;
}

export function setCatalog(bytes: Uint8Array, entries: Record<string, PdfObject>): Uint8Array {
  return revise(bytes, (update, document) => {
    update.set(rootRef(document), withEntries(document.catalog, entries));
  });
}

export const contentStream = (text: string): PdfObject => ({ kind: 'stream', dict: dict({}), raw: Buffer.from(text) });

export function addAnnotation(bytes: Uint8Array, subtype: string): Uint8Array {
  return revise(bytes, (update, document) => {
    const target = page(document, 1);
    const note = update.add(
      dict({
        Type: name('Annot'),
        Subtype: name(subtype),
        Rect: [50, 700, 300, 800],
        Contents: textString('Đã duyệt'),
      }),
    );
    const annotations = [...document.getArray(target.dict, 'Annots'), note];
    update.set(target.reference, withEntries(target.dict, { Annots: annotations }));
  });
}

/** The field, dictionary and reference of the first signature. */
export function firstSignature(document: PdfDocument): {
  field: PdfRef;
  fieldDict: PdfDict;
  value: PdfRef;
  dict: PdfDict;
} {
  const [field] = signedFields(readFields(document), document);
  const value = field?.value;
  const dictionary = document.resolve(value);
  if (!field || !isRef(value) || !isDict(dictionary)) throw new Error('no signature');
  return { field: field.reference, fieldDict: field.dict, value, dict: dictionary };
}

/** Replaces text of the same length in place. */
export function patch(bytes: Uint8Array, from: string, to: string): Uint8Array {
  if (from.length !== to.length) throw new Error('lengths differ');
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(from, 0, 'latin1');
  if (at < 0) throw new Error(`no ${from}`);
  copy.write(to, at, 'latin1');
  return new Uint8Array(copy);
}

export function rangeOf(bytes: Uint8Array): { before: number; after: number; text: string } {
  const match = /\/ByteRange (\[0 (\d+) (\d+) \d+ *\])/.exec(Buffer.from(bytes).toString('latin1'));
  if (!match) throw new Error('no ByteRange');
  return { text: match[1] ?? '', before: Number(match[2]), after: Number(match[3]) };
}

/** Puts another CMS into the gap, where no digest sees it. */
export function replaceCms(bytes: Uint8Array, change: (cms: Uint8Array) => Uint8Array): Uint8Array {
  const { before, after } = rangeOf(bytes);
  const copy = Buffer.from(bytes);
  const old = Buffer.from(copy.toString('latin1', before + 1, after - 1), 'hex');
  const changed = Buffer.from(change(readDer(old).whole));
  const room = after - before - 2;
  if (changed.length * 2 > room) throw new Error('no room for the changed CMS');
  copy.write(changed.toString('hex').padEnd(room, '0'), before + 1, 'latin1');
  return new Uint8Array(copy);
}

/** Rebuilds the fields of SignedData. */
export function rebuildSignedData(cms: Uint8Array, change: (fields: Uint8Array[]) => Uint8Array[]): Uint8Array {
  const [oid, wrapper] = children(readDer(cms));
  const [signedData] = wrapper ? children(wrapper) : [];
  if (!oid || !signedData) throw new Error('no SignedData');
  const fields = children(signedData).map((field) => field.whole);
  return der(0x30, oid.whole, der(contextTag(0), der(0x30, ...change(fields))));
}
