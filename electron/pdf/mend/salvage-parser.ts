import type { Budget } from '../syntax/budget.ts';
import { ObjectParser } from '../syntax/object-parser.ts';
import { broken } from '../pdf-error.ts';
import { isRef } from '../syntax/objects.ts';
import type { PdfDict, PdfObject, PdfRef, PdfStream } from '../syntax/objects.ts';

export type DoubleKeys = 'first' | 'last';

const LF = 10;
const CR = 13;

/**
 * Reads on where the strict parser stops, as viewers do: what they show of a file with such slips is what its maker saw.
 * For unsigned drafts alone; what was read this way is written anew and compared with what pdf.js shows.
 */
export class SalvageParser extends ObjectParser {
  /** @param keys which of a key that is named twice counts */
  constructor(bytes: Uint8Array, position: number, budget: Budget, keys: DoubleKeys = 'last') {
    super(bytes, position, budget);
    this.keepsFirst = keys === 'first';
  }

  /** The sign then stands for itself. */
  protected override strayEscape(): void {}

  protected override oddKey(depth: number): void {
    const before = this.position;
    this.object(depth + 1);
    if (this.position === before) throw broken('dictionary key', before);
  }

  protected override oddDigits(digits: string): string {
    return digits.replaceAll(/[^0-9A-Fa-f]/g, '');
  }

  protected override missingEnd(): void {}

  /** Data whose /Length does not lead to `endstream` ends before the next one. */
  protected override stream(dictionary: PdfDict, lengthOf: (reference: PdfRef) => PdfObject): PdfStream {
    const start = this.#dataStart();
    const entry = dictionary.entries.get('Length');
    const length = isRef(entry) ? lengthOf(entry) : entry;
    const end = this.#endAfter(start, length) ?? this.#endBefore(start);
    return { kind: 'stream', dict: dictionary, raw: this.bytes.subarray(start, end) };
  }

  #dataStart(): number {
    let at = this.position;
    while (this.bytes[at] === 0x20 || this.bytes[at] === 0x09) at += 1;
    const first = this.bytes[at];
    if (first !== CR && first !== LF) return this.position;
    return first === CR && this.bytes[at + 1] === LF ? at + 2 : at + 1;
  }

  #endAfter(start: number, length: PdfObject | undefined): number | undefined {
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) return undefined;
    if (start + length > this.bytes.length) return undefined;
    this.position = start + length;
    this.skipBlank();
    return this.takeKeyword('endstream') ? start + length : undefined;
  }

  #endBefore(start: number): number {
    const buffer = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
    const mark = buffer.indexOf('endstream', start);
    const last = buffer.indexOf('endobj', start);
    let end = mark >= 0 ? mark : last >= 0 ? last : this.bytes.length;
    this.position = mark >= 0 ? mark + 'endstream'.length : end;
    if (end > start && this.bytes[end - 1] === LF) end -= 1;
    if (end > start && this.bytes[end - 1] === CR) end -= 1;
    return end;
  }
}
