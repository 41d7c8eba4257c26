import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { readSignedData } from '#pdf/crypto/cms.ts';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import { DerError } from '#pdf/crypto/der.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { signAsPerson, testPki, trust } from '#tests/support/signing-fixtures.ts';
import { rangeOf } from './attacks.ts';

const RUNS = 400;
let signed: Uint8Array;
let gap: { before: number; after: number };
beforeAll(async () => {
  ({ bytes: signed } = await signAsPerson(makePdf(), { appearance: { image: null } }));
  gap = rangeOf(signed);
});

/** The verdict, or the code of the refusal; anything else that is thrown fails the test. */
function outcome(bytes: Uint8Array): string {
  try {
    return verifyPdf(bytes, { trust: trust(), now: new Date() }).verdict;
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
}

it('the file that is mutated below is valid', () => {
  expect(outcome(signed)).toBe('VALID');
});

it('any changed byte outside the gap turns the signature red', () => {
  const place = fc.integer({ min: 0, max: signed.length - 1 }).filter((at) => at < gap.before || at >= gap.after);
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const mutated = signed.slice();
      mutated[at] = (mutated[at] ?? 0) ^ mask;
      expect(outcome(mutated)).not.toBe('VALID');
    }),
    { numRuns: RUNS },
  );
});

it('a changed byte of the signature itself is never fatal', () => {
  const place = fc.integer({ min: gap.before, max: gap.after - 1 });
  fc.assert(
    fc.property(place, fc.integer({ min: 1, max: 255 }), (at, mask) => {
      const mutated = signed.slice();
      mutated[at] = (mutated[at] ?? 0) ^ mask;
      outcome(mutated);
    }),
    { numRuns: RUNS },
  );
});

it('bytes cut, doubled, moved or inserted: a verdict or a named refusal, never valid', () => {
  const cut = fc.tuple(fc.nat(signed.length), fc.nat(signed.length), fc.nat(signed.length));
  fc.assert(
    fc.property(cut, fc.uint8Array({ maxLength: 40 }), ([a, b, at], inserted) => {
      const piece = signed.subarray(Math.min(a, b), Math.max(a, b));
      const mutated = new Uint8Array(Buffer.concat([signed.subarray(0, at), inserted, piece, signed.subarray(at)]));
      fc.pre(Buffer.compare(mutated, signed) !== 0);
      // Line ends behind the last revision change nothing that anyone sees.
      fc.pre(!/^[\r\n]*$/.test(Buffer.from(mutated.subarray(signed.length)).toString('latin1')) || at < signed.length);
      expect(outcome(mutated)).not.toBe('VALID');
    }),
    { numRuns: RUNS },
  );
});

it('tokens swapped in an appended revision', () => {
  const token = fc.constantFrom(
    '<<',
    '>>',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '/Type',
    '/Kids',
    '/V',
    '/Prev 9',
    'obj',
    'endobj',
    'stream',
    'endstream',
    '3 0 R',
    '1 0 obj',
    'xref\n',
    '0 1\n',
    'trailer',
    'startxref',
    '%%EOF',
    '/Root 1 0 R',
    '/Size 99',
    '-1',
    '1e9',
    'null',
  );
  fc.assert(
    fc.property(fc.array(token, { minLength: 1, maxLength: 30 }), (tokens) => {
      const mutated = new Uint8Array(Buffer.concat([signed, Buffer.from(`\n${tokens.join(' ')}\n`)]));
      expect(outcome(mutated)).not.toBe('VALID');
    }),
    { numRuns: RUNS },
  );
});

it('mutated certificates and signatures fail as malformed DER or not at all', () => {
  const certificate = testPki().certificate('person');
  const cms = new Uint8Array(
    Buffer.from(Buffer.from(signed.subarray(gap.before + 1, gap.after - 1)).toString('latin1'), 'hex'),
  );
  const tolerant = (read: () => unknown): void => {
    try {
      read();
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
    }
  };
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (at, mask) => {
      for (const bytes of [certificate.slice(), cms.slice()]) {
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ mask;
        tolerant(() => readCertificate(bytes));
        tolerant(() => readSignedData(bytes));
      }
    }),
    { numRuns: RUNS },
  );
});
