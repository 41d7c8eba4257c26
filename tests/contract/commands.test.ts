import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { NO_TIMES, type Oversight } from '#shared/domain/oversight.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callNames, specOf, type CallInput, type CallName } from '#shared/contract/contract.ts';
import { ownerOf } from '#shared/contract/owners.ts';
import type { EdxmlDocumentContent } from '#shared/edxml/edxml-message.ts';
import { writeEdxmlDocument, writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { decideAll } from '#scripts/demo/decide-all.ts';
import { TEST_PKI_PASSWORD } from '#scripts/make-test-pki.ts';
import { dutyOf, dutyRota } from '#tests/support/duty-rota.ts';
import { letterPage } from '#tests/support/letter-page.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { agency, createOfficeHub, PHONE_CODE } from '#tests/support/office-hub.ts';
import {
  addKeys,
  approvedDraft,
  createDraft,
  importLetter,
  plainFields,
  sealedLetter,
  smallLetter,
  blankPlacement,
  type OfficeKeys,
} from '#tests/support/office-letters.ts';
import { openTestOffice, repositoryRoot, testPki, type TestOffice } from '#tests/support/test-office.ts';
import { readRows } from '#tests/support/office-database.ts';
import { fullDocument, fullStatus, organ } from '#tests/unit/edxml/sample-messages.ts';
import { FIRST_PERSON_ID, roles } from '#shared/domain/roles.ts';
import { readOutbox } from '#tests/support/office-database.ts';
import { watchedDelivery } from '#tests/support/watched-delivery.ts';
import { allDocumentTypes, type DocumentType } from '#shared/domain/document-types.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import { UNSURE_NUMBERS } from '#shared/domain/unsure-numbers.ts';
import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';

const OWN = 'H15.01';
const OTHER = 'H15.02';
/** In the office's directory, and no longer in the exchange's. */
const GONE = 'H15.09';
const known = [agency(OWN, 'Văn phòng'), agency(OTHER, 'Sở Nội vụ')];
const hub = createOfficeHub([...known, agency(GONE, 'Sở cũ')]);
let office: TestOffice;
let keys: OfficeKeys;

beforeAll(async () => {
  office = await openTestOffice({ account: 'anhntp', ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: OWN, workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 3);
  hub.setAgencies(known);
  keys = await addKeys(office);
});
afterAll(() => office.close());

let letters = 0;
/** An incoming letter, arrived and not yet registered. */
async function arrivedLetter(change: Partial<EdxmlDocumentContent> = {}): Promise<{ id: string; revision: number }> {
  letters += 1;
  const bytes = writeEdxmlDocument({
    ...fullDocument,
    from: organ(OTHER, 'Sở Nội vụ'),
    to: [organ(OWN)],
    codeNumber: String(letters),
    documentId: `${OTHER},2026/05/24,${letters}/SNV`,
    business: null,
    attachments: [],
    ...change,
  });
  const { messageId } = hub.slip(OWN, OTHER, bytes);
  return office.until('arrival', async () => {
    const { rows } = await office.ok('incoming.list', { box: 'to-register' });
    for (const row of rows) {
      const detail = await office.ok('incoming.get', { id: row.id });
      if (detail.received?.documentId === `${OTHER},2026/05/24,${letters}/SNV`)
        return { id: row.id, revision: row.revision };
    }
    return messageId === '' ? { id: '', revision: 0 } : null;
  });
}

/** One that its sender wants back. */
async function recalledLetter(): Promise<{ id: string; revision: number }> {
  const asked = await arrivedLetter();
  const bytes = writeEdxmlStatus({
    ...fullStatus,
    from: organ(OTHER, 'Sở Nội vụ'),
    responseFor: { ...fullStatus.responseFor, documentId: `${OTHER},2026/05/24,${letters}/SNV` },
    statusCode: '13',
  });
  hub.slip(OWN, OTHER, bytes, { kind: 'status' });
  return office.until('the request', async () => {
    const { recall } = await office.ok('incoming.get', { id: asked.id });
    return recall === null ? null : asked;
  });
}

let scans = 0;
/** A page that no other letter has. */
function scanOf(): string {
  scans += 1;
  const path = join(office.dataDir, `quet-${scans}.pdf`);
  writeFileSync(path, makePdf({ content: `BT /F1 12 Tf 72 720 Td (Ban quet ${scans}) Tj ET` }));
  return path;
}
const scanTakenIn = () => office.ok('incoming.takeIn', { token: office.token(scanOf()), unlessOwn: false });

/** One in the book. */
async function registeredLetter(): Promise<{ id: string; revision: number }> {
  const arrived = await arrivedLetter();
  const fields = await incomingFields(arrived.id);
  return office.ok('incoming.register', { ...target(arrived), fields, acceptDuplicate: true });
}

let lists = 0;
let people = 0;
/** Somebody who can be given a document. */
async function colleague(role: Role): Promise<string> {
  people += 1;
  const named = { name: `Người ${people}`, title: 'Chuyên viên', unitId: null, position: 1, windowsAccount: '' };
  return (await office.ok('people.savePerson', { ...named, personId: null, roles: [role] })).personId;
}

async function assignedLetter(): Promise<{ id: string; revision: number; lead: string }> {
  const { id, revision } = await registeredLetter();
  const lead = await colleague('officer');
  await office.ok('handling.assign', {
    documents: [{ id, revision }],
    assignees: [{ part: 'lead', kind: 'person', id: lead }],
    dueAt: LATER,
    note: '',
  });
  return { id, revision: revision + 1, lead };
}

const NOW = new Date().toISOString();
const LATER = '2099-01-05T07:00:00.000Z';
const EVEN_LATER = '2099-02-05T07:00:00.000Z';
const keptForm = { kind: 'letter', key: 'new:1' };
const ownForm = { personId: FIRST_PERSON_ID, ...keptForm };

const invitation = () =>
  arrivedLetter({ documentType: { type: 2, typeDetail: 25, typeName: 'Giấy mời' }, subject: 'Họp giao ban' });
const insideOffice = [{ kind: 'inside' as const, name: 'Phòng Hành chính - Quản trị' }];
const draft = () => createDraft(office, [OTHER]);
const approved = () => approvedDraft(office, [OTHER]);
const numbered = async () => {
  const { id, revision } = await approved();
  const letter = await office.ok('outgoing.assignNumber', { id, revision });
  await decideAll(office.ok, letter, keys);
  return letter;
};
/** A difference of a letter, accepted. */
async function decision() {
  const { id, revision } = await approved();
  const { differences } = await office.ok('outgoing.look', { id });
  const [first] = differences;
  if (first === undefined) throw new Error('nothing differs');
  const way = first.ways.includes('accepted') ? ('accepted' as const) : ('not-sent' as const);
  const decisions = [{ kind: first.kind, subject: first.subject, way, reason: 'Đã xem', agencies: [] }];
  return { id, revision, decisions };
}
const target = ({ id, revision }: { id: string; revision: number }) => ({ id, revision });
const signInput = (at: { id: string; revision: number }, certificateId: string) => ({
  ...target(at),
  certificateId,
  password: TEST_PKI_PASSWORD,
});
/** A letter that was sent, and of which the exchange tells. */
async function watchedLetter(
  change: Partial<WatchedDelivery> = {},
  fields: Partial<OutgoingFields> = {},
): Promise<string> {
  const sealed = await sealedLetter(office, keys, [OTHER], { fields });
  const { id } = await office.ok('outgoing.send', target(sealed));
  const messageId = await office.until('the receipt', async () => {
    const [row] = readOutbox(office.dataDir, id);
    return row?.state === 'done' ? row.message_id : null;
  });
  hub.watch(watchedDelivery({ messageId, sender: OWN, recipient: OTHER, ...change }));
  await office.until('the watch', async () => (await office.ok('outgoing.get', { id })).watched.length === 1);
  return id;
}
const incomingFields = async (id: string) => (await office.ok('incoming.get', { id })).fields;

/** The exchange has a rota of this office. */
async function rotaAtHand(): Promise<{ version: number; phone: string }> {
  const version = (hub.duties.get(OWN)?.version ?? 0) + 1;
  hub.duties.set(OWN, dutyOf(dutyRota, { version }));
  return { version, phone: dutyRota.officers[0]?.phone ?? '' };
}

/** Arranges what a command needs, and answers its input. */
/** The office sees another's figures. Returns their period. */
function supervising(): { from: string; to: string } {
  const opened = { median: 4.5, p90: 4.5, medianWorking: null, p90Working: null };
  const after = { opened, registered: NO_TIMES, finished: NO_TIMES };
  const done = { received: 2, opened: 1, onTime: 1, registered: 1, finished: 0, after };
  const totals = {
    ...done,
    due: 2,
    finishedInTime: 1,
    expressReceived: 1,
    expressOpenedLate: 0,
    sent: 3,
    withoutPaper: 1,
    paperOnly: 0,
  };
  const contact = { unreachable: 0, lastContactAt: null, isUnreachable: false };
  const figures: Oversight = {
    agencies: [{ code: OTHER, ...totals, ...contact }],
    totals,
    before: totals,
    weeks: [{ day: '2026-11-23', received: 2, onTime: 1 }],
    openedWithin: [1, 0, 0, 0, 0, 0, 0],
    urgencies: [{ urgency: 'express', received: 1, onTime: 1 }],
  };
  hub.overseen.set(OWN, { figures, deliveries: [], documents: [] });
  return { from: '2026-11-01', to: '2026-12-01' };
}

/** A report that the exchange has. */
async function sentReport(): Promise<string> {
  const { bundleId } = await office.ok('feedback.bundle', {});
  const { id } = await office.ok('feedback.send', { kind: 'question', text: 'Làm thế nào?', bundleId });
  await office.until('the report', async () => hub.feedback.reports.some(({ report }) => report.id === id));
  return id;
}

async function refusedReport(): Promise<string> {
  hub.feedback.judge = () => 'FEEDBACK_LIMIT';
  const { id } = await office.ok('feedback.send', { kind: 'fault', text: 'Thứ 21', bundleId: null });
  await office.until('the refusal', async () => {
    const { reports } = await office.ok('feedback.list', {});
    return reports.some((one) => one.id === id && one.state === 'refused');
  });
  hub.feedback.judge = () => null;
  return id;
}

/** The office supervises, and another one reports something. */
function overseenReport(): string {
  supervising();
  const report = {
    id: randomUUID(),
    kind: 'fault' as const,
    text: 'Không gửi được',
    person: 'Văn thư Sở',
    writtenAt: '2026-11-28T01:00:00.000Z',
    appVersion: '0.1.0',
    bundle: '{"form":1}',
  };
  hub.feedback.reports.push({ from: OTHER, report, answers: [] });
  return report.id;
}

let named = 0;
async function person(): Promise<string> {
  named += 1;
  return (await office.ok('people.savePerson', newPerson(`Người ${named}`))).personId;
}
const newPerson = (name: string) => ({
  personId: null,
  name,
  title: 'Chuyên viên',
  unitId: null,
  roles: ['officer' as const],
  position: 1,
  windowsAccount: '',
});
const everything = { ...newPerson('Nguyễn Thị Phương Anh'), personId: FIRST_PERSON_ID, roles: [...roles] };
async function withPin(personId: string): Promise<{ personId: string; pin: string }> {
  const pin = '246802';
  await office.ok('people.setPin', { personId, pin });
  return { personId, pin };
}
const newUnit = (name: string) => ({ unitId: null, name, abbreviation: '', position: 1 });

/** As a restore leaves the register that could not read the one before: the book of copies does not know its last number. */
async function inDoubt(): Promise<{ year: number; last: number }> {
  const { books } = await office.ok('books.list', {});
  const copies = books.find(({ id }) => id === 'copies');
  const confirmed = books.filter((book) => book !== copies).map(({ id, year }) => ({ bookId: id, year }));
  const sqlite = new Database(join(office.dataDir, 'vanthu.db'));
  sqlite
    .prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)')
    .run(UNSURE_NUMBERS, JSON.stringify({ copiedAt: new Date().toISOString(), confirmed }));
  sqlite.close();
  return { year: copies?.year ?? 0, last: copies?.last ?? 0 };
}

const commands: { readonly [N in CallName]?: () => Promise<object> } = {
  'people.saveUnit': async () => newUnit(`Phòng ${await person()}`),
  'people.savePerson': async () => newPerson('Lê Thị Bình'),
  'people.removeUnit': async () => ({
    unitId: (await office.ok('people.saveUnit', newUnit('Phòng cũ'))).unitId,
  }),
  'people.setPin': async () => ({ personId: await person(), pin: '2468' }),
  'people.saveSignIn': async () => ({ required: false, byAccount: false, idleMinutes: 10 }),
  'people.delegate': async () => ({
    fromPersonId: FIRST_PERSON_ID,
    toPersonId: await person(),
    fromDay: '2026-01-01',
    toDay: '2099-01-01',
  }),
  'people.endDelegation': async () => ({
    delegationId: (await office.ok('people.delegate', (await commands['people.delegate']?.()) as never)).id,
  }),
  // Nobody signs in yet: there is nothing to lock.
  'session.lock': async () => ({}),
  'session.signIn': async () => withPin(await person()),
  'session.signInByAccount': async () => {
    await withPin(FIRST_PERSON_ID);
    await office.ok('people.savePerson', { ...everything, windowsAccount: 'anhntp' });
    await office.ok('people.saveSignIn', { required: true, byAccount: true, idleMinutes: null });
    return {};
  },
  'session.changePin': async () => {
    const { pin } = await withPin(FIRST_PERSON_ID);
    return { pin, newPin: '864208' };
  },
  'people.removePerson': async () => ({ personId: await person() }),
  'books.startFrom': async () => ({ bookId: 'outgoing', year: 2031, last: 7 }),
  'books.workbook': async () => {
    const { year } = await numbered();
    return { bookId: 'outgoing', year };
  },
  'books.print': async () => {
    const { year } = await numbered();
    return { bookId: 'outgoing', year };
  },
  'books.create': async () => {
    const { books } = await office.ok('books.list', {});
    const isFree = (type: DocumentType) => !books.some(({ documentTypes }) => documentTypes.includes(type.name));
    const { name } = allDocumentTypes.find(isFree) ?? { name: '' };
    return { direction: 'incoming', name: `Sổ ${name}`, documentTypes: [name] };
  },
  'books.saveNotation': async () => ({
    bookId: 'copies',
    unitId: null,
    agency: 'VPUBND',
    unitIn: 'none',
    withYear: false,
  }),
  'books.removeNotation': async () => {
    await office.ok('books.saveNotation', (await commands['books.saveNotation']?.()) as never);
    return { bookId: 'copies', unitId: null };
  },
  'directory.saveList': async () => {
    lists += 1;
    return { listId: null, name: `Danh sách ${lists}`, codes: [OTHER] };
  },
  'directory.removeList': async () => {
    const { listId } = await office.ok('directory.saveList', (await commands['directory.saveList']?.()) as never);
    return { listId };
  },
  'books.change': async () => ({ bookId: 'copies', name: 'Sổ bản sao', documentTypes: ['Sao y', 'Sao lục'] }),
  'books.setActive': async () => ({ bookId: 'copies', active: false }),
  'books.reserve': async () => ({ bookId: 'outgoing', count: 2, reservedFor: 'Phòng Nội chính' }),
  'books.dropReserved': async () => {
    const { year, first } = await office.ok('books.reserve', {
      bookId: 'outgoing',
      count: 1,
      reservedFor: 'Thanh tra',
    });
    return { bookId: 'outgoing', year, number: first, suffix: '', reason: 'không dùng đến' };
  },
  'books.confirmLast': async () => {
    const { year, last } = await inDoubt();
    return { bookId: 'copies', year, last };
  },
  'books.closeYear': async () => ({ bookId: 'incoming', year: 2020 }),
  'books.reopenYear': async () => ({ bookId: 'incoming', year: 2020 }),
  'certificates.add': async () => ({
    token: office.token(testPki().p12('person2')),
    password: TEST_PKI_PASSWORD,
    role: 'person',
    imageToken: office.token(`${repositoryRoot}/resources/demo/signature.png`),
  }),
  'certificates.remove': async () => {
    const { certificates } = await office.ok('certificates.list', {});
    return { id: certificates.find(({ subject }) => subject.includes('Hoa'))?.id ?? '' };
  },
  'forms.keep': async () => ({ ...ownForm, version: 1, body: '{"abstract":"V/v"}', files: [] }),
  'forms.forget': async () => {
    await office.ok('forms.keep', { ...ownForm, body: '{}', version: 1, files: [] });
    return ownForm;
  },
  'feedback.send': async () => {
    const { bundleId } = await office.ok('feedback.bundle', {});
    return { kind: 'fault', text: 'Không in được sổ', bundleId };
  },
  'feedback.sendAgain': async () => ({ id: await refusedReport() }),
  'feedback.markRead': async () => ({ id: await sentReport() }),
  'printing.form': async () => {
    await registeredLetter();
    return { form: 'follow-up', fromDay: '2000-01-01', toDay: '2199-12-31', format: 'pdf' };
  },
  'printing.handlingSheet': async () => ({ id: (await registeredLetter()).id }),
  'printing.verification': async () => ({ direction: 'incoming', id: (await scanTakenIn()).id, format: 'pdf' }),
  'feedback.answer': async () => ({ id: overseenReport(), text: 'Đã sửa' }),
  'duty.save': async () => ({ from: (await rotaAtHand()).version, rota: dutyRota }),
  'duty.saveHours': async () => ({ hours: [{ weekday: 1, from: '08:00', to: '12:00' }] }),
  'duty.sendPhoneCode': async () => ({ phone: (await rotaAtHand()).phone }),
  'duty.tryNumber': async () => ({ phone: (await rotaAtHand()).phone }),
  'duty.confirmPhone': async () => ({ phone: (await rotaAtHand()).phone, code: PHONE_CODE }),
  'exchange.syncNow': async () => ({}),
  'oversight.workbook': async () => supervising(),
  'oversight.reminderFile': async () => ({ page: letterPage }),
  'letters.propose': async () => ({
    token: office.token(`${repositoryRoot}/resources/demo/letters/quyet-dinh-15.pdf`),
  }),
  'letters.attach': async () => ({ token: office.token(smallLetter(office)) }),
  'letters.signedRevision': async () => {
    const { id } = await sealedLetter(office, keys, [OTHER]);
    return { fileId: (await office.ok('outgoing.get', { id })).file.fileId, index: 0 };
  },
  'outgoing.create': async () => ({
    fileId: await importLetter(office),
    fileName: 'a.pdf',
    fields: plainFields,
    placement: blankPlacement,
    recipients: [OTHER],
  }),
  'outgoing.update': async () => ({ ...target(await draft()), fields: plainFields, recipients: [OTHER] }),
  'outgoing.discard': async () => target(await draft()),
  'outgoing.restore': async () => target(await office.ok('outgoing.discard', target(await draft()))),
  'outgoing.approve': async () => target(await draft()),
  'outgoing.reopen': async () => target(await approved()),
  'outgoing.sendBack': async () => ({ ...target(await approved()), reason: 'Sửa trích yếu' }),
  'outgoing.draftAgain': async () =>
    target(await office.ok('outgoing.cancel', { ...target(await numbered()), reason: 'Sai thể thức' })),
  'outgoing.assignNumber': async () => target(await approved()),
  'outgoing.cancel': async () => ({ ...target(await numbered()), reason: 'Sai thể thức' }),
  'outgoing.decide': decision,
  'certificates.checkPassword': async () => ({ id: keys.person, password: TEST_PKI_PASSWORD }),
  'outgoing.sign': async () => signInput(await numbered(), keys.person),
  'outgoing.seal': async () =>
    signInput(await office.ok('outgoing.sign', signInput(await numbered(), keys.person)), keys.seal),
  'outgoing.send': async () => target(await sealedLetter(office, keys, [OTHER])),
  'outgoing.issue': async () => target(await sealedLetter(office, keys, [], { otherRecipients: insideOffice })),
  'outgoing.retrySending': async () => {
    const sealed = await sealedLetter(office, keys, [OTHER]);
    return target(await office.ok('outgoing.send', target(sealed)));
  },
  'outgoing.recall': async () => {
    const sealed = await sealedLetter(office, keys, [OTHER]);
    const { id } = await office.ok('outgoing.send', target(sealed));
    const { revision } = await office.until('the receipt', async () => {
      const detail = await office.ok('outgoing.get', { id });
      return detail.state === 'sent' ? detail : null;
    });
    return { id, revision, reason: 'Sai thẩm quyền' };
  },
  'outgoing.replaceRecipient': async () => {
    const sealed = await sealedLetter(office, keys, [OTHER, GONE]);
    const { id } = await office.ok('outgoing.send', target(sealed));
    const { revision } = await office.until('the receipt', async () => {
      const detail = await office.ok('outgoing.get', { id });
      return detail.state === 'sent' ? detail : null;
    });
    return { id, revision, agencyCode: GONE, replaceBy: null };
  },
  'outgoing.recordCall': async () => ({
    id: await watchedLetter(),
    recipient: OTHER,
    phone: '0257 3 000 142',
    spokeTo: 'Anh A',
    outcome: 'no-answer',
    note: '',
  }),
  'outgoing.remind': async () => ({ id: await watchedLetter(), recipients: [OTHER] }),
  'outgoing.answerExtension': async () => {
    const question = randomUUID();
    const asked = {
      id: question,
      at: NOW,
      person: '',
      until: LATER,
      reason: 'Chờ số liệu',
      granted: null,
      answer: null,
    };
    const id = await watchedLetter({ extension: asked });
    return { id, recipient: OTHER, question, granted: true, until: LATER, reason: '' };
  },
  'outgoing.changeHour': async () => {
    const id = await watchedLetter({}, { urgency: 'express-timed', expressAt: LATER });
    return { ...target(await office.ok('outgoing.get', { id })), expressAt: EVEN_LATER };
  },
  'outgoing.recordPaper': async () => ({
    id: await watchedLetter(),
    recipients: [OTHER],
    day: '2026-01-12',
    item: 'RR123456789VN',
  }),
  'outgoing.recordPaperResult': async () => {
    const fields = { addressees: [], recipientLines: ['Lưu: VT'] };
    const name = 'Hội Nông dân tỉnh Gia Lai';
    const onPaper = [{ kind: 'paper' as const, name }];
    const { id } = await office.ok(
      'outgoing.issue',
      target(await sealedLetter(office, keys, [], { fields, otherRecipients: onPaper })),
    );
    await office.ok('outgoing.recordPaper', { id, recipients: [], others: [name], day: '2026-01-12', item: 'RR1' });
    return { id, others: [name], result: 'delivered', day: '2026-01-14', note: '' };
  },
  'incoming.registerPaper': async () => {
    letters += 1;
    const fields = await incomingFields((await arrivedLetter()).id);
    return { fields: { ...fields, codeText: `${letters}/GIAY` }, senderCode: OTHER, acceptDuplicate: false };
  },
  'incoming.joinToPaper': async () => {
    const arrived = await arrivedLetter();
    const fields = await incomingFields(arrived.id);
    const paper = await office.ok('incoming.registerPaper', { fields, senderCode: OTHER, acceptDuplicate: true });
    return { ...target(arrived), paperId: paper.id };
  },
  'incoming.receivePaper': async () => target(await arrivedLetter()),
  'office.savePaperRules': async () => ({ types: ['Quyết định'], agencies: [{ code: OTHER, choice: 'paper' }] }),
  'exchange.takeAgain': async () => {
    const { messageId } = hub.slip(OWN, OTHER, new TextEncoder().encode('<x/>'));
    await office.until('set aside', async () => {
      const { messages } = await office.ok('exchange.setAside', {});
      return messages.some((message) => message.messageId === messageId);
    });
    return { messageId };
  },
  'incoming.markOpened': async () => ({ id: (await arrivedLetter()).id }),
  'incoming.register': async () => {
    const arrived = await arrivedLetter();
    return { ...target(arrived), fields: await incomingFields(arrived.id), acceptDuplicate: true };
  },
  'incoming.takeIn': async () => ({ token: office.token(scanOf()), unlessOwn: false }),
  'incoming.proposeScan': async () => ({ token: office.token(scanOf()) }),
  'incoming.attachScan': async () => ({ ...target(await registeredLetter()), token: office.token(scanOf()) }),
  'incoming.attachTo': async () => ({ ...target(await scanTakenIn()), targetId: (await registeredLetter()).id }),
  'incoming.discard': async () => ({ ...target(await scanTakenIn()), reason: 'Nhầm tệp' }),
  'incoming.correct': async () => {
    const { id, revision } = await registeredLetter();
    const fields = { ...(await incomingFields(id)), abstract: 'Về việc báo cáo quý III' };
    return { id, revision, fields, reason: 'Gõ nhầm trích yếu', acceptDuplicate: true };
  },
  'incoming.askExtension': async () => {
    const arrived = await arrivedLetter();
    const fields = { ...(await incomingFields(arrived.id)), dueAt: LATER };
    await office.ok('incoming.register', { ...target(arrived), fields, acceptDuplicate: true });
    return { id: arrived.id, until: EVEN_LATER, reason: 'Chờ số liệu' };
  },
  'handling.submit': async () => ({
    documents: [target(await registeredLetter())],
    leaderId: await colleague('leader'),
    note: 'Kính trình',
  }),
  'handling.direct': async () => ({
    ...target(await registeredLetter()),
    leaderId: await colleague('leader'),
    opinion: 'Giao Phòng Nội vụ',
  }),
  'handling.assign': async () => ({
    documents: [target(await registeredLetter())],
    assignees: [{ part: 'lead', kind: 'person', id: await colleague('officer') }],
    dueAt: LATER,
    note: 'Trước thứ Sáu',
  }),
  'handling.callBack': async () => {
    const { lead, ...at } = await assignedLetter();
    return { ...at, assignee: { kind: 'person', id: lead }, reason: 'Chuyển nơi khác' };
  },
  'handling.start': async () => target(await assignedLetter()),
  'handling.reopen': async () => {
    const done = await office.ok('incoming.complete', target(await registeredLetter()));
    return { ...target(done), reason: 'Kết thúc nhầm' };
  },
  'handling.remind': async () => ({ id: (await assignedLetter()).id }),
  'handling.remark': async () => ({ id: (await registeredLetter()).id, text: 'Đã hỏi Sở Tài chính' }),
  'access.limit': async () => ({
    id: (await registeredLetter()).id,
    readers: [{ kind: 'person', id: await colleague('officer') }],
  }),
  'access.open': async () => ({ id: (await registeredLetter()).id }),
  'audit.verify': async () => ({}),
  'audit.export': async () => ({ format: 'xlsx' }),
  'handling.putAside': async () => ({ documents: [target(await registeredLetter())], until: '2099-01-05' }),
  'handling.takeBack': async () => ({ documents: [target(await registeredLetter())] }),
  'relations.add': async () => ({
    id: (await registeredLetter()).id,
    kind: 'answers',
    passive: false,
    other: { by: 'number', codeText: '62/VPUBND-HCTC', date: null },
  }),
  'relations.remove': async () => {
    const { id } = await registeredLetter();
    const other = { by: 'number', codeText: '62/VPUBND-HCTC', date: null } as const;
    await office.ok('relations.add', { id, kind: 'answers', passive: false, other });
    const { relations } = await office.ok('relations.of', { id });
    return { id, relationId: relations[0]?.id };
  },
  'incoming.answerInvitation': async () => ({ id: (await invitation()).id, reply: { answer: 'yes' } }),
  'incoming.answerRecall': async () => ({ ...(await recalledLetter()), reply: { answer: 'agreed', reason: '' } }),
  'incoming.undoRecallAnswer': async () => {
    const asked = await recalledLetter();
    const line = hub.line(OWN);
    // What the exchange does not take has not left.
    line.fail = (call) => (call === 'put' ? { kind: 'refused', code: 'EDXML_INVALID', params: {} } : null);
    const reply = { answer: 'refused', reason: 'Đã giải quyết' } as const;
    const answered = await office.ok('incoming.answerRecall', { ...asked, reply });
    const isBlocked = `SELECT 1 FROM outbox WHERE document_id = '${asked.id}' AND state = 'blocked'`;
    await office.until('the refusal', () => Promise.resolve(readRows(office.dataDir, isBlocked).length === 1));
    line.fail = () => null;
    return target(answered);
  },
  'incoming.return': async () => ({ ...target(await arrivedLetter()), reason: 'Không thuộc thẩm quyền' }),
  'incoming.complete': async () => {
    const arrived = await arrivedLetter();
    const fields = await incomingFields(arrived.id);
    return target(await office.ok('incoming.register', { ...target(arrived), fields, acceptDuplicate: true }));
  },
};
const names = Object.keys(commands) as CallName[];

/** Everything that a second effect would show in. */
async function visibleState(id: string | undefined): Promise<unknown> {
  const { books } = await office.ok('books.list', {});
  const counts = await office.ok('office.counts', {});
  const { certificates } = await office.ok('certificates.list', {});
  const history = async (name: 'outgoing.get' | 'incoming.get') => {
    const answer = await office.call(name, { id: id ?? randomUUID() });
    return answer.ok ? answer.value.history.filter(({ actor }) => actor.kind === 'person').length : null;
  };
  return {
    books,
    incoming: counts.incoming,
    drafts: counts.outgoing.drafts,
    toSign: counts.outgoing['to-sign'],
    certificates: certificates.length,
    outgoingHistory: await history('outgoing.get'),
    incomingHistory: await history('incoming.get'),
  };
}

describe.each(names)('%s', (name) => {
  it('twice with the same commandId: the same answer, one effect', async () => {
    const input = { ...(await commands[name]?.()), commandId: randomUUID() };
    const id = (input as { id?: string }).id;
    const first = await office.call(name, input);
    expect(first).toMatchObject({ ok: true });
    if (first.ok) expect(specOf(name)?.output.safeParse(first.value).error).toBeUndefined();
    const after = await visibleState(id);
    const second = await office.call(name, input);
    expect(second).toEqual(first);
    expect(await visibleState(id)).toEqual(after);
  });

  it('twice at once with the same commandId: the same answer, one effect', async () => {
    if (name === 'certificates.remove')
      await office.ok('certificates.add', { ...(await commands['certificates.add']?.()) } as Omit<
        CallInput<'certificates.add'>,
        'commandId'
      >);
    const input = { ...(await commands[name]?.()), commandId: randomUUID() };
    const id = (input as { id?: string }).id;
    const [first, second] = await Promise.all([
      office.call(name, structuredClone(input) as never),
      office.call(name, structuredClone(input) as never),
    ]);
    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual(first);
    const after = await visibleState(id);
    expect(await office.call(name, input as never)).toEqual(first);
    expect(await visibleState(id)).toEqual(after);
  });
});

describe('every call', () => {
  const ofKind = (kind: 'query' | 'command') =>
    callNames.filter((name) => ownerOf(name) === 'core' && specOf(name)?.kind === kind);

  it('that is a command is tried above, but for those that make this office what it is', () => {
    expect([...names, 'exchange.enrol', 'office.setUp'].toSorted()).toEqual(ofKind('command').toSorted());
  });

  it('that sets the office up answers what its schema says', async () => {
    const fresh = await openTestOffice({ ports: { gateway: hub.gateway } });
    try {
      const setUp = await fresh.ok('office.setUp', { agencyName: 'Sở Y tế', agencyCode: 'H15.09' });
      expect(specOf('office.setUp')?.output.parse(setUp)).toEqual({ agency: { code: 'H15.09', name: 'Sở Y tế' } });
      const enrolled = await fresh.ok('exchange.enrol', {
        serverUrl: 'http://hub.invalid',
        code: OTHER,
        workstationName: 'Máy 2',
      });
      expect(specOf('exchange.enrol')?.output.parse(enrolled)).toEqual({ agency: { code: OTHER, name: 'Sở Nội vụ' } });
    } finally {
      await fresh.close();
    }
  });

  const queries: { readonly [N in CallName]?: () => Promise<object> } = {
    'office.identity': async () => ({}),
    'office.counts': async () => ({}),
    'office.paperRules': async () => ({}),
    'office.search': async () => ({ text: 'van ban' }),
    'people.list': async () => {
      await person();
      return {};
    },
    'people.accounts': async () => ({}),
    'people.delegations': async () => {
      await office.ok('people.delegate', (await commands['people.delegate']?.()) as never);
      return {};
    },
    'session.state': async () => ({}),
    'books.list': async () => ({}),
    'books.entries': async () => {
      const { year } = await numbered();
      return { bookId: 'outgoing', year };
    },
    'directory.search': async () => ({ text: 'so' }),
    'directory.resolve': async () => ({ lines: ['Sở Nội vụ', 'Không có ở đâu'] }),
    'books.notations': async () => {
      await office.ok('books.saveNotation', (await commands['books.saveNotation']?.()) as never);
      return {};
    },
    'outgoing.notations': async () => ({ documentType: 'Sao y', recipientLines: ['Lưu: VT'] }),
    'directory.groups': async () => {
      await office.ok('directory.saveList', (await commands['directory.saveList']?.()) as never);
      return { text: 'danh sach' };
    },
    'directory.grouped': async () => ({ codes: [OTHER] }),
    'directory.lists': async () => ({}),
    'certificates.list': async () => ({}),
    'exchange.line': async () => ({}),
    'exchange.check': async () => ({ serverUrl: 'http://hub.invalid' }),
    'exchange.setAside': async () => ({}),
    'duty.get': async () => {
      await rotaAtHand();
      await office.ok('duty.saveHours', { hours: [{ weekday: 1, from: '08:00', to: '12:00' }] });
      return {};
    },
    'duty.numberTried': async () => {
      const { id } = await office.ok('duty.tryNumber', { phone: (await rotaAtHand()).phone });
      return { id };
    },
    'forms.list': async () => ({}),
    'forms.read': async () => {
      await office.ok('forms.keep', { ...ownForm, body: '{}', version: 1, files: [] });
      return keptForm;
    },
    'feedback.bundle': async () => ({}),
    'feedback.unread': async () => ({}),
    'feedback.list': async () => {
      hub.feedback.answer(await sentReport(), 'Đã rõ');
      return {};
    },
    'feedback.sentBundle': async () => ({ id: await sentReport() }),
    'feedback.overseen': async () => {
      overseenReport();
      return { which: 'open' };
    },
    'feedback.overseenBundle': async () => ({ id: overseenReport() }),
    'oversight.supervision': async () => ({}),
    'oversight.figures': async () => supervising(),
    'oversight.deliveries': async () => {
      const given = supervising();
      hub.overseen.get(OWN)?.deliveries.push({
        messageId: randomUUID(),
        code: '14/CĐ-UBND',
        sender: OTHER,
        recipient: OWN,
        urgency: 'express',
        fixedHour: null,
        dueAt: null,
        availableAt: '2026-11-28T01:00:00.000Z',
        fetchedAt: null,
        openedAt: null,
        registeredAt: null,
        finishedAt: null,
        onTime: false,
      });
      return { ...given, agency: OTHER, which: 'unopened' };
    },
    'oversight.reminder': async () => supervising(),
    'oversight.sentDocuments': async () => {
      const given = supervising();
      const at = '2026-11-28T01:00:00.000Z';
      hub.overseen.get(OWN)?.documents.push({ key: 'd', code: '14/BC-UBND', at, recipients: [OWN] });
      return { ...given, agency: OTHER, which: 'without-paper' };
    },
    'outgoing.list': async () => {
      await sealedLetter(office, keys, [OTHER]);
      return { box: 'to-send' };
    },
    'outgoing.get': async () => ({ id: (await sealedLetter(office, keys, [OTHER])).id }),
    'outgoing.openedToday': async () => {
      await watchedLetter({ openedAt: new Date().toISOString(), openedBy: 'Lê Thị Thu' });
      return {};
    },
    'outgoing.lastDueRule': async () => ({ documentType: 'Công văn' }),
    'office.workTime': async () => ({}),
    'outgoing.nextNumber': async () => ({ id: (await approved()).id }),
    'outgoing.look': async () => ({ id: (await sealedLetter(office, keys, [OTHER])).id }),
    'outgoing.nextSuffix': async () => ({ id: (await approved()).id, number: 1 }),
    'books.unsure': async () => {
      await inDoubt();
      return {};
    },
    'books.reserved': async () => ({ bookId: 'outgoing', year: 2026 }),
    'incoming.list': async () => {
      await arrivedLetter();
      return { box: 'to-register' };
    },
    'office.listValues': async () => ({ direction: 'incoming' }),
    'incoming.lane': async () => {
      await arrivedLetter();
      return {};
    },
    'incoming.forwardChoices': async () => {
      const { id, revision } = await arrivedLetter();
      const fields = { ...(await incomingFields(id)), forwardTo: 'P. Tổng hợp' };
      await office.ok('incoming.register', { id, revision, fields, acceptDuplicate: true });
      return { agencyName: fields.agencyName };
    },
    'incoming.get': async () => {
      const completed = (await commands['incoming.complete']?.()) as { id: string };
      return { id: completed.id };
    },
    'incoming.handlingSheet': async () => ({ id: (await assignedLetter()).id }),
    'board.today': async () => {
      await assignedLetter();
      return {};
    },
    'access.of': async () => {
      const { id } = await registeredLetter();
      await office.ok('access.limit', { id, readers: [{ kind: 'person', id: await colleague('officer') }] });
      return { id };
    },
    'audit.state': async () => {
      await office.ok('audit.verify', {});
      return {};
    },
    'audit.list': async () => ({ limit: 200 }),
    'board.week': async () => ({ monday: '2026-11-23' }),
    'handling.choices': async () => {
      const { id } = await assignedLetter();
      return { agencyName: (await incomingFields(id)).agencyName };
    },
    'relations.of': async () => {
      const input = (await commands['relations.add']?.()) as { id: string };
      await office.ok('relations.add', input as never);
      return { id: input.id };
    },
    'handling.answerCandidates': async () => {
      await sealedLetter(office, keys, [OTHER]);
      return { id: (await registeredLetter()).id, text: '' };
    },
    'incoming.calendar': async () => ({ id: (await invitation()).id }),
    'incoming.electronicTwins': async () => {
      const { id } = await arrivedLetter();
      const { codeText, date, agencyName } = await incomingFields(id);
      return { codeText, date, agencyName, senderCode: OTHER };
    },
    'incoming.nextNumber': async () => ({ documentType: 'Công văn' }),
  };

  it('that is a query is tried below', () => {
    expect(Object.keys(queries).toSorted()).toEqual(ofKind('query').toSorted());
  });

  it.each(Object.keys(queries) as CallName[])('%s answers what its schema says', async (name) => {
    const value = await office.ok(name, (await queries[name]?.()) as never);
    expect(specOf(name)?.output.safeParse(value).error).toBeUndefined();
    // Nothing that the schema does not know may travel along.
    expect(specOf(name)?.output.parse(value)).toEqual(value);
  });
});

describe('what has changed meanwhile', () => {
  // What is noted of a document, and changes nothing of it, needs no revision.
  const noted = [
    'outgoing.create',
    'incoming.markOpened',
    'incoming.askExtension',
    'incoming.answerInvitation',
    'outgoing.recordCall',
    'outgoing.remind',
    'outgoing.answerExtension',
    'outgoing.recordPaper',
    'outgoing.recordPaperResult',
    'incoming.registerPaper',
    'incoming.proposeScan',
    'incoming.takeIn',
  ];
  const stale = names.filter((name) => /^(outgoing|incoming)\./.test(name) && !noted.includes(name));

  it.each(stale)('%s refuses a revision that is no longer current', async (name) => {
    const input = (await commands[name]?.()) as { revision: number };
    expect(await office.refused(name, { ...input, revision: input.revision + 1 } as never)).toBe('STALE_REVISION');
    if (input.revision > 1)
      expect(await office.refused(name, { ...input, revision: input.revision - 1 } as never)).toBe('STALE_REVISION');
  });

  it.each(stale)('%s refuses what does not exist', async (name) => {
    const input = (await commands[name]?.()) as object;
    expect(await office.refused(name, { ...input, id: randomUUID() } as never)).toBe('NOT_FOUND');
  });

  it('of two different commands on one revision, one wins and the other is told', async () => {
    const one = await approved();
    const answers = await Promise.all([
      office.call('outgoing.assignNumber', { ...target(one), commandId: randomUUID() }),
      office.call('outgoing.assignNumber', { ...target(one), commandId: randomUUID() }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.code === 'STALE_REVISION')).toHaveLength(1);
  });

  it('registering and returning one arrival at once: one of the two, and one number at most', async () => {
    const arrived = await arrivedLetter();
    const before = (await office.ok('incoming.nextNumber', {})).number;
    const fields = await incomingFields(arrived.id);
    const answers = await Promise.all([
      office.call('incoming.register', { ...target(arrived), fields, acceptDuplicate: true, commandId: randomUUID() }),
      office.call('incoming.return', { ...target(arrived), reason: 'x', commandId: randomUUID() }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    const { number } = await office.ok('incoming.nextNumber', {});
    expect(number - before).toBe(answers[0].ok ? 1 : 0);
  });

  it('one commandId under two names is a mistake that changes nothing', async () => {
    const commandId = randomUUID();
    const one = await draft();
    await office.ok('outgoing.approve', { ...target(one), commandId } as never);
    const other = await draft();
    expect(await office.refused('outgoing.discard', { ...target(other), commandId } as never)).toBe('INVALID_INPUT');
    expect((await office.ok('outgoing.get', { id: other.id })).state).toBe('draft');
  });
});

describe('steps out of order', () => {
  const wrong: readonly [string, CallName, () => Promise<object>][] = [
    ['approve an approved one', 'outgoing.approve', async () => target(await approved())],
    ['reopen a draft', 'outgoing.reopen', async () => target(await draft())],
    ['reopen a numbered one', 'outgoing.reopen', async () => target(await numbered())],
    ['number a draft', 'outgoing.assignNumber', async () => target(await draft())],
    ['number twice', 'outgoing.assignNumber', async () => target(await numbered())],
    ['cancel a draft', 'outgoing.cancel', async () => ({ ...target(await draft()), reason: 'x' })],
    ['discard a numbered one', 'outgoing.discard', async () => target(await numbered())],
    ['restore a draft', 'outgoing.restore', async () => target(await draft())],
    ['sign before the number', 'outgoing.sign', async () => signInput(await approved(), keys.person)],
    ['seal before the signature', 'outgoing.seal', async () => signInput(await numbered(), keys.seal)],
    ['send without seal', 'outgoing.send', async () => target(await numbered())],
    [
      'edit an approved one',
      'outgoing.update',
      async () => ({ ...target(await approved()), fields: plainFields, recipients: [OTHER] }),
    ],
    ['complete what was not registered', 'incoming.complete', async () => target(await arrivedLetter())],
    [
      'return what was registered',
      'incoming.return',
      async () => ({ ...((await commands['incoming.complete']?.()) as object), reason: 'x' }),
    ],
  ];
  it.each(wrong)('%s: WRONG_STATE', async (_, name, arrange) => {
    expect(await office.refused(name, (await arrange()) as never)).toBe('WRONG_STATE');
  });

  it('the person cannot be signed for with the seal, nor the other way round', async () => {
    const one = await numbered();
    expect(await office.refused('outgoing.sign', signInput(one, keys.seal))).toBe('NOT_FOUND');
    const signed = await office.ok('outgoing.sign', signInput(one, keys.person));
    expect(await office.refused('outgoing.seal', signInput(signed, keys.person))).toBe('NOT_FOUND');
  });
});
