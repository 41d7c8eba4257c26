import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { decideAll } from '#scripts/demo/decide-all.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { addKeys, createDraft, blankPlacement, plainFields } from '#tests/support/office-letters.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';
import { untidyPdfs } from '#tests/support/untidy-pdfs.ts';

let office: TestOffice;
beforeEach(async () => {
  const hub = createOfficeHub([agency('H15.01', 'Văn phòng'), agency('H15.02', 'Sở Nội vụ')]);
  office = await openTestOffice({ ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
});
afterEach(() => office.close());

const behindLine = (bytes: Uint8Array): Uint8Array => new Uint8Array(Buffer.concat([Buffer.from('\n\n'), bytes]));
const propose = (bytes: Uint8Array, name = 'quet.pdf') => {
  const path = join(office.dataDir, name);
  writeFileSync(path, bytes);
  return office.ok('letters.propose', { token: office.token(path) });
};
const stored = (fileId: string): string => join(office.dataDir, fileAddress(fileId));
const detailOf = (id: string): Promise<OutgoingDetail> => office.ok('outgoing.get', { id });

it('a file that is mended goes all the way, and its original stays', async () => {
  const bytes = behindLine(makePdf());
  const { file, mended } = await propose(bytes);
  expect(mended?.mends).toEqual(['structure']);
  const draft = await createDraft(office, ['H15.02'], { fileId: file.fileId });
  const detail = await detailOf(draft.id);
  expect(detail.file.fileId).toBe(mended?.file.fileId);
  expect(detail).toMatchObject({
    originalFileId: mended?.file.fileId,
    mended: { fileId: file.fileId, size: bytes.length, mends: ['structure'] },
  });
  expect(readFileSync(stored(file.fileId))).toEqual(Buffer.from(bytes));

  const keys = await addKeys(office);
  const approved = await office.ok('outgoing.approve', { id: draft.id, revision: draft.revision });
  const { id, revision } = await office.ok('outgoing.assignNumber', { id: draft.id, revision: approved.revision });
  await decideAll(office.ok, { id, revision }, keys);
  const password = TEST_PKI_PASSWORD;
  const signed = await office.ok('outgoing.sign', { id, revision, certificateId: keys.person, password });
  const sealed = await office.ok('outgoing.seal', {
    id,
    revision: signed.revision,
    certificateId: keys.seal,
    password,
  });
  expect((await detailOf(sealed.id)).verification).toMatchObject({ integrity: 'VALID' });
  expect((await detailOf(sealed.id)).mended?.fileId).toBe(file.fileId);
});

it('whatever is mended is taken, numbered and stays with its original when another file takes its place', async () => {
  const [first, second] = [untidyPdfs[0], untidyPdfs.find(({ mends }) => mends.includes('scripts'))];
  if (first === undefined || second === undefined) throw new Error('two kinds are needed');
  const one = await propose(first.bytes, 'mot.pdf');
  const two = await propose(second.bytes, 'hai.pdf');
  const draft = await createDraft(office, ['H15.02'], { fileId: one.file.fileId });
  await office.ok('outgoing.update', {
    id: draft.id,
    revision: draft.revision,
    fields: plainFields,
    recipients: ['H15.02'],
    file: { fileId: two.file.fileId, fileName: 'hai.pdf', placement: blankPlacement },
  });
  const detail = await detailOf(draft.id);
  expect(detail.mended).toMatchObject({ fileId: two.file.fileId, mends: ['scripts'] });
  expect(detail.replacedFiles).toMatchObject([
    {
      fileId: one.mended?.file.fileId,
      mended: { fileId: one.file.fileId, size: first.bytes.length, mends: first.mends },
    },
  ]);
  // What no row needs is put aside when a core starts later.
  await office.restart();
  for (const { bytes, fileId } of [
    { bytes: first.bytes, fileId: one.file.fileId },
    { bytes: second.bytes, fileId: two.file.fileId },
  ]) {
    expect(readFileSync(stored(fileId))).toEqual(Buffer.from(bytes));
  }
});

it('one that can be signed as it is stays what it is', async () => {
  const { file, mended } = await propose(makePdf());
  expect(mended).toBeNull();
  const draft = await createDraft(office, ['H15.02'], { fileId: file.fileId });
  expect(await detailOf(draft.id)).toMatchObject({ originalFileId: file.fileId, mended: null });
});

/** Files in the store, whatever they are. */
const storedFiles = (): number =>
  readdirSync(join(office.dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .length;

it.for<[string, string, Uint8Array]>([
  [
    'what cannot be mended',
    'SIGN_WOULD_WARN',
    makePdf({ catalog: '/OCProperties <</OCGs [10 0 R] /D <</OFF [10 0 R]>>>>', extra: ['<</Type /OCG>>'] }),
  ],
  [
    'a mended page with a secrecy mark',
    'SECRET_DOCUMENT',
    behindLine(makePdf({ content: 'BT /F1 14 Tf 72 800 Td (TUYET MAT) Tj ET' })),
  ],
])('%s is refused before it has a number, and kept nowhere', async ([, code, bytes]) => {
  await propose(makePdf());
  const before = storedFiles();
  const path = join(office.dataDir, 'refused.pdf');
  writeFileSync(path, bytes);
  expect(await office.refused('letters.propose', { token: office.token(path) })).toBe(code);
  expect(storedFiles()).toBe(before);
});
