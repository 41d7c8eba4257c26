import type { PdfDocument } from '../syntax/document.ts';
import type { IncrementalUpdate } from '../syntax/incremental-update.ts';
import { dict, isArray, isDict, isRef, name, withEntries } from '../syntax/objects.ts';
import type { PdfObject, PdfRef } from '../syntax/objects.ts';
import { readPages } from '../syntax/page-tree.ts';
import type { Page } from '../syntax/page-tree.ts';
import { textString } from '../syntax/write-object.ts';
import type { PageView, Rect } from './geometry.ts';

const SIGNATURES_EXIST_APPEND_ONLY = 3;
const PRINT_AND_LOCKED = 132;

export interface FieldEntries {
  readonly fieldName: string;
  readonly rect: Rect;
  readonly signature: PdfRef;
  /** Undefined shows nothing. */
  readonly appearance: PdfRef | undefined;
  readonly view: PageView;
  /** Viewers are told no longer to draw the fields anew: some then leave out the picture of a signature. */
  readonly settlesForm: boolean;
}

/** Adds a signature field with its widget to the page and to the form, creating the form when there is none. */
export function addSignatureField(
  document: PdfDocument,
  update: IncrementalUpdate,
  page: Page,
  entries: FieldEntries,
): void {
  const { fieldName, rect, signature, appearance, view, settlesForm } = entries;
  const turned: Record<string, PdfObject> = view.rotate === 0 ? {} : { MK: dict({ R: view.rotate }) };
  const field = update.add(
    dict({
      Type: name('Annot'),
      Subtype: name('Widget'),
      FT: name('Sig'),
      T: textString(fieldName),
      V: signature,
      Rect: rect,
      F: PRINT_AND_LOCKED,
      P: page.reference,
      ...(appearance ? { AP: dict({ N: appearance }) } : {}),
      ...turned,
    }),
  );
  addToPage(document, update, page, field);
  addToForm(document, update, field, settlesForm);
}

/** Appends to the list of the page, changing only the object that holds it; one that pages share is copied first. */
function addToPage(document: PdfDocument, update: IncrementalUpdate, page: Page, widget: PdfRef): void {
  const stored = page.dict.entries.get('Annots');
  const listed = document.resolve(stored);
  const all = [...(isArray(listed) ? listed : []), widget];
  const isShared = (list: PdfRef): boolean =>
    readPages(document).some(({ number, dict: other }) => {
      const its = other.entries.get('Annots');
      return number !== page.number && isRef(its) && its.num === list.num;
    });
  if (isRef(stored) && isArray(listed) && !isShared(stored)) update.set(stored, all);
  else update.set(page.reference, withEntries(page.dict, { Annots: all }));
}

function addToForm(document: PdfDocument, update: IncrementalUpdate, field: PdfRef, settles: boolean): void {
  const stored = document.catalog.entries.get('AcroForm');
  const form = document.resolve(stored);
  const root = document.trailer.entries.get('Root');
  const fields = isDict(form) ? form.entries.get('Fields') : undefined;
  const listed = document.resolve(fields);
  const all = [...(isArray(listed) ? listed : []), field];
  const separate = isRef(fields) && isArray(listed);
  if (separate) update.set(fields, all);
  const changed = withEntries(isDict(form) ? form : dict({}), {
    Fields: separate ? fields : all,
    SigFlags: SIGNATURES_EXIST_APPEND_ONLY,
    ...(settles ? { NeedAppearances: false } : {}),
  });
  if (isRef(stored) && isDict(form)) update.set(stored, changed);
  else if (isRef(root)) update.set(root, withEntries(document.catalog, { AcroForm: update.add(changed) }));
}
