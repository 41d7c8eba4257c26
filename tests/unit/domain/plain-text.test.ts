import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText, plainTexts } from '#shared/domain/plain-text.ts';

describe('plain texts', () => {
  it.each([
    ['Quyết định\u202e fdp.exe', 'Quyết định fdp.exe'],
    ['\u2067Sở\u2069 Nội\u200f vụ\u061c', 'Sở Nội vụ'],
    ['Một\r\nhai\u2028ba\u0085bốn\tnăm', 'Một hai ba bốn năm'],
    ['\u0000a\u001bb\u009f', 'ab'],
    ['V/v “một cửa” – 100% & đủ', 'V/v “một cửa” – 100% & đủ'],
  ])('%j reads %j', (text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it('are made of all texts in a value, and nothing else changes', () => {
    const bytes = Uint8Array.of(0, 7, 27);
    const at = new Date(0);
    expect(plainTexts({ a: ['x\u202e', { b: '\u0007y', bytes, at }], n: 1, none: null, no: undefined })).toEqual({
      a: ['x', { b: 'y', bytes, at }],
      n: 1,
      none: null,
      no: undefined,
    });
  });

  it('hold no character that is not seen, and are plain already the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const plain = plainText(text);
        return plainText(plain) === plain && !/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u.test(plain);
      }),
    );
  });
});
