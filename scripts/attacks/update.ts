import { openPdf } from '#pdf/syntax/document.ts';
import type { PdfDocument } from '#pdf/syntax/document.ts';
import { dict, isArray, isDict, isRef, isStream, ref, withEntries } from '#pdf/syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '#pdf/syntax/objects.ts';
import { readPages } from '#pdf/syntax/page-tree.ts';
import type { Page } from '#pdf/syntax/page-tree.ts';
import { writeObject } from '#pdf/syntax/write-object.ts';
import { writeRevision } from './pdf-writer.ts';
import type { Layout, Tweaks, WrittenObject } from './pdf-writer.ts';

/** One more revision of a file, written by any program: in the way of a good one, or by `Tweaks` in that of a bad one. */
export class Update {
  readonly document: PdfDocument;
  readonly #objects = new Map<number, WrittenObject>();
  readonly #values = new Map<number, PdfObject>();
  #next: number;

  constructor(bytes: Uint8Array) {
    this.document = openPdf(bytes);
    this.#next = Math.max(0, ...this.document.entries.keys()) + 1;
  }

  allocate(): PdfRef {
    this.#next += 1;
    return ref(this.#next - 1);
  }

  set(reference: PdfRef, value: PdfObject): void {
    this.raw(reference, writeObject(value), !isStream(value));
    this.#values.set(reference.num, value);
  }

  add(value: PdfObject): PdfRef {
    const reference = this.allocate();
    this.set(reference, value);
    return reference;
  }

  /** @param packable false for what must be found by its place in the file */
  raw({ num, gen }: PdfRef, body: string | Buffer, packable: boolean): void {
    this.#objects.set(num, { num, gen, body: typeof body === 'string' ? Buffer.from(body, 'latin1') : body, packable });
  }

  free({ num, gen }: PdfRef): void {
    this.#objects.set(num, { num, gen: gen + 1, body: null, packable: false });
  }

  /** The object as it is written by now, or as the file has it. */
  value(reference: PdfRef): PdfObject {
    return this.#values.get(reference.num) ?? this.document.resolve(reference);
  }

  dictionary(reference: PdfRef): PdfDict {
    const value = this.value(reference);
    if (!isDict(value)) throw new Error(`object ${reference.num} is no dictionary`);
    return value;
  }

  /** Rewrites a dictionary with other entries; `undefined` removes one. */
  change(reference: PdfRef, entries: Readonly<Record<string, PdfObject | undefined>>): void {
    const value = this.value(reference);
    const old = isStream(value) ? value.dict : this.dictionary(reference);
    const changed = changedEntries(old, entries);
    this.set(reference, isStream(value) ? { ...value, dict: changed } : changed);
  }

  get root(): PdfRef {
    const root = this.document.trailer.entries.get('Root');
    if (!isRef(root)) throw new Error('no root');
    return root;
  }

  get pages(): readonly Page[] {
    return readPages(this.document);
  }

  /** Rewrites the form, wherever it stands, and makes one where there is none. */
  changeForm(change: (form: PdfDict) => PdfDict): void {
    const stored = this.dictionary(this.root).entries.get('AcroForm');
    const form = isRef(stored) ? this.value(stored) : stored;
    const changed = change(isDict(form) ? form : dict({}));
    if (isRef(stored)) this.set(stored, changed);
    else this.change(this.root, { AcroForm: changed });
  }

  /** Rewrites the list of notes of a page, wherever it stands. */
  changeNotes(page: Page, change: (notes: readonly PdfObject[]) => readonly PdfObject[]): void {
    const stored = this.dictionary(page.reference).entries.get('Annots');
    const listed = isRef(stored) ? this.value(stored) : stored;
    const list = change(isArray(listed) ? listed : []);
    if (isRef(stored) && isArray(listed)) this.set(stored, list);
    else this.change(page.reference, { Annots: list });
  }

  finish(layout: Layout, tweaks: Tweaks = {}): Uint8Array {
    const { bytes, trailer, sections } = this.document;
    const last = bytes.at(-1);
    const gap = Buffer.from(last === 0x0a || last === 0x0d ? '' : '\n');
    const kept = ['Root', 'Info', 'ID'].flatMap((key): [string, string][] => {
      const value = trailer.entries.get(key);
      return value === undefined ? [] : [[key, writeObject(value).toString('latin1')]];
    });
    const previous: [string, string] = ['Prev', String(sections[0]?.offset ?? 0)];
    // A hybrid revision hides only what no table listed before: an older reader must not see something else.
    const objects = [...this.#objects.values()]
      .toSorted((a, b) => a.num - b.num)
      .map((object) =>
        layout === 'hybrid' && this.document.entries.has(object.num) ? { ...object, packable: false } : object,
      );
    const revision = writeRevision(bytes.length + gap.length, objects, [...kept, previous], layout, this.#next, tweaks);
    return new Uint8Array(Buffer.concat([bytes, gap, revision]));
  }
}

export function changedEntries(old: PdfDict, entries: Readonly<Record<string, PdfObject | undefined>>): PdfDict {
  const given = Object.entries(entries);
  const kept = new Map(withEntries(old, Object.fromEntries(given.filter(isGiven))).entries);
  for (const [key, value] of given) if (value === undefined) kept.delete(key);
  return dict(kept);
}

function isGiven(entry: [string, PdfObject | undefined]): entry is [string, PdfObject] {
  return entry[1] !== undefined;
}
