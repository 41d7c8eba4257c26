import { dict, name } from '#pdf/syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '#pdf/syntax/objects.ts';
import { textString, writeObject } from '#pdf/syntax/write-object.ts';
import { makeCms, makeToken } from './make-cms.ts';
import type { CmsShape, TokenShape } from './make-cms.ts';
import type { Layout, Tweaks } from './pdf-writer.ts';
import { changedEntries, Update } from './update.ts';

const ROOM = 11_000;
const RANGE = '[0 ********** ********** **********]';

export interface ForeignSignature {
  readonly subFilter?: string;
  readonly type?: string;
  readonly cms?: CmsShape;
  /** Of a document time stamp. */
  readonly token?: TokenShape;
  /** The CMS itself, instead of a new one. */
  readonly made?: (parts: readonly Uint8Array[]) => Uint8Array;
  readonly name?: string;
  readonly page?: number;
  readonly rect?: readonly number[];
  /** What the picture draws; none when left out. */
  readonly picture?: string;
  readonly layout?: Layout;
  readonly tweaks?: Tweaks;
  /** More entries of the signature dictionary, as PDF text. */
  readonly dictionary?: string;
  /** More entries of the widget, or others than usual. */
  readonly field?: Readonly<Record<string, PdfObject>>;
  readonly form?: Readonly<Record<string, PdfObject>>;
  /** The empty field that is signed. */
  readonly into?: PdfRef;
  /** The signature dictionary stands in the field. */
  readonly direct?: boolean;
  /** The widget is a kid of the field. */
  readonly kid?: boolean;
  readonly first?: boolean;
  /** What else the same revision does. */
  readonly also?: (update: Update, widget: PdfRef) => void;
  /** /ByteRange for given offsets, when another than the true one. */
  readonly range?: (before: number, after: number, end: number) => string;
}

/** Signs as other programs do, in every way that ISO 32000-2, 12.8 leaves open. */
export function signForeign(bytes: Uint8Array, how: ForeignSignature = {}): Uint8Array {
  const update = new Update(bytes);
  const { subFilter = 'ETSI.CAdES.detached', type = 'Sig', dictionary = '', direct = false } = how;
  const signature = update.allocate();
  const head = `/Type/${type}/Filter/Adobe.PPKLite/SubFilter/${subFilter}`;
  const body = `<<${head}/ByteRange ${RANGE}/Contents<${'0'.repeat(ROOM * 2)}>${dictionary}>>`;
  const widget = how.into ?? addField(update, how, signature, direct ? body : undefined);
  if (!direct) update.raw(signature, body, false);
  if (how.into) {
    const picture = how.picture === undefined ? {} : { AP: pictureOf(update, how.rect, how.picture) };
    update.change(how.into, { V: signature, ...picture, ...how.field });
  }
  how.also?.(update, widget);
  const made = Buffer.from(update.finish(how.layout ?? 'table', how.tweaks));
  const rangeAt = made.indexOf(RANGE, bytes.length, 'latin1');
  const before = made.indexOf('/Contents<', rangeAt, 'latin1') + '/Contents'.length;
  const after = before + ROOM * 2 + 2;
  const range = how.range?.(before, after, made.length) ?? `[0 ${before} ${after} ${made.length - after}]`;
  made.write(range.padEnd(RANGE.length), rangeAt, 'latin1');
  const parts = partsOf(made, range);
  const cms =
    how.made?.(parts) ?? (subFilter === 'ETSI.RFC3161' ? makeToken(parts, how.token) : makeCms(parts, how.cms));
  if (cms.length > ROOM) throw new Error(`a signature of ${cms.length} octets`);
  made.write(Buffer.from(cms).toString('hex'), before + 1, 'latin1');
  return new Uint8Array(made);
}

/** The bytes that a range names, as a verifier that believes it would hash them. */
function partsOf(bytes: Buffer, range: string): Buffer[] {
  const numbers = [...range.matchAll(/-?\d+/g)].map(([text]) => Number(text));
  const parts: Buffer[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    const start = Math.max(0, numbers[i] ?? 0);
    parts.push(bytes.subarray(start, start + Math.max(0, numbers[i + 1] ?? 0)));
  }
  return parts;
}

function pictureOf(update: Update, rect: readonly number[] | undefined, drawing: string): PdfDict {
  const [left = 0, bottom = 0, right = 0, top = 0] = rect ?? [];
  const entries = { Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, right - left, top - bottom] };
  return dict({ N: update.add({ kind: 'stream', dict: dict(entries), raw: Buffer.from(drawing, 'latin1') }) });
}

/** @returns the widget */
function addField(update: Update, how: ForeignSignature, signature: PdfRef, direct: string | undefined): PdfRef {
  const page = update.pages[(how.page ?? 1) - 1] ?? update.pages[0];
  if (!page) throw new Error('no page');
  const own = { FT: name('Sig'), T: textString(how.name ?? `Ky${update.document.bytes.length}`), V: signature };
  const rect = how.rect ?? [0, 0, 0, 0];
  const picture = how.picture === undefined ? {} : { AP: pictureOf(update, rect, how.picture) };
  const shown = { Type: name('Annot'), Subtype: name('Widget'), Rect: rect, P: page.reference, F: 132, ...picture };
  let field: PdfRef;
  let widget: PdfRef;
  if (how.kid === true) {
    widget = update.allocate();
    field = update.add(dict({ ...own, Kids: [widget] }));
    update.set(widget, dict({ ...shown, Parent: field, ...how.field }));
  } else {
    const whole = dict({ ...own, ...shown, ...how.field });
    field = widget = direct === undefined ? update.add(whole) : signature;
    const text = writeObject(whole).toString('latin1');
    if (direct !== undefined)
      update.raw(
        field,
        text.replace(`/V ${signature.num} 0 R`, () => `/V ${direct}`),
        false,
      );
  }
  update.changeNotes(page, (notes) => [...notes, widget]);
  update.changeForm((form) => {
    const old = update.document.getArray(form, 'Fields');
    const fields = how.first === true ? [field, ...old] : [...old, field];
    return changedEntries(form, { Fields: fields, SigFlags: 3, ...how.form });
  });
  return widget;
}
