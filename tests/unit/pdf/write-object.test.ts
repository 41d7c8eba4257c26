import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromVisible, placeSeal, toVisible } from '#pdf/sign/geometry.ts';
import type { PageView } from '#pdf/sign/geometry.ts';
import { Budget } from '#pdf/syntax/budget.ts';
import { ObjectParser } from '#pdf/syntax/object-parser.ts';
import { isString } from '#pdf/syntax/objects.ts';
import type { PdfObject } from '#pdf/syntax/objects.ts';
import { readTextString, textString, writeNumber, writeObject } from '#pdf/syntax/write-object.ts';

const parse = (bytes: Uint8Array): PdfObject => new ObjectParser(bytes, 0, new Budget()).object();
const bytes = fc.uint8Array({ maxLength: 30 });
const nameText = fc.uint8Array({ minLength: 1, maxLength: 12 }).map((raw) => Buffer.from(raw).toString('latin1'));

const object = fc.letrec<{ value: PdfObject }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => Math.round(value * 1e6) / 1e6 + 0),
    nameText.map((text): PdfObject => ({ kind: 'name', name: text })),
    fc.tuple(bytes, fc.boolean()).map(([raw, hex]): PdfObject => ({ kind: 'string', bytes: raw, hex })),
    fc.tuple(fc.nat(9_999), fc.nat(9)).map(([num, gen]): PdfObject => ({ kind: 'ref', num, gen })),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(nameText, tie('value')), { maxLength: 4 })
      .map((entries): PdfObject => ({ kind: 'dict', entries: new Map(entries), ambiguous: false })),
  ),
})).value;

describe('objects', () => {
  it('what is written is read back the same', () => {
    fc.assert(
      fc.property(object, (value) => {
        expect(normal(parse(writeObject(value)))).toEqual(normal(value));
      }),
      { numRuns: 500 },
    );
  });

  it('text survives in any script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const written = parse(writeObject(textString(text)));
        expect(isString(written) && readTextString(written.bytes)).toBe(text);
      }),
    );
    expect(readTextString(new Uint8Array(Buffer.from('\ufeffVăn thư', 'utf8')))).toBe('Văn thư');
  });

  it('numbers never use an exponent', () => {
    for (const value of [1e-7, -1e-9, 1e15, 0.1 + 0.2, -0]) expect(writeNumber(value)).toMatch(/^-?\d+(\.\d+)?$/);
  });

  /** Buffers and typed arrays compare alike, and -0 is 0 in PDF. */
  function normal(value: PdfObject): unknown {
    if (typeof value === 'number') return value === 0 ? 0 : value;
    if (typeof value !== 'object' || value === null) return value;
    if ('kind' in value) {
      if (value.kind === 'string') return { hex: value.hex, text: Buffer.from(value.bytes).toString('latin1') };
      if (value.kind === 'dict') return [...value.entries].map(([key, item]) => [key, normal(item)]);
      return value;
    }
    return value.map(normal);
  }
});

describe('visible coordinates', () => {
  const coordinate = fc.double({ min: -500, max: 1500, noNaN: true });
  const size = fc.double({ min: 0.1, max: 400, noNaN: true });
  const view = fc.record({
    crop: fc.tuple(coordinate, coordinate, size, size).map(([x, y, w, h]) => [x, y, x + w, y + h] as const),
    rotate: fc.constantFrom(0, 90, 180, 270),
    userUnit: fc.constant(1),
  }) as fc.Arbitrary<PageView>;
  const box = fc.record({ x: coordinate, y: coordinate, width: size, height: size });

  it('there and back again', () => {
    fc.assert(
      fc.property(view, box, (page, place) => {
        const back = fromVisible(page, toVisible(page, place));
        for (const key of ['x', 'y', 'width', 'height'] as const) expect(back[key]).toBeCloseTo(place[key], 6);
      }),
    );
  });

  it('a seal at the edge stays on the page', () => {
    const page = { width: 595, height: 842 };
    expect(placeSeal({ x: 5, y: 5, width: 60, height: 30 }, 102, page)).toEqual({
      x: 0,
      y: 0,
      width: 102,
      height: 102,
    });
    const high = placeSeal({ x: 400, y: 830, width: 120, height: 10 }, 102, page);
    expect(high.y + high.height).toBe(842);
    expect(high.x + high.width).toBeCloseTo(440);
  });
});
