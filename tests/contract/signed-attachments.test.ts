import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { decideAll } from '#scripts/demo/decide-all.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import type { CallInput } from '#shared/contract/contract.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { opensslCms, signForeign } from '#tests/support/foreign-signature.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { readOutbox } from '#tests/support/office-database.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import {
  addKeys,
  approvedDraft,
  createDraft,
  plainFields,
  sealedLetter,
  type OfficeKeys,
} from '#tests/support/office-letters.ts';
import { scan, signAsPerson } from '#tests/support/signing-fixtures.ts';
import { openTestOffice, testPki, type TestOffice } from '#tests/support/test-office.ts';

const OTHER = 'H15.02';
const password = TEST_PKI_PASSWORD;
let office: TestOffice;
let keys: OfficeKeys;

beforeEach(async () => {
  const hub = createOfficeHub([agency('H15.01', 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk'), agency(OTHER, 'Sở Nội vụ')]);
  office = await openTestOffice({ ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
  keys = await addKeys(office);
});
afterEach(() => office.close());

interface At {
  readonly id: string;
  readonly revision: number;
}
const target = ({ id, revision }: At): At => ({ id, revision });
const get = ({ id }: { readonly id: string }) => office.ok('outgoing.get', { id });
const attach = async (name: string, bytes: string | Uint8Array) => {
  const path = join(office.dataDir, name);
  writeFileSync(path, bytes);
  return office.ok('letters.attach', { token: office.token(path) });
};
type Attached = Awaited<ReturnType<typeof attach>>;
const asInput = ({ file: { fileId, name, pageCount } }: Attached) => ({ fileId, name, pageCount });
const stored = (fileId: string): Buffer => readFileSync(join(office.dataDir, fileAddress(fileId)));
const judged = (bytes: Uint8Array) => {
  const pki = testPki();
  const intermediates = [pki.certificate('issuing')];
  const trust = { anchors: [pki.certificate('root')], intermediates, crls: [pki.crl('root'), pki.crl('issuing')] };
  return verifyPdf(bytes, { trust, now: new Date() });
};
const textOf = (bytes: Uint8Array): string =>
  execFileSync('pdftotext', ['-layout', '-l', '1', '-', '-'], { input: bytes, encoding: 'utf8' });

async function signedDraft(attachments: readonly Attached[]): Promise<At> {
  const approved = await approvedDraft(office, [OTHER], { attachments: attachments.map(asInput) });
  const numbered = await office.ok('outgoing.assignNumber', target(approved));
  await decideAll(office.ok, numbered, keys);
  return office.ok('outgoing.sign', { ...target(numbered), certificateId: keys.person, password });
}
const seal = (at: At, secret = password): CallInput<'outgoing.seal'> => ({
  ...target(at),
  certificateId: keys.seal,
  password: secret,
  commandId: crypto.randomUUID(),
});
const sealed = async (...attachments: readonly Attached[]) =>
  get(await office.ok('outgoing.seal', seal(await signedDraft(attachments))));
const annex = makePdf({ content: 'BT /F1 12 Tf 72 700 Td (Phu luc) Tj ET' });
const forbidding = '/Reference[<</TransformMethod/DocMDP/TransformParams<</Type/TransformParams/P 1/V/1.2>>>>]';

describe('PDFs that go with a letter', () => {
  it('are signed by the agency with the seal, with number and time in words; the rest stays as it is', async () => {
    const files = [
      await attach('phu-luc.pdf', annex),
      await attach('bieu.docx', 'PK'),
      await attach('quet.pdf', scan()),
    ];
    expect(files.map(({ mended, obstacle }) => ({ mended, obstacle }))).toEqual(
      files.map(() => ({ mended: null, obstacle: null })),
    );
    const { codeText, attachments, history, id, revision } = await sealed(...files);
    expect(attachments.map(({ name, signed }) => [name, signed])).toEqual([
      ['phu-luc.pdf', true],
      ['bieu.docx', false],
      ['quet.pdf', true],
    ]);
    expect(attachments[1]?.fileId).toBe(files[1]?.file.fileId);
    for (const at of [0, 2]) {
      const [now, before] = [stored(attachments[at]?.fileId ?? ''), stored(files[at]?.file.fileId ?? '')];
      expect(now.subarray(0, before.length)).toEqual(before);
      expect(judged(now)).toMatchObject({
        verdict: 'VALID',
        findings: [],
        signatures: [{ role: 'seal', page: 1, findings: [] }],
      });
      const said = new RegExp(`${codeText}; (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+07:00)`, 'u').exec(
        textOf(now),
      );
      expect(Date.parse(said?.[1] ?? '')).toBe(Date.parse(judged(now).signatures[0]?.claimedTime ?? '-'));
    }
    expect(history[0]).toMatchObject({ action: 'sealed', params: { attachments: 2 } });

    await office.ok('outgoing.send', { id, revision });
    const message = await sentMessage(id);
    expect(message.attachments.slice(1).map(({ bytes }) => Buffer.from(bytes))).toEqual(
      attachments.map(({ fileId }) => stored(fileId)),
    );
  });

  it('are mended when they are added, and keep the file that was picked', async () => {
    const bytes = Buffer.concat([Buffer.from('\n\n'), annex]);
    const added = await attach('phu-luc.pdf', bytes);
    expect(added.mended?.mends).toEqual(['structure']);
    const draft = await createDraft(office, [OTHER], { attachments: [asInput(added)] });
    const [first] = (await get(draft)).attachments;
    const from = { fileId: added.file.fileId, size: bytes.length, mends: ['structure'] };
    expect(first).toMatchObject({ fileId: added.mended?.file.fileId, mended: from, obstacle: null, signed: false });
    // The form says again what the draft has: as it was picked, or as it is.
    for (const fileId of [added.file.fileId, first?.fileId ?? '']) {
      const { id, revision } = await get(draft);
      const attachments = [{ fileId, name: 'Phụ lục I.pdf', pageCount: 1 }];
      await office.ok('outgoing.update', { id, revision, fields: plainFields, recipients: [OTHER], attachments });
      expect((await get(draft)).attachments).toMatchObject([{ ...first, name: 'Phụ lục I.pdf' }]);
    }
    const detail = await sealed(added);
    expect(detail.attachments).toMatchObject([{ mended: from, signed: true }]);
    expect(stored(added.file.fileId)).toEqual(bytes);
  });

  it('that cannot be signed are kept, and go unsigned once somebody has decided so', async () => {
    const layers = makePdf({
      catalog: '/OCProperties <</OCGs [10 0 R] /D <</OFF [10 0 R]>>>>',
      extra: ['<</Type /OCG>>'],
    });
    const changed = new Uint8Array((await signAsPerson(annex)).bytes);
    changed[changed.length - 700] = (changed[changed.length - 700] ?? 0) ^ 1;
    const files = [await attach('lop.pdf', layers), await attach('hong.pdf', changed), await attach('tot.pdf', annex)];
    expect(files.map(({ obstacle }) => obstacle)).toEqual(['SIGN_WOULD_WARN', 'SIGN_INVALID_EXISTING', null]);
    const approved = await approvedDraft(office, [OTHER], { attachments: files.map(asInput) });
    expect((await get(approved)).attachments.map(({ obstacle }) => obstacle)).toEqual(
      files.map(({ obstacle }) => obstacle),
    );
    // It is asked before there is a number.
    const { differences } = await office.ok('outgoing.look', { id: approved.id });
    expect(differences.filter(({ kind }) => kind === 'attachment')).toMatchObject([
      { page: 'lop.pdf', other: 'SIGN_WOULD_WARN', ways: ['accepted'], decision: null },
      { page: 'hong.pdf', other: 'SIGN_INVALID_EXISTING', ways: ['accepted'], decision: null },
    ]);
    const numbered = await office.ok('outgoing.assignNumber', target(approved));
    const sign = { ...target(numbered), certificateId: keys.person, password };
    expect(await office.refused('outgoing.sign', sign)).toBe('DIFFERENCE_UNDECIDED');
    await decideAll(office.ok, numbered, keys);
    const signed = await office.ok('outgoing.sign', sign);
    const { attachments, history } = await get(await office.ok('outgoing.seal', seal(signed)));
    expect(attachments.map(({ fileId, signed: is }) => [fileId, is])).toEqual([
      [files[0]?.file.fileId, false],
      [files[1]?.file.fileId, false],
      [expect.not.stringMatching(files[2]?.file.fileId ?? ''), true],
    ]);
    expect(history.filter(({ action }) => action === 'attachment-unsigned').map(({ params }) => params)).toEqual(
      expect.arrayContaining([
        { file: 'lop.pdf', code: 'SIGN_WOULD_WARN', reason: 'Đã xem' },
        { file: 'hong.pdf', code: 'SIGN_INVALID_EXISTING', reason: 'Đã xem' },
      ]),
    );
  });
});

describe('PDFs that others have signed', () => {
  it('get the agency’s signature behind theirs, unless a signature forbids it or is the agency’s own', async () => {
    const person = (await signAsPerson(annex)).bytes;
    const closed = signForeign(annex, 'ETSI.CAdES.detached', opensslCms('person', '-cades'), {
      dictionary: forbidding,
    });
    const own = stored((await sealed(await attach('phu-luc.pdf', annex))).attachments[0]?.fileId ?? '');
    const files = [
      await attach('ca-nhan.pdf', person),
      await attach('khoa.pdf', closed),
      await attach('co-quan.pdf', own),
    ];
    expect(files.map(({ obstacle }) => obstacle)).toEqual([null, 'SIGN_DOCMDP_FORBIDS', null]);
    const approved = await approvedDraft(office, [OTHER], { attachments: files.map(asInput) });
    const { differences } = await office.ok('outgoing.look', { id: approved.id });
    expect(differences.filter(({ kind }) => kind === 'attachment')).toEqual([]);
    const { attachments } = await sealed(...files);
    expect(attachments.map(({ signed }) => signed)).toEqual([true, false, false]);
    const now = stored(attachments[0]?.fileId ?? '');
    expect(now.subarray(0, person.length)).toEqual(Buffer.from(person));
    expect(judged(now)).toMatchObject({ integrity: 'VALID', signatures: [{ role: 'person' }, { role: 'seal' }] });
    expect(attachments.slice(1).map(({ fileId }) => fileId)).toEqual(files.slice(1).map(({ file }) => file.fileId));
  });
});

describe('a copy', () => {
  it('is sealed in words: its kind, the agency and the time', async () => {
    const fields = { documentType: 'Trích sao', notation: 'TrS', agencyName: 'Văn phòng UBND tỉnh Đắk Lắk' };
    const copy = await get(await sealedLetter(office, keys, [OTHER], { fields }));
    const bytes = stored(copy.file.fileId);
    expect(textOf(bytes)).toMatch(/TRÍCH SAO; Văn phòng UBND tỉnh Đắk Lắk; \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00/u);
    expect(judged(bytes)).toMatchObject({
      integrity: 'VALID',
      signatures: [{ role: 'person' }, { role: 'seal', page: 1 }],
    });
  });
});

describe('a seal that fails', () => {
  it('leaves letter and attachments as they were', async () => {
    const added = await attach('phu-luc.pdf', annex);
    const signed = await signedDraft([added]);
    const before = await get(signed);
    expect(await office.refused('outgoing.seal', seal(signed, 'sai'))).toBe('P12_WRONG_PASSWORD');
    expect(await get(signed)).toEqual(before);
    const after = await get(await office.ok('outgoing.seal', seal(signed)));
    expect(after.attachments).toMatchObject([{ signed: true }]);
  });
});

describe('attachments that an older version took in', () => {
  it('are looked through before the letter is issued', async () => {
    const layers = makePdf({
      catalog: '/OCProperties <</OCGs [10 0 R] /D <</OFF [10 0 R]>>>>',
      extra: ['<</Type /OCG>>'],
    });
    const files = [await attach('quet.pdf', scan()), await attach('lop.pdf', layers)];
    const approved = await approvedDraft(office, [OTHER], { attachments: files.map(asInput) });
    const sqlite = new Database(join(office.dataDir, 'vanthu.db'));
    sqlite.prepare('UPDATE attachment SET obstacle = NULL').run();
    sqlite.close();
    await office.restart();
    const numbered = await office.ok('outgoing.assignNumber', target(approved));
    const { differences } = await office.ok('outgoing.look', { id: approved.id });
    expect(differences.filter(({ kind }) => kind === 'attachment').map(({ page }) => page)).toEqual(['lop.pdf']);
    await decideAll(office.ok, numbered, keys);
    const sign = { ...target(numbered), certificateId: keys.person, password };
    const after = await get(await office.ok('outgoing.seal', seal(await office.ok('outgoing.sign', sign))));
    expect(after.attachments).toMatchObject([
      { signed: true, obstacle: null },
      { signed: false, obstacle: 'SIGN_WOULD_WARN' },
    ]);
  });
});

async function sentMessage(id: string) {
  const [row] = readOutbox(office.dataDir, id);
  const message = readEdxml(stored(row?.file_id ?? ''));
  if (message.kind !== 'document') throw new Error('no document');
  return message;
}
