import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IncomingFields } from '#shared/domain/document-fields.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { addDays, vietnamDay } from '#shared/domain/vn-date.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { encodedWord, makeMail } from '#tests/support/make-mail.ts';
import { makeOutlookMessage, makeTnef } from '#tests/support/make-outlook-mail.ts';
import { readRows } from '#tests/support/office-database.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { openTestOffice, repositoryRoot, type TestOffice } from '#tests/support/test-office.ts';
import { makeTextPdf } from '#tests/support/vietnamese-pdf.ts';
import { fullDocument, organ } from '#tests/unit/edxml/sample-messages.ts';

const OWN = 'H15.01';
const MINISTRY = 'G01.05';
const hub = createOfficeHub([agency(OWN, 'Văn phòng'), agency(MINISTRY, 'Bộ Nội vụ')]);
const letter = (name: string) => join(repositoryRoot, 'tests/fixtures/letters', `${name}.pdf`);
const MINISTRYS = letter('cong-van-bo-noi-vu');
let office: TestOffice;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-sources-'));
  office = await openTestOffice({ ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: OWN, workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
});
afterAll(async () => {
  await office.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (id: string) => office.ok('incoming.get', { id });
const takeIn = (path: string) => office.ok('incoming.takeIn', { token: office.token(path), unlessOwn: false });
const refuseFile = (path: string, unlessOwn = false) =>
  office.refused('incoming.takeIn', { token: office.token(path), unlessOwn });

let files = 0;
function fileOf(name: string, bytes: Uint8Array): string {
  files += 1;
  const path = join(folder, `${files}-${name}`);
  writeFileSync(path, bytes);
  return path;
}
/** The page of a letter that no other test has. */
function page(number: string): Uint8Array {
  return makeTextPdf([
    { text: 'BỘ NỘI VỤ', x: 90, y: 780 },
    { text: `Số: ${number}/BNV-TCBC`, x: 90, y: 750 },
    { text: 'Hà Nội, ngày 20 tháng 11 năm 2026', x: 320, y: 750 },
    { text: 'V/v rà soát biên chế', x: 90, y: 720 },
  ]);
}
const mailOf = (bytes: Uint8Array, name = 'cong-van.pdf') =>
  fileOf('thu.eml', makeMail({ parts: [{ name, type: 'application/pdf', bytes }] }));

/** The same letter through the exchange. */
async function throughExchange(number: string, bytes: Uint8Array) {
  const documentId = `${MINISTRY},2026/11/20,${number}/BNV-TCBC`;
  const file = { contentId: '1', name: 'thu.pdf', contentType: 'application/pdf', description: '', bytes };
  hub.slip(
    OWN,
    MINISTRY,
    writeEdxmlDocument({
      ...fullDocument,
      from: organ(MINISTRY, 'Bộ Nội vụ'),
      to: [organ(OWN)],
      codeNumber: number,
      codeNotation: 'BNV-TCBC',
      promulgationDate: '2026-11-20',
      documentId,
      business: null,
      attachments: [file],
    }),
  );
  return office.until('arrival', async () => {
    for (const { id } of (await office.ok('incoming.list', { box: 'to-register' })).rows) {
      const detail = await get(id);
      if (detail.received?.documentId === documentId) return detail;
    }
    return null;
  });
}
async function register(id: string, change: Partial<IncomingFields> = {}, arrivedOn: string | null = null) {
  const { revision, fields } = await get(id);
  const input = { id, revision, fields: { ...fields, agencyName: fields.agencyName || 'Bộ Nội vụ', ...change } };
  return office.ok('incoming.register', { ...input, arrivedOn, acceptDuplicate: false });
}
const today = () => vietnamDay(Date.now());

describe('a scan or a file', () => {
  it('waits in the lane with what its page says, and is registered like any other', async () => {
    const { id } = await takeIn(MINISTRYS);
    const detail = await get(id);
    expect(detail).toMatchObject({
      state: 'arrived',
      source: 'scan',
      received: null,
      agencyName: 'Bộ Nội vụ',
      codeText: '6210/BNV-CVTLTNN',
      file: { name: 'cong-van-bo-noi-vu.pdf', pageCount: 1 },
      fields: { date: '2026-04-07', signerName: 'Phạm Quốc Hưng', pageAmount: 1 },
      fieldSources: { pageAmount: 'page' },
    });
    expect(detail.regions['codeText']).toBeDefined();
    const { letters } = await office.ok('incoming.lane', {});
    expect(letters.find((one) => one.id === id)?.source).toBe('scan');
    const { arrivalNumber } = await register(id);
    expect(await get(id)).toMatchObject({ state: 'registered', arrivalNumber, source: 'scan' });
    // Nobody on the exchange waits for word of it.
    expect(readRows(office.dataDir, 'SELECT * FROM outbox WHERE document_id = ?', id)).toEqual([]);
  });

  it('that is no PDF, empty, secret or gone is refused, and nothing of it stays', async () => {
    const before = readRows(office.dataDir, 'SELECT count(*) AS n FROM document');
    expect(await refuseFile(fileOf('x.pdf', Buffer.from('MZ')))).toBe('PDF_NOT_PDF');
    expect(await refuseFile(fileOf('x.pdf', Buffer.from('')))).toBe('PDF_EMPTY');
    const secret = fileOf(
      'mat.pdf',
      makeTextPdf([
        { text: 'TỐI MẬT', x: 90, y: 790 },
        { text: 'BỘ NỘI VỤ', x: 90, y: 780 },
      ]),
    );
    expect(await refuseFile(secret)).toBe('SECRET_DOCUMENT');
    expect(
      await refuseFile(
        fileOf(
          'thu.eml',
          makeMail({ parts: [{ name: 'a.pdf', type: 'application/pdf', bytes: readFileSync(secret) }] }),
        ),
      ),
    ).toBe('SECRET_DOCUMENT');
    expect(await office.refused('incoming.takeIn', { token: 'unknown-token-of-nobody', unlessOwn: false })).toMatch(
      /FILE_TOKEN_EXPIRED|INVALID_INPUT/,
    );
    expect(readRows(office.dataDir, 'SELECT count(*) AS n FROM document')).toEqual(before);
  });

  it('that was taken in by mistake is put away with a reason, and gets no number', async () => {
    const { id, revision } = await takeIn(fileOf('nham.pdf', page('900')));
    const { number } = await office.ok('incoming.nextNumber', {});
    await office.ok('incoming.discard', { id, revision, reason: 'Nhầm tệp' });
    expect((await get(id)).history[0]).toMatchObject({ action: 'discarded', params: { reason: 'Nhầm tệp' } });
    expect((await office.ok('incoming.nextNumber', {})).number).toBe(number);
    const arrived = await throughExchange('901', page('901'));
    const input = { id: arrived.id, revision: arrived.revision, reason: 'x' };
    expect(await office.refused('incoming.discard', input)).toBe('HAS_SENDER');
    await office.ok('incoming.return', input);
  });
});

describe('an e-mail', () => {
  it('becomes an arrival with its sender, subject, hour and files, and is itself kept', async () => {
    const bytes = makeMail({
      parts: [
        { name: encodedWord('Phụ lục.xlsx'), type: 'application/octet-stream', bytes: Buffer.from('PK') },
        { name: '../../cong-van.pdf', type: 'application/pdf', bytes: page('910') },
      ],
    });
    const { id } = await takeIn(fileOf('thu.eml', bytes));
    const detail = await get(id);
    expect(detail).toMatchObject({
      source: 'e-mail',
      codeText: '910/BNV-TCBC',
      file: { name: 'cong-van.pdf' },
      attachments: [{ name: 'Phụ lục.xlsx' }],
      mails: [
        {
          senderName: 'Văn thư Sở Nội vụ',
          senderAddress: 'vanthu@snv.example.vn',
          subject: 'V/v rà soát biên chế năm 2027',
          sentAt: '2026-11-27T02:15:00.000Z',
        },
      ],
    });
    const [mail] = detail.mails;
    expect(readFileSync(join(office.dataDir, fileAddress(mail?.fileId ?? '')))).toEqual(Buffer.from(bytes));
    expect(
      readRows(office.dataDir, "SELECT 1 FROM file_reference WHERE holder = 'mail' AND holder_id = ?", id),
    ).toHaveLength(1);
    expect(detail.history[0]).toMatchObject({ action: 'taken-in', params: { from: 'vanthu@snv.example.vn' } });
  });

  it('of Outlook does as well, and is given out again as what it was', async () => {
    const parts = [{ name: 'Công văn Bộ Nội vụ.pdf', bytes: page('911') }];
    for (const [name, format, bytes] of [
      ['Thư của Bộ.MSG', 'msg', makeOutlookMessage({ parts }, 'ansi')],
      ['winmail.dat', 'tnef', makeTnef({ parts })],
    ] as const) {
      const path = join(folder, name);
      writeFileSync(path, bytes);
      const detail = await get((await takeIn(path)).id);
      expect(detail).toMatchObject({
        source: 'e-mail',
        codeText: '911/BNV-TCBC',
        file: { name: 'Công văn Bộ Nội vụ.pdf' },
        mails: [{ format, senderAddress: 'vanthu@snv.example.vn', sentAt: '2026-11-27T02:15:00.000Z' }],
      });
      expect(readFileSync(join(office.dataDir, fileAddress(detail.mails[0]?.fileId ?? '')))).toEqual(
        Buffer.from(bytes),
      );
    }
    expect(await refuseFile(fileOf('hong.msg', makeOutlookMessage({ parts }).subarray(0, 1500)))).toBe(
      'MAIL_UNREADABLE',
    );
  });

  it('says who wrote about what where its page says nothing, and that is to be checked', async () => {
    const { id } = await takeIn(mailOf(makeTextPdf([])));
    const { fields, fieldSources } = await get(id);
    expect(fields).toMatchObject({ agencyName: 'Văn thư Sở Nội vụ', abstract: 'V/v rà soát biên chế năm 2027' });
    expect(fieldSources).toMatchObject({ agencyName: 'check', abstract: 'check' });
  });

  it('without a PDF is refused', async () => {
    expect(await refuseFile(fileOf('thu.eml', makeMail()))).toBe('MAIL_WITHOUT_PDF');
  });
});

describe('paper', () => {
  const typed: IncomingFields = {
    agencyName: 'Sở Tài chính',
    codeText: '1/STC',
    date: '2026-11-02',
    documentType: 'Công văn',
    abstract: 'V/v quyết toán',
    signerName: '',
    signerTitle: '',
    pageAmount: null,
    ...noMeeting,
    urgency: 'normal',
    dueAt: null,
    forwardTo: '',
    paper: 'arrived',
  };
  const enter = (codeText: string, arrivedOn: string | null) => ({
    fields: { ...typed, codeText },
    senderCode: null,
    arrivedOn,
    acceptDuplicate: false,
  });

  it('that came yesterday and is entered today stands in the book with its own day', async () => {
    const yesterday = addDays(today(), -1);
    const { id, arrivalNumber, year } = await office.ok('incoming.registerPaper', enter('2/STC', yesterday));
    const { arrivedAt, source } = await get(id);
    expect([vietnamDay(Date.parse(arrivedAt)), source]).toEqual([yesterday, 'paper']);
    const { entries } = await office.ok('books.entries', { bookId: 'incoming', year });
    const entry = entries.find(({ number }) => number === arrivalNumber);
    expect(vietnamDay(Date.parse(entry?.registeredAt ?? ''))).toBe(yesterday);
  });

  it('comes neither tomorrow nor in a year whose book is closed', async () => {
    const lastYear = Number(today().slice(0, 4)) - 1;
    expect(await office.refused('incoming.registerPaper', enter('3/STC', addDays(today(), 1)))).toBe(
      'ARRIVAL_IN_FUTURE',
    );
    expect(await office.refused('incoming.registerPaper', enter('3/STC', `${lastYear - 1}-12-31`))).toBe(
      'ARRIVAL_TOO_EARLY',
    );
    await office.ok('incoming.registerPaper', enter('3/STC', `${lastYear}-12-31`));
    await office.ok('books.closeYear', { bookId: 'incoming', year: lastYear });
    expect(await office.refused('incoming.registerPaper', enter('4/STC', `${lastYear}-12-31`))).toBe(
      'ARRIVAL_TOO_EARLY',
    );
    await office.ok('incoming.registerPaper', enter('4/STC', `${lastYear + 1}-01-01`));
  });

  it('brings its scan along, of which the fields are read', async () => {
    const token = office.token(fileOf('giay.pdf', page('922')));
    const { file, fields, sources } = await office.ok('incoming.proposeScan', { token });
    expect(fields).toMatchObject({
      agencyName: 'Bộ Nội vụ',
      codeText: '922/BNV-TCBC',
      date: '2026-11-20',
      pageAmount: 1,
    });
    expect(sources).toMatchObject({ codeText: 'page', signerName: 'none' });
    const input = { fields, senderCode: null, arrivedOn: null, acceptDuplicate: false };
    const scan = { fileId: file.fileId, name: file.name };
    const { id, arrivalNumber } = await office.ok('incoming.registerPaper', { ...input, scan });
    const detail = await get(id);
    expect(detail).toMatchObject({ source: 'paper', state: 'registered', arrivalNumber, file });
    expect(detail.regions['codeText']).toBeDefined();
    expect(detail.history.map(({ action }) => action)).toContain('scan-attached');
  });

  it('of a scan that is secret, gone or no PDF gets no number', async () => {
    const { number } = await office.ok('incoming.nextNumber', {});
    const secret = makeTextPdf([
      { text: 'TỐI MẬT', x: 90, y: 790 },
      { text: 'BỘ NỘI VỤ', x: 90, y: 780 },
    ]);
    const propose = (bytes: Uint8Array) =>
      office.refused('incoming.proposeScan', { token: office.token(fileOf('quet.pdf', bytes)) });
    expect(await propose(secret)).toBe('SECRET_DOCUMENT');
    expect(await propose(Buffer.from('MZ'))).toBe('PDF_NOT_PDF');
    const scan = { fileId: 'f'.repeat(64), name: 'quet.pdf' };
    expect(await office.refused('incoming.registerPaper', { ...enter('9/STC', null), scan })).toBe('FILE_MISSING');
    expect((await office.ok('incoming.nextNumber', {})).number).toBe(number);
  });

  it('gets its scan later, which becomes its page; another one goes beside it', async () => {
    const { id, revision } = await office.ok('incoming.registerPaper', enter('5/STC', null));
    expect((await get(id)).file).toBeNull();
    const scan = fileOf('quet.pdf', page('920'));
    const one = await office.ok('incoming.attachScan', { id, revision, token: office.token(scan) });
    expect((await get(id)).file?.name).toMatch(/quet\.pdf$/);
    expect((await get(id)).fields.pageAmount).toBe(1);
    const again = { id, revision: one.revision, token: office.token(scan) };
    expect(await office.refused('incoming.attachScan', again)).toBe('ATTACHED_ALREADY');
    const second = { ...again, token: office.token(fileOf('bia.pdf', page('921'))) };
    await office.ok('incoming.attachScan', second);
    expect(await get(id)).toMatchObject({
      file: { name: expect.stringMatching(/quet/) as string },
      attachments: [{ name: expect.stringMatching(/bia/) as string }],
    });
  });

  it('as a scan of today may have come yesterday', async () => {
    const { id } = await takeIn(fileOf('hom-qua.pdf', page('925')));
    const yesterday = addDays(today(), -1);
    await register(id, {}, yesterday);
    expect(vietnamDay(Date.parse((await get(id)).arrivedAt))).toBe(yesterday);
  });
});

describe('the same letter twice', () => {
  it('by e-mail after the exchange is known by its page alone, and attached to the registered one', async () => {
    const bytes = page('930');
    const arrived = await throughExchange('930', bytes);
    const { arrivalNumber } = await register(arrived.id);
    const { id, revision } = await takeIn(mailOf(bytes));
    const { fields, duplicates } = await get(id);
    // Even where its number was read otherwise.
    const misread = { ...fields, codeText: '93O/BNV', agencyName: 'Khác' };
    expect(duplicates).toMatchObject([{ id: arrived.id, arrivalNumber, sameFile: true, onPaper: false }]);
    expect(await office.refused('incoming.register', { id, revision, fields: misread, acceptDuplicate: false })).toBe(
      'DUPLICATE_DOCUMENT',
    );

    const answer = await office.ok('incoming.attachTo', { id, revision, targetId: arrived.id });
    expect(answer.id).toBe(arrived.id);
    const one = await get(arrived.id);
    expect(one.mails).toHaveLength(1);
    expect(one.attachments).toEqual([]);
    expect(one.history.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['arrived', 'taken-in', 'attached']),
    );
    expect(await office.refused('incoming.get', { id })).toBe('NOT_FOUND');
    // What its sender sends once more is still the same.
    const before = readRows(office.dataDir, 'SELECT id FROM document');
    hub.slip(OWN, MINISTRY, readFileSync(join(office.dataDir, fileAddress(one.received?.edxmlFileId ?? ''))));
    await office.until('again', async () =>
      (await get(arrived.id)).history.some(({ action }) => action === 'received-again'),
    );
    expect(readRows(office.dataDir, 'SELECT id FROM document')).toEqual(before);
  });

  it('by the exchange after e-mail joins the registered one, which keeps its number, and its page is there once', async () => {
    const bytes = page('931');
    const { id } = await takeIn(mailOf(bytes));
    const { arrivalNumber } = await register(id);
    const arrived = await throughExchange('931', bytes);
    expect(arrived.duplicates).toMatchObject([{ id, arrivalNumber, sameFile: true, onPaper: true }]);
    await office.ok('incoming.joinToPaper', { id: arrived.id, revision: arrived.revision, paperId: id });
    const one = await get(id);
    expect(one).toMatchObject({ arrivalNumber, source: 'e-mail', attachments: [], mails: [{}] });
    expect(one.received?.senderCode).toBe(MINISTRY);
    expect(one.file?.name).toBe('thu.pdf');
    expect(one.history.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['taken-in', 'registered', 'arrived', 'joined-to-paper']),
    );
  });

  it('by the exchange after a scan keeps the scan beside what its sender sent', async () => {
    const { id } = await takeIn(fileOf('quet.pdf', page('932')));
    await register(id, { codeText: '933/BNV-TCBC', date: '2026-11-20', agencyName: 'Bộ Nội vụ' });
    const arrived = await throughExchange('933', page('933'));
    expect(arrived.duplicates).toMatchObject([{ id, sameFile: false, onPaper: true }]);
    await office.ok('incoming.joinToPaper', { id: arrived.id, revision: arrived.revision, paperId: id });
    expect(await get(id)).toMatchObject({
      file: { name: 'thu.pdf' },
      attachments: [{ name: expect.stringMatching(/quet/) as string }],
    });
  });

  it('imported twice is seen while the first still waits, and becomes one', async () => {
    const path = fileOf('hai-lan.pdf', page('934'));
    const first = await takeIn(path);
    const second = await takeIn(path);
    expect((await get(second.id)).duplicates).toMatchObject([{ id: first.id, arrivalNumber: null, sameFile: true }]);
    await office.ok('incoming.attachTo', { id: second.id, revision: second.revision, targetId: first.id });
    expect(await office.refused('incoming.get', { id: second.id })).toBe('NOT_FOUND');
    expect((await get(first.id)).duplicates).toEqual([]);
  });

  it('through the exchange is never attached away from its sender', async () => {
    const one = await throughExchange('935', page('935'));
    const other = await throughExchange('936', page('936'));
    const input = { id: one.id, revision: one.revision, targetId: other.id };
    expect(await office.refused('incoming.attachTo', input)).toBe('WRONG_STATE');
  });
});

it('lists can be filtered by how a document came', async () => {
  const sourcesIn = async (source: 'exchange' | 'scan' | 'e-mail' | 'paper') =>
    (await office.ok('incoming.list', { box: 'in-progress', filter: { source } })).rows.map((row) => row.source);
  for (const source of ['exchange', 'scan', 'e-mail', 'paper'] as const) {
    const found = await sourcesIn(source);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found)).toEqual(new Set([source]));
  }
});
