import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContentStore } from '#files/content-store.ts';
import { decideAll } from '#scripts/demo/decide-all.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import type { CallInput } from '#shared/contract/contract.ts';
import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { readOutbox } from '#tests/support/office-database.ts';
import { agency, createOfficeHub, type OfficeHub } from '#tests/support/office-hub.ts';
import {
  addKeys,
  approvedDraft,
  blankPlacement,
  createDraft,
  importLetter,
  plainFields,
  sealedLetter,
  type OfficeKeys,
} from '#tests/support/office-letters.ts';
import { openTestOffice, repositoryRoot, type TestOffice } from '#tests/support/test-office.ts';

const OWN = 'H15.01';
const OTHER = 'H15.02';
const otherPage = makePdf({ content: 'BT /F1 12 Tf 72 700 Td (Ban sua) Tj ET' });
const password = TEST_PKI_PASSWORD;
let hub: OfficeHub;
let office: TestOffice;
let keys: OfficeKeys;

beforeEach(async () => {
  hub = createOfficeHub([
    agency(OWN, 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk'),
    agency(OTHER, 'Sở Nội vụ tỉnh Đắk Lắk'),
  ]);
  office = await openTestOffice({ ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: OWN, workstationName: 'Máy 1' });
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
/** The newest first. */
const actions = async (at: At) => (await get(at)).history;
const file = (name: string, bytes: string | Uint8Array): string => {
  const path = join(office.dataDir, name);
  writeFileSync(path, bytes);
  return path;
};
const attach = async (name: string, bytes: string | Uint8Array) =>
  (await office.ok('letters.attach', { token: office.token(file(name, bytes)) })).file;
const asAttachment = ({ fileId, name, pageCount }: { fileId: string; name: string; pageCount: number | null }) => ({
  fileId,
  name,
  pageCount,
});
const decision: Partial<OutgoingFields> = { documentType: 'Quyết định', notation: 'QĐ-VPUBND', addressees: [] };
const inside = [
  { kind: 'inside', name: 'Phòng Hành chính - Tổ chức' },
  { kind: 'inside', name: 'Phòng Tổng hợp' },
] as const;
const onPaper = [{ kind: 'paper', name: 'Công ty TNHH Một thành viên Cao su Đắk Lắk' }] as const;
const bookEntries = async () =>
  (await office.ok('books.entries', { bookId: 'outgoing', year: new Date().getFullYear() })).entries;

describe('the file of a draft', () => {
  const other = () => importLetter(office, file('ban-sua.pdf', otherPage));
  const replace = async (at: At, change: Partial<CallInput<'outgoing.update'>> = {}) => ({
    ...target(at),
    fields: plainFields,
    recipients: [OTHER],
    file: { fileId: await other(), fileName: 'ban-sua.pdf', placement: blankPlacement },
    ...change,
  });

  it('gives way to another, and stays at hand in the history', async () => {
    const draft = await createDraft(office, [OTHER], { fields: { abstract: 'V/v điều người soạn đã gõ' } });
    const before = await get(draft);
    const fields = { ...before.fields };
    const updated = await office.ok('outgoing.update', await replace(draft, { fields }));
    const after = await get(updated);
    expect(after.fields).toEqual(before.fields);
    expect(after.file).toMatchObject({ name: 'ban-sua.pdf', pageCount: 1 });
    expect(after.originalFileId).toBe(after.file.fileId);
    expect(after.replacedFiles).toMatchObject([{ fileId: before.file.fileId, name: 'cong-van-241.pdf' }]);
    expect((await actions(updated))[0]).toMatchObject({
      action: 'file-replaced',
      params: { from: 'cong-van-241.pdf', to: 'ban-sua.pdf' },
    });
    // What was replaced is needed as long as the document stands.
    const again = await office.ok('outgoing.update', {
      ...(await replace(updated)),
      file: { fileId: before.file.fileId, fileName: 'lan-ba.pdf', placement: blankPlacement },
    });
    expect((await get(again)).replacedFiles.map(({ name }) => name)).toEqual(['cong-van-241.pdf', 'ban-sua.pdf']);
  });

  it('is the one that is numbered and signed', async () => {
    const draft = await createDraft(office, [OTHER]);
    const updated = await office.ok('outgoing.update', await replace(draft));
    const approved = await office.ok('outgoing.approve', target(updated));
    const numbered = await office.ok('outgoing.assignNumber', target(approved));
    expect((await get(numbered)).file).toMatchObject({ name: 'ban-sua.pdf', pageCount: 1 });
  });

  it('does not give way once the letter is submitted, nor to a file that cannot be signed', async () => {
    const draft = await createDraft(office, [OTHER]);
    const broken = { fileId: 'a'.repeat(64), fileName: 'a.pdf', placement: blankPlacement };
    expect(await office.refused('outgoing.update', await replace(draft, { file: broken }))).toBe('FILE_MISSING');
    const approved = await office.ok('outgoing.approve', target(draft));
    expect(await office.refused('outgoing.update', await replace(approved))).toBe('WRONG_STATE');
    const numbered = await office.ok('outgoing.assignNumber', target(approved));
    await decideAll(office.ok, numbered, keys);
    const signed = await office.ok('outgoing.sign', { ...target(numbered), certificateId: keys.person, password });
    expect(await office.refused('outgoing.update', await replace(signed))).toBe('WRONG_STATE');
    expect((await get(signed)).file.name).toBe('cong-van-241.pdf');
  });
});

describe('a letter that the exchange does not carry', () => {
  it('gets number, signatures and seal, and stands as issued with nothing queued', async () => {
    const sealed = await sealedLetter(office, keys, [], { fields: decision, otherRecipients: inside });
    const issued = await office.ok('outgoing.issue', target(sealed));
    expect(issued.state).toBe('sent');
    const detail = await get(issued);
    expect(detail.sentAt).not.toBeNull();
    expect(detail).toMatchObject({ inside: 2, onPaper: 0, paperToPost: 0, sending: { state: 'none' } });
    expect(readOutbox(office.dataDir, sealed.id)).toEqual([]);
    expect(detail.history[0]).toMatchObject({ action: 'issued', params: { how: 'signed', recipients: 2 } });
    const { rows } = await office.ok('outgoing.list', { box: 'sent' });
    expect(rows).toMatchObject([{ id: sealed.id, inside: 2, recipients: { total: 0 } }]);
    expect(await bookEntries()).toMatchObject([
      { goesTo: 'Phòng Hành chính - Tổ chức; Phòng Tổng hợp', copies: 2, sentAt: detail.sentAt },
    ]);
  });

  it('may be signed and sealed by hand, when somebody says so', async () => {
    const approved = await approvedDraft(office, [], { fields: decision, otherRecipients: inside });
    const numbered = await office.ok('outgoing.assignNumber', target(approved));
    await decideAll(office.ok, numbered, { person: null, seal: null });
    expect(await office.refused('outgoing.issue', target(numbered))).toBe('WRONG_STATE');
    const issued = await office.ok('outgoing.issue', { ...target(numbered), byHand: true });
    expect((await actions(issued))[0]).toMatchObject({ action: 'issued', params: { how: 'by-hand' } });
  });

  it('asks the last look all the same', async () => {
    const fields = { ...decision, recipientLines: ['Sở Tư pháp tỉnh Kon Tum', 'Lưu: VT'] };
    const approved = await approvedDraft(office, [], { fields, otherRecipients: inside });
    const numbered = await office.ok('outgoing.assignNumber', target(approved));
    expect(await office.refused('outgoing.issue', { ...target(numbered), byHand: true })).toBe('DIFFERENCE_UNDECIDED');
  });

  it('is none while somebody gets it over the exchange, or nobody gets it at all', async () => {
    const sealed = await sealedLetter(office, keys, [OTHER], { otherRecipients: inside });
    expect(await office.refused('outgoing.issue', target(sealed))).toBe('GOES_OVER_EXCHANGE');
    const draft = await createDraft(office, [], { fields: decision });
    expect(await office.refused('outgoing.approve', target(draft))).toBe('NO_RECIPIENTS');
    const sealedInside = await sealedLetter(office, keys, [], { otherRecipients: inside });
    expect(await office.refused('outgoing.send', target(sealedInside))).toBe('NO_RECIPIENTS');
  });

  it('waits for its paper to be posted outside, and the post book has it with its copies', async () => {
    const sealed = await sealedLetter(office, keys, [], { fields: decision, otherRecipients: [...inside, ...onPaper] });
    const waiting = async () => (await office.ok('outgoing.list', { box: 'paper-to-post' })).rows.map(({ id }) => id);
    expect(await waiting()).toEqual([]);
    const { id } = await office.ok('outgoing.issue', target(sealed));
    expect(await waiting()).toEqual([id]);
    expect((await office.ok('office.counts', {})).outgoing['paper-to-post']).toBe(1);
    const posted = { id, recipients: [], day: '2026-11-20', item: 'RR1', way: 'courier' as const, copies: 3 };
    expect(await office.refused('outgoing.recordPaper', { ...posted, others: ['Ai khác'] })).toBe('NOT_FOUND');
    // A unit of the office is handed its copy: nothing of it goes to the post.
    expect(await office.refused('outgoing.recordPaper', { ...posted, others: [inside[0].name] })).toBe('NOT_FOUND');
    await office.ok('outgoing.recordPaper', { ...posted, others: [onPaper[0].name] });
    expect(await waiting()).toEqual([]);
    expect((await get({ id })).otherRecipients.find(({ kind }) => kind === 'paper')).toEqual({
      ...onPaper[0],
      postedOn: '2026-11-20',
      item: 'RR1',
      copies: 3,
      way: 'courier',
      result: null,
      resultOn: null,
      resultNote: '',
    });
    const result = {
      id,
      others: [onPaper[0].name],
      result: 'returned' as const,
      day: '2026-11-22',
      note: 'Sai địa chỉ',
    };
    expect(await office.refused('outgoing.recordPaperResult', { ...result, day: '2026-11-19' })).toBe('BEFORE_POSTING');
    expect(await office.refused('outgoing.recordPaperResult', { ...result, day: '2999-01-01' })).toBe('DATE_IN_FUTURE');
    expect(await office.refused('outgoing.recordPaperResult', { ...result, others: [inside[0].name] })).toBe(
      'NOT_FOUND',
    );
    await office.ok('outgoing.recordPaperResult', result);
    const kept = async () => (await get({ id })).otherRecipients.find(({ kind }) => kind === 'paper');
    expect(await kept()).toMatchObject({ result: 'returned', resultOn: '2026-11-22', resultNote: 'Sai địa chỉ' });
    expect((await get({ id })).history[0]).toMatchObject({
      action: 'paper-returned',
      params: { agencies: onPaper[0].name, day: '2026-11-22', note: 'Sai địa chỉ' },
    });
    // Posted once more: what became of the first envelope says nothing of the second.
    await office.ok('outgoing.recordPaper', { ...posted, others: [onPaper[0].name], item: 'RR2' });
    expect(await kept()).toMatchObject({ item: 'RR2', result: null, resultOn: null, resultNote: '' });
    const form = { form: 'post', format: 'pdf', fromDay: '2026-11-20', toDay: '2026-11-20' } as const;
    expect((await office.ok('printing.form', form)).rows).toBe(1);
  });

  it('goes to those that get paper beside those of the exchange, also by the last look', async () => {
    const fields = { addressees: ['Sở Nội vụ'], recipientLines: ['Như trên', 'Hội Nông dân tỉnh Gia Lai', 'Lưu: VT'] };
    const approved = await approvedDraft(office, [OTHER], { fields });
    const numbered = await office.ok('outgoing.assignNumber', target(approved));
    const line = (await office.ok('outgoing.look', { id: numbered.id })).differences.find(
      ({ kind }) => kind === 'line',
    );
    if (line === undefined) throw new Error('the line reaches somebody');
    const paper = { kind: line.kind, subject: line.subject, way: 'on-paper' as const, reason: '', agencies: [] };
    await office.ok('outgoing.decide', { ...target(numbered), decisions: [paper] });
    await decideAll(office.ok, numbered, keys);
    const signed = await office.ok('outgoing.sign', { ...target(numbered), certificateId: keys.person, password });
    const sealed = await office.ok('outgoing.seal', { ...target(signed), certificateId: keys.seal, password });
    await office.ok('outgoing.send', target(sealed));
    expect((await get(sealed)).otherRecipients).toMatchObject([{ kind: 'paper', name: 'Hội Nông dân tỉnh Gia Lai' }]);
    expect(await bookEntries()).toMatchObject([
      { goesTo: 'Sở Nội vụ tỉnh Đắk Lắk; Hội Nông dân tỉnh Gia Lai', copies: 2 },
    ]);
  });

  it('counts a unit of the office as reached when the letter names it', async () => {
    const fields = { ...decision, recipientLines: ['Phòng Tổng hợp', 'Lưu: VT'] };
    const approved = await approvedDraft(office, [], { fields, otherRecipients: inside });
    const { differences } = await office.ok('outgoing.look', { id: approved.id });
    expect(differences.map(({ kind }) => kind)).not.toContain('line');
  });
});

describe('copies', () => {
  it('are kept with the letter, stand in the book and go in the message', async () => {
    const sealed = await sealedLetter(office, keys, [OTHER], { fields: { copies: 25 } });
    expect((await get(sealed)).fields.copies).toBe(25);
    expect(await bookEntries()).toMatchObject([{ copies: 25 }]);
    await office.ok('outgoing.send', target(sealed));
    expect((await sentMessage(sealed.id)).otherInfo?.promulgationAmount).toBe(25);
  });

  it('are a whole number from 1', async () => {
    for (const copies of [0, -1, 1.5, 100_000]) {
      const fileId = await importLetter(office);
      const input = { fileId, fileName: 'a.pdf', placement: blankPlacement, recipients: [OTHER] };
      const fields = { ...plainFields, copies };
      expect(await office.refused('outgoing.create', { ...input, fields })).toBe('INVALID_INPUT');
    }
  });
});

describe('pages', () => {
  it('go in the message as somebody counted them, else as the file has them', async () => {
    for (const [pageAmount, told] of [
      [null, 1],
      [12, 12],
    ] as const) {
      const sealed = await sealedLetter(office, keys, [OTHER], { fields: { pageAmount } });
      await office.ok('outgoing.send', target(sealed));
      expect((await sentMessage(sealed.id)).otherInfo.pageAmount).toBe(told);
    }
  });

  it('of a file that gives way to another are those of the other, unless somebody counted', async () => {
    const first = await importLetter(office);
    const longer = await importLetter(office, join(repositoryRoot, 'tests/fixtures/letters', 'ke-hoach-ba-trang.pdf'));
    for (const [counted, after] of [
      [1, 3],
      [7, 7],
    ] as const) {
      const draft = await createDraft(office, [OTHER], { fileId: first, fields: { pageAmount: counted } });
      const { fields } = await get(draft);
      const updated = await office.ok('outgoing.update', {
        ...target(draft),
        fields,
        recipients: [OTHER],
        file: { fileId: longer, fileName: 'ba-trang.pdf', placement: blankPlacement },
      });
      expect((await get(updated)).fields.pageAmount).toBe(after);
    }
  });
});

/** The message that went to the exchange, as a receiver reads it. */
async function sentMessage(id: string) {
  const [row] = readOutbox(office.dataDir, id);
  if (row === undefined) throw new Error('nothing was queued');
  const message = readEdxml(await createContentStore(office.dataDir).read(row.file_id));
  if (message.kind !== 'document') throw new Error('no document');
  return message;
}

describe('attachments and appendices', () => {
  it('go with the letter in their order and under their names, each with its bytes', async () => {
    const table = await attach('bieu-mau.xlsx', 'PK một bảng');
    const annex = await attach('phu-luc.pdf', otherPage);
    expect([table.pageCount, annex.pageCount]).toEqual([null, 1]);
    const named = [
      { ...asAttachment(annex), name: 'Phụ lục I.pdf' },
      { ...asAttachment(table), name: 'Phụ lục II.xlsx' },
    ];
    const sealed = await sealedLetter(office, keys, [OTHER], { attachments: named });
    const { attachments } = await get(sealed);
    const [signed] = attachments;
    expect(attachments).toMatchObject([
      { name: 'Phụ lục I.pdf', signed: true, pageCount: 1 },
      { name: 'Phụ lục II.xlsx', signed: false, size: table.size, pageCount: null },
    ]);
    await office.ok('outgoing.send', target(sealed));
    const message = await sentMessage(sealed.id);
    const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    expect(message.attachments.slice(1).map(({ name, bytes }) => ({ name, hash: hash(bytes) }))).toEqual([
      { name: 'Phụ lục I.pdf', hash: signed?.fileId },
      { name: 'Phụ lục II.xlsx', hash: table.fileId },
    ]);
    expect(message.otherInfo?.appendixes).toEqual(['Phụ lục I.pdf', 'Phụ lục II.xlsx']);
  });

  it('are seen and opened by the receiver', async () => {
    const other = await openTestOffice({ ports: { gateway: hub.gateway } });
    try {
      await other.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: OTHER, workstationName: 'Máy 2' });
      const annex = await attach('phu-luc.pdf', otherPage);
      const sealed = await sealedLetter(office, keys, [OTHER], { attachments: [asAttachment(annex)] });
      await office.ok('outgoing.send', target(sealed));
      const arrived = await other.until('the letter', async () => {
        const [row] = (await other.ok('incoming.list', { box: 'to-register' })).rows;
        return row === undefined ? null : other.ok('incoming.get', { id: row.id });
      });
      const [sent] = (await get(sealed)).attachments;
      if (sent === undefined) throw new Error('it is gone');
      const { fileId, size } = sent;
      expect(arrived.attachments).toMatchObject([{ fileId, name: 'phu-luc.pdf', size }]);
      expect(await createContentStore(other.dataDir).size(fileId)).toBe(size);
    } finally {
      await other.close();
    }
  });

  it('are put in another order, renamed and taken out while the letter is a draft', async () => {
    const [one, two] = [await attach('mot.docx', 'PK 1'), await attach('hai.png', 'png')];
    const draft = await createDraft(office, [OTHER], { attachments: [asAttachment(one), asAttachment(two)] });
    const update = { fields: plainFields, recipients: [OTHER] };
    const attachments = [{ ...asAttachment(two), name: 'Sơ đồ.png' }];
    const updated = await office.ok('outgoing.update', { ...target(draft), ...update, attachments });
    expect((await get(updated)).attachments.map(({ name }) => name)).toEqual(['Sơ đồ.png']);
    // Left out, they stay.
    const again = await office.ok('outgoing.update', { ...target(updated), ...update });
    expect((await get(again)).attachments).toHaveLength(1);
  });

  it('that a receiver could not use are refused with a reason', async () => {
    const refused = (name: string, bytes: string | Uint8Array) =>
      office.refused('letters.attach', { token: office.token(file(name, bytes)) });
    expect(await refused('cai-dat.exe', 'MZ')).toBe('ATTACHMENT_KIND');
    expect(await refused('khong-duoi', 'x')).toBe('ATTACHMENT_KIND');
    expect(await refused('anh.png', Buffer.from([0x4d, 0x5a, 0x90, 0x00]))).toBe('ATTACHMENT_KIND');
    expect(await refused('rong.docx', '')).toBe('ATTACHMENT_EMPTY');
    expect(await refused('hong.pdf', 'không phải PDF')).toMatch(/^PDF_/);
    expect(await office.refused('letters.attach', { token: crypto.randomUUID() })).toBe('FILE_TOKEN_EXPIRED');
    const one = asAttachment(await attach('mot.docx', 'PK 1'));
    const draft = await createDraft(office, [OTHER]);
    const update = { ...target(draft), fields: plainFields, recipients: [OTHER] };
    const twice = [one, { ...one, name: 'MOT.docx' }];
    expect(await office.refused('outgoing.update', { ...update, attachments: twice })).toBe('ATTACHMENT_NAME_TAKEN');
    const program = [{ ...one, name: 'mot.js' }];
    expect(await office.refused('outgoing.update', { ...update, attachments: program })).toBe('ATTACHMENT_KIND');
    const path = [{ ...one, name: '../mot.docx' }];
    expect(await office.refused('outgoing.update', { ...update, attachments: path })).toBe('INVALID_INPUT');
    const many = Array.from({ length: 31 }, (_, at) => ({ ...one, name: `${at}.docx` }));
    expect(await office.refused('outgoing.update', { ...update, attachments: many })).toBe('INVALID_INPUT');
  });
});

describe('a letter sent back', () => {
  const sendBack = (at: At) => office.ok('outgoing.sendBack', { ...target(at), reason: 'Sửa lại trích yếu' });

  it('is a draft again, says why and by whom, and forgets it once it is submitted', async () => {
    const approved = await approvedDraft(office, [OTHER]);
    const back = await sendBack(approved);
    expect(back.state).toBe('draft');
    const detail = await get(back);
    const me = detail.history[0]?.actor.name;
    expect(detail).toMatchObject({ returned: { reason: 'Sửa lại trích yếu', by: me }, sentBack: true });
    expect(detail.history[0]).toMatchObject({ action: 'sent-back', params: { reason: 'Sửa lại trích yếu', to: me } });
    const { rows } = await office.ok('outgoing.list', { box: 'drafts' });
    expect(rows).toMatchObject([{ id: back.id, sentBack: true }]);
    const fields = { ...plainFields, abstract: 'V/v đã sửa' };
    const updated = await office.ok('outgoing.update', { ...target(back), fields, recipients: [OTHER] });
    const again = await office.ok('outgoing.approve', target(updated));
    expect((await get(again)).returned).toBeNull();
  });

  it('needs a reason, and is not signed', async () => {
    const approved = await approvedDraft(office, [OTHER]);
    expect(await office.refused('outgoing.sendBack', { ...target(approved), reason: '  ' })).toBe('INVALID_INPUT');
    const numbered = await office.ok('outgoing.assignNumber', target(approved));
    await decideAll(office.ok, numbered, keys);
    const signed = await office.ok('outgoing.sign', { ...target(numbered), certificateId: keys.person, password });
    const back = { ...target(signed), reason: 'Muộn rồi' };
    expect(await office.refused('outgoing.sendBack', back)).toBe('WRONG_STATE');
  });

  it('keeps its number, which goes onto the new page', async () => {
    const approved = await approvedDraft(office, [OTHER]);
    const numbered = await office.ok('outgoing.assignNumber', target(approved));
    const next = await approvedDraft(office, [OTHER]);
    await office.ok('outgoing.assignNumber', target(next));
    const back = await sendBack(numbered);
    const draft = await get(back);
    expect(draft).toMatchObject({ numbered: true, codeText: numbered.codeText });
    expect(draft.file.fileId).toBe(draft.originalFileId);
    expect(await office.refused('outgoing.discard', target(back))).toBe('WRONG_STATE');
    const changed = await office.ok('outgoing.update', {
      ...target(back),
      fields: { ...draft.fields, notation: 'VPUBND-TH' },
      recipients: [OTHER],
      file: {
        fileId: await importLetter(office, file('ban-sua.pdf', otherPage)),
        fileName: 'ban-sua.pdf',
        placement: blankPlacement,
      },
    });
    const again = await office.ok('outgoing.approve', target(changed));
    expect(await office.ok('outgoing.nextNumber', { id: again.id })).toMatchObject({
      number: numbered.number,
      codeText: `${numbered.number}/VPUBND-TH`.padStart(12, '0'),
      reserved: [],
    });
    const anew = await office.ok('outgoing.assignNumber', target(again));
    expect(anew.number).toBe(numbered.number);
    const after = await get(anew);
    expect(after.codeText).toBe(anew.codeText);
    expect(after.file.fileId).not.toBe(after.originalFileId);
    expect((await bookEntries()).map(({ number }) => number)).toEqual([2, 1]);
  });

  it('cannot take its number into another book or year, and can be cancelled with it', async () => {
    await office.ok('books.create', { direction: 'outgoing', name: 'Sổ quyết định', documentTypes: ['Quyết định'] });
    const approved = await approvedDraft(office, [OTHER]);
    const numbered = await office.ok('outgoing.assignNumber', target(approved));
    const back = await sendBack(numbered);
    const { fields } = await get(back);
    const update = { ...target(back), recipients: [OTHER] };
    const elsewhere = { ...fields, documentType: 'Quyết định' };
    expect(await office.refused('outgoing.update', { ...update, fields: elsewhere })).toBe('NUMBER_OF_OTHER_BOOK');
    const lastYear = { ...fields, date: '2025-12-30' };
    const moved = await office.ok('outgoing.update', { ...update, fields: lastYear });
    const again = await office.ok('outgoing.approve', target(moved));
    expect(await office.refused('outgoing.assignNumber', target(again))).toBe('NUMBER_OF_OTHER_YEAR');
    const cancelled = await office.ok('outgoing.cancel', { ...target(again), reason: 'Không ban hành nữa' });
    expect(cancelled.state).toBe('cancelled');
    expect(await bookEntries()).toMatchObject([{ number: 1, cancelled: true }]);
  });
});

describe('a cancelled letter', () => {
  async function cancelled(options: Parameters<typeof sealedLetter>[3] = {}) {
    const sealed = await sealedLetter(office, keys, [OTHER], options);
    return office.ok('outgoing.cancel', { ...target(sealed), reason: 'Sai thẩm quyền ký' });
  }

  it('is found in its box, by the search and in the book, with its reason', async () => {
    const one = await cancelled({ fields: { abstract: 'V/v kiểm tra phòng cháy' } });
    const { rows } = await office.ok('outgoing.list', { box: 'cancelled' });
    expect(rows).toMatchObject([{ id: one.id, reason: 'Sai thẩm quyền ký', state: 'cancelled' }]);
    expect((await office.ok('office.counts', {})).outgoing.cancelled).toBe(1);
    const found = await office.ok('office.search', { text: 'phòng cháy' });
    expect(found.hits.map(({ id }) => id)).toEqual([one.id]);
    expect(await bookEntries()).toMatchObject([{ cancelled: true, reason: 'Sai thẩm quyền ký' }]);
  });

  it('becomes a new draft with fields, file and attachments, each linked to the other', async () => {
    const annex = await attach('phu-luc.pdf', otherPage);
    const one = await cancelled({
      fields: { abstract: 'V/v kiểm tra', copies: 7 },
      attachments: [asAttachment(annex)],
      otherRecipients: inside,
    });
    const old = await get(one);
    const draft = await office.ok('outgoing.draftAgain', target(one));
    const detail = await get(draft);
    expect(detail).toMatchObject({
      state: 'draft',
      numbered: false,
      codeText: old.fields.notation,
      verification: null,
      fields: { ...old.fields, date: null },
      madeFrom: { id: one.id, codeText: old.codeText, reason: 'Sai thẩm quyền ký' },
      deliveries: [{ agencyCode: OTHER, state: 'planned' }],
    });
    expect(detail.file.fileId).toBe(old.originalFileId);
    // As they were before the agency signed them, with a number that this letter will not have.
    expect(detail.attachments).toMatchObject([{ fileId: annex.fileId, size: annex.size, signed: false }]);
    expect(detail.otherRecipients.map(({ name }) => name)).toEqual(inside.map(({ name }) => name));
    expect(detail.history[0]).toMatchObject({ action: 'drafted-from', params: { codeText: old.codeText } });
    const linked = await get(one);
    expect(linked.madeInto).toEqual([{ id: draft.id, codeText: detail.codeText }]);
    expect(linked.history[0]?.action).toBe('drafted-again');
    const approved = await office.ok('outgoing.approve', target(draft));
    expect((await office.ok('outgoing.assignNumber', target(approved))).number).toBe(2);
    expect((await get(one)).state).toBe('cancelled');
  });

  it('alone becomes one', async () => {
    const sealed = await sealedLetter(office, keys, [OTHER]);
    expect(await office.refused('outgoing.draftAgain', target(sealed))).toBe('WRONG_STATE');
  });
});
