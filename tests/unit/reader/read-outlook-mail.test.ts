import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSpoolingStore, type SpoolingStore } from '#files/content-store.ts';
import { readMailFile } from '#reader/read-mail-file.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import { makeMail } from '#tests/support/make-mail.ts';
import {
  makeOutlookMessage,
  makeTnef,
  type OutlookMail,
  type OutlookPart,
  withRightSums,
} from '#tests/support/make-outlook-mail.ts';
import { makePdf } from '#tests/support/make-pdf.ts';

let folder: string;
let store: SpoolingStore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-outlook-'));
  store = createSpoolingStore(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAME = 'Công văn số 15 về rà soát biên chế – Sở Nội vụ Đắk Lắk.pdf';
/** Of more than 4096 bytes, which a compound file keeps in another place than what is smaller. */
const large = makePdf({ content: '% ký\n'.repeat(4000) });
const pdf = (name: string | null = NAME, bytes: Uint8Array = makePdf()): OutlookPart => ({ name, bytes });
const read = async (bytes: Uint8Array) => readMailFile(store, (await store.write(bytes)).fileId);
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
  throw new Error('it was read');
}

describe.each([
  ['msg', makeOutlookMessage],
  ['tnef', makeTnef],
] as const)("Outlook's %s", (format, make) => {
  it.each(['unicode', 'ansi'] as const)('brings sender, subject, hour and its files, written as %s', async (as) => {
    // cp1258 has the dash too, but the small writer of the tests has not.
    const name = as === 'ansi' ? NAME.replace('–', '-') : NAME;
    const sheet = { name: 'Phụ lục.xlsx', bytes: Buffer.from('PK') };
    const mail = await read(make({ parts: [sheet, pdf(name, large), pdf('nhỏ.pdf')] }, as));
    expect(mail).toMatchObject({
      format,
      senderName: 'Văn thư Sở Nội vụ',
      senderAddress: 'vanthu@snv.example.vn',
      subject: 'V/v rà soát biên chế năm 2027',
      sentAt: '2026-11-27T02:15:00.000Z',
    });
    expect(mail.attachments.map((one) => [one.name, one.isPdf])).toEqual([
      ['Phụ lục.xlsx', false],
      [name, true],
      ['nhỏ.pdf', true],
    ]);
    expect(Buffer.from(await store.read(mail.attachments[1]?.fileId ?? ''))).toEqual(Buffer.from(large));
    expect(Buffer.from(await store.read(mail.attachments[2]?.fileId ?? ''))).toEqual(Buffer.from(makePdf()));
  });

  it('is opened in mails in mails, also of another format, as far as people forward', async () => {
    const inner: OutlookMail = { parts: [pdf('trong.pdf')] };
    const { attachments } = await read(
      make({
        parts: [
          { name: 'Thư 1', mail: { parts: [{ name: 'Thư 2', mail: inner }] } },
          { name: 'fw.msg', bytes: makeOutlookMessage({ parts: [pdf('msg.pdf')] }) },
          { name: 'winmail.dat', bytes: makeTnef({ parts: [pdf('tnef.pdf')] }) },
          {
            name: 'smime.p7m',
            mimeType: 'multipart/signed',
            bytes: makeMail({ parts: [{ name: 'ky.pdf', type: 'application/pdf', bytes: makePdf() }] }),
          },
        ],
      }),
    );
    expect(attachments.map(({ name }) => name)).toEqual(['trong.pdf', 'msg.pdf', 'tnef.pdf', 'ky.pdf']);
    let deep: OutlookMail = inner;
    for (let at = 0; at < 8; at += 1) deep = { parts: [{ name: null, mail: deep }] };
    expect(await refusal(read(make(deep)))).toBe('MAIL_UNREADABLE');
  });

  it('without a PDF, or of hundreds of files, is refused; pictures of its text are left out', async () => {
    const logo = { name: 'logo.png', bytes: Buffer.from('png'), hidden: true };
    expect(await refusal(read(make({ parts: [logo] })))).toBe('MAIL_WITHOUT_PDF');
    expect(await refusal(read(make()))).toBe('MAIL_WITHOUT_PDF');
    expect((await read(make({ parts: [logo, pdf()] }))).attachments).toHaveLength(1);
    const many = Array.from({ length: 120 }, (_, at) => pdf(`${at}.pdf`));
    expect(await refusal(read(make({ parts: many })))).toBe('MAIL_UNREADABLE');
  });

  it('may leave out who sent it, when and what its files are called', async () => {
    const mail = await read(make({ senderName: '', senderAddress: '', sentAt: null, parts: [pdf(null)] }));
    expect(mail).toMatchObject({ senderName: '', senderAddress: '', sentAt: null, attachments: [{ name: 'tep-1' }] });
  });

  it('goes with an e-mail of another program', async () => {
    const bytes = make({ senderName: 'Người khác', parts: [pdf('ben-trong.pdf')] });
    const mail = await read(makeMail({ parts: [{ name: 'winmail.dat', type: 'application/ms-tnef', bytes }] }));
    expect(mail).toMatchObject({
      format: 'eml',
      senderName: 'Văn thư Sở Nội vụ',
      attachments: [{ name: 'ben-trong.pdf', isPdf: true }],
    });
  });

  it('is read or refused by a code, whatever bytes of it are others, and never takes long', async () => {
    const inner: OutlookPart = { name: 'fw', mail: { parts: [pdf('trong.pdf')] } };
    const good = Buffer.from(make({ parts: [pdf(NAME, large.slice(0, 5000)), inner, pdf('nhỏ.pdf')] }));
    // Numbers of sectors, lengths and counts are small: those are changed more often than the rest.
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 3, 4, 5, 0x7f, 0xfe, 0xff));
    const changes = fc.array(fc.record({ at: fc.nat(good.length - 1), byte }), { minLength: 1, maxLength: 40 });
    const broken = fc.tuple(changes, fc.option(fc.nat(good.length), { freq: 4 })).map(([changed, end]) => {
      const bytes = Buffer.from(good);
      for (const one of changed) bytes[one.at] = one.byte;
      const whole = bytes.subarray(0, end ?? bytes.length);
      // With sums that are wrong nothing behind them would be tried.
      return format === 'tnef' ? withRightSums(whole) : whole;
    });
    let refused = 0;
    const began = performance.now();
    await fc.assert(
      fc.asyncProperty(broken, async (bytes) => {
        try {
          const { attachments } = await read(bytes);
          expect(attachments.some(({ isPdf }) => isPdf)).toBe(true);
          for (const { name } of attachments) expect(name).toMatch(/^[^/\\\p{Cc}]{1,200}$/u);
        } catch (error) {
          if (!isCodedError(error)) throw error;
          expect(['MAIL_UNREADABLE', 'MAIL_WITHOUT_PDF']).toContain(error.code);
          refused += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(refused).toBeGreaterThan(50);
    expect(performance.now() - began).toBeLessThan(60_000);
    expect(readdirSync(folder)).toEqual(['files']);
  });
});

describe('a message of Outlook', () => {
  const bytesOf = (mail: OutlookMail) => Buffer.from(makeOutlookMessage(mail));
  const message = () => bytesOf({ parts: [pdf(NAME, large)] });
  /** Where the table of chains begins: its first sector is in the header ([MS-CFB] 2.2). */
  const table = (bytes: Buffer) => (bytes.readUInt32LE(76) + 1) * 512;

  it.each([
    ['its directory', 48],
    ['its small streams', 60],
  ])('whose chain of %s runs in a circle is refused at once', async (_what, at) => {
    const bytes = message();
    const sector = bytes.readUInt32LE(at);
    bytes.writeUInt32LE(sector, table(bytes) + 4 * sector);
    expect(await refusal(read(bytes))).toBe('MAIL_UNREADABLE');
  });

  it('whose streams share their bytes, so that a small file would become a huge one, is refused', async () => {
    const bytes = bytesOf({ parts: [pdf('a.pdf', large), pdf('b.pdf', large)] });
    const name = Buffer.from('__substg1.0_37010102', 'utf16le');
    const first = bytes.indexOf(name);
    const second = bytes.indexOf(name, first + 1);
    bytes.writeUInt32LE(bytes.readUInt32LE(first + 116), second + 116);
    expect(await refusal(read(bytes))).toBe('MAIL_UNREADABLE');
  });

  it('whose folders hold each other is refused', async () => {
    const bytes = message();
    const attachment = bytes.indexOf(Buffer.from('__attach_version1.0', 'utf16le'));
    // The root, and so itself: entry 0 becomes its child.
    bytes.writeUInt32LE(bytes.readUInt32LE((bytes.readUInt32LE(48) + 1) * 512 + 76), attachment + 76);
    expect(await refusal(read(bytes))).toBe('MAIL_UNREADABLE');
  });

  it('that came over the internet says who sent it by the lines that it came with', async () => {
    const headers = 'From: "So Noi vu" <vanthu@snv.example.vn>\r\nTo: x@y.vn\r\n';
    const sent = { senderAddress: '/O=UBND/OU=SNV/CN=VANTHU', headers, parts: [pdf()] };
    expect(await read(bytesOf(sent))).toMatchObject({
      senderName: 'Văn thư Sở Nội vụ',
      senderAddress: 'vanthu@snv.example.vn',
    });
    expect((await read(bytesOf({ ...sent, headers: '' }))).senderAddress).toBe('');
  });

  it('is told from an old Word file, which stays a file', async () => {
    const word = Buffer.from(makeOutlookMessage());
    const name = Buffer.from('__properties_version1.0', 'utf16le');
    for (let at = word.indexOf(name); at !== -1; at = word.indexOf(name)) word.write('W', at, 'utf16le');
    const { attachments } = await read(bytesOf({ parts: [{ name: 'phu-luc.doc', bytes: word }, pdf()] }));
    expect(attachments.map((one) => [one.name, one.isPdf])).toEqual([
      ['phu-luc.doc', false],
      [NAME, true],
    ]);
    expect(await refusal(read(word))).toBe('MAIL_UNREADABLE');
  });
});

describe('a winmail.dat', () => {
  it('that was damaged on its way is refused', async () => {
    const bytes = Buffer.from(makeTnef({ parts: [pdf()] }));
    bytes.write('?', bytes.indexOf('%PDF') + 20);
    expect(await refusal(read(bytes))).toBe('MAIL_UNREADABLE');
  });
});
