import type { FindingCode } from '#shared/domain/verification.ts';
import { decodeStream } from '../syntax/decode-stream.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { latin1, ObjectParser } from '../syntax/object-parser.ts';
import { dictOf, isArray, isDict, isNamed, isStream, isString } from '../syntax/objects.ts';
import type { PdfDict, PdfObject } from '../syntax/objects.ts';
import { readFields } from './signature-fields.ts';

/**
 * What lets a document look different although nothing in it changed (shadow attacks): layers that the reader's program
 * switches (ISO 32000-2, 8.11), scripts (12.6.4.17), an XFA form in place of the pages (annex K), streams kept in other
 * files (7.3.8.2), page trees that nothing leads to (7.7.3), and fields whose value is not what their picture says, where
 * viewers draw it anew (12.7.3, /NeedAppearances). It was signed that way, so the signature holds; whoever relies on the look
 * is told.
 */
export function shadowContent(document: PdfDocument): FindingCode[] {
  const found = new Set<FindingCode>();
  const { catalog } = document;
  const layers = document.getDict(catalog, 'OCProperties');
  if (layers && document.getArray(layers, 'OCGs').length > 0) found.add('SHADOW_LAYERS');
  const form = document.getDict(catalog, 'AcroForm');
  if (form && document.get(form, 'XFA') !== null) found.add('SHADOW_XFA');
  if (isDrawnAnew(document) && showsOtherValues(document)) found.add('SHADOW_VALUES');
  for (const reference of document.references) {
    const value = document.resolve(reference);
    if (isStream(value) && value.dict.entries.has('F')) found.add('SHADOW_EXTERNAL');
    if (runsScript(document, value)) found.add('SHADOW_SCRIPT');
  }
  if (hasUnusedPages(document)) found.add('SHADOW_PAGES');
  return [...found];
}

/**
 * Whether a node of a page tree stands beside the one that is shown: one changed link puts other pages in the place of the
 * signed ones. Single pages that an editor left behind when it took them out are not meant.
 */
function hasUnusedPages(document: PdfDocument): boolean {
  const used = new Set<PdfObject>();
  const visit = (node: PdfObject): void => {
    const dictionary = dictOf(node);
    document.budget.step();
    if (!dictionary || used.has(dictionary)) return;
    used.add(dictionary);
    for (const kid of document.getArray(dictionary, 'Kids')) visit(document.resolve(kid));
  };
  visit(document.get(document.catalog, 'Pages'));
  return document.references.some((reference) => {
    const node = document.resolve(reference);
    return (
      isDict(node) &&
      isNamed(document.get(node, 'Type'), 'Pages') &&
      !used.has(node) &&
      document.getArray(node, 'Kids').length > 0
    );
  });
}

/** Whether viewers are told to draw the fields of the form anew from their values (ISO 32000-2, 12.7.3, /NeedAppearances). */
export function isDrawnAnew(document: PdfDocument): boolean {
  const form = document.getDict(document.catalog, 'AcroForm');
  return form !== undefined && document.get(form, 'NeedAppearances') === true;
}

/** Whether a field has a picture that its value cannot be found in: a viewer that draws anew shows something else. */
function showsOtherValues(document: PdfDocument): boolean {
  return readFields(document).some(({ dict: field, type, value }) => {
    const shown = document.resolve(value);
    const appearance = document.getDict(field, 'AP');
    const picture = appearance && document.get(appearance, 'N');
    if (type === 'Sig' || !isString(shown) || !isStream(picture)) return false;
    const drawn = decodeStream(picture, document.budget, (item) => document.resolve(item));
    return !drawnText(drawn, document).includes(latin1(shown.bytes).replace(/\s/g, ''));
  });
}

/** Whether every field with a value has a picture of it, so that none is lost where nobody draws anew. */
export function everyValueIsDrawn(document: PdfDocument): boolean {
  return readFields(document).every(({ dict: field, type, value }) => {
    const appearance = document.getDict(field, 'AP');
    const hasPicture = appearance !== undefined && document.get(appearance, 'N') !== null;
    return type === 'Sig' || document.resolve(value) === null || hasPicture;
  });
}

/** The strings of a content stream, one after the other, without the white space that layout may replace. */
function drawnText(content: Uint8Array, document: PdfDocument): string {
  let text = '';
  for (const { index } of latin1(content).matchAll(/\((?:\\[^]|[^\\()])*\)|<[0-9A-Fa-f\s]+>/g)) {
    const string = new ObjectParser(content, index, document.budget).object();
    if (isString(string)) text += latin1(string.bytes);
  }
  return text.replace(/\s/g, '');
}

/** Whether an object holds a script's action, or the catalog's list of scripts to run at opening. */
function runsScript(document: PdfDocument, value: PdfObject): boolean {
  document.budget.step();
  if (isArray(value)) return value.some((item) => runsScript(document, item));
  const dictionary = dictOf(value);
  if (!dictionary) return false;
  return isScript(dictionary) || [...dictionary.entries.values()].some((item) => runsScript(document, item));
}

/** Whether a dictionary is an action that runs a script, or a rendition with one. */
export function isScript(dictionary: PdfDict): boolean {
  return isNamed(dictionary.entries.get('S'), 'JavaScript') || dictionary.entries.has('JS');
}
