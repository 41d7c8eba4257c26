import type { PdfDocument } from '../syntax/document.ts';
import { isArray, isRef } from '../syntax/objects.ts';
import type { PdfArray, PdfDict, PdfObject, PdfRef, PdfStream, PdfString } from '../syntax/objects.ts';

/**
 * What decides on the look or the payload of a document. Nothing below these keys is taken on assumption: a font or
 * picture that is also declared a page, field or note would otherwise be compared nowhere.
 */
const withoutAssumptions = new Set(
  'Contents Resources MediaBox CropBox Rotate AP DR Group OCProperties OC EmbeddedFiles AF JavaScript JS XFA FS EF'.split(
    ' ',
  ),
);

/** Entries that must be integers: where one is written as a real number, some readers take it and some see nothing. */
const integerKeys = new Set(
  `BitsPerComponent BitsPerCoordinate BitsPerFlag BitsPerSample Colors Columns Count EarlyChange F Ff FirstChar Flags
  FormType FunctionType Height K LC LJ LastChar Length MCID MaxLen N OPM Order P PaintType PatternType Predictor Q Rotate
  Rows SMaskInData ShadingType StructParent StructParents TilingType WMode Width`.split(/\s+/),
);

type Mode = 'loose' | 'strict';

/** What one question has met so far: pairs still to compare, and pairs of references taken as equal until then. */
interface Question {
  readonly open: [before: PdfObject, after: PdfObject, mode: Mode][];
  readonly met: Set<string>;
}

/**
 * Compares object graphs of two states of one file, following references on both sides in step. A pair met again adds no
 * new evidence, so loops end; but "equal" is kept only when the whole question came out equal, because until then it
 * rests on pairs that may yet prove different. The graph is walked in a loop: a chain of thousands of bookmarks is no
 * deeper than a short one.
 *
 * An entry with the value null and no entry at all are two things here: ISO 32000-2, 7.3.7 calls them the same, but
 * viewers let a null hide what would be inherited.
 */
export class ObjectComparison {
  readonly #before: PdfDocument;
  readonly #after: PdfDocument;
  readonly #assumed = new Set<string>();
  /** Pairs proved equal. */
  readonly #equal = new Set<string>();

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
    if (a === undefined || b === undefined) return a === b;
    return this.#answer(a, b, withoutAssumptions.has(key) ? 'strict' : 'loose');
  }

  same(a: PdfObject | undefined, b: PdfObject | undefined): boolean {
    return this.#answer(a ?? null, b ?? null, 'loose');
  }

  /** Keys whose values differ between two dictionaries; `<<>>` when only one of them names a key twice. */
  differingKeys(before: PdfDict, after: PdfDict, except: ReadonlySet<string> = new Set()): string[] {
    const keys = new Set([...before.entries.keys(), ...after.entries.keys()]);
    const differing = [...keys].filter(
      (key) =>
        !except.has(key) &&
        (!this.sameEntry(key, before.entries.get(key), after.entries.get(key)) || !this.#sameKind(key, before, after)),
    );
    return before.ambiguous === after.ambiguous ? differing : [...differing, '<<>>'];
  }

  #answer(a: PdfObject, b: PdfObject, mode: Mode): boolean {
    const question: Question = { open: [[a, b, mode]], met: new Set() };
    for (let next = question.open.pop(); next; next = question.open.pop()) {
      if (!this.#alike(...next, question)) return false;
    }
    for (const key of question.met) this.#equal.add(key);
    return true;
  }

  #alike(a: PdfObject, b: PdfObject, mode: Mode, question: Question): boolean {
    this.#after.budget.step();
    if (isRef(a) && isRef(b)) return this.#alikeTargets(a, b, mode, question);
    const left = this.#before.resolve(a);
    const right = this.#after.resolve(b);
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right;
    if (isArray(left) || isArray(right)) {
      return isArray(left) && isArray(right) && this.#alikeItems(left, right, mode, question);
    }
    switch (left.kind) {
      case 'ref':
        return false;
      case 'name':
        return right.kind === 'name' && left.name === right.name;
      case 'string':
        return right.kind === 'string' && (sameSealed(left, right) ?? sameData(left.bytes, right.bytes));
      case 'dict':
        return right.kind === 'dict' && this.#alikeEntries(left, right, mode, question);
      case 'stream':
        return (
          right.kind === 'stream' &&
          (sameSealed(left, right) ?? sameData(left.raw, right.raw)) &&
          this.#alikeEntries(left.dict, right.dict, 'strict', question)
        );
    }
  }

  #alikeItems(left: PdfArray, right: PdfArray, mode: Mode, question: Question): boolean {
    return left.length === right.length && left.every((item, i) => this.#alike(item, right[i] ?? null, mode, question));
  }

  #alikeEntries(left: PdfDict, right: PdfDict, mode: Mode, question: Question): boolean {
    if (left.ambiguous !== right.ambiguous || left.entries.size !== right.entries.size) return false;
    // The data that a signature's transform covers is the document itself (ISO 32000-2, 12.8.1, table 256).
    const transform = left.entries.has('TransformMethod');
    return [...left.entries].every(([key, value]) => {
      const other = right.entries.get(key);
      if (other === undefined) return false;
      if (transform && key === 'Data' && sameReference(value, other)) return true;
      if (!this.#sameKind(key, left, right)) return false;
      return this.#alike(value, other, withoutAssumptions.has(key) ? 'strict' : mode, question);
    });
  }

  #sameKind(key: string, before: PdfDict, after: PdfDict): boolean {
    return !integerKeys.has(key) || this.#before.isReal(before, key) === this.#after.isReal(after, key);
  }

  #alikeTargets(a: PdfRef, b: PdfRef, mode: Mode, question: Question): boolean {
    const pair = pairKey(a, b);
    if (mode === 'loose' && this.#assumed.has(pair)) return true;
    const key = `${mode} ${pair}`;
    if (this.#equal.has(key) || question.met.has(key)) return true;
    // Some viewers follow a reference with a foreign generation, others take it for null (ISO 32000-2, 7.3.10).
    if (a.num === b.num && a.gen !== b.gen) return false;
    if (this.#before.hasGeneration(a) !== this.#after.hasGeneration(b)) return false;
    question.met.add(key);
    question.open.push([this.#before.resolve(a), this.#after.resolve(b), mode]);
    return true;
  }
}

/** Whether both are one and the same reference: object number and generation (ISO 32000-2, 7.3.10). */
export function sameReference(a: PdfObject | undefined, b: PdfObject | undefined): boolean {
  return isRef(a) && isRef(b) && a.num === b.num && a.gen === b.gen;
}

function pairKey(a: PdfRef, b: PdfRef): string {
  return `${a.num}.${a.gen}|${b.num}.${b.gen}`;
}

/**
 * Of an encrypted file, equal octets of one object are one value without decrypting them; elsewhere they decrypt to
 * another. What not all viewers decrypt is the same only as it stands. Undefined leaves it to what was decrypted.
 */
function sameSealed({ sealed: a }: PdfString | PdfStream, { sealed: b }: PdfString | PdfStream): boolean | undefined {
  if (!a || !b) return undefined;
  if (a.owner === b.owner && sameData(a.bytes, b.bytes)) return true;
  return a.exempt || b.exempt ? false : undefined;
}

function sameData(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  return (a.buffer === b.buffer && a.byteOffset === b.byteOffset) || Buffer.compare(a, b) === 0;
}
