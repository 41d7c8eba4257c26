import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callNames, specOf as findSpec, type CallName } from '#shared/contract/contract.ts';
import { MAX_MESSAGE_CHARS, type CallSpec } from '#shared/contract/define.ts';
import { ownerOf } from '#shared/contract/owners.ts';
import { dutyRota } from '#tests/support/duty-rota.ts';
import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import { letterPage } from '#tests/support/letter-page.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
});
afterAll(() => office.close());

function specOf(name: CallName): CallSpec {
  const spec = findSpec(name);
  if (spec === null) throw new Error(`${name} is not in the contract`);
  return spec;
}
const coreCalls = callNames.filter((name) => ownerOf(name) === 'core');

const noKeys = { personCertificateId: null, sealCertificateId: null };
const aDecision = { kind: 'agency', subject: 'x', way: 'accepted', reason: 'Đã xem', agencies: [] };

/** An input that the schema takes, so that the call reaches its handler. */
const inputs: Readonly<Record<string, object>> = {
  'office.setUp': { agencyName: 'Văn phòng', agencyCode: 'H15.01' },
  'office.search': { text: 'thử' },
  'people.saveUnit': { unitId: null, name: 'Phòng Hành chính', abbreviation: 'HCTC', position: 1 },
  'people.savePerson': {
    personId: null,
    name: 'Lê Thị Bình',
    title: 'Chuyên viên',
    unitId: null,
    roles: ['officer'],
    position: 1,
    windowsAccount: '',
  },
  'people.setPin': { personId: FIRST_PERSON_ID, pin: '2468' },
  'people.saveSignIn': { required: false, byAccount: false, idleMinutes: null },
  'people.delegate': {
    fromPersonId: randomUUID(),
    toPersonId: randomUUID(),
    fromDay: '2026-11-01',
    toDay: '2026-11-02',
  },
  'people.endDelegation': { delegationId: randomUUID() },
  'session.signIn': { personId: randomUUID(), pin: '2468' },
  'session.changePin': { pin: '2468', newPin: '8642' },
  'people.removeUnit': { unitId: randomUUID() },
  'people.removePerson': { personId: randomUUID() },
  'books.entries': { bookId: 'outgoing', year: 2026 },
  'books.startFrom': { bookId: 'outgoing', last: 0 },
  'books.reserved': { bookId: 'outgoing', year: 2026 },
  'books.workbook': { bookId: 'outgoing', year: 2026 },
  'books.print': { bookId: 'outgoing', year: 2026 },
  'books.create': { direction: 'outgoing', name: 'Sổ quyết định', documentTypes: ['Quyết định'] },
  'books.change': { bookId: 'copies', name: 'Sổ bản sao', documentTypes: ['Sao y'] },
  'books.setActive': { bookId: 'copies', active: false },
  'books.confirmLast': { bookId: 'outgoing', year: 2026, last: 0 },
  'books.reserve': { bookId: 'outgoing', count: 1, reservedFor: 'Phòng Nội chính' },
  'books.dropReserved': { bookId: 'outgoing', year: 2026, number: 1, suffix: '', reason: 'không dùng' },
  'books.closeYear': { bookId: 'outgoing', year: 2020 },
  'books.reopenYear': { bookId: 'outgoing', year: 2020 },
  'directory.search': { text: '' },
  'directory.resolve': { lines: ['Các Sở, ban, ngành'] },
  'outgoing.notations': { documentType: 'Công văn', recipientLines: ['Lưu: VT, HCTC'] },
  'books.saveNotation': { bookId: null, unitId: null, agency: 'VPUBND', unitIn: 'letters', withYear: false },
  'books.removeNotation': { bookId: null, unitId: null },
  'directory.groups': { text: 'ubnd' },
  'directory.grouped': { codes: ['H15.02'] },
  'directory.saveList': { listId: null, name: 'Trường học', codes: ['H15.02'] },
  'directory.removeList': { listId: randomUUID() },
  'certificates.add': { token: randomUUID(), password: 'x', role: 'person', imageToken: null },
  'certificates.remove': { id: randomUUID() },
  'certificates.checkPassword': { id: randomUUID(), password: 'x' },
  'outgoing.look': { id: randomUUID(), ...noKeys },
  'outgoing.decide': { id: randomUUID(), revision: 1, ...noKeys, decisions: [aDecision] },
  'oversight.figures': { from: '2026-11-01', to: '2026-12-01' },
  'oversight.deliveries': { from: '2026-11-01', to: '2026-12-01', agency: 'H15.02', which: 'late' },
  'oversight.sentDocuments': { from: '2026-11-01', to: '2026-12-01', agency: 'H15.02', which: 'paper-only' },
  'oversight.workbook': { from: '2026-11-01', to: '2026-12-01' },
  'oversight.reminder': { from: '2026-11-01', to: '2026-12-01' },
  'oversight.reminderFile': { page: letterPage },
  'forms.read': { kind: 'letter', key: 'new:1' },
  'forms.keep': { personId: FIRST_PERSON_ID, kind: 'letter', key: 'new:1', version: 1, body: '{}', files: [] },
  'forms.forget': { personId: FIRST_PERSON_ID, kind: 'letter', key: 'new:1' },
  'printing.form': { form: 'follow-up', fromDay: '2026-01-01', toDay: '2026-12-31', format: 'pdf' },
  'printing.handlingSheet': { id: randomUUID() },
  'printing.verification': { direction: 'incoming', id: randomUUID(), format: 'pdf' },
  'feedback.send': { kind: 'fault', text: 'Không mở được', bundleId: null },
  'feedback.sendAgain': { id: randomUUID() },
  'feedback.markRead': { id: randomUUID() },
  'feedback.sentBundle': { id: randomUUID() },
  'feedback.overseen': { which: 'open' },
  'feedback.overseenBundle': { id: randomUUID() },
  'feedback.answer': { id: randomUUID(), text: 'Đã sửa' },
  'exchange.check': { serverUrl: 'http://127.0.0.1:1' },
  'exchange.takeAgain': { messageId: randomUUID() },
  'exchange.enrol': { serverUrl: 'http://127.0.0.1:1', code: 'ABCD', workstationName: 'Máy 1' },
  'letters.propose': { token: randomUUID() },
  'letters.attach': { token: randomUUID() },
  'letters.signedRevision': { fileId: 'a'.repeat(64), index: 0 },
  'outgoing.list': { box: 'drafts' },
  'outgoing.lastDueRule': { documentType: 'Công văn' },
  'outgoing.create': {
    fileId: 'a'.repeat(64),
    fileName: 'x.pdf',
    fields: {
      documentType: 'Công văn',
      notation: 'VP',
      printedNumber: '',
      date: null,
      place: '',
      agencyName: 'VP',
      abstract: 'V/v',
      authority: '',
      signerTitle: '',
      signerName: 'A',
      ...noMeeting,
      urgency: 'normal',
      expressAt: null,
      dueRule: null,
      dueAt: null,
      addressees: [],
      recipientLines: [],
      copies: null,
      paperFollows: false,
    },
    placement: { signature: null, number: null, date: null },
    recipients: [],
  },
  'outgoing.replaceRecipient': { id: randomUUID(), revision: 1, agencyCode: 'H15.02', replaceBy: null },
  'incoming.list': { box: 'to-register' },
  'incoming.handlingSheet': { id: randomUUID() },
  'board.week': { monday: '2026-11-23' },
  'outgoing.recall': { id: randomUUID(), revision: 1, reason: 'Sai thẩm quyền' },
  'relations.of': { id: randomUUID() },
  'relations.add': {
    id: randomUUID(),
    kind: 'answers',
    passive: false,
    other: { by: 'number', codeText: '62/VPUBND-HCTC', date: null },
  },
  'relations.remove': { id: randomUUID(), relationId: randomUUID() },
  'access.of': { id: randomUUID() },
  'access.limit': { id: randomUUID(), readers: [] },
  'access.open': { id: randomUUID() },
  'audit.verify': {},
  'audit.export': { format: 'json' },
  'handling.choices': { agencyName: 'Sở Nội vụ' },
  'handling.answerCandidates': { id: randomUUID(), text: '' },
  'handling.submit': { documents: [{ id: randomUUID(), revision: 1 }], leaderId: randomUUID(), note: '' },
  'handling.direct': { id: randomUUID(), revision: 1, leaderId: null, opinion: 'Giao Phòng Nội vụ' },
  'handling.assign': {
    documents: [{ id: randomUUID(), revision: 1 }],
    assignees: [{ part: 'lead', kind: 'person', id: randomUUID() }],
    dueAt: null,
    note: '',
  },
  'handling.callBack': { id: randomUUID(), revision: 1, assignee: { kind: 'unit', id: randomUUID() }, reason: '' },
  'handling.start': { id: randomUUID(), revision: 1 },
  'handling.reopen': { id: randomUUID(), revision: 1, reason: '' },
  'handling.remind': { id: randomUUID() },
  'handling.remark': { id: randomUUID(), text: 'x' },
  'handling.putAside': { documents: [{ id: randomUUID(), revision: 1 }], until: '2099-01-05' },
  'handling.takeBack': { documents: [{ id: randomUUID(), revision: 1 }] },
  'incoming.register': {
    id: randomUUID(),
    revision: 1,
    acceptDuplicate: false,
    fields: {
      agencyName: 'A',
      codeText: '1/A',
      date: null,
      documentType: 'Công văn',
      abstract: 'x',
      signerName: '',
      signerTitle: '',
      ...noMeeting,
      urgency: 'normal',
      dueAt: null,
      forwardTo: '',
      paper: 'none',
    },
  },
};
const arrivalFields = (inputs['incoming.register'] as { fields: object }).fields;
const draftFields = (inputs['outgoing.create'] as { fields: object }).fields;

function inputFor(name: CallName): object {
  const target = { id: randomUUID(), revision: 1 };
  const special: Readonly<Record<string, object>> = {
    'outgoing.update': { ...target, fields: draftFields, recipients: [] },
    'outgoing.cancel': { ...target, reason: 'sai' },
    'outgoing.sendBack': { ...target, reason: 'sai' },
    'incoming.return': { ...target, reason: 'sai' },
    'incoming.answerRecall': { ...target, reply: { answer: 'agreed', reason: '' } },
    'outgoing.sign': { ...target, certificateId: randomUUID(), password: 'x' },
    'outgoing.seal': { ...target, certificateId: randomUUID(), password: 'x' },
    'outgoing.get': { id: randomUUID() },
    'outgoing.nextNumber': { id: randomUUID() },
    'outgoing.nextSuffix': { id: randomUUID(), number: 1 },
    'incoming.get': { id: randomUUID() },
    'office.listValues': { direction: 'incoming' },
    'incoming.forwardChoices': { agencyName: 'Sở Nội vụ' },
    'incoming.markOpened': { id: randomUUID() },
    'incoming.calendar': { id: randomUUID() },
    'incoming.answerInvitation': { id: randomUUID(), reply: { answer: 'yes' } },
    'incoming.electronicTwins': { codeText: '1/A', date: null, agencyName: 'A', senderCode: null },
    'incoming.registerPaper': { fields: arrivalFields, senderCode: null, acceptDuplicate: true },
    'incoming.proposeScan': { token: randomUUID() },
    'incoming.attachScan': { ...target, token: randomUUID() },
    'incoming.attachTo': { ...target, targetId: randomUUID() },
    'incoming.discard': { ...target, reason: 'nhầm' },
    'incoming.takeIn': { token: randomUUID(), unlessOwn: true },
    'incoming.correct': { ...target, fields: arrivalFields, reason: 'gõ nhầm', acceptDuplicate: false },
    'incoming.joinToPaper': { ...target, paperId: randomUUID() },
    'office.savePaperRules': { types: ['Quyết định'], agencies: [{ code: 'H15.02', choice: 'paper' }] },
    'outgoing.recordPaperResult': {
      id: randomUUID(),
      others: ['Hội Nông dân'],
      result: 'delivered',
      day: '2026-01-12',
      note: '',
    },
    'outgoing.recordPaper': { id: randomUUID(), recipients: ['H15.02'], day: '2026-01-12', item: '' },
    'incoming.nextNumber': {},
    'outgoing.recordCall': {
      id: randomUUID(),
      recipient: 'H15.02',
      phone: '',
      spokeTo: '',
      outcome: 'reached',
      note: '',
    },
    'outgoing.remind': { id: randomUUID(), recipients: ['H15.02'] },
    'outgoing.answerExtension': {
      id: randomUUID(),
      recipient: 'H15.02',
      question: randomUUID(),
      granted: true,
      until: '2030-01-05T07:00:00.000Z',
      reason: '',
    },
    'outgoing.changeHour': { ...target, expressAt: '2030-01-05T07:00:00.000Z' },
    'incoming.askExtension': { id: randomUUID(), until: '2030-01-05T07:00:00.000Z', reason: 'Chờ số liệu' },
    'outgoing.openedToday': {},
    'duty.save': { from: 0, rota: dutyRota },
    'duty.saveHours': { hours: [{ weekday: 1, from: '08:00', to: '12:00' }] },
    'duty.sendPhoneCode': { phone: '+84900000431' },
    'duty.numberTried': { id: randomUUID() },
    'duty.tryNumber': { phone: '+84900000431' },
    'duty.confirmPhone': { phone: '+84900000431', code: '100431' },
  };
  const plain = inputs[name] ?? special[name];
  const bare = plain ?? (specOf(name).input.safeParse(withId(name, {})).success ? {} : target);
  return withId(name, bare);
}

const withId = (name: CallName, input: object): object =>
  specOf(name).kind === 'command' ? { ...input, commandId: randomUUID() } : input;

const strangeNames = [
  'no.such',
  'outgoing',
  'outgoing.',
  '',
  '__proto__',
  '__proto__.x',
  'constructor',
  'toString',
  'outgoing.__proto__',
  'hasOwnProperty.call',
];

describe('every call of the contract', () => {
  it.each(coreCalls)('%s has a handler that answers what its schemas say', async (name) => {
    const spec = specOf(name);
    const input = inputFor(name);
    expect(spec.input.safeParse(input).error).toBeUndefined();
    const answer = await office.call(name, structuredClone(input));
    expect(structuredClone(answer)).toEqual(answer);
    if (answer.ok) {
      expect(spec.output.safeParse(answer.value).error).toBeUndefined();
      return;
    }
    const common = ['NOT_FOUND', 'STALE_REVISION', 'WRONG_STATE'];
    expect([...spec.errors, ...common]).toContain(answer.code);
    expect(answer.correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(coreCalls)('%s refuses what its schema does not know', async (name) => {
    const input = inputFor(name);
    const code = async (bad: unknown) => {
      const answer = await office.call(name, bad as never);
      return answer.ok ? 'ok' : answer.code;
    };
    expect(await code({ ...input, surplus: 1 })).toBe('INVALID_INPUT');
    expect(await code(JSON.parse('{"__proto__": {"polluted": true}, "x": 1}'))).toBe('INVALID_INPUT');
    for (const bad of [null, undefined, 'text', 7, [], true]) expect(await code(bad)).toBe('INVALID_INPUT');
    if (specOf(name).kind === 'command') {
      expect(await code({ ...input, commandId: 'not a uuid' })).toBe('INVALID_INPUT');
      const { commandId: _, ...without } = input as { commandId: string };
      expect(await code(without)).toBe('INVALID_INPUT');
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each(coreCalls)('%s refuses more than a message may hold', async (name) => {
    const answer = await office.call(name, { ...inputFor(name), text: 'x'.repeat(MAX_MESSAGE_CHARS + 1) });
    expect(answer).toMatchObject({ ok: false, code: 'PAYLOAD_TOO_LARGE' });
  });
});

describe('what no screen of ours sends', () => {
  it.each(strangeNames)('the name %j is unknown', async (name) => {
    expect(await office.call(name as CallName, {})).toMatchObject({ ok: false, code: 'UNKNOWN_CALL' });
  });

  it('calls of the shell are not answered by core', async () => {
    for (const name of callNames.filter((one) => ownerOf(one) === 'main')) {
      expect(await office.call(name, {})).toMatchObject({ ok: false, code: 'UNKNOWN_CALL' });
    }
  });

  it('a value nested deeper than any stack is refused', async () => {
    let deep: unknown = 'end';
    for (let level = 0; level < 200_000; level += 1) deep = { a: deep };
    const answer = await office.call('office.search', { text: 'x', deep } as never);
    expect(answer).toMatchObject({ ok: false });
    expect(['INVALID_INPUT', 'PAYLOAD_TOO_LARGE']).toContain(answer.ok ? 'ok' : answer.code);
  });

  it('a value that contains itself is refused', async () => {
    const circular: Record<string, unknown> = { text: 'x' };
    circular['self'] = circular;
    const answer = await office.call('office.search', circular as never);
    expect(answer.ok).toBe(false);
  });

  it('bytes do not travel in messages, however few characters they have', async () => {
    const bytes = new Uint8Array(50_000_000);
    const started = performance.now();
    for (const smuggled of [bytes, bytes.buffer, [bytes]]) {
      expect(await office.call('office.search', { text: 'x', smuggled } as never)).toMatchObject({
        ok: false,
        code: 'PAYLOAD_TOO_LARGE',
      });
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('a name of any length comes back cut', async () => {
    const answer = await office.call('x'.repeat(5_000) as CallName, {});
    expect(answer).toMatchObject({ ok: false, code: 'UNKNOWN_CALL', params: { name: 'x'.repeat(60) } });
  });
});
