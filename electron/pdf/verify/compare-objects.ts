import type { PdfDocument } from '../syntax/document.ts';
import { isArray, isRef } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../syntax/objects.ts';

/**
 * What decides on the look or the payload of a document. Nothing below these keys is taken on assumption: a font or
 * picture that is also declared a page, field or note would otherwise be compared nowhere.
 */
const withoutAssumptions = new Set(
  'Contents Resources MediaBox CropBox Rotate AP DR Group OCProperties OC EmbeddedFiles AF JavaScript JS XFA FS EF'.split(
    ' ',
  ),
);

/** Compares object graphs of two states of one file, following references on both sides in step. */
export class ObjectComparison {
  readonly #before: PdfDocument;
  readonly #after: PdfDocument;
  readonly #assumed = new Set<string>();
  /** Pairs compared with and without the assumptions. */
  readonly #pairs = { loose: new Map<string, boolean>(), strict: new Map<string, boolean>() };
  #mode: 'loose' | 'strict' = 'loose';

  constructor(before: PdfDocument, after: PdfDocument) {
    this.#before = before;
    this.#after = after;
  }

  /** Declares two objects equal because they are compared elsewhere (pages, fields), so that links to them are too. */
  assume(before: PdfRef, after: PdfRef): void {
    this.#assumed.add(pairKey(before, after));
  }

  /** Like `same` for the value of a dictionary entry, which the key may hold to a stricter comparison. */
  sameEntry(key: string, a: PdfObject | undefined, b: PdfObject | undefined): boolean {
    return withoutAssumptions.has(key) ? this.#strictly(() => this.same(a, b)) : this.same(a, b);
  }

  same(a: PdfObject | undefined, b: PdfObject | undefined): boolean {
    this.#after.budget.step();
    if (isRef(a) && isRef(b)) return this.#sameTarget(a, b);
    if (isRef(a) || isRef(b)) return this.same(this.#before.resolve(a), this.#after.resolve(b));
    const left = a ?? null;
    const right = b ?? null;
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right;
    if (isArray(left) || isArray(right)) {
      return (
        isArray(left) &&
        isArray(right) &&
        left.length === right.length &&
        left.every((item, i) => this.same(item, right[i]))
      );
    }
    switch (left.kind) {
      case 'name':
        return right.kind === 'name' && left.name === right.name;
      case 'string':
        return right.kind === 'string' && sameData(left.bytes, right.bytes);
      case 'dict':
        return (
          right.kind === 'dict' && left.ambiguous === right.ambiguous && this.differingKeys(left, right).length === 0
        );
      case 'stream':
        return (
          right.kind === 'stream' &&
          sameData(left.raw, right.raw) &&
          this.#strictly(() => this.differingKeys(left.dict, right.dict).length === 0)
        );
    }
  }

  /** Keys whose values differ between two dictionaries. */
  differingKeys(before: PdfDict, after: PdfDict, except: ReadonlySet<string> = new Set()): string[] {
    const keys = new Set([...before.entries.keys(), ...after.entries.keys()]);
    return [...keys].filter(
      (key) => !except.has(key) && !this.sameEntry(key, before.entries.get(key), after.entries.get(key)),
    );
  }

  #sameTarget(a: PdfRef, b: PdfRef): boolean {
    const key = pairKey(a, b);
    if (this.#mode === 'loose' && this.#assumed.has(key)) return true;
    const pairs = this.#pairs[this.#mode];
    const known = pairs.get(key);
    if (known !== undefined) return known;
    // Equal until proved different: a cycle back to this pair adds no new evidence.
    pairs.set(key, true);
    const result = this.same(this.#before.resolve(a), this.#after.resolve(b));
    pairs.set(key, result);
    return result;
  }

  #strictly(compare: () => boolean): boolean {
    const outer = this.#mode;
    this.#mode = 'strict';
    const result = compare();
    this.#mode = outer;
    return result;
  }
}

function pairKey(a: PdfRef, b: PdfRef): string {
  return `${a.num}.${a.gen}|${b.num}.${b.gen}`;
}

function sameData(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  return (a.buffer === b.buffer && a.byteOffset === b.byteOffset) || Buffer.compare(a, b) === 0;
}
