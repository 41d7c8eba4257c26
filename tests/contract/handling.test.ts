import { execFileSync } from 'node:child_process';
import { fileAddress } from '#shared/domain/file-address.ts';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallInput } from '#shared/contract/contract.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import { FIRST_PERSON_ID, type Role } from '#shared/domain/roles.ts';
import { addDays, vietnamDay } from '#shared/domain/vn-date.ts';
import type { ExchangeStatusCode } from '#shared/domain/exchange-status.ts';
import type { EdxmlStatus } from '#shared/edxml/edxml-message.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { writeEdxmlDocument, writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { readRows } from '#tests/support/office-database.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, approvedDraft, type OfficeKeys, sealedLetter } from '#tests/support/office-letters.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';
import { fullDocument, organ } from '#tests/unit/edxml/sample-messages.ts';

const OWN = 'H15.01';
const OTHER = 'H15.02';
const hub = createOfficeHub([agency(OWN, 'Văn phòng'), agency(OTHER, 'Sở Nội vụ')]);
let office: TestOffice;
let keys: OfficeKeys;
let leader: string;
let lead: string;
let helper: string;
let unit: string;

beforeAll(async () => {
  office = await openTestOffice({ ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: OWN, workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
  keys = await addKeys(office);
  leader = await person('Bùi Hồng Quý', 'Chánh Văn phòng', ['leader']);
  lead = await person('Lê Thị Hải Vân', 'Chuyên viên', ['officer']);
  helper = await person('Đỗ Minh Sang', 'Chuyên viên', ['officer']);
  ({ unitId: unit } = await office.ok('people.saveUnit', {
    unitId: null,
    name: 'Phòng Nông nghiệp - Môi trường',
    abbreviation: 'NNMT',
    position: 1,
  }));
});
afterAll(() => office.close());

async function person(name: string, title: string, roles: Role[], unitId: string | null = null): Promise<string> {
  const saved = await office.ok('people.savePerson', {
    personId: null,
    name,
    title,
    unitId,
    roles,
    position: 1,
    windowsAccount: '',
  });
  return saved.personId;
}

let letters = 0;
/** A letter of the other agency, in the book. */
async function registered(
  change: { readonly dueAt?: string; readonly urgency?: 'express'; readonly forwardTo?: string } = {},
): Promise<{ id: string; revision: number }> {
  letters += 1;
  const documentId = `${OTHER},2026/05/24,${letters}/SNV`;
  const bytes = writeEdxmlDocument({
    ...fullDocument,
    from: organ(OTHER, 'Sở Nội vụ'),
    to: [organ(OWN)],
    codeNumber: String(letters),
    documentId,
    business: null,
    attachments: [],
  });
  hub.slip(OWN, OTHER, bytes);
  const arrived = await office.until('arrival', async () => {
    const { rows } = await office.ok('incoming.list', { box: 'to-register' });
    for (const { id } of rows) {
      const detail = await office.ok('incoming.get', { id });
      if (detail.received?.documentId === documentId) return detail;
    }
    return null;
  });
  const { id, revision } = await office.ok('incoming.register', {
    ...target(arrived),
    fields: { ...arrived.fields, dueAt: null, urgency: 'normal', ...change },
    acceptDuplicate: true,
  });
  return { id, revision };
}

/** A letter that came on paper, in the book. */
async function onPaper(): Promise<{ id: string; revision: number }> {
  letters += 1;
  const { id, revision } = await office.ok('incoming.registerPaper', {
    senderCode: null,
    acceptDuplicate: false,
    fields: {
      agencyName: 'Sở Tài chính',
      codeText: `${letters}/STC`,
      date: '2026-11-02',
      documentType: 'Công văn',
      abstract: 'V/v dự toán',
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
  return { id, revision };
}

const target = ({ id, revision }: { readonly id: string; readonly revision: number }) => ({ id, revision });
const get = (id: string) => office.ok('incoming.get', { id });
type Assignees = CallInput<'handling.assign'>['assignees'];
const toLead = (): Assignees => [{ part: 'lead', kind: 'person', id: lead }];

async function assign(
  at: { readonly id: string; readonly revision: number },
  assignees = toLead(),
  change: { readonly dueAt?: string; readonly note?: string } = {},
): Promise<{ id: string; revision: number }> {
  const { answers } = await office.ok('handling.assign', {
    documents: [target(at)],
    assignees,
    dueAt: null,
    note: '',
    ...change,
  });
  const [answer] = answers;
  if (answer?.ok !== true) throw new Error(JSON.stringify(answer));
  return answer;
}

/** What the sender got of a document, in its order. */
function statusesAt(id: string): EdxmlStatus[] {
  const rows = readRows<{ message_id: string }>(
    office.dataDir,
    `SELECT message_id FROM outbox WHERE document_id = '${id}' AND state = 'done' ORDER BY rowid`,
  );
  return rows
    .map(({ message_id }) => readEdxml(hub.bytesOf(message_id) ?? new Uint8Array()))
    .filter((message) => message.kind === 'status');
}
const told = (id: string, ...codes: readonly string[]) =>
  office.until(`statuses ${codes.join(' ')}`, () => {
    const sent = statusesAt(id).map(({ statusCode }) => statusCode);
    return Promise.resolve(sent.join(' ') === codes.join(' '));
  });
const queued = (id: string) =>
  readRows<{ status_code: string; state: string }>(
    office.dataDir,
    `SELECT status_code, state FROM outbox WHERE document_id = '${id}' ORDER BY rowid`,
  );

describe('a document and its handling', () => {
  it('goes from the leader to who answers it, and its sender hears of it', async () => {
    let at: { id: string; revision: number } = await registered();
    const { id } = at;
    expect((await get(id)).handling).toMatchObject({ stage: 'registered', assignments: [], remarks: [] });

    const asked = await office.ok('handling.submit', { documents: [target(at)], leaderId: leader, note: 'Kính trình' });
    expect(asked.answers).toEqual([{ ok: true, id, revision: at.revision + 1, state: 'registered' }]);
    expect((await get(id)).handling).toMatchObject({ stage: 'submitted', askedLeader: { name: 'Bùi Hồng Quý' } });
    const waiting = async (box: 'opinion' | 'in-progress') =>
      (await office.ok('incoming.list', { box })).rows.some((row) => row.id === id);
    expect(await waiting('opinion')).toBe(true);

    at = await office.ok('handling.direct', {
      id,
      revision: at.revision + 1,
      leaderId: leader,
      opinion: 'Giao P. NNMT tham mưu trước 27/11',
    });
    expect(await waiting('opinion')).toBe(false);
    const dueAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
    at = await assign(
      at,
      [...toLead(), { part: 'support', kind: 'unit', id: unit }, { part: 'inform', kind: 'person', id: helper }],
      {
        dueAt,
        note: 'Xin ý kiến Sở Tài chính',
      },
    );
    at = await office.ok('handling.start', target(at));
    await told(id, '01', '03', '04', '05');

    const letter = await sealedLetter(office, keys, [OTHER]);
    at = await office.ok('incoming.complete', { ...target(at), outcome: { kind: 'letter', answerId: letter.id } });
    await told(id, '01', '03', '04', '05', '06');

    const { handling, state, history } = await get(id);
    expect(state).toBe('done');
    const { codeText } = await office.ok('outgoing.get', { id: letter.id });
    expect(handling).toMatchObject({
      stage: 'finished',
      finishIsTold: true,
      outcome: { kind: 'letter', answerId: letter.id, codeText },
    });
    expect(handling.assignments.map(({ part, name, dueAt: due }) => [part, name, due])).toEqual([
      ['lead', 'Lê Thị Hải Vân', dueAt],
      ['support', 'Phòng Nông nghiệp - Môi trường', dueAt],
      ['inform', 'Đỗ Minh Sang', null],
    ]);
    expect(
      history
        .map(({ action }) => action)
        .toReversed()
        .slice(-5),
    ).toEqual(['submitted', 'directed', 'assigned', 'started', 'answered']);

    const sheet = await office.ok('incoming.handlingSheet', { id });
    expect(sheet.agencyLeader).toMatchObject([
      { text: 'Giao P. NNMT tham mưu trước 27/11', speakerName: 'Bùi Hồng Quý', speakerTitle: 'Chánh Văn phòng' },
    ]);
    expect(sheet.officer.map(({ text }) => text)).toEqual(['Kính trình', 'Xin ý kiến Sở Tài chính']);
    expect(sheet).toMatchObject({ lead: 'Lê Thị Hải Vân', dueAt, outcome: { codeText } });

    // And on paper.
    const { file } = await office.ok('printing.handlingSheet', { id });
    const pdf = join(office.dataDir, fileAddress(file.fileId));
    const printed = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' }).replaceAll(/\s+/gu, ' ');
    for (const words of [
      'Lê Thị Hải Vân',
      'Phòng Nông nghiệp - Môi trường',
      'Giao P. NNMT tham mưu trước 27/11 (Bùi Hồng Quý',
      'Xin ý kiến Sở Tài chính',
    ]) {
      expect(printed).toContain(words);
    }
  });

  it('goes from the book to its end in one step, as in an office that names nobody', async () => {
    const at = await registered();
    await office.ok('incoming.complete', target(at));
    await told(at.id, '01', '03', '06');
    expect((await get(at.id)).handling).toMatchObject({ stage: 'finished', outcome: { kind: 'unsaid' } });
  });

  it('that came on paper tells nobody', async () => {
    const at = await assign(await onPaper());
    const started = await office.ok('handling.start', target(at));
    const done = await office.ok('incoming.complete', {
      ...target(started),
      outcome: { kind: 'by-hand', codeText: '05/BNV-VP', date: '2026-11-20' },
    });
    // Nobody heard of its end, so no reason is asked for.
    const again = await office.ok('handling.reopen', { ...target(done), reason: '' });
    expect(again.state).toBe('registered');
    expect((await get(at.id)).handling.stage).toBe('in-progress');
    expect(queued(at.id)).toEqual([]);
  });

  it('is assigned anew without telling the sender twice', async () => {
    const at = await assign(await registered());
    const again = await assign(at, [{ part: 'lead', kind: 'unit', id: unit }]);
    await told(at.id, '01', '03', '04');
    const { handling } = await get(at.id);
    expect(handling.assignments.map(({ name }) => name)).toEqual(['Phòng Nông nghiệp - Môi trường']);
    const back = await office.ok('handling.callBack', {
      ...target(again),
      assignee: { kind: 'unit', id: unit },
      reason: 'Không thuộc lĩnh vực',
    });
    expect((await get(at.id)).handling).toMatchObject({ stage: 'registered', assignments: [] });
    await assign(back);
    expect(queued(at.id).map((row) => row.status_code)).toEqual(['01', '03', '04']);
  });

  it('is refused a step that its stage has not, and says which answer does not count', async () => {
    const at = await registered();
    expect(await office.refused('handling.reopen', { ...target(at), reason: 'x' })).toBe('WRONG_STATE');
    const none: Assignees = [{ part: 'support', kind: 'person', id: lead }];
    const input = { documents: [target(at)], dueAt: null, note: '' };
    expect(await office.refused('handling.assign', { ...input, assignees: none })).toBe('ONE_LEAD');
    expect(
      await office.refused('handling.assign', {
        ...input,
        assignees: [...toLead(), { part: 'inform', kind: 'person', id: lead }],
      }),
    ).toBe('ASSIGNED_TWICE');
    expect(
      await office.refused('handling.assign', {
        ...input,
        assignees: [{ part: 'lead', kind: 'person', id: randomUUID() }],
      }),
    ).toBe('NOBODY_SUCH');
    expect(
      await office.refused('handling.assign', { ...input, assignees: toLead(), dueAt: '2020-01-01T00:00:00.000Z' }),
    ).toBe('IN_THE_PAST');
    expect(await office.refused('handling.submit', { documents: [target(at)], leaderId: lead, note: '' })).toBe(
      'NOT_A_LEADER',
    );
    const draft = await approvedDraft(office, [OTHER]);
    expect(
      await office.refused('incoming.complete', { ...target(at), outcome: { kind: 'letter', answerId: draft.id } }),
    ).toBe('NO_SUCH_ANSWER');
    expect((await get(at.id)).revision).toBe(at.revision);
  });
});

describe('undoing that it is finished', () => {
  it('takes the status back while the line is down and it was never offered', async () => {
    const at = await assign(await registered());
    await told(at.id, '01', '03', '04');
    const line = hub.line(OWN);
    // Nothing is offered while a letter before it hangs.
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const blocker = await registered();
    line.hold = (call, messageId) => {
      const [row] = readRows<{ message_id: string }>(
        office.dataDir,
        `SELECT message_id FROM outbox WHERE document_id = '${blocker.id}' AND status_code = '06'`,
      );
      return call === 'put' && messageId === row?.message_id ? held : null;
    };
    await office.ok('incoming.complete', target(blocker));
    await office.until('the one before', () =>
      Promise.resolve(line.calls.some(({ call, messageId }) => call === 'put' && messageId !== null)),
    );
    const done = await office.ok('incoming.complete', target(at));
    expect(queued(at.id).at(-1)).toEqual({ status_code: '06', state: 'waiting' });
    expect((await get(at.id)).handling.finishIsTold).toBe(false);
    await office.ok('handling.reopen', { ...target(done), reason: '' });
    expect(queued(at.id).map((row) => row.status_code)).toEqual(['01', '03', '04']);
    expect((await get(at.id)).handling).toMatchObject({ stage: 'assigned', assignments: [{ name: 'Lê Thị Hải Vân' }] });
    line.hold = () => null;
    release();
    await told(blocker.id, '01', '03', '06');
    await told(at.id, '01', '03', '04');
  });

  it('tells why once it has left, and may be finished again', async () => {
    const at = await registered();
    const done = await office.ok('incoming.complete', target(at));
    await told(at.id, '01', '03', '06');
    expect(await office.refused('handling.reopen', { ...target(done), reason: ' ' })).toBe('REASON_NEEDED');
    const again = await office.ok('handling.reopen', { ...target(done), reason: 'Kết thúc nhầm văn bản' });
    await told(at.id, '01', '03', '06', '05');
    expect(statusesAt(at.id).at(-1)?.description).toBe('Kết thúc nhầm văn bản');
    expect((await get(at.id)).handling.stage).toBe('in-progress');
    await office.ok('incoming.complete', { ...target(again), outcome: { kind: 'no-answer', reason: 'Chỉ để biết' } });
    await told(at.id, '01', '03', '06', '05', '06');
  });

  it('counts one that is on its way as one that has left', async () => {
    const at = await registered();
    const line = hub.line(OWN);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let offered = false;
    line.hold = (call, messageId) => {
      const [row] = readRows<{ message_id: string }>(
        office.dataDir,
        `SELECT message_id FROM outbox WHERE document_id = '${at.id}' AND status_code = '06'`,
      );
      if (call !== 'put' || messageId !== row?.message_id) return null;
      offered = true;
      return held;
    };
    const done = await office.ok('incoming.complete', target(at));
    await office.until('the offer', () => Promise.resolve(offered));
    expect(await office.refused('handling.reopen', { ...target(done), reason: '' })).toBe('REASON_NEEDED');
    await office.ok('handling.reopen', { ...target(done), reason: 'Nhầm' });
    // The correction does not overtake what it corrects.
    expect(queued(at.id).slice(-2)).toEqual([
      { status_code: '06', state: 'waiting' },
      { status_code: '05', state: 'waiting' },
    ]);
    line.hold = () => null;
    release();
    await told(at.id, '01', '03', '06', '05');
  });
});

describe('what a recipient takes back', () => {
  it('is taken back here: its letter is in progress there again, whatever comes late', async () => {
    const letter = await sealedLetter(office, keys, [OTHER]);
    await office.ok('outgoing.send', target(letter));
    const sent = await office.until('the receipt', async () => {
      const detail = await office.ok('outgoing.get', { id: letter.id });
      return detail.state === 'sent' ? detail : null;
    });
    const say = (statusCode: ExchangeStatusCode, description: string, at: number) =>
      hub.slip(
        OWN,
        OTHER,
        writeEdxmlStatus({
          from: organ(OTHER, 'Sở Nội vụ'),
          responseFor: {
            organId: OWN,
            code: sent.codeText,
            promulgationDate: sent.fields.date,
            documentId: `${OWN},${sent.fields.date?.replaceAll('-', '/') ?? ''},${sent.codeText}`,
          },
          staff: { department: '', staff: '', mobile: '', email: '' },
          statusCode,
          description,
          timestamp: '2026-11-24T09:00:00+07:00',
        }),
        { acceptedAt: new Date(Date.now() + at).toISOString() },
      );
    const reached = (state: string) =>
      office.until(state, async () => {
        const [delivery] = (await office.ok('outgoing.get', { id: letter.id })).deliveries;
        return delivery?.state === state ? delivery : null;
      });
    say('06', '', 1000);
    await reached('completed');
    // Without a word it is only late.
    say('05', '', 2000);
    await office.until('the late one', async () => {
      const { history } = await office.ok('outgoing.get', { id: letter.id });
      return history.filter(({ action }) => action === 'status-reported').length === 2;
    });
    await reached('completed');
    say('05', 'Kết thúc nhầm', 3000);
    expect(await reached('accepted')).toMatchObject({ completedAt: null, reason: 'Kết thúc nhầm' });
    say('06', '', 4000);
    await reached('completed');
  });
});

describe('several at once', () => {
  it('get an answer each: one that changed meanwhile holds nobody back', async () => {
    const [one, two] = [await registered(), await registered()];
    const missing = randomUUID();
    const { answers } = await office.ok('handling.assign', {
      documents: [target(one), { id: two.id, revision: two.revision + 7 }, { id: missing, revision: 1 }],
      assignees: toLead(),
      dueAt: null,
      note: '',
    });
    expect(answers).toEqual([
      { ok: true, id: one.id, revision: one.revision + 1, state: 'registered' },
      { ok: false, id: two.id, code: 'STALE_REVISION' },
      { ok: false, id: missing, code: 'NOT_FOUND' },
    ]);
    expect((await get(two.id)).handling.stage).toBe('registered');
  });

  it('come back by themselves on the day until which they were put aside', async () => {
    const at = await registered();
    const today = vietnamDay(Date.now());
    const listed = async (box: 'in-progress' | 'aside') =>
      (await office.ok('incoming.list', { box })).rows.some(({ id }) => id === at.id);
    expect(await office.refused('handling.putAside', { documents: [target(at)], until: today })).toBe('IN_THE_PAST');
    await office.ok('handling.putAside', { documents: [target(at)], until: addDays(today, 3) });
    expect([await listed('in-progress'), await listed('aside')]).toEqual([false, true]);
    // As the day has it.
    const sqlite = new Database(join(office.dataDir, 'vanthu.db'));
    sqlite
      .prepare('UPDATE put_aside SET until = ? WHERE document_id = ?')
      .run(new Date(Date.now() - 1).toISOString(), at.id);
    sqlite.close();
    expect([await listed('in-progress'), await listed('aside')]).toEqual([true, false]);
    expect((await get(at.id)).handling.asideUntil).toBeNull();
    await office.ok('handling.putAside', { documents: [target(at)], until: addDays(today, 3) });
    await office.ok('handling.takeBack', { documents: [target(at)] });
    expect(await listed('in-progress')).toBe(true);
  });

  it('are not put aside beyond their deadline, nor what is express', async () => {
    const today = vietnamDay(Date.now());
    const due = await registered({ dueAt: new Date(Date.now() + 2 * 86_400_000).toISOString() });
    const express = await registered({ urgency: 'express' });
    const led = await assign(await registered(), toLead(), { dueAt: new Date(Date.now() + 86_400_000).toISOString() });
    const { answers } = await office.ok('handling.putAside', {
      documents: [due, express, led].map(target),
      until: addDays(today, 5),
    });
    expect(answers.map((answer) => (answer.ok ? 'ok' : answer.code))).toEqual([
      'DUE_BEFORE',
      'EXPRESS_WAITS_FOR_NOBODY',
      'DUE_BEFORE',
    ]);
  });
});

describe('a reminder', () => {
  it('names who leads, stands in the thread and not on the sheet, and is not repeated at once', async () => {
    const at = await registered();
    expect(await office.refused('handling.remind', { id: at.id })).toBe('NOT_ASSIGNED');
    const name = 'Nguyễn Văn Lắk';
    const { personId } = await office.ok('people.savePerson', {
      personId: null,
      name,
      title: 'Chuyên viên',
      unitId: null,
      roles: ['officer'],
      position: 1,
      windowsAccount: '',
    });
    await office.ok('handling.assign', {
      documents: [at],
      assignees: [{ part: 'lead', kind: 'person', id: personId }],
      dueAt: null,
      note: '',
    });
    const { revision } = await get(at.id);
    expect(await office.ok('handling.remind', { id: at.id })).toEqual({ name });
    expect(await office.refused('handling.remind', { id: at.id })).toBe('REMINDED_LATELY');
    const detail = await get(at.id);
    expect(detail.handling.remarks.map(({ kind, text }) => [kind, text])).toEqual([['reminder', name]]);
    expect(detail.revision).toBe(revision);
    const sheet = await office.ok('incoming.handlingSheet', { id: at.id });
    expect([...sheet.agencyLeader, ...sheet.unitLeader, ...sheet.officer]).toEqual([]);
  });
});

describe('the thread', () => {
  it('is kept as it was written', async () => {
    const at = await registered();
    await office.ok('handling.remark', { id: at.id, text: 'Đã hỏi Sở Tài chính' });
    await office.ok('handling.remark', { id: at.id, text: 'Chờ trả lời' });
    expect((await get(at.id)).handling.remarks.map(({ text }) => text)).toEqual(['Đã hỏi Sở Tài chính', 'Chờ trả lời']);
    // A remark changes nothing of the document: whoever has it open may go on.
    expect((await get(at.id)).revision).toBe(at.revision);
    const sqlite = new Database(join(office.dataDir, 'vanthu.db'));
    expect(() => sqlite.exec("UPDATE remark SET text = 'khác'")).toThrow('append-only');
    expect(() => sqlite.exec('DELETE FROM remark')).toThrow('append-only');
    sqlite.close();
  });
});

describe('who can be chosen', () => {
  it('are leaders, people and units, with the last choice of this sender first', async () => {
    const at = await registered();
    const chosen: Assignees = [
      { part: 'lead', kind: 'unit', id: unit },
      { part: 'inform', kind: 'person', id: helper },
    ];
    await assign(at, chosen);
    const { agencyName } = (await get(at.id)).fields;
    const { choices, last } = await office.ok('handling.choices', { agencyName });
    expect(last).toEqual(chosen);
    expect(choices.find(({ id }) => id === leader)).toMatchObject({ isLeader: true, title: 'Chánh Văn phòng' });
    expect(choices.some(({ id }) => id === FIRST_PERSON_ID)).toBe(false);
    expect(choices.find(({ id }) => id === unit)?.times).toBeGreaterThan(0);
  });

  it('a person who leaves hands over what she has, and what waits for her opinion', async () => {
    const gone = await person('Người sắp đi', '', ['leader']);
    const heir = await person('Người ở lại', '', ['leader']);
    const has = await assign(await registered(), [
      { part: 'lead', kind: 'person', id: gone },
      { part: 'support', kind: 'person', id: heir },
    ]);
    const had = await assign(await assign(await registered(), [{ part: 'lead', kind: 'person', id: gone }]), toLead());
    const asked = await registered();
    await office.ok('handling.submit', { documents: [target(asked)], leaderId: gone, note: '' });
    expect(await office.refused('people.removePerson', { personId: gone })).toBe('ASSIGNED_DOCUMENTS_LEFT');
    const { handedOver } = await office.ok('people.removePerson', { personId: gone, handOverTo: heir });
    expect(handedOver).toBe(2);
    // One part each: the lead goes on, and the help of before is in it.
    expect((await get(has.id)).handling.assignments.map(({ part, name }) => [part, name])).toEqual([
      ['lead', 'Người ở lại'],
    ]);
    expect((await get(had.id)).handling.assignments.map(({ name }) => name)).toEqual(['Lê Thị Hải Vân']);
    expect((await get(asked.id)).handling.askedLeader?.name).toBe('Người ở lại');
  });

  it('a person who has left does not get back what is taken up again, nor is she asked', async () => {
    const gone = await person('Người đã đi', '', ['leader']);
    const had = await assign(await onPaper(), [
      { part: 'lead', kind: 'person', id: gone },
      { part: 'support', kind: 'person', id: helper },
    ]);
    const asked = await onPaper();
    await office.ok('handling.submit', { documents: [target(asked)], leaderId: gone, note: '' });
    const done = await office.ok('incoming.complete', target(had));
    const unheard = await office.ok('incoming.complete', target(await get(asked.id)));
    await office.ok('people.removePerson', { personId: gone });
    await office.ok('handling.reopen', { ...target(done), reason: 'Còn việc' });
    expect((await get(had.id)).handling).toMatchObject({
      stage: 'registered',
      assignments: [{ part: 'support', name: 'Đỗ Minh Sang' }],
    });
    await office.ok('handling.reopen', { ...target(unheard), reason: 'Còn việc' });
    expect((await get(asked.id)).handling).toMatchObject({ stage: 'registered', askedLeader: null });
    // Somebody else leads, and nobody comes back beside her when it is finished and taken up once more.
    const { revision } = await get(had.id);
    const again = await office.ok('incoming.complete', target(await assign({ id: had.id, revision })));
    await office.ok('handling.reopen', { ...target(again), reason: 'Còn việc' });
    expect((await get(had.id)).handling.assignments.map(({ name }) => name)).toEqual(['Lê Thị Hải Vân']);
  });
});

describe('the deadline that the office gives', () => {
  it('brings a document into the boxes of what is due', async () => {
    const at = await assign(await registered(), toLead(), { dueAt: new Date(Date.now() + 3_600_000).toISOString() });
    const { rows } = await office.ok('incoming.list', { box: 'due' });
    expect(rows.some(({ id }) => id === at.id)).toBe(true);
    const overdue = async () =>
      (await office.ok('incoming.list', { box: 'overdue' })).rows.some(({ id }) => id === at.id);
    expect(await overdue()).toBe(false);
    const sqlite = new Database(join(office.dataDir, 'vanthu.db'));
    sqlite
      .prepare('UPDATE assignment SET due_at = ? WHERE document_id = ?')
      .run(new Date(Date.now() - 1000).toISOString(), at.id);
    sqlite.close();
    expect(await overdue()).toBe(true);
    const { overdue: counted } = (await office.ok('office.counts', {})).incoming;
    expect(counted).toBe((await office.ok('incoming.list', { box: 'overdue' })).total);
  });
});

describe('"Chuyển tới" of the register form', () => {
  it('gives the document to units and people of the office, with the number, and the sender hears of both', async () => {
    const forwardTo = 'phong nong nghiep - moi truong; Lê Thị Hải Vân; photo 2 bản';
    const { id, revision } = await registered({ forwardTo, dueAt: '2099-01-05T07:00:00.000Z' });
    const detail = await get(id);
    // The text of the book stays as it was typed.
    expect(detail).toMatchObject({ revision, state: 'registered', fields: { forwardTo } });
    expect(detail.handling).toMatchObject({
      stage: 'assigned',
      assignments: [
        { part: 'lead', kind: 'unit', id: unit, dueAt: '2099-01-05T07:00:00.000Z' },
        { part: 'support', kind: 'person', id: lead },
      ],
    });
    const actions = detail.history.map(({ action }) => action);
    expect(actions.indexOf('assigned')).toBeLessThan(actions.indexOf('registered'));
    await told(id, '01', '03', '04');
    // From there it goes on as if it had been given by hand.
    await office.ok('handling.start', { id, revision });
    await told(id, '01', '03', '04', '05');
  });

  it('submits it to a leader of the agency, of which no sender hears', async () => {
    const { id } = await registered({ forwardTo: 'Bùi Hồng Quý' });
    expect((await get(id)).handling).toMatchObject({
      stage: 'submitted',
      askedLeader: { id: leader },
      assignments: [],
    });
    await told(id, '01', '03');
  });

  it('of which nobody is of the office stays text', async () => {
    const { id } = await registered({ forwardTo: 'Gửi chị Lan; Phòng Nông nghiệp' });
    expect((await get(id)).handling).toMatchObject({ stage: 'registered', assignments: [] });
    await told(id, '01', '03');
  });

  it('binds nobody to a deadline that is past', async () => {
    const { id } = await registered({ forwardTo: 'Lê Thị Hải Vân', dueAt: '2020-01-05T07:00:00.000Z' });
    expect((await get(id)).handling.assignments).toMatchObject([{ part: 'lead', dueAt: null }]);
  });

  it('gives paper on in the same way', async () => {
    letters += 1;
    const { fields } = await get((await registered()).id);
    const registeredPaper = await office.ok('incoming.registerPaper', {
      senderCode: null,
      acceptDuplicate: false,
      fields: { ...fields, codeText: `${letters}/GIAY`, forwardTo: 'Đỗ Minh Sang' },
    });
    expect(registeredPaper.forwarded).toEqual({ step: 'assign', names: ['Đỗ Minh Sang'] });
    expect((await get(registeredPaper.id)).handling).toMatchObject({
      stage: 'assigned',
      assignments: [{ part: 'lead', id: helper }],
    });
  });
});
