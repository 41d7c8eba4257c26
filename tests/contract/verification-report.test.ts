import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FINDING_CODES, type VerificationReport } from '#shared/domain/verification.ts';
import { verificationSheet, type CheckedFile } from '#core/printing/verification-sheet.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { describeFinding } from '#shared/messages/describe-finding.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, approvedDraft, sealedLetter } from '#tests/support/office-letters.ts';
import { pdfReader, printer } from '#tests/support/print.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

let office: TestOffice;
let sealed: string;
const to = ['H15.02'];
const reader = pdfReader();
const flat = (text: string): string => text.replaceAll(/\s+/gu, ' ');

beforeAll(async () => {
  const hub = createOfficeHub([agency('H15.01', 'Văn phòng UBND tỉnh Đắk Lắk'), agency('H15.02', 'Sở Nội vụ')]);
  office = await openTestOffice({ ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
  const keys = await addKeys(office);
  sealed = (await sealedLetter(office, keys, to)).id;
});
afterAll(async () => {
  await office.close();
  rmSync(reader.folder, { recursive: true, force: true });
});

async function made(id: string, format: 'pdf' | 'json') {
  const { file } = await office.ok('printing.verification', { direction: 'outgoing', id, format });
  return { name: file.name, path: join(office.dataDir, fileAddress(file.fileId)) };
}

it('says on paper what file was checked, when, and what each signature proves', async () => {
  const { codeText, file } = await office.ok('outgoing.get', { id: sealed });
  const { name, path } = await made(sealed, 'pdf');
  expect(name).toBe(`Kiểm tra chữ ký ${codeText.replaceAll('/', '-')}.pdf`);
  const text = flat(execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }));
  expect(text).toContain('BÁO CÁO KIỂM TRA CHỮ KÝ SỐ');
  expect(text).toContain(codeText);
  // A long line may be broken anywhere.
  expect(text.replaceAll(' ', '')).toContain(file.fileId);
  expect(text).toMatch(/Kết luận: Hợp lệ.*1\. Chữ ký của người ký: .*2\. Con dấu của cơ quan: .*NGƯỜI KIỂM TRA/);
  expect(text).toMatch(/Thời gian ký: \d\d:\d\d:\d\d ngày \d\d\/\d\d\/\d{4}, theo máy của người ký/);
  expect(text).toContain('Mức chữ ký (PAdES): B-B');
  expect(text).not.toMatch(/Kết luận đã ghi trước đây|Đã ký trước/);
});

it('says the same to another program, with the report as the verifier gave it', async () => {
  const { verification, file } = await office.ok('outgoing.get', { id: sealed });
  const { name, path } = await made(sealed, 'json');
  expect(name).toMatch(/\.json$/);
  const said = JSON.parse(readFileSync(path, 'utf8')) as CheckedFile;
  expect(said).toMatchObject({ file: { sha256: file.fileId, size: file.size }, kept: 'VALID' });
  expect(said.report).toEqual(verification);
});

it('checks again: what was valid and is trusted no more is said to be so, beside what was said then', async () => {
  rmSync(join(office.dataDir, 'trust'), { recursive: true });
  const { path } = await made(sealed, 'pdf');
  const text = flat(execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' }));
  expect(text).toMatch(/Kết luận: Chưa kết luận được.*Kết luận đã ghi trước đây: Hợp lệ/);
});

it('says of a draft that it is not signed, and of a document that is not here that there is none', async () => {
  const { id } = await approvedDraft(office, to);
  const said = JSON.parse(readFileSync((await made(id, 'json')).path, 'utf8')) as CheckedFile;
  expect(said).toMatchObject({ report: { verdict: 'UNSIGNED' }, kept: null });
  const asked = { direction: 'incoming', id, format: 'pdf' } as const;
  expect(await office.refused('printing.verification', asked)).toBe('NOT_FOUND');
});

it('has a sentence for whatever may be found, of any length', async () => {
  const signature = (index: number, codes: VerificationReport['findings'][number]['code'][]) => ({
    index,
    fieldName: `Sig${index}`,
    role: 'timestamp' as const,
    signerName: '',
    signerTitle: '',
    organisation: '',
    issuer: '',
    provenTime: '2026-11-28T23:59:59.000Z',
    serial: 'AB'.repeat(20),
    subFilter: 'ETSI.RFC3161',
    verdict: 'INVALID' as const,
    integrity: 'INVALID' as const,
    coversWholeRevision: false,
    revisionEnd: 0,
    findings: codes.map((code) => ({ code, severity: 'invalid' as const, params: {}, scope: 'integrity' as const })),
  });
  const sheet = verificationSheet(
    {
      document: {
        documentType: 'Công văn',
        codeText: '1/VP',
        date: null,
        abstract: 'V/v '.repeat(200),
        agencyName: '',
      },
      file: { name: 'a.pdf', size: 1, sha256: '0'.repeat(64) },
      checkedAt: new Date('2026-11-29T01:02:03Z'),
      report: {
        verdict: 'INVALID',
        integrity: 'INVALID',
        signatures: [signature(0, [...FINDING_CODES]), signature(1, [])],
        findings: [],
      },
      kept: null,
    },
    { parentAgency: '', agency: 'Văn phòng' },
  );
  const { bytes, pages } = await printer.sheet(sheet);
  expect(pages).toBeGreaterThan(2);
  const text = flat(reader.pages(bytes).join(' ')).replaceAll(' ', '');
  for (const code of FINDING_CODES) {
    const finding = { code, severity: 'invalid', params: {}, scope: 'integrity' } as const;
    expect(text).toContain(describeFinding('vi', finding).replaceAll(/\s/gu, ''));
  }
  expect(text).toContain('Đãkýtrước:06:59:59ngày29/11/2026,theodấuthờigianđượctincậy');
  expect(reader.check(bytes)).toContain('No syntax or stream encoding errors');
});
