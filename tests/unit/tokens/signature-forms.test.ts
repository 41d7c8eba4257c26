import { describe, expect, it } from 'vitest';
import { toHex } from '#pdf/crypto/der.ts';
import { ecdsaValue } from '#tokens/pkcs11/signature-forms.ts';

describe('an ECDSA value', () => {
  it.each([
    ['0001', '0002', '3006020101020102'],
    ['8001', '7FFF', '3009020300800102027FFF'],
    ['0000', '00FF', '3007020100020200FF'],
  ])('of r %s and s %s has the shortest positive integers', (r, s, expected) => {
    expect(toHex(ecdsaValue(Buffer.from(r + s, 'hex')))).toBe(expected);
  });
});
