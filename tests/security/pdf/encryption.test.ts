import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { FindingCode, VerificationReport } from '#shared/domain/verification.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { rc4 } from '#pdf/encryption/rc4.ts';
import { Budget } from '#pdf/syntax/budget.ts';
import { openPdf } from '#pdf/syntax/document.ts';
import type { PdfDocument } from '#pdf/syntax/document.ts';
import { dict, isRef, isStream, isString, name, withEntries } from '#pdf/syntax/objects.ts';
import type { PdfRef, PdfStream } from '#pdf/syntax/objects.ts';
import { writeObject } from '#pdf/syntax/write-object.ts';
import { readPdfText } from '#pdf/text/read-pdf-text.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { qpdf } from '#tests/support/other-readers.ts';
import { signAsPerson, trust } from '#tests/support/signing-fixtures.ts';
import { contentStream, page, revise } from './attacks.ts';

vi.setConfig({ testTimeout: 60_000 });

const PASSWORD = 'khach';
const verify = (bytes: Uint8Array, password = PASSWORD): VerificationReport =>
  verifyPdf(bytes, { trust: trust(), now: new Date(), password });
const codes = ({ findings, signatures }: VerificationReport): FindingCode[] =>
  [...findings, ...signatures.flatMap((signature) => signature.findings)].map(({ code }) => code);
const code = (expected: string) => expect.objectContaining({ code: expected }) as unknown;

const kinds = {
  'RC4 (R3)': ['--allow-weak-crypto', '--encrypt', PASSWORD, 'chu', '128', '--use-aes=n', '--'],
  'AES-128 (R4)': ['--encrypt', PASSWORD, 'chu', '128', '--use-aes=y', '--'],
  'AES-256 (R6)': ['--encrypt', PASSWORD, 'chu', '256', '--'],
} as const;

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const ascii = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** Appends a revision: texts of objects by their numbers, null to free one, and the trailer's entries besides /Prev. */
function append(bytes: Uint8Array, objects: Readonly<Record<number, string | null>>, trailer: string): Uint8Array {
  let text = latin1(bytes);
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? '';
  let table = '';
  for (const [num, body] of Object.entries(objects)) {
    const place = body === null ? 0 : text.length;
    table += `${num} 1\n${String(place).padStart(10, '0')} 00000 ${body === null ? 'f' : 'n'}\r\n`;
    if (body !== null) text += `${num} 0 obj\n${body}\nendobj\n`;
  }
  const place = text.length;
  return ascii(
    `${text}xref\n${table || '0 0\n'}trailer\n<<${trailer} /Prev ${previous}>>\nstartxref\n${place}\n%%EOF\n`,
  );
}

/** The newest trailer's entry as it stands in the file. */
function trailerEntry(document: PdfDocument, key: string): string {
  const value = document.trailer.entries.get(key);
  return value === undefined ? '' : `/${key} ${writeObject(value).toString('latin1')}`;
}

function encryptText(document: PdfDocument): string {
  const value = document.trailer.entries.get('Encrypt');
  return writeObject(document.resolve(value)).toString('latin1');
}

describe.for(Object.entries(kinds))('%s: changes after signing', ([kind, options]) => {
  let signed: Uint8Array;
  let document: PdfDocument;
  let trailer: (...keys: readonly string[]) => string;
  beforeAll(async () => {
    const input = qpdf(makePdf({ content: 'BT /F1 12 Tf 72 720 Td (So tien: 1.000.000) Tj ET' }), ...options);
    signed = (await signAsPerson(input, { password: PASSWORD, appearance: { image: null } })).bytes;
    document = openPdf(signed, new Budget(), PASSWORD);
    trailer = (...keys) => ['Size', 'Root', ...keys].map((key) => trailerEntry(document, key)).join(' ');
  });

  it('the untouched file is valid, and an empty revision after it too', () => {
    expect(verify(signed)).toMatchObject({ verdict: 'VALID' });
    expect(verify(append(signed, {}, trailer('ID', 'Encrypt')))).toMatchObject({ verdict: 'VALID' });
    expect(
      verify(append(signed, { 90: 'null' }, trailer('ID', 'Encrypt').replace(/\/Size \d+/, '/Size 91'))),
    ).toMatchObject({ verdict: 'VALID' });
  });

  it('whatever was done to the encryption is red, with the right password, another, and none', () => {
    const num = document.encryption?.num ?? 0;
    const text = encryptText(document);
    const changed = text.replace(/\/P -?\d+/, '/P -3904');
    const foreign = encryptText(openPdf(qpdf(makePdf(), ...options), new Budget(), PASSWORD));
    const another = trailer('ID').replace(/\/Size \d+/, '/Size 91');
    const attacks: Readonly<Record<string, Uint8Array>> = {
      'another identifier': append(signed, {}, `${trailer('Encrypt')} /ID [<00><00>]`),
      'no identifier': append(signed, {}, trailer('Encrypt')),
      'no encryption': append(signed, {}, trailer('ID')),
      'encryption null': append(signed, {}, `${trailer('ID')} /Encrypt null`),
      'the dictionary with other rights': append(signed, { [num]: changed }, trailer('ID', 'Encrypt')),
      'the dictionary of another file': append(signed, { [num]: foreign }, trailer('ID', 'Encrypt')),
      'another dictionary': append(signed, { 90: changed }, `${another} /Encrypt 90 0 R`),
      'the same dictionary elsewhere': append(signed, { 90: text }, `${another} /Encrypt 90 0 R`),
      'a dictionary in the trailer': append(signed, {}, `${trailer('ID')} /Encrypt ${changed}`),
      'the dictionary freed': append(signed, { [num]: null }, trailer('ID', 'Encrypt')),
    };
    for (const [attack, bytes] of Object.entries(attacks)) {
      for (const password of [PASSWORD, 'sai', '']) {
        expect({ attack, verdict: verify(bytes, password).verdict }).toEqual({ attack, verdict: 'INVALID' });
      }
    }
    expect(codes(verify(attacks['no encryption'] ?? signed))).toEqual(['ENCRYPTION_CHANGED']);
  });

  it('the dictionary changed in place is never green', () => {
    const at = latin1(signed).indexOf('/Filter /Standard');
    const start = latin1(signed).lastIndexOf('<<', at);
    for (let offset = start; offset < start + 400; offset += 7) {
      const bytes = signed.slice();
      bytes[offset] = (bytes[offset] ?? 0) ^ 1;
      expect(outcome(bytes)).not.toBe('VALID');
    }
  });

  const contents = (): { reference: PdfRef; stream: PdfStream } => {
    const reference = page(document, 1).dict.entries.get('Contents');
    const stream = document.resolve(reference);
    if (!isRef(reference) || !isStream(stream)) throw new Error('no contents');
    return { reference, stream };
  };

  it('other contents, encrypted as they have to be, are red; the same ones encrypted anew are not', () => {
    const { reference, stream } = contents();
    const other = revise(signed, (update) => update.set(reference, contentStream('BT ET')), PASSWORD);
    expect(codes(verify(other))).toContain('PAGE_CONTENT_CHANGED');
    const same = revise(signed, (update) => update.set(reference, stream), PASSWORD);
    expect(verify(same)).toMatchObject({ verdict: 'VALID' });
    // What the key makes of the same octets under another number is another page.
    const moved = revise(
      signed,
      (update) => {
        const place = update.allocate();
        update.setRaw(place, writeObject({ ...stream, raw: stream.sealed?.bytes ?? stream.raw }));
        const first = page(document, 1);
        update.set(first.reference, withEntries(first.dict, { Contents: place }));
      },
      PASSWORD,
    );
    expect(verify(moved).verdict).toBe(kind === 'AES-256 (R6)' ? 'VALID' : 'INVALID');
    if (kind === 'RC4 (R3)') expect(codes(verify(moved))).toContain('PAGE_CONTENT_CHANGED');
  });

  it('a text in clear where an encrypted one was', () => {
    const stored = revise(
      signed,
      (update) => {
        const first = page(document, 1);
        const note = withEntries(first.dict, { LastModified: { kind: 'string', bytes: ascii('D:2026'), hex: false } });
        update.setRaw(first.reference, writeObject(note));
      },
      PASSWORD,
    );
    // Read as encrypted: of AES it is no whole block, but nothing asks for this one.
    expect(verify(stored)).toMatchObject({ verdict: 'VALID' });
    const value = openPdf(stored, new Budget(), PASSWORD).get(
      page(openPdf(stored, new Budget(), PASSWORD), 1).dict,
      'LastModified',
    );
    if (!isString(value)) throw new Error('no string');
    const read = () => latin1(value.bytes);
    if (kind === 'RC4 (R3)') expect(read()).not.toBe('D:2026');
    else expect(read).toThrow(code('PDF_BROKEN'));
  });
});

it('an encryption added after signing, or taken from a revision that is passed over', async () => {
  const plain = (await signAsPerson(makePdf(), { appearance: { image: null } })).bytes;
  const locked = openPdf(qpdf(makePdf(), ...kinds['AES-128 (R4)']), new Budget(), PASSWORD);
  const document = openPdf(plain);
  const trailer = ['Size', 'Root', 'ID'].map((key) => trailerEntry(document, key)).join(' ');
  const added = append(plain, {}, `${trailer} /Encrypt ${encryptText(locked)}`);
  for (const password of [PASSWORD, 'sai', '']) expect(verify(added, password)).toMatchObject({ verdict: 'INVALID' });
  const removed = append(added, {}, trailer);
  expect(verify(removed)).toMatchObject({ verdict: 'INVALID' });
});

describe('streams that not all viewers read alike', () => {
  const clear = ['--encrypt', PASSWORD, 'chu', '128', '--use-aes=y', '--cleartext-metadata', '--'];
  const content = 'BT /F1 12 Tf 72 720 Td (So: 12) Tj ET';

  it('contents that call themselves metadata and move to another number', async () => {
    const input = qpdf(
      makePdf({
        kids: ['10 0 R'],
        extra: [
          '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 11 0 R>>',
          `<</Type /Metadata /Length ${content.length}>>\nstream\n${content}\nendstream`,
        ],
      }),
      ...clear,
    );
    expect(latin1(input)).toContain(content);
    const signed = (await signAsPerson(input, { password: PASSWORD, appearance: { image: null } })).bytes;
    expect(verify(signed)).toMatchObject({ verdict: 'VALID' });
    const moved = revise(
      signed,
      (update, document) => {
        const first = page(document, 1);
        const stream = document.get(first.dict, 'Contents');
        update.set(first.reference, withEntries(first.dict, { Contents: update.add(stream) }));
      },
      PASSWORD,
    );
    expect(codes(verify(moved))).toContain('PAGE_CONTENT_CHANGED');
  });

  it("the file's own cross-reference stream is read as it stands, and is equal to none elsewhere", () => {
    const input = qpdf(makePdf(), '--object-streams=generate', ...kinds['AES-128 (R4)']);
    const document = openPdf(input, new Budget(), PASSWORD);
    const at = document.sections[0]?.offset ?? 0;
    const [num] = [...document.entries].find(([, entry]) => entry.type === 'used' && entry.offset === at) ?? [0];
    const stream = document.object({ kind: 'ref', num, gen: 0 });
    if (!isStream(stream)) throw new Error('no stream');
    expect(stream.raw.byteOffset - input.byteOffset).toBeGreaterThan(at);
    expect(stream.sealed).toMatchObject({ owner: `${num} 0`, exempt: true });
  });

  it('contents that call themselves a cross-reference stream are not signed', async () => {
    const input = qpdf(makePdf(), ...kinds['AES-128 (R4)']);
    const shown = revise(
      input,
      (update, document) => {
        const first = page(document, 1);
        const stream = { kind: 'stream' as const, dict: dict({ Type: name('XRef') }), raw: ascii(content) };
        update.set(first.reference, withEntries(first.dict, { Contents: update.add(stream) }));
      },
      PASSWORD,
    );
    await expect(signAsPerson(shown, { password: PASSWORD })).rejects.toThrow(code('SIGN_WOULD_WARN'));
  });

  it('a filter of its own: none, one of the file, one that is not there', async () => {
    const withFilter = (filter: string): Uint8Array => {
      const input = qpdf(makePdf(), ...kinds['AES-128 (R4)']);
      return revise(
        input,
        (update, document) => {
          const parameters = dict({ Name: name(filter) });
          const entries = { Filter: [name('Crypt')], DecodeParms: [parameters] };
          const first = page(document, 1);
          const stream = { kind: 'stream' as const, dict: dict(filter === 'none' ? {} : entries), raw: ascii(content) };
          update.set(first.reference, withEntries(first.dict, { Contents: update.add(stream) }));
        },
        PASSWORD,
      );
    };
    expect(latin1(withFilter('Identity'))).toContain(content);
    expect(latin1(withFilter('StdCF'))).not.toContain(content);
    for (const filter of ['Identity', 'StdCF']) {
      const { bytes } = await signAsPerson(withFilter(filter), { password: PASSWORD, appearance: { image: null } });
      expect(verify(bytes)).toMatchObject({ verdict: 'VALID' });
      expect((await readPdfText(bytes, { password: PASSWORD })).pages[0]?.items.map(({ text }) => text)).toEqual([
        'So:',
        '12',
      ]);
    }
    expect(() => withFilter('Khac')).toThrow(code('PDF_BROKEN'));
  });
});

describe('handlers and algorithms that are not known here', () => {
  const stated = (encrypt: string): Uint8Array =>
    ascii(latin1(makePdf()).replace('/Root 1 0 R', `/Root 1 0 R /ID [<01><01>] /Encrypt ${encrypt}`));
  const cf = '/CF <</StdCF <</CFM /AESV4>>>> /StmF /StdCF /StrF /StdCF';

  it.for([
    ['certificates', '<</Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4>>'],
    ['AES-GCM (ISO/TS 32003)', `<</Filter /Standard /V 6 /R 7 ${cf}>>`],
    ['an unknown method', `<</Filter /Standard /V 5 /R 6 ${cf}>>`],
    ['the unpublished algorithm', '<</Filter /Standard /V 3 /R 3>>'],
    ['attachments alone', '<</Filter /Standard /V 4 /R 4 /CF <</StdCF <</CFM /AESV2>>>> /EFF /StdCF>>'],
  ] as const)('%s: refused by name, as encrypted where no password can be given', ([, encrypt]) => {
    const bytes = stated(encrypt);
    for (const password of ['', PASSWORD])
      expect(() => verify(bytes, password)).toThrow(code('PDF_ENCRYPTION_UNSUPPORTED'));
    expect(() => verifyPdf(bytes, { trust: trust(), now: new Date() })).toThrow(code('PDF_ENCRYPTED'));
    expect(() => openPdf(bytes)).toThrow(code('PDF_ENCRYPTED'));
  });

  it('what is no dictionary at all', () => {
    for (const encrypt of ['null', '7', '/Standard', '[]', '<<>>', '3 0 R', '4 0 R', '99 0 R', '0 0 R', '1 65535 R']) {
      expect(() => verify(stated(encrypt))).toThrow(code('PDF_BROKEN'));
    }
  });
});

/** The verdict, or the code of the refusal; anything else that is thrown fails the test. */
function outcome(bytes: Uint8Array): string {
  try {
    return verify(bytes).verdict;
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    throw error;
  }
}

describe.for(Object.entries(kinds))('%s: any dictionary', ([, options]) => {
  const keys = 'Filter V R Length P O U OE UE Perms CF StmF StrF EFF EncryptMetadata SubFilter'.split(' ');
  const value = fc.oneof(
    fc.constantFrom(
      'null',
      'true',
      'false',
      '0',
      '-1',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '16',
      '39',
      '40',
      '128',
      '256',
    ),
    fc.constantFrom(
      '99999999999',
      '-2147483649',
      '4294967295',
      '1.5',
      '1e9',
      '()',
      '<>',
      '[]',
      '<<>>',
      '1 0 R',
      '9 0 R',
    ),
    fc.constantFrom(
      '/Standard',
      '/Identity',
      '/StdCF',
      '/None',
      '<</StdCF 3>>',
      '<</StdCF <<>>>>',
      '<</StdCF <</CFM 1>>>>',
    ),
    fc.constantFrom(
      '<</StdCF <</CFM /V2 /Length -5>>>>',
      '<</StdCF <</CFM /AESV2>> /StdCF null>>',
      '<</Identity null>>',
    ),
    fc.integer().map(String),
    fc.uint8Array({ maxLength: 140 }).map((bytes) => `<${Buffer.from(bytes).toString('hex')}>`),
  );
  const change = fc.tuple(fc.constantFrom(...keys), fc.option(value, { nil: undefined }));

  it('an answer by name within the time, never green', async () => {
    const input = qpdf(makePdf(), ...options);
    const { bytes: signed } = await signAsPerson(input, { password: PASSWORD, appearance: { image: null } });
    const document = openPdf(signed, new Budget(), PASSWORD);
    const whole = document.getDict(document.trailer, 'Encrypt');
    const num = document.encryption?.num ?? 0;
    const at = latin1(signed).indexOf(`${num} 0 obj`);
    const end = latin1(signed).indexOf('endobj', at);
    const room = 4_000;
    expect(whole).toBeDefined();
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const entries = new Map(
          [...(whole?.entries ?? [])].map(([key, item]) => [key, writeObject(item).toString('latin1')]),
        );
        for (const [key, text] of changes) {
          if (text === undefined) entries.delete(key);
          else entries.set(key, text);
        }
        const text = `<<${[...entries].map(([key, item]) => `/${key} ${item}`).join(' ')}>>`;
        const alone = ascii(latin1(makePdf()).replace('/Root 1 0 R', `/Root 1 0 R /ID [<01><01>] /Encrypt ${text}`));
        const started = performance.now();
        expect(outcome(alone)).not.toBe('VALID');
        // In the place of the true one, as far as it fits there.
        const fitted = `${num} 0 obj\n${text}\n`.padEnd(end - at);
        if (fitted.length === end - at) {
          const replaced = ascii(latin1(signed).slice(0, at) + fitted + latin1(signed).slice(end));
          if (Buffer.compare(replaced, signed) !== 0) expect(outcome(replaced)).not.toBe('VALID');
        }
        expect(performance.now() - started).toBeLessThan(room);
      }),
      { numRuns: 250 },
    );
  });
});

it('encrypted data of any length: read, or refused by name', () => {
  const input = qpdf(makePdf(), ...kinds['AES-128 (R4)']);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
      const broken = revise(
        input,
        (update, document) => {
          const first = page(document, 1);
          const place = update.allocate();
          update.setRaw(place, writeObject({ kind: 'stream', dict: dict({ Type: name('ObjStm') }), raw: bytes }));
          update.set(first.reference, withEntries(first.dict, { Contents: place }));
        },
        PASSWORD,
      );
      const document = openPdf(broken, new Budget(), PASSWORD);
      const stream = document.get(page(document, 1).dict, 'Contents');
      try {
        expect(isStream(stream) && stream.raw.length <= bytes.length).toBe(true);
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        expect(error.code).toBe('PDF_BROKEN');
      }
    }),
    { numRuns: 100 },
  );
});

it('streams within streams: bounded as decoded ones are', () => {
  const blank = `<</Length 9000000>>
stream
${' '.repeat(9_000_000)}
endstream`;
  const large = makePdf({ catalog: '/Private 10 0 R', extra: [blank] });
  const input = qpdf(large, '--compress-streams=n', ...kinds['RC4 (R3)']);
  const document = openPdf(input, new Budget(), PASSWORD);
  const read = (): void => {
    for (let round = 0; round < 40; round += 1) {
      const again = openPdf(input, document.budget, document);
      for (const [num, entry] of again.entries) {
        const value = entry.type === 'used' ? again.object({ kind: 'ref', num, gen: 0 }) : null;
        if (isStream(value)) expect(value.raw.length).toBeGreaterThan(0);
      }
    }
  };
  expect(read).toThrow(code('PDF_TOO_COMPLEX'));
});

it('RC4 as published', () => {
  expect(Buffer.from(rc4(ascii('Key'), ascii('Plaintext'))).toString('hex')).toBe('bbf316e8d940af0ad3');
  expect(Buffer.from(rc4(ascii('Secret'), ascii('Attack at dawn'))).toString('hex')).toBe(
    '45a01f645fc35b383552544b9bf5',
  );
});
