import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDefiniteForm } from '#pdf/crypto/ber.ts';
import {
  children,
  der,
  DerError,
  derOid,
  readDer,
  readDerExactly,
  readIntegerHex,
  readOid,
  readSmallInteger,
  readTime,
  TAG,
} from '#pdf/crypto/der.ts';
import { testPki } from '#tests/support/signing-fixtures.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

describe('DER', () => {
  it.for([
    ['indefinite length', '30 80 00 00'],
    ['length longer than needed', '04 81 01 00'],
    ['leading zero in the length', '04 82 00 80'],
    ['bytes behind', '05 00 00'],
    ['content cut off', '04 05 00'],
    ['inner element cut off', '30 03 04 05 00'],
    ['long tag', '1f 81 01 00'],
    ['nothing', ''],
  ])('%s is refused', ([, text]) => {
    expect(() => readDerExactly(hex(text ?? ''))).toThrow(DerError);
  });

  it.for([
    ['00', '00'],
    ['01', '01'],
    ['00 ff', 'FF'],
    ['00 00 ff', 'FF'],
    ['ff', '-01'],
    ['80', '-80'],
    ['80 00', '-8000'],
    ['ee 2b 3d eb d4 21 de 14', '-11D4C2142BDE21EC'],
    ['00 ee 2b 3d eb d4 21 de 14', 'EE2B3DEBD421DE14'],
  ])('the integer %s is %s', ([octets, value]) => {
    expect(readIntegerHex(readDer(der(TAG.integer, hex(octets ?? ''))))).toBe(value);
  });

  it('a small number is never below zero, nor nothing', () => {
    for (const octets of ['ff', '80', '']) {
      expect(() => readSmallInteger(readDer(der(TAG.integer, hex(octets))))).toThrow(DerError);
    }
    expect(readSmallInteger(readDer(der(TAG.integer, hex('00 ff'))))).toBe(255);
  });

  it('nesting without end is refused', () => {
    let nested = der(TAG.null);
    for (let i = 0; i < 100; i += 1) nested = der(TAG.sequence, nested);
    expect(() => readDerExactly(nested)).toThrow(DerError);
  });

  it('object identifiers survive both ways', () => {
    const arc = fc.array(fc.nat(), { maxLength: 8 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 39 }), arc, (top, second, rest) => {
        const dotted = [top, second, ...rest].join('.');
        expect(readOid(readDerExactly(derOid(dotted)))).toBe(dotted);
      }),
    );
  });

  it('any content length is written in its shortest form', () => {
    for (const length of [0, 127, 128, 255, 256, 65_535, 65_536]) {
      const element = readDerExactly(der(TAG.octetString, new Uint8Array(length)));
      expect(element.content).toHaveLength(length);
    }
  });

  it.for([
    [TAG.utcTime, '490101000000Z', '2049-01-01T00:00:00.000Z'],
    [TAG.utcTime, '500101000000Z', '1950-01-01T00:00:00.000Z'],
    [TAG.generalizedTime, '20500102030405Z', '2050-01-02T03:04:05.000Z'],
  ] as const)('time %i %s', ([tag, text, expected]) => {
    expect(readTime(readDer(der(tag, Buffer.from(text)))).toISOString()).toBe(expected);
  });

  it.for([
    [TAG.utcTime, '260105090000+0700', '2026-01-05T02:00:00.000Z'],
    [TAG.utcTime, '260105230000-0330', '2026-01-06T02:30:00.000Z'],
    [TAG.utcTime, '2601050900Z', '2026-01-05T09:00:00.000Z'],
    [TAG.utcTime, '2601050900+0700', '2026-01-05T02:00:00.000Z'],
    [TAG.generalizedTime, '20260105090000+0700', '2026-01-05T02:00:00.000Z'],
    [TAG.generalizedTime, '202601050900Z', '2026-01-05T09:00:00.000Z'],
    [TAG.generalizedTime, '2026010509Z', '2026-01-05T09:00:00.000Z'],
    [TAG.generalizedTime, '2026010509+07', '2026-01-05T02:00:00.000Z'],
    [TAG.generalizedTime, '20260105090000,25Z', '2026-01-05T09:00:00.000Z'],
  ] as const)('time %i %s in another form names one moment', ([tag, text, expected]) => {
    expect(readTime(readDer(der(tag, Buffer.from(text)))).toISOString()).toBe(expected);
  });

  it.for([
    [TAG.utcTime, '260105090000'],
    [TAG.utcTime, '260105090000+07'],
    [TAG.utcTime, '2601050900000Z'],
    [TAG.utcTime, '261305090000Z'],
    [TAG.utcTime, '260105240000Z'],
    [TAG.generalizedTime, '20260105090000'],
    [TAG.generalizedTime, '20260100090000Z'],
    [TAG.generalizedTime, '20260105096000Z'],
    [TAG.octetString, '260105090000Z'],
  ] as const)('time %i %s names none', ([tag, text]) => {
    expect(() => readTime(readDer(der(tag, Buffer.from(text))))).toThrow(DerError);
  });
});

describe('BER made definite', () => {
  it('DER stays the very same bytes', () => {
    const certificate = testPki().certificate('person');
    const result = toDefiniteForm(certificate);
    expect(result).toMatchObject({ changed: false, length: certificate.length });
    expect(result.bytes).toEqual(certificate);
  });

  it('open lengths are closed, octet strings in pieces are joined', () => {
    const result = toDefiniteForm(hex('30 80 02 01 05 24 80 04 01 aa 04 02 bb cc 00 00 00 00 ff'));
    expect(Buffer.from(result.bytes).toString('hex')).toBe('30080201050403aabbcc');
    expect(result).toMatchObject({ changed: true, length: 18 });
    expect(children(readDerExactly(result.bytes))).toHaveLength(2);
  });

  it.for(['30 80 02 01 05', '30 80 02 01 05 00', '04 80 00 00', '30 05 02 01', '30 02 30 05', '30 85 01 01 01 01 01'])(
    '%s is refused',
    (text) => {
      expect(() => toDefiniteForm(hex(text))).toThrow(DerError);
    },
  );

  it('nesting without end is refused', () => {
    expect(() => toDefiniteForm(hex('3080'.repeat(5_000)))).toThrow(DerError);
  });
});
