import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSpoolingStore, type SpoolingStore } from '#files/content-store.ts';
import { readMailFile } from '#reader/read-mail-file.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import { defaultHeaders, encodedWord, makeMail, type MailPart, type SmallMail } from '#tests/support/make-mail.ts';
import { makePdf } from '#tests/support/make-pdf.ts';

let folder: string;
let store: SpoolingStore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-mail-'));
  store = createSpoolingStore(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pdf = (name: string | null = 'cong-van.pdf', bytes = makePdf()): MailPart => ({
  name,
  type: 'application/pdf',
  bytes,
});
const readBytes = async (bytes: Uint8Array) => readMailFile(store, (await store.write(bytes)).fileId);
const read = (mail: SmallMail) => readBytes(makeMail(mail));
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
  throw new Error('it was read');
}

describe('an e-mail', () => {
  it('brings sender, subject, hour and its files in their order', async () => {
    const sheet = { name: 'phu-luc.xlsx', type: 'application/octet-stream', bytes: Buffer.from('PK') };
    const mail = await read({ parts: [sheet, pdf(), pdf('phu-luc-2.pdf', makePdf({ content: '' }))] });
    expect(mail).toMatchObject({
      senderName: 'Văn thư Sở Nội vụ',
      senderAddress: 'vanthu@snv.example.vn',
      subject: 'V/v rà soát biên chế năm 2027',
      sentAt: '2026-11-27T02:15:00.000Z',
    });
    expect(mail.attachments.map(({ name, isPdf }) => [name, isPdf])).toEqual([
      ['phu-luc.xlsx', false],
      ['cong-van.pdf', true],
      ['phu-luc-2.pdf', true],
    ]);
    expect(Buffer.from(await store.read(mail.attachments[1]?.fileId ?? ''))).toEqual(Buffer.from(makePdf()));
  });

  it('is a PDF by its bytes, whatever its sender calls it, and pictures of a signature are left out', async () => {
    const logo = { name: 'logo.png', type: 'image/png', bytes: Buffer.from('png'), disposition: 'inline' as const };
    const named = { name: 'van-ban.dat', type: 'application/octet-stream', bytes: makePdf() };
    const { attachments } = await read({ parts: [logo, named] });
    expect(attachments.map(({ name, isPdf }) => [name, isPdf])).toEqual([['van-ban.dat', true]]);
    const lie = { name: 'lie.pdf', type: 'application/pdf', bytes: Buffer.from('MZ program') };
    expect(await refusal(read({ parts: [lie] }))).toBe('MAIL_WITHOUT_PDF');
  });

  it.each([
    ['../../../etc/passwd', 'passwd'],
    ['C:\\\\Windows\\\\system32\\\\x.pdf', 'x.pdf'],
    ['..', 'tep-1'],
    [encodedWord('Công văn số 12/SNV: mật.pdf'), 'SNV_ mật.pdf'],
    [encodedWord('a\u202Efdp.exe'), 'afdp.exe'],
    ['x'.repeat(5000), 'x'.repeat(200)],
  ])('gives a file no way to anywhere: %s', async (written, kept) => {
    const { attachments } = await read({ parts: [pdf(written)] });
    expect(attachments[0]?.name).toBe(kept);
  });

  it('is found inside messages that were forwarded, as far as people forward', async () => {
    const forward = (bytes: Uint8Array): MailPart => ({ name: 'fw.eml', type: 'message/rfc822', bytes });
    // MIME forbids base64 here, and programs write it all the same.
    const { attachments } = await read({ parts: [forward(makeMail({ parts: [pdf()] }))] });
    expect(attachments.map(({ name }) => name)).toEqual(['cong-van.pdf']);
    let deep = makeMail({ parts: [pdf()] });
    for (let at = 0; at < 12; at += 1) deep = makeMail({ parts: [forward(deep)] });
    expect(['MAIL_WITHOUT_PDF', 'MAIL_UNREADABLE']).toContain(await refusal(readBytes(deep)));
  });

  it('may name a charset that nobody has, an impossible day, or nobody at all', async () => {
    const odd = [
      'From: =?x-tcvn-nothing?B?VuQ=?= <>',
      'Subject: =?utf-8?B?//////8=?= \u0000 control',
      'Date: Thu, 99 Foo 20260 99:99:99 +9999',
    ];
    const mail = await read({ headers: odd, parts: [pdf()] });
    expect(mail).toMatchObject({ senderAddress: '', sentAt: null });
    expect(`${mail.senderName}${mail.subject}`).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    expect(await read({ headers: [], parts: [pdf()] })).toMatchObject({ senderName: '', subject: '', sentAt: null });
  });

  it('of hundreds of files, endless headers or parts in parts is refused, and quickly', async () => {
    const many = Array.from({ length: 300 }, (_, at) => pdf(`${at}.pdf`));
    expect(await refusal(read({ parts: many }))).toBe('MAIL_UNREADABLE');
    const headers = [...defaultHeaders, ...Array.from({ length: 40_000 }, (_, at) => `X-${at}: ${'y'.repeat(60)}`)];
    expect(await refusal(read({ headers, parts: [pdf()] }))).toBe('MAIL_UNREADABLE');
    const nested = Array.from(
      { length: 500 },
      (_, at) => `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}`,
    );
    expect(await refusal(readBytes(Buffer.from(nested.join('\r\n'))))).toBe('MAIL_UNREADABLE');
  });

  it('reads anything or refuses it by a code, whatever bytes it is made of', async () => {
    const good = Buffer.from(makeMail({ parts: [pdf()] }));
    const broken = fc
      .array(fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255), cut: fc.boolean() }), { maxLength: 12 })
      .map((changes) => {
        let bytes = Buffer.from(good);
        for (const { at, byte, cut } of changes) {
          if (cut && at < bytes.length)
            bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + (byte % 64))]);
          else if (at < bytes.length) bytes[at] = byte;
        }
        return bytes;
      });
    const input = fc.oneof(
      broken,
      fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(input, async (bytes) => {
        try {
          const { attachments, subject, senderName } = await readBytes(bytes);
          expect(attachments.some(({ isPdf }) => isPdf)).toBe(true);
          for (const { name } of attachments) expect(name).toMatch(/^[^/\\\p{Cc}]{1,200}$/u);
          expect(`${subject}${senderName}`).not.toMatch(/[\r\n]/);
        } catch (error) {
          if (!isCodedError(error)) throw error;
          expect(['MAIL_UNREADABLE', 'MAIL_WITHOUT_PDF']).toContain(error.code);
        }
      }),
      { numRuns: 150 },
    );
    expect(readdirSync(folder)).toEqual(['files']);
  });
});
