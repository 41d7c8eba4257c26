import { createHash, createVerify, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { chooseHolder } from '#shared/domain/key-holder.ts';
import { readCertificate } from '#pdf/crypto/certificate.ts';
import { der, derOid, TAG } from '#pdf/crypto/der.ts';
import { signPdf } from '#pdf/sign-pdf.ts';
import { iteratedHash } from '#tokens/iterated-hash.ts';
import { openPkcs12 } from '#tokens/pkcs12.ts';
import { resign } from '#tests/support/foreign-signature.ts';
import {
  closeP12,
  contentOf,
  exportP12,
  inBer,
  joinP12,
  keyPem,
  withForgeMac,
  withPbmac1,
  withRounds,
} from '#tests/support/make-pkcs12.ts';
import { letter, testPki } from '#tests/support/signing-fixtures.ts';

vi.setConfig({ testTimeout: 60_000 });

const person = () => testPki().certificate('person');
const now = new Date();
const opened = (file: Uint8Array, password: string) => openPkcs12(file, password).holders(now)[0].subject;
const code = (file: Uint8Array, password: string): unknown => {
  try {
    return opened(file, password);
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};
const personFile = (password: string, ...options: readonly string[]) =>
  exportP12(keyPem('person'), [person()], password, ...options);

describe('a password in the forms that programs make of it', () => {
  const text = 'mật khẩu Đắk Lắk, ở';
  const composed = text.normalize('NFC');
  const apart = text.normalize('NFD');
  // As Windows' own Vietnamese keyboard writes it: the tone alone is a character of its own.
  const toneApart = 'mâ\u0323t khâ\u0309u Đă\u0301k Lă\u0301k, ơ\u0309';
  const octetsAsCharacters = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
  const windows1258 = Uint8Array.from(Buffer.from('6de2f274206b68e2d27520d0e3ec6b204ce3ec6b2c20f5d2', 'hex'));
  const legacy = ['-legacy'];

  it.for<[string, string, readonly string[]]>([
    ['composed, PBES2', composed, []],
    ['composed, older encryption', composed, legacy],
    ['decomposed, PBES2', apart, []],
    ['decomposed, older encryption', apart, legacy],
    ['tones apart, PBES2', toneApart, []],
    ['tones apart, older encryption', toneApart, legacy],
    ['UTF-8 octets taken for characters (OpenSSL 1.0)', octetsAsCharacters(Buffer.from(composed)), legacy],
    ['decomposed UTF-8 octets taken for characters', octetsAsCharacters(Buffer.from(apart)), legacy],
    ['octets of code page 1258 taken for characters', octetsAsCharacters(windows1258), legacy],
  ])('%s', ([, password, options]) => {
    const file = personFile(password, ...options);
    for (const typed of [composed, apart, toneApart]) expect(opened(file, typed)).toBe('Bùi Hồng Quý');
    expect(code(file, 'mat khau Dak Lak, o')).toBe('P12_WRONG_PASSWORD');
    expect(code(file, `${composed} `)).toBe('P12_WRONG_PASSWORD');
  });

  it('empty: nothing at all, or the closing zero alone; without a MAC too', () => {
    const bare = personFile('', '-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE');
    const files = [personFile(''), withForgeMac(bare, null), withForgeMac(bare, ''), bare, personFile('', '-nomac')];
    for (const file of files) expect(opened(file, '')).toBe('Bùi Hồng Quý');
    expect(code(withForgeMac(bare, null), 'x')).toBe('P12_WRONG_PASSWORD');
    expect(code(personFile('x', '-nomac'), '')).toBe('P12_NO_PASSWORD');
    expect(code(personFile('x', '-nomac'), 'y')).toBe('P12_WRONG_PASSWORD');
    expect(opened(personFile('x', '-nomac'), 'x')).toBe('Bùi Hồng Quý');
  });

  it('letters outside the basic plane', () => {
    for (const options of [[], legacy])
      expect(opened(personFile('khóa 🔑', ...options), 'khóa 🔑')).toBe('Bùi Hồng Quý');
  });
});

describe('key files of other programs', () => {
  it.for([
    'PBE-SHA1-3DES',
    'PBE-SHA1-2DES',
    'PBE-SHA1-RC2-128',
    'PBE-SHA1-RC2-40',
    'AES-128-CBC',
    'AES-192-CBC',
    'NONE',
  ])('encrypted by %s', (cipher) => {
    const file = personFile('thu', '-legacy', '-keypbe', cipher, '-certpbe', cipher);
    expect(opened(file, 'thu')).toBe('Bùi Hồng Quý');
    expect(code(file, 'sai')).toBe('P12_WRONG_PASSWORD');
  });

  it.for(['sha1', 'sha224', 'sha256', 'sha384', 'sha512'])('with a MAC over %s', (digest) => {
    expect(opened(personFile('thu', '-macalg', digest), 'thu')).toBe('Bùi Hồng Quý');
  });

  it('with PBMAC1', () => {
    const file = withPbmac1(personFile('mật'), 'mật');
    expect(opened(file, 'mật'.normalize('NFD'))).toBe('Bùi Hồng Quý');
    expect(code(file, 'sai')).toBe('P12_WRONG_PASSWORD');
  });

  it('in BER', () => {
    for (const options of [[], ['-legacy']]) {
      const file = personFile('thu', ...options);
      const safe = inBer(contentOf(file));
      expect(opened(inBer(closeP12(safe)), 'thu')).toBe('Bùi Hồng Quý');
    }
  });

  it('changed inside', () => {
    const file = personFile('thu');
    const changed = Uint8Array.from(file);
    const at = Buffer.from(file).indexOf(contentOf(file)) + contentOf(file).length - 40;
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(code(changed, 'thu')).toBe('P12_WRONG_PASSWORD');
  });

  it('with 600,000 rounds in about a second of the processor; with more than anybody asks for not at all', () => {
    const file = personFile('thu', '-iter', '600000');
    const { user } = process.cpuUsage();
    expect(opened(file, 'thu')).toBe('Bùi Hồng Quý');
    // node-forge takes 13 seconds; the bound leaves room for a slow machine.
    expect((process.cpuUsage().user - user) / 1e6).toBeLessThan(5);
    expect(code(withRounds(file, 0xffff_fff0), 'thu')).toBe('P12_BROKEN');
  });

  it.for(['sha1', 'sha256', 'sha512'])('rounds of %s are those of node:crypto', (digest) => {
    let expected = createHash(digest).update('văn bản').digest();
    for (let round = 1; round <= 300; round += 1) {
      expect(Buffer.from(iteratedHash(digest, Buffer.from('văn bản'), round)).equals(expected)).toBe(true);
      expected = createHash(digest).update(expected).digest();
    }
  });
});

describe('several keys and certificates in one file', () => {
  /** The person's certificate with another time or usage, of the same authority. */
  const variant = (change: (fields: Uint8Array[]) => Uint8Array[]) =>
    new Uint8Array(resign(person(), change, { key: 'issuing.key' }));
  const time = (text: string) => der(TAG.utcTime, Buffer.from(text));
  const valid = (from: string, to: string) =>
    variant((fields) => fields.with(4, der(TAG.sequence, time(from), time(to))));
  const plain = ['-nomac', '-keypbe', 'NONE', '-certpbe', 'NONE'];

  it('an expired, a future and the renewed certificate of one key, in any order', () => {
    const renewed = valid('260101000000Z', '350101000000Z');
    const all = [valid('210101000000Z', '230101000000Z'), valid('460101000000Z', '480101000000Z'), renewed];
    for (const order of [all, all.toReversed(), [...all.slice(1), ...all.slice(0, 1)]]) {
      const [holder, ...others] = openPkcs12(exportP12(keyPem('person'), order, 'thu'), 'thu').holders(
        new Date('2026-11-28T00:00:00Z'),
      );
      expect(holder.notAfter.toISOString()).toBe('2035-01-01T00:00:00.000Z');
      expect(Buffer.from(holder.chain[0] ?? []).equals(renewed)).toBe(true);
      expect(others).toEqual([]);
    }
  });

  it('only an expired one: it is shown, so that signing can say what is wrong', () => {
    const file = exportP12(keyPem('person'), [valid('210101000000Z', '230101000000Z')], 'thu');
    expect(openPkcs12(file, 'thu').holders(now)[0].notAfter.getUTCFullYear()).toBe(2023);
  });

  it('a key for encipherment before the one for signing', async () => {
    const server = exportP12(keyPem('wrong-usage'), [testPki().certificate('wrong-usage')], '', ...plain);
    const signer = exportP12(keyPem('person'), [person()], '', ...plain);
    for (const file of [joinP12(server, signer), joinP12(signer, server)]) {
      const holders = openPkcs12(file, '').holders(now);
      expect(holders.map(({ subject }) => subject)).toEqual(['Bùi Hồng Quý']);
      const signature = await holders[0].signData(Buffer.from('x'));
      expect(createVerify('sha256').update('x').verify(new X509Certificate(person()).publicKey, signature)).toBe(true);
    }
  });

  it('keys of a person and her agency: the role decides; of two persons it cannot', () => {
    const of = (id: 'person' | 'person2' | 'agency') =>
      exportP12(keyPem(id), [testPki().certificate(id)], '', ...plain);
    const both = openPkcs12(joinP12(of('agency'), of('person')), '').holders(now);
    expect(both).toHaveLength(2);
    expect(chooseHolder(both, 'person')?.subject).toBe('Bùi Hồng Quý');
    expect(chooseHolder(both, 'seal')?.subject).toBe('Văn phòng UBND tỉnh Đắk Lắk');
    const two = openPkcs12(joinP12(of('person'), of('person2')), '');
    expect(chooseHolder(two.holders(now), 'person')).toBeNull();
    expect(chooseHolder(two.holders(now), 'seal')).toBeNull();
    // Whichever are there, a known certificate finds its own key.
    expect(two.keyOf(testPki().certificate('person2'))?.subject).toBe('Trần Thị Hoa');
    expect(two.keyOf(testPki().certificate('agency'))).toBeUndefined();
  });

  it('two certificates of the issuer under one name: the one that signed is in the chain', () => {
    const other = new Uint8Array(
      resign(testPki().certificate('issuing'), (fields) => fields.with(6, spkiOf('agency')), { key: 'root.key' }),
    );
    const issuing = testPki().certificate('issuing');
    const file = exportP12(keyPem('person'), [person(), other, issuing], 'thu');
    const { chain } = openPkcs12(file, 'thu').holders(now)[0];
    expect(Buffer.from(chain[1] ?? []).equals(issuing)).toBe(true);
  });

  it('a key that cannot sign here', () => {
    const ed = exportP12(keyPem('person'), [person()], '', ...plain);
    expect(code(closeP12(der(TAG.sequence)), '')).toBe('P12_NO_KEY');
    expect(code(joinP12(ed), '')).toBe('Bùi Hồng Quý');
    const unknown = der(TAG.sequence, der(TAG.integer, Uint8Array.of(0)), der(TAG.sequence, derOid('1.2.3')));
    const bag = der(TAG.sequence, derOid('1.2.840.113549.1.12.10.1.1'), der(0xa0, unknown));
    const part = der(TAG.octetString, der(TAG.sequence, bag));
    const safe = der(TAG.sequence, der(TAG.sequence, derOid('1.2.840.113549.1.7.1'), der(0xa0, part)));
    expect(code(closeP12(safe), '')).toBe('P12_KEY_UNSUPPORTED');
  });

  function spkiOf(id: string): Uint8Array {
    return new Uint8Array(
      new X509Certificate(readFileSync(`${testPki().dir}/${id}.pem`)).publicKey.export({ format: 'der', type: 'spki' }),
    );
  }
});

describe('before the key is used', () => {
  const trust = () => ({
    anchors: [testPki().certificate('root')],
    intermediates: [testPki().certificate('issuing')],
    crls: [testPki().crl('root'), testPki().crl('issuing')],
  });
  const refusal = async (chain: readonly Uint8Array[], given = trust()) => {
    let asked = 0;
    const signData = () => {
      asked += 1;
      return Promise.resolve(new Uint8Array());
    };
    const failure: unknown = await signPdf(letter(), {
      role: 'person',
      credential: { chain, signData },
      signingTime: now,
      appearance: { image: null },
      trust: given,
    }).catch((error: unknown) => error);
    expect(asked).toBe(0);
    return (failure as { code?: string }).code;
  };

  it('what is revoked, weak, or of an issuer that may not issue or has expired is refused', async () => {
    expect(await refusal([testPki().certificate('revoked')])).toBe('SIGN_CERT_REVOKED');
    const byPerson = new Uint8Array(
      resign(testPki().certificate('agency'), (fields) => fields.with(3, subjectOf(person())), { key: 'person.key' }),
    );
    expect(await refusal([byPerson, person()])).toBe('SIGN_CHAIN_INVALID');
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const spki = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }));
    const weak = new Uint8Array(resign(person(), (fields) => fields.with(6, spki), { key: 'issuing.key' }));
    expect(await refusal([weak])).toBe('SIGN_CERT_WEAK');
    const issuing = readCertificate(testPki().certificate('issuing'));
    const past = der(
      TAG.sequence,
      ...['210101000000Z', '230101000000Z'].map((text) => der(TAG.utcTime, Buffer.from(text))),
    );
    const expiredIssuer = new Uint8Array(resign(issuing.der, (fields) => fields.with(4, past), { key: 'root.key' }));
    expect(await refusal([person()], { ...trust(), intermediates: [expiredIssuer] })).toBe('SIGN_CERT_EXPIRED');
  });

  function subjectOf(certificate: Uint8Array): Uint8Array {
    return readCertificate(certificate).subjectDn;
  }
});
