import type { Budget } from './budget.ts';
import { ObjectParser } from './object-parser.ts';
import type { PdfObject } from './objects.ts';

export interface Operation {
  readonly operator: string;
  readonly operands: readonly PdfObject[];
}

/** More than the longest operand list of any operator (a `d` array is one operand). */
const MAX_OPERANDS = 64;

/**
 * The instructions of a content stream in order (ISO 32000-2, 7.8.2). Inline images come as one `BI` with their dictionary's
 * keys and values as operands; their data is passed over.
 * @throws PdfError PDF_BROKEN where it is no content stream
 */
export function* readOperations(content: Uint8Array, budget: Budget): Generator<Operation> {
  const parser = new ContentParser(content, 0, budget);
  let operands: PdfObject[] = [];
  for (;;) {
    parser.skipSpace();
    if (parser.atEnd()) return;
    const operator = parser.operator();
    if (operator === undefined) {
      if (operands.length < MAX_OPERANDS) operands.push(parser.object());
      else parser.object();
      continue;
    }
    if (operator === 'ID') parser.skipImageData();
    if (operator !== 'BI') yield { operator: operator === 'ID' ? 'BI' : operator, operands };
    operands = [];
  }
}

const LESS = 0x3c;
const startsObject = new Set(Buffer.from('/([<+-.0123456789'));
const regular = /[^\0\t\n\f\r ()<>[\]{}/%]/;

class ContentParser extends ObjectParser {
  atEnd(): boolean {
    return this.position >= this.bytes.length;
  }

  /** The operator at the current position; undefined where an operand stands. */
  operator(): string | undefined {
    const first = this.bytes[this.position] ?? LESS;
    if (startsObject.has(first)) return undefined;
    const start = this.position;
    let word = '';
    for (;;) {
      const sign = String.fromCharCode(this.bytes[this.position] ?? 0);
      if (!regular.test(sign)) break;
      word += sign;
      this.position += 1;
    }
    if (word === 'true' || word === 'false' || word === 'null') {
      this.position = start;
      return undefined;
    }
    // A stray delimiter: nothing that draws.
    if (word === '') this.position += 1;
    return word;
  }

  /** To behind the `EI` that ends an inline image (8.9.7), which stands between white space. */
  skipImageData(): void {
    const blank = (at: number): boolean => [0, 9, 10, 12, 13, 32, undefined].includes(this.bytes[at]);
    for (let at = this.position; ; at += 1) {
      at = this.bytes.indexOf(0x45, at);
      if (at < 0) {
        this.position = this.bytes.length;
        return;
      }
      if (this.bytes[at + 1] === 0x49 && blank(at - 1) && blank(at + 2)) {
        this.position = at + 2;
        return;
      }
    }
  }
}
