import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { checkSignable } from '#pdf/check-signable.ts';
import { makeSignable } from '#pdf/make-signable.ts';
import { withEntries } from '#pdf/syntax/objects.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { drawnPages, pdfsig, qpdf, qpdfCheck } from '#tests/support/other-readers.ts';
import {
  credential,
  letter,
  letterAnchor,
  sealAsAgency,
  signAsPerson,
  signatureImage,
  trust,
} from '#tests/support/signing-fixtures.ts';
import { page, revise } from '#tests/security/pdf/attacks.ts';

// qpdf, Poppler and pdf.js run on every kind of file.
vi.setConfig({ testTimeout: 60_000 });

const verify = (bytes: Uint8Array, password?: string): VerificationReport =>
  verifyPdf(bytes, { trust: trust(), now: new Date(), password });
const code = (expected: string) => expect.objectContaining({ code: expected }) as unknown;
const weak = '--allow-weak-crypto';

/** What qpdf can write, with the passwords `khach` of a user and `chu` of the owner. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'RC4 of 40 bits (R2)': [weak, '--encrypt', 'khach', 'chu', '40', '--'],
  'RC4 of 128 bits (R3)': [weak, '--encrypt', 'khach', 'chu', '128', '--use-aes=n', '--'],
  'RC4 by a crypt filter (R4)': [weak, '--encrypt', 'khach', 'chu', '128', '--force-V4', '--'],
  'AES-128 (R4)': ['--encrypt', 'khach', 'chu', '128', '--use-aes=y', '--'],
  'AES-128, legible metadata': ['--encrypt', 'khach', 'chu', '128', '--use-aes=y', '--cleartext-metadata', '--'],
  'AES-128, object streams': ['--object-streams=generate', '--encrypt', 'khach', 'chu', '128', '--use-aes=y', '--'],
  'AES-256 of Acrobat 9 (R5)': [weak, '--encrypt', 'khach', 'chu', '256', '--force-R5', '--'],
  'AES-256 (R6)': ['--encrypt', 'khach', 'chu', '256', '--'],
  'AES-256, legible metadata': ['--encrypt', 'khach', 'chu', '256', '--cleartext-metadata', '--'],
  'AES-256, linearized, object streams': [
    '--linearize',
    '--object-streams=generate',
    '--encrypt',
    'khach',
    'chu',
    '256',
    '--',
  ],
};

describe.for(Object.entries(kinds))('%s', ([, options]) => {
  let input: Uint8Array;
  let sealed: Uint8Array;
  beforeAll(async () => {
    input = qpdf(letter(), ...options);
    const appearance = { image: signatureImage(), anchor: letterAnchor };
    const person = await signAsPerson(input, { password: 'khach', appearance, reason: 'Đồng ý (1)' });
    sealed = (await sealAsAgency(person.bytes, { password: 'chu' })).bytes;
  });

  it('signed and sealed: valid here and in Poppler, clean for qpdf, by either password', () => {
    expect(Buffer.compare(sealed.subarray(0, input.length), input)).toBe(0);
    for (const [password, flag] of [
      ['khach', '-upw'],
      ['chu', '-opw'],
    ] as const) {
      const report = verify(sealed, password);
      expect(report).toMatchObject({ verdict: 'VALID', integrity: 'VALID', findings: [] });
      expect(report.signatures).toMatchObject([
        { role: 'person', reason: 'Đồng ý (1)', level: 'B-B', findings: [] },
        { role: 'seal', findings: [] },
      ]);
      expect(pdfsig(sealed, flag, password)).toEqual(['Signature is Valid.', 'Signature is Valid.']);
      const checked = qpdfCheck(sealed, `--password=${password}`);
      expect(checked).toMatchObject({ status: 0 });
      expect(checked.output).not.toMatch(/WARNING/i);
    }
  });

  it('looks like the letter that was never encrypted, and others read the texts that were added', async () => {
    const appearance = { image: signatureImage(), anchor: letterAnchor };
    const plain = await sealAsAgency((await signAsPerson(letter(), { appearance })).bytes);
    expect(drawnPages(sealed, '-upw', 'khach')).toEqual(drawnPages(plain.bytes));
    const opened = Buffer.from(qpdf(sealed, '--password=chu', '--decrypt', '--qdf')).toString('latin1');
    expect(opened).toContain('/T (ChuKySo1)');
    expect(opened).toContain(Buffer.from('\ufeffĐồng ý (1)', 'utf16le').swap16().toString('hex'));
    const stored = Buffer.from(sealed).toString('latin1', input.length);
    expect(stored).not.toContain('ChuKySo1');
    expect(stored).not.toMatch(/\(D:20/);
  });

  it('a changed byte, anywhere in the letter, turns both signatures red', () => {
    for (const at of [12, Math.floor(input.length / 2), input.length - 20]) {
      const changed = sealed.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(verify(changed, 'khach').verdict).toBe('INVALID');
    }
  });

  it('no password, a wrong one: refused by name; without one to give, a report', async () => {
    expect(() => verify(sealed, '')).toThrow(code('PDF_ENCRYPTED'));
    expect(() => verify(sealed, 'Khach')).toThrow(code('PDF_PASSWORD_WRONG'));
    expect(verify(sealed)).toMatchObject({ verdict: 'INDET', findings: [{ code: 'FILE_ENCRYPTED' }] });
    await expect(signAsPerson(input)).rejects.toThrow(code('PDF_ENCRYPTED'));
    await expect(signAsPerson(input, { password: '' })).rejects.toThrow(code('PDF_ENCRYPTED'));
    await expect(signAsPerson(input, { password: 'sai' })).rejects.toThrow(code('PDF_PASSWORD_WRONG'));
    await expect(readPdfText(input)).rejects.toThrow(code('PDF_ENCRYPTED'));
    await expect(readPdfText(input, { password: 'sai' })).rejects.toThrow(code('PDF_PASSWORD_WRONG'));
  });

  it('its text is read, and a draft of this kind is checked', async () => {
    const words = await readPdfText(letter());
    expect(await readPdfText(input, { password: 'khach' })).toEqual(words);
    expect(await readPdfText(input, { password: 'chu' })).toEqual(words);
    expect(await makeSignable(input, 'letter', 'khach')).toEqual({ pageCount: 2, mended: null });
    expect(() => checkSignable(input)).toThrow(code('PDF_ENCRYPTED'));
  });
});

describe('passwords with Vietnamese letters', () => {
  const typed = 'mật khẩu Đắk Lắk';
  const composed = typed.normalize('NFC');
  const apart = typed.normalize('NFD');
  const windows = 'm\u00e2\u00f2t kh\u00e2\u00d2u \u00d0\u00e3\u00eck L\u00e3\u00eck';

  /** qpdf with the password as these octets; a script, because no argument of Node's is anything but UTF-8. */
  function encrypted(password: Uint8Array, ...options: readonly string[]): Uint8Array {
    const dir = mkdtempSync(join(tmpdir(), 'van-thu-password-'));
    try {
      const file = join(dir, 'options');
      writeFileSync(
        file,
        Buffer.concat([
          Buffer.from('--password-mode=bytes\n--allow-weak-crypto\n--encrypt\n'),
          password,
          Buffer.from('\n'),
          password,
          Buffer.from(`\n${options.join('\n')}\n--\n`),
        ]),
      );
      const [input, out] = [join(dir, 'in.pdf'), join(dir, 'out.pdf')];
      writeFileSync(input, letter());
      execFileSync('qpdf', [`@${file}`, input, out]);
      return new Uint8Array(execFileSync('cat', [out]));
    } finally {
      rmSync(dir, { recursive: true });
    }
  }

  it.for<[string, string | Uint8Array, readonly string[]]>([
    ['AES-256, composed, as the standard wants it', composed, ['256']],
    ['AES-256, decomposed, as some keyboards type', apart, ['256']],
    ['AES-256 of Acrobat 9, composed', composed, ['256', '--force-R5']],
    ['AES-128, UTF-8', composed, ['128', '--use-aes=y']],
    ['AES-128, decomposed UTF-8', apart, ['128', '--use-aes=y']],
    ['RC4, code page 1258', Buffer.from(windows, 'latin1'), ['128', '--use-aes=n']],
    ['RC4 of 40 bits, code page 1258', Buffer.from(windows, 'latin1'), ['40']],
  ])('%s', async ([, password, options]) => {
    const input = encrypted(Buffer.from(password), ...options);
    for (const form of [composed, apart]) {
      const { bytes } = await signAsPerson(input, { password: form });
      expect(verify(bytes, form)).toMatchObject({ verdict: 'VALID' });
      expect((await readPdfText(input, { password: form })).pageCount).toBe(2);
    }
    expect(() => verify(input, 'mat khau')).toThrow(code('PDF_PASSWORD_WRONG'));
  });

  it('AES-256: what is prepared by SASLprep opens by what was typed', () => {
    const input = encrypted(Buffer.from('a bfi 1'), '256');
    // A soft hyphen, a space that does not break, a ligature, a full-width digit.
    expect(verify(input, 'a\u00ad\u00a0b\ufb01\u2003\uff11')).toMatchObject({ verdict: 'UNSIGNED' });
  });

  it('older kinds: letters of Western Europe as PDFDocEncoding has them', () => {
    const input = qpdf(letter(), weak, '--encrypt', 'Đ', 'café œuvre €5', '128', '--use-aes=n', '--');
    expect(verify(input, 'café œuvre €5')).toMatchObject({ verdict: 'UNSIGNED' });
  });

  it('a password that is longer than what counts: 127 octets, 32 in older kinds', () => {
    const long = 'dài '.repeat(60);
    const octets = Buffer.from(long);
    for (const input of [encrypted(octets.subarray(0, 127), '256'), encrypted(octets, '128', '--use-aes=y')]) {
      expect(verify(input, long)).toMatchObject({ verdict: 'UNSIGNED' });
    }
  });
});

describe('files that open without a password', () => {
  const restricted = (...rights: readonly string[]): Uint8Array =>
    qpdf(letter(), '--encrypt', '', 'chu', ...rights, '--');
  const asked = { signData: () => Promise.reject(new Error('the key was used')), chain: credential('person').chain };

  it('are verified without one, also where none is given', async () => {
    const input = restricted('256');
    expect(verify(input)).toMatchObject({ verdict: 'UNSIGNED' });
    const { bytes } = await signAsPerson(input, { password: '' });
    for (const password of [undefined, '', 'chu', 'anything']) {
      expect(verify(bytes, password)).toMatchObject({ verdict: 'VALID' });
    }
    expect(pdfsig(bytes)).toEqual(['Signature is Valid.']);
  });

  it.for([
    ['nothing', '256', '--modify=none'],
    ['forms', '256', '--modify=form'],
    ['notes, but no new fields', '256', '--modify=annotate'],
    ['changes, but no notes', '256', '--annotate=n'],
    ['nothing, AES-128', '128', '--use-aes=y', '--modify=none'],
    ['nothing, RC4 of 40 bits', '40', '--modify=n', '--annotate=n'],
  ])('whose owner allows %s: refused before the key is used, signed with his password', async ([, ...rights]) => {
    const input = qpdf(letter(), weak, '--encrypt', '', 'chu', ...rights, '--');
    for (const password of ['', 'sai']) {
      const signing = signAsPerson(input, { password, credential: asked });
      await expect(signing).rejects.toThrow(code('SIGN_PERMISSION_FORBIDS'));
      expect(() => checkSignable(input, password)).toThrow(code('SIGN_PERMISSION_FORBIDS'));
    }
    const { bytes } = await signAsPerson(input, { password: 'chu' });
    expect(verify(bytes, '')).toMatchObject({ verdict: 'VALID' });
    await expect(sealAsAgency(bytes, { password: '', credential: asked })).rejects.toThrow(
      code('SIGN_PERMISSION_FORBIDS'),
    );
  });

  it('whose owner allows everything: signed', async () => {
    for (const rights of [
      ['256', '--modify=all'],
      ['128', '--use-aes=y', '--print=none', '--extract=n'],
    ]) {
      expect(verify((await signAsPerson(restricted(...rights), { password: '' })).bytes)).toMatchObject({
        verdict: 'VALID',
      });
    }
  });

  it('with rights that were written into the file by somebody else: none', async () => {
    const locked = Buffer.from(restricted('256', '--modify=none'));
    const at = locked.indexOf('/P -');
    const old = /\/P -\d+/.exec(locked.toString('latin1', at))?.[0] ?? '';
    locked.write('/P -4'.padEnd(old.length), at, 'latin1');
    await expect(signAsPerson(new Uint8Array(locked), { password: '' })).rejects.toThrow(
      code('SIGN_PERMISSION_FORBIDS'),
    );
  });
});

describe('metadata', () => {
  const xmp = '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/>';
  const withMetadata = makePdf({
    catalog: '/Metadata 10 0 R /Lang (vi)',
    extra: [`<</Type /Metadata /Subtype /XML /Length ${xmp.length}>>\nstream\n${xmp}\nendstream`],
  });

  it.for([
    ['encrypted', '128', '--use-aes=y'],
    ['legible, AES-128', '128', '--use-aes=y', '--cleartext-metadata'],
    ['legible, AES-256', '256', '--cleartext-metadata'],
  ])('%s', async ([kind, ...options]) => {
    const input = qpdf(withMetadata, '--encrypt', 'khach', 'chu', ...options, '--');
    expect(Buffer.from(input).includes('xpacket')).toBe(kind !== 'encrypted');
    const { bytes } = await signAsPerson(input, { password: 'khach' });
    expect(verify(bytes, 'khach')).toMatchObject({ verdict: 'VALID' });
    expect(pdfsig(bytes, '-upw', 'khach')).toEqual(['Signature is Valid.']);
  });
});

describe('what a later program saves', () => {
  it('an object encrypted anew under its number is the same object', async () => {
    const input = qpdf(letter(), '--encrypt', 'khach', 'chu', '128', '--use-aes=y', '--');
    const { bytes } = await signAsPerson(input, { password: 'khach' });
    const saved = revise(
      bytes,
      (update, document) => {
        const first = page(document, 1);
        update.set(first.reference, withEntries(first.dict, {}));
        for (const [num, entry] of document.entries) {
          const reference = { kind: 'ref' as const, num, gen: 0 };
          if (entry.type === 'used' && num !== document.encryption?.num && num < 12)
            update.set(reference, document.object(reference));
        }
      },
      'khach',
    );
    expect(verify(saved, 'chu')).toMatchObject({ verdict: 'VALID', signatures: [{ findings: [] }] });
  });
});
