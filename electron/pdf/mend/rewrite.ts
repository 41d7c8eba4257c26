import type { Mend } from '#shared/domain/mend.ts';
import { PdfError } from '../pdf-error.ts';
import { openPdf } from '../syntax/document.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { latin1 } from '../syntax/object-parser.ts';
import { dict, dictOf, isArray, isDict, isNamed, isRef, isStream, name, ref, withEntries } from '../syntax/objects.ts';
import type { PdfObject, PdfRef } from '../syntax/objects.ts';
import { readPages } from '../syntax/page-tree.ts';
import { isDrawnAnew, isScript, shadowContent } from '../verify/shadow-content.ts';
import { readFields } from '../verify/signature-fields.ts';
import { follow } from './gather-objects.ts';
import type { GatheredObjects } from './gather-objects.ts';
import { showsAllLayers } from './layers.ts';
import { sharesPageParts } from './shared-parts.ts';
import { writeFile } from './write-file.ts';

export interface RewrittenPdf {
  readonly bytes: Uint8Array;
  /** Besides the structure, which any file that is written anew has in order. */
  readonly mended: readonly Mend[];
}

/**
 * Writes a file anew from its objects, without what would have its recipients warned and shows nothing. What cannot be
 * taken away without changing what is seen stays, and is refused by whoever looks next.
 * @param version from the header, `1.4` and the like
 * @param values whether fields whose pictures show their values are left to be drawn anew by viewers
 * @throws PdfError PDF_BROKEN, PDF_TOO_COMPLEX, SIGN_WOULD_WARN for a form that is drawn by XFA alone
 */
export function rewrite(
  { objects, trailer }: GatheredObjects,
  version: string,
  values: 'settled' | 'drawn-anew' = 'settled',
): RewrittenPdf {
  const root = trailer.entries.get('Root');
  if (!isRef(root)) throw new PdfError('PDF_BROKEN', { where: 'catalog' });
  const id = follow(objects, trailer.entries.get('ID'));
  const plain = writeFile({
    version,
    root,
    info: trailer.entries.get('Info') ?? null,
    id: isArray(id) ? id.map((item) => follow(objects, item)) : null,
    object: (reference) => follow(objects, reference),
  });
  return withoutShadows(openPdf(plain), version, values);
}

function withoutShadows(document: PdfDocument, version: string, values: 'settled' | 'drawn-anew'): RewrittenPdf {
  const mended: Mend[] = [];
  const { catalog } = document;
  const shadows = new Set(shadowContent(document));
  const removed: Record<string, PdfObject> = {};
  if (shadows.has('SHADOW_XFA')) {
    // The pages then only ask for another program.
    if (document.get(catalog, 'NeedsRendering') === true)
      throw new PdfError('SIGN_WOULD_WARN', { notes: 'SHADOW_XFA' });
    mended.push('xfa');
  }
  if (shadows.has('SHADOW_SCRIPT')) mended.push('scripts');
  const settlesValues = isDrawnAnew(document) && !shadows.has('SHADOW_VALUES') && everyValueHasPicture(document);
  if (settlesValues) mended.push('values');
  const settlesLayers = shadows.has('SHADOW_LAYERS') && showsAllLayers(document);
  if (settlesLayers) {
    mended.push('layers');
    removed['OCProperties'] = null;
  }
  if (sharesPageParts(document)) mended.push('pages');

  const form = document.getDict(catalog, 'AcroForm');
  if (form) {
    removed['AcroForm'] = withEntries(form, {
      ...(mended.includes('xfa') ? { XFA: null } : {}),
      ...(settlesValues && values === 'settled' ? { NeedAppearances: null } : {}),
    });
  }
  const tree = pageTree(document);
  const names = document.getDict(catalog, 'Names');
  const newCatalog = withEntries(catalog, {
    ...removed,
    Pages: tree.root,
    ...(names && mended.includes('scripts') ? { Names: withEntries(names, { JavaScript: null }) } : {}),
  });
  const rootReference = document.trailer.entries.get('Root');
  const catalogReference = isRef(rootReference) ? rootReference : tree.root;
  const changed = new Map<number, PdfObject>([...tree.objects, [catalogReference.num, newCatalog]]);
  const object = (reference: PdfRef): PdfObject => {
    const own = changed.get(reference.num);
    if (own !== undefined) return own;
    // What is left of old page trees leads to pages that no reader shows.
    return tree.isLeft(reference) ? null : document.object(reference);
  };
  const omits = (value: PdfObject, key?: string): boolean =>
    isScriptAt(document, value) || (settlesLayers && key === 'OC');
  const bytes = writeFile({
    version,
    root: catalogReference,
    info: document.trailer.entries.get('Info') ?? null,
    id: document.get(document.trailer, 'ID'),
    object,
    omits,
  });
  return { bytes, mended };
}

function isScriptAt(document: PdfDocument, value: PdfObject): boolean {
  const dictionary = dictOf(document.resolve(value));
  return dictionary !== undefined && isScript(dictionary);
}

/** Whether each field that says something has a picture: without them a viewer that draws none would show less. */
function everyValueHasPicture(document: PdfDocument): boolean {
  return readFields(document).every(({ dict: field, type, value }) => {
    if (type === 'Sig' || document.resolve(value) === null || !field.entries.has('Rect')) return true;
    const appearance = document.getDict(field, 'AP');
    const picture = appearance && document.get(appearance, 'N');
    return isStream(picture) || isDict(picture);
  });
}

interface PageTree {
  readonly root: PdfRef;
  readonly objects: ReadonlyMap<number, PdfObject>;
  /** Whether the object was part of a page tree and is none of the new one. */
  readonly isLeft: (reference: PdfRef) => boolean;
}

/** One node with all pages as they are shown, each an object of its own with what it inherited. */
function pageTree(document: PdfDocument): PageTree {
  const pages = readPages(document);
  const objects = new Map<number, PdfObject>();
  // Too many to be the arguments of one call.
  let next = [...document.entries.keys()].reduce((most, num) => Math.max(most, num), 0) + 1;
  const root = ref(next);
  next += 1;
  const kids: PdfRef[] = [];
  const lists = new Set<number>();
  for (const { reference, dict: page, inherited } of pages) {
    const own = objects.has(reference.num) ? ref(next) : ref(reference.num);
    if (own.num === next) next += 1;
    const stored = page.entries.get('Annots');
    const shared = isRef(stored) && lists.has(stored.num);
    if (isRef(stored)) lists.add(stored.num);
    objects.set(
      own.num,
      withEntries(page, {
        Type: name('Page'),
        Parent: root,
        ...Object.fromEntries([...inherited].filter(([key]) => !page.entries.has(key))),
        ...(shared ? { Annots: document.resolve(stored) } : {}),
      }),
    );
    kids.push(own);
  }
  objects.set(root.num, dict({ Type: name('Pages'), Kids: kids, Count: kids.length }));
  const isLeft = (reference: PdfRef): boolean => {
    if (objects.has(reference.num)) return false;
    const type = dictOf(document.object(reference))?.entries.get('Type');
    return isNamed(type, 'Page') || isNamed(type, 'Pages');
  };
  return { root, objects, isLeft };
}

/** The version that the header of a file names, from the first kilobyte; 1.7 where it names none. */
export function versionOf(bytes: Uint8Array): string {
  return /^%PDF-(\d\.\d)/.exec(latin1(bytes, 0, 8))?.[1] ?? '1.7';
}
