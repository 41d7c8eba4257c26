import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutput } from '#shared/contract/contract.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import type { EdxmlDocumentContent } from '#shared/edxml/edxml-message.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { writeEdxmlDocument, writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, approvedDraft, createDraft, type OfficeKeys, sealedLetter } from '#tests/support/office-letters.ts';
import { openTestOffice, repositoryRoot, type TestOffice } from '#tests/support/test-office.ts';
import { fullDocument, fullStatus, organ } from '#tests/unit/edxml/sample-messages.ts';

const OWN = 'H15.01';
const OTHER = 'H15.02';
const hub = createOfficeHub([agency(OWN, 'Văn phòng'), agency(OTHER, 'Sở Nội vụ')]);
let office: TestOffice;
let keys: OfficeKeys;

beforeAll(async () => {
  office = await openTestOffice({ ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: OWN, workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
  keys = await addKeys(office);
});
afterAll(() => office.close());

const letterPath = join(repositoryRoot, 'resources/demo/letters/cong-van-241.pdf');

let letters = 0;
/** A letter of the other agency, arrived; `named` when its page is the one of letter 241. */
async function arrived(change: Partial<EdxmlDocumentContent> = {}, withPage = false) {
  letters += 1;
  const documentId = `${OTHER},2026/05/24,${letters}/SNV`;
  const page = {
    contentId: '1',
    name: 'cong-van.pdf',
    contentType: 'application/pdf',
    description: '',
    bytes: new Uint8Array(readFileSync(letterPath)),
  };
  const bytes = writeEdxmlDocument({
    ...fullDocument,
    from: organ(OTHER, 'Sở Nội vụ'),
    to: [organ(OWN)],
    codeNumber: String(letters),
    codeNotation: 'SNV',
    promulgationDate: '2026-05-24',
    documentId,
    business: null,
    responseFor: [],
    attachments: withPage ? [page] : [],
    ...change,
  });
  hub.slip(OWN, OTHER, bytes);
  const wanted = change.documentId ?? documentId;
  return office.until('arrival', async () => {
    const { rows } = await office.ok('incoming.list', { box: 'to-register' });
    for (const { id } of rows) {
      const detail = await office.ok('incoming.get', { id });
      if (detail.received?.documentId === wanted) return detail;
    }
    return null;
  });
}

async function onPaper(codeText: string, date: string, agencyName = 'Văn phòng UBND tỉnh Đắk Lắk'): Promise<string> {
  const { id } = await office.ok('incoming.registerPaper', {
    senderCode: null,
    acceptDuplicate: false,
    fields: {
      agencyName,
      codeText,
      date,
      documentType: 'Công văn',
      abstract: 'V/v gửi, nhận văn bản',
      signerName: '',
      signerTitle: '',
      pageAmount: null,
      ...noMeeting,
      urgency: 'normal',
      dueAt: null,
      forwardTo: '',
      paper: 'arrived',
    },
  });
  return id;
}

type Relations = CallOutput<'relations.of'>['relations'];
const of = async (id: string): Promise<Relations> => (await office.ok('relations.of', { id })).relations;
const words = (relations: Relations) =>
  relations.map(({ kind, passive, codeText, other }) => [passive ? `${kind}-by` : kind, codeText, other?.id ?? null]);

describe('documents that a letter names', () => {
  it('are linked on both, also when the other comes later, however its number is written', async () => {
    const letter = await arrived({}, true);
    expect(words(await of(letter.id))).toEqual([
      ['refers-to', '62/VPUBND-HCTC', null],
      ['refers-to', '173/VPUBND-TTCB', null],
      ['refers-to', '38/2016/QĐ-UBND', null],
      ['refers-to', '84/TB-UBND', null],
    ]);
    const other = await onPaper('062 / VPUBND – HCTC', '2017-02-13');
    // The same number of another year is another letter.
    await onPaper('62/VPUBND-HCTC', '2016-02-13');
    expect((await of(letter.id))[0]).toMatchObject({ other: { id: other, direction: 'incoming' } });
    const heard = await of(other);
    expect(words(heard)).toEqual([['refers-to-by', '1/SNV', letter.id]]);
    expect(heard[0]?.other).toMatchObject({ direction: 'incoming', abstract: letter.abstract });
  });

  it('are linked in drafts of this office as well, and a correction of the number undoes it', async () => {
    const fileId = (await office.ok('letters.propose', { token: office.token(letterPath) })).file.fileId;
    const draft = await createDraft(office, [OTHER], { fileId });
    const [, second] = await of(draft.id);
    expect(second).toMatchObject({ codeText: '173/VPUBND-TTCB', date: null, other: null, source: 'page' });
    const other = await onPaper('173/VPUBND-TTCB', '2017-03-20');
    expect((await of(draft.id))[1]?.other?.id).toBe(other);
    // Without a day in the text nobody can tell which of two is meant.
    await onPaper('173/VPUBND-TTCB', '2016-03-20');
    expect((await of(draft.id))[1]?.other).toBeNull();
  });

  it('the agency that the text names decides between two of one number and day', async () => {
    const province = await onPaper('84/TB-UBND', '2017-05-11', 'UBND tỉnh Đắk Lắk');
    await onPaper('84/TB-UBND', '2017-05-11', 'UBND huyện Krông Búk');
    const letter = await arrived({}, true);
    await office.ok('relations.add', {
      id: letter.id,
      kind: 'refers-to',
      passive: false,
      other: { by: 'number', codeText: '84/TB-UBND', date: '2017-05-11' },
    });
    const named = (await of(letter.id)).find(({ codeText }) => codeText === '84/TB-UBND');
    expect(named?.other).toBeNull();
    await office.ok('relations.add', {
      id: letter.id,
      kind: 'refers-to',
      passive: false,
      other: { by: 'document', id: province },
    });
    const chosen = (await of(letter.id)).filter(({ codeText }) => codeText === '84/TB-UBND');
    expect(chosen.some(({ other }) => other?.id === province)).toBe(true);
  });

  it('a message says which letter it answers, and a letter of ours that answers says it in its message', async () => {
    const ours = await sealedLetter(office, keys, [OTHER]);
    await office.ok('outgoing.send', { id: ours.id, revision: ours.revision });
    const { codeText, fields } = await office.ok('outgoing.get', { id: ours.id });
    const answer = await arrived({
      responseFor: [{ organId: OWN, code: codeText, promulgationDate: fields.date, documentId: '' }],
    });
    expect(words(await of(answer.id))).toEqual([['answers', codeText, ours.id]]);
    expect(words(await of(ours.id))).toContainEqual(['answers-by', answer.codeText, answer.id]);
    const reply = await sealedLetter(office, keys, [OTHER]);
    const other = { by: 'document', id: answer.id } as const;
    await office.ok('relations.add', { id: reply.id, kind: 'answers', passive: false, other });
    await office.ok('outgoing.send', { id: reply.id, revision: reply.revision });
    const message = await office.until('the message', async () => {
      const { messageId } = hub.sent.findLast(({ from }) => from === OWN) ?? { messageId: '' };
      const read = readEdxml(hub.bytesOf(messageId) ?? new Uint8Array());
      return read.kind === 'document' && read.responseFor.length > 0 ? read : null;
    });
    expect(message.responseFor).toEqual([
      {
        organId: OTHER,
        code: answer.codeText,
        promulgationDate: '2026-05-24',
        documentId: answer.received?.documentId,
      },
    ]);
  });
});

describe('what a clerk adds and takes out', () => {
  it('stands on both documents with its history, and is gone from both', async () => {
    const one = await onPaper('11/STC', '2026-01-05', 'Sở Tài chính');
    const two = await approvedDraft(office, [OTHER]);
    await office.ok('relations.add', {
      id: one,
      kind: 'replaces',
      passive: true,
      other: { by: 'document', id: two.id },
    });
    expect(words(await of(one))).toEqual([['replaces-by', 'VPUBND-HCTC', two.id]]);
    const [heard] = await of(two.id);
    expect(heard).toMatchObject({ kind: 'replaces', passive: false, codeText: '11/STC', source: 'person' });
    expect((await office.ok('outgoing.get', { id: two.id })).history[0]).toMatchObject({
      action: 'related',
      params: { relation: 'replaces', codeText: '11/STC' },
    });
    await office.ok('relations.remove', { id: two.id, relationId: heard?.id ?? '' });
    expect([await of(one), await of(two.id)]).toEqual([[], []]);
    const { history } = await office.ok('incoming.get', { id: one });
    expect(history[0]).toMatchObject({ action: 'unrelated', params: { relation: 'replaces-by' } });
  });

  it('is refused for the document itself and for what is not there', async () => {
    const id = await onPaper('12/STC', '2026-01-05', 'Sở Tài chính');
    const add = (other: object) =>
      office.refused('relations.add', { id, kind: 'answers', passive: false, other } as never);
    expect(await add({ by: 'document', id })).toBe('RELATED_TO_ITSELF');
    expect(await add({ by: 'document', id: randomUUID() })).toBe('NOT_FOUND');
    expect(await office.refused('relations.remove', { id, relationId: randomUUID() })).toBe('NOT_FOUND');
    expect(await of(id)).toEqual([]);
    // A row of other documents is not taken out by way of this one.
    const other = await onPaper('13/STC', '2026-01-05', 'Sở Tài chính');
    await office.ok('relations.add', {
      id: other,
      kind: 'answers',
      passive: false,
      other: { by: 'number', codeText: '999/XX-YY', date: null },
    });
    const [row] = await of(other);
    expect(await office.refused('relations.remove', { id, relationId: row?.id ?? '' })).toBe('NOT_FOUND');
  });
});

describe('the answer that finishes the handling', () => {
  it('is a relation of both documents until it is undone', async () => {
    const { id, revision, fields } = await arrived();
    const registered = await office.ok('incoming.register', { id, revision, fields, acceptDuplicate: true });
    const letter = await sealedLetter(office, keys, [OTHER]);
    const done = await office.ok('incoming.complete', {
      id,
      revision: registered.revision,
      outcome: { kind: 'letter', answerId: letter.id },
    });
    expect(words(await of(letter.id))).toContainEqual(['answers', fields.codeText, id]);
    expect((await of(id)).map(({ kind, passive, other }) => [kind, passive, other?.id])).toEqual([
      ['answers', true, letter.id],
    ]);
    await office.ok('handling.reopen', { id, revision: done.revision, reason: 'Nhầm văn bản' });
    expect(await of(id)).toEqual([]);
  });

  it('by hand it is found as soon as the letter is in the register', async () => {
    const { id, revision, fields } = await arrived();
    const registered = await office.ok('incoming.register', { id, revision, fields, acceptDuplicate: true });
    await office.ok('incoming.complete', {
      id,
      revision: registered.revision,
      outcome: { kind: 'by-hand', codeText: '77 / VPUBND-TH', date: '2026-05-30' },
    });
    expect(words(await of(id))).toEqual([['answers-by', '77 / VPUBND-TH', null]]);
    const answer = await onPaper('77/VPUBND-TH', '2026-05-30');
    expect((await of(id))[0]?.other?.id).toBe(answer);
    expect(words(await of(answer))).toEqual([['answers', fields.codeText, id]]);
  });
});

describe('after the issue', () => {
  /** A letter of ours that its recipient has. */
  async function sent(fields: object = {}): Promise<string> {
    const sealed = await sealedLetter(office, keys, [OTHER], { fields });
    await office.ok('outgoing.send', { id: sealed.id, revision: sealed.revision });
    await office.until('the receipt', async () => (await get(sealed.id)).state === 'sent');
    return sealed.id;
  }
  const get = (id: string) => office.ok('outgoing.get', { id });
  const lastMessage = () => {
    const { messageId } = hub.sent.findLast(({ from }) => from === OWN) ?? { messageId: '' };
    const message = readEdxml(hub.bytesOf(messageId) ?? new Uint8Array());
    if (message.kind !== 'document') throw new Error('no document');
    return message;
  };
  const report = async (id: string, statusCode: string, description: string): Promise<void> => {
    const { codeText, fields } = await get(id);
    const bytes = writeEdxmlStatus({
      ...fullStatus,
      from: organ(OTHER, 'Sở Nội vụ'),
      responseFor: {
        organId: OWN,
        code: codeText,
        promulgationDate: fields.date,
        documentId: `${OWN},${fields.date?.replaceAll('-', '/')},${codeText}`,
      },
      statusCode,
      description,
    });
    hub.slip(OWN, OTHER, bytes);
  };
  const states = async (id: string) => (await get(id)).deliveries.map(({ agencyCode, state }) => [agencyCode, state]);

  it('a recipient that sent it back gets it once more under its number, with what was corrected', async () => {
    const id = await sent();
    await report(id, '02', 'Gửi nhầm, thiếu phụ lục');
    await office.until('02', async () => (await states(id))[0]?.[1] === 'refused');
    const { revision, deliveries, codeText } = await get(id);
    expect(deliveries[0]?.reason).toBe('Gửi nhầm, thiếu phụ lục');
    const again = { id, revision, agencyCode: OTHER, replaceBy: OTHER };
    expect(await office.refused('outgoing.replaceRecipient', again)).toBe('REASON_NEEDED');
    const before = hub.inboxOf(OTHER).length;
    await office.ok('outgoing.replaceRecipient', { ...again, correction: 'Đã bổ sung phụ lục' });
    await office.until('it there', async () => hub.inboxOf(OTHER).length > before);
    await office.until('the receipt', async () => (await states(id))[0]?.[1] === 'delivered');
    const message = lastMessage();
    expect(`${message.codeNumber}/${message.codeNotation}`).toBe(codeText);
    expect(message.business).toMatchObject({ docType: 0, reason: 'Đã bổ sung phụ lục' });
    const { history, recipients } = await get(id);
    expect(recipients).toMatchObject({ total: 1, refused: 0 });
    expect(history.find(({ action }) => action === 'sent-again')?.params).toEqual({
      from: 'Sở Nội vụ',
      to: 'Sở Nội vụ',
      correction: 'Đã bổ sung phụ lục',
    });
  });

  it.each([
    ['replaces', 3, 'Thay thế'],
    ['corrects', 2, 'Đính chính'],
  ] as const)('a letter that %s another says it on the way, in the book and on both', async (kind, docType, word) => {
    const old = await sent();
    const { codeText, fields } = await get(old);
    const fresh = await sealedLetter(office, keys, [OTHER]);
    const other = { by: 'document', id: old } as const;
    await office.ok('relations.add', { id: fresh.id, kind, passive: false, other });
    await office.ok('outgoing.send', { id: fresh.id, revision: fresh.revision });
    await office.until('the receipt', async () => (await get(fresh.id)).state === 'sent');
    const { business, documentId } = lastMessage();
    const number = codeText.split('/')[0];
    const oldId = `${OWN},${fields.date?.replaceAll('-', '/')},${number}/VPUBND-HCTC`;
    expect(business).toMatchObject({ docType, reason: expect.stringContaining(`${word} ${codeText}`) });
    expect(documentId).not.toBe(oldId);
    if (kind === 'replaces') expect(business?.replacements).toEqual([{ documentId: oldId, organIds: [OTHER] }]);
    else expect(business?.documentId).toBe(oldId);
    const { codeText: freshCode } = await get(fresh.id);
    expect(words(await of(old))).toContainEqual([`${kind}-by`, freshCode, fresh.id]);
    const year = new Date().getFullYear();
    const { entries } = await office.ok('books.entries', { bookId: 'outgoing', year });
    expect(entries.find(({ documentId: one }) => one === old)?.changedBy).toEqual([
      { kind, codeText: freshCode, date: expect.any(String) },
    ]);
  });

  it('a recall goes to everybody who has it, once, as the letter itself with its reason', async () => {
    const id = await sent();
    const { revision, codeText } = await get(id);
    const before = hub.inboxOf(OTHER).length;
    const recalled = await office.ok('outgoing.recall', { id, revision, reason: 'Sai thẩm quyền' });
    await office.until('it there', async () => hub.inboxOf(OTHER).length > before);
    const message = lastMessage();
    expect(message.business).toMatchObject({ docType: 1, reason: 'Sai thẩm quyền' });
    expect(`${message.codeNumber}/${message.codeNotation}`).toBe(codeText);
    expect(await office.refused('outgoing.recall', { id, revision: recalled.revision, reason: 'x' })).toBe(
      'WRONG_STATE',
    );
    expect((await get(id)).history.find(({ action }) => action === 'recalled')?.params).toEqual({
      reason: 'Sai thẩm quyền',
      recipients: 1,
    });
  });

  it('what a sender recalls, replaces or corrects is shown on the earlier document here', async () => {
    const first = await arrived();
    const named = first.received?.documentId ?? '';
    const business = {
      docType: 3,
      reason: 'Thay thế',
      documentId: '',
      documentInfoUpdated: null,
      receiversUpdated: null,
      receivers: [],
      staff: null,
      paper: null,
      replacements: [{ documentId: named, organIds: [OWN] }],
    };
    const replacing = await arrived({ business });
    expect(words(await of(first.id))).toEqual([['replaces-by', replacing.codeText, replacing.id]]);
    const second = await arrived({ documentId: randomUUID() });
    const opaque = second.received?.documentId ?? '';
    const correcting = await arrived({ business: { ...business, docType: 2, documentId: opaque, replacements: [] } });
    expect(words(await of(second.id))).toEqual([['corrects-by', correcting.codeText, correcting.id]]);
    const before = (await office.ok('incoming.list', { box: 'to-register' })).rows.length;
    const recall = writeEdxmlDocument({
      ...fullDocument,
      from: organ(OTHER, 'Sở Nội vụ'),
      to: [organ(OWN)],
      codeNumber: first.codeText.split('/')[0] ?? '',
      codeNotation: 'SNV',
      promulgationDate: '2026-05-24',
      documentId: named,
      business: { ...business, docType: 1, replacements: [] },
      responseFor: [],
      attachments: [],
    });
    hub.slip(OWN, OTHER, recall);
    await office.until('the recall', async () => {
      const { rows } = await office.ok('incoming.list', { box: 'to-register' });
      return rows.length > before;
    });
    expect((await of(first.id)).map(({ kind, passive }) => [kind, passive])).toContainEqual(['recalls', true]);
  });
});
