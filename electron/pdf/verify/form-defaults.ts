import { latin1 } from '../syntax/object-parser.ts';
import type { PdfDocument } from '../syntax/document.ts';
import { dict, isDict, isString } from '../syntax/objects.ts';
import type { PdfDict, PdfObject } from '../syntax/objects.ts';
import type { ObjectComparison } from './compare-objects.ts';
import type { FormField } from './signature-fields.ts';

export interface DefaultChange {
  readonly key: string;
  /** `harmful`: what was there is gone or changed. `visible`: fields may look different in some viewers. */
  readonly effect: 'harmful' | 'visible';
}

/**
 * What later revisions made of the form's defaults (ISO 32000-2, 12.7.3, table 224). /DA, /DR, /Q and /NeedAppearances
 * only ever serve to draw variable text (12.7.4.3), so in a form of signature fields alone they may come and go: PDFBox
 * and others add them with each signature. Where there is text to draw, what was there must stay, a resource that a
 * default appearance already named without finding it must not appear, and a viewer must not be told to draw anew.
 */
export function compareFormDefaults(
  before: PdfDocument,
  after: PdfDocument,
  fields: Iterable<FormField>,
  comparison: ObjectComparison,
): DefaultChange[] {
  const text = [...fields].filter((field) => field.type !== 'Sig' && field.type !== '');
  if (text.length === 0) return [];
  const was = before.getDict(before.catalog, 'AcroForm') ?? dict({});
  const is = after.getDict(after.catalog, 'AcroForm') ?? dict({});
  const changes: DefaultChange[] = [];
  const appearances = text.flatMap((field) => stringEntry(before, field.dict, 'DA'));
  for (const key of ['DA', 'Q']) {
    if (comparison.sameEntry(key, was.entries.get(key), is.entries.get(key))) continue;
    const used = was.entries.has(key) || key === 'Q' || appearances.length < text.length;
    if (used) changes.push({ key, effect: was.entries.has(key) ? 'harmful' : 'visible' });
  }
  if ((before.get(was, 'NeedAppearances') === true) !== (after.get(is, 'NeedAppearances') === true)) {
    changes.push({ key: 'NeedAppearances', effect: 'visible' });
  }
  if (!keeps(was.entries.get('DR'), is.entries.get('DR'), 2)) changes.push({ key: 'DR', effect: 'harmful' });
  else {
    const named = new Set(
      [...appearances, ...stringEntry(before, was, 'DA')].flatMap((value) =>
        [...value.matchAll(/\/([^\s/()<>[\]{}%]+)/g)].map(([, resource]) => resource ?? ''),
      ),
    );
    if (addedResources(was, is).some((resource) => named.has(resource))) changes.push({ key: 'DR', effect: 'visible' });
  }
  return changes;

  /** Whether nothing that was in a resource dictionary changed; new names down to `depth` levels are looked at apart. */
  function keeps(a: PdfObject | undefined, b: PdfObject | undefined, depth: number): boolean {
    const left = before.resolve(a);
    const right = after.resolve(b);
    if (left === null) return true;
    if (depth === 0 || !isDict(left) || !isDict(right)) return b !== undefined && comparison.sameEntry('DR', a, b);
    if (left.ambiguous !== right.ambiguous) return false;
    return [...left.entries].every(([key, value]) => keeps(value, right.entries.get(key), depth - 1));
  }

  function addedResources(left: PdfDict, right: PdfDict): string[] {
    const old = before.getDict(left, 'DR');
    const now = after.getDict(right, 'DR');
    return [...(now?.entries.keys() ?? [])].flatMap((category) => {
      const names = now && after.getDict(now, category);
      const known = old && before.getDict(old, category);
      return [...(names?.entries.keys() ?? [])].filter((resource) => known?.entries.has(resource) !== true);
    });
  }
}

function stringEntry(document: PdfDocument, dictionary: PdfDict, key: string): string[] {
  const value = document.get(dictionary, key);
  return isString(value) ? [latin1(value.bytes)] : [];
}
