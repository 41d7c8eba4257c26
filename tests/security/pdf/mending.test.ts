import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { makeSignable } from '#pdf/make-signable.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { letter, sealAsAgency, signAsPerson, trust } from '#tests/support/signing-fixtures.ts';

const drafts = [makePdf(), makePdf({ hybrid: true }), letter()];

type Damage = (bytes: Uint8Array) => Uint8Array;

/** A place, as a part of the file; most of what matters stands at the end. */
const place = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.8, max: 1, noNaN: true }));
const at = (bytes: Uint8Array, part: number): number => Math.min(bytes.length - 1, Math.floor(part * bytes.length));
const words = [
  'endobj',
  'obj',
  'stream',
  'endstream',
  ' ',
  '\n',
  '%',
  '<<',
  '>>',
  '[',
  '(',
  '1 0 obj null endobj ',
  '/Size 9',
  '/Prev 0',
];
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([part, mask]): Damage => (bytes) => {
    const other = bytes.slice();
    const index = at(bytes, part);
    other[index] = (other[index] ?? 0) ^ mask;
    return other;
  }),
  fc.tuple(place, fc.integer({ min: 1, max: 40 })).map(([part, length]): Damage => (bytes) => {
    const index = at(bytes, part);
    return new Uint8Array(Buffer.concat([bytes.subarray(0, index), bytes.subarray(index + length)]));
  }),
  fc.tuple(place, fc.constantFrom(...words)).map(([part, word]): Damage => (bytes) => {
    const index = at(bytes, part);
    return new Uint8Array(Buffer.concat([bytes.subarray(0, index), Buffer.from(word), bytes.subarray(index)]));
  }),
  fc.tuple(place, place, fc.integer({ min: 1, max: 200 })).map(([from, to, length]): Damage => (bytes) => {
    const start = at(bytes, from);
    const index = at(bytes, to);
    return new Uint8Array(
      Buffer.concat([bytes.subarray(0, index), bytes.subarray(start, start + length), bytes.subarray(index)]),
    );
  }),
  fc.constantFrom('\n', '%comment\n', '\xef\xbb\xbf').map(
    (head): Damage =>
      (bytes) =>
        new Uint8Array(Buffer.concat([Buffer.from(head, 'latin1'), bytes])),
  ),
);

const textOf = async (bytes: Uint8Array): Promise<string> => JSON.stringify((await readPdfText(bytes)).pages);

it('whatever happened to a draft: refused by name, or mended into one with the same text that can be signed', async () => {
  let mendedFiles = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...drafts),
      fc.array(damage, { minLength: 1, maxLength: 3 }),
      async (draft, all) => {
        const bytes = all.reduce((file, one) => one(file), draft);
        let mended: Uint8Array | undefined;
        try {
          mended = (await makeSignable(bytes)).mended?.bytes;
        } catch (error) {
          expect(error).toBeInstanceOf(CodedError);
          return;
        }
        if (mended === undefined) return;
        mendedFiles += 1;
        expect(await textOf(mended)).toBe(await textOf(bytes));
        const { bytes: sealed } = await sealAsAgency((await signAsPerson(mended)).bytes);
        expect(verifyPdf(sealed, { trust: trust(), now: new Date() }).verdict).toBe('VALID');
      },
    ),
    { numRuns: 60 },
  );
  // Else the property says nothing.
  expect(mendedFiles).toBeGreaterThan(10);
}, 120_000);
