import type { PdfDocument } from '../syntax/document.ts';
import { isArray, isRef } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef } from '../syntax/objects.ts';

/** Compares object graphs of two states of one file, following references on both sides in step. */
export class ObjectComparison {
  readonly #before: PdfDocument;
  readonly #after: PdfDocument;
  readonly #pairs = new Map<string, boolean>();

  constructor(before: PdfDocument, after: PdfDocument) {
    this.#before = before;
    this.#after = after;
  }

  /** Declares two objects equal because they are compared elsewhere (pages, fields), so that links to them are too. */
  assume(before: PdfRef, after: PdfRef): void {
    this.#pairs.set(pairKey(before, after), true);
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
        return right.kind === 'dict' && this.differingKeys(left, right).length === 0;
      case 'stream':
        return (
          right.kind === 'stream' &&
          sameData(left.raw, right.raw) &&
          this.differingKeys(left.dict, right.dict).length === 0
        );
    }
  }

  /** Keys whose values differ between two dictionaries. */
  differingKeys(before: PdfDict, after: PdfDict, except: ReadonlySet<string> = new Set()): string[] {
    const keys = new Set([...before.entries.keys(), ...after.entries.keys()]);
    return [...keys].filter((key) => !except.has(key) && !this.same(before.entries.get(key), after.entries.get(key)));
  }

  #sameTarget(a: PdfRef, b: PdfRef): boolean {
    const key = pairKey(a, b);
    const known = this.#pairs.get(key);
    if (known !== undefined) return known;
    // Equal until proved different: a cycle back to this pair adds no new evidence.
    this.#pairs.set(key, true);
    const result = this.same(this.#before.resolve(a), this.#after.resolve(b));
    this.#pairs.set(key, result);
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
