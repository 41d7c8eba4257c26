/** Deadlines and hours between offices and a real exchange. */
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WorkCalendar } from '#shared/domain/working-time.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import { addKeys, createDraft, queueLetter, type OfficeKeys } from '#tests/support/office-letters.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';

const run = promisify(execFile);
const SENDER = 'H15.01';
const RECEIVER = 'H15.02';
const LATE = 'H15.03';
const DAY = 24 * 3_600_000;
/** On a whole minute, as hours are set. */
const inDays = (days: number): string =>
  new Date(Math.round((Date.now() + days * DAY) / 60_000) * 60_000).toISOString();

let exchange: TestExchange;
let sender: TestOffice;
let receiver: TestOffice;
let keys: OfficeKeys;
/** Whether the receiver has a line. */
let line = true;
const offices: TestOffice[] = [];

beforeAll(async () => {
  exchange = await startTestExchange();
  await exchange.addAgencies([
    { code: SENDER, name: 'Văn phòng Ủy ban nhân dân tỉnh' },
    { code: RECEIVER, name: 'Sở Nội vụ' },
    { code: LATE, name: 'Sở Y tế' },
  ]);
  sender = await enrolled(SENDER);
  receiver = await enrolled(RECEIVER, (url, init) =>
    line ? fetch(url, init) : Promise.reject(new TypeError('no line')),
  );
  keys = await addKeys(sender);
});
afterAll(async () => {
  for (const office of offices) await office.close();
  await exchange.stop();
});

async function enrolled(agency: string, over: typeof fetch = fetch): Promise<TestOffice> {
  const office = await openTestOffice({ fetch: (url, init) => over(url, init) });
  offices.push(office);
  const code = await exchange.enrolmentCode(agency);
  await office.ok('exchange.enrol', { serverUrl: exchange.url, code, workstationName: 'Máy văn thư' });
  await office.until('the directory', async () => (await office.ok('directory.search', { text: '' })).total === 3);
  await office.until('the calendar', async () => (await office.ok('duty.get', {})).kept);
  return office;
}

/** What an administrator of the exchange types. */
async function setCalendar(days: WorkCalendar): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'van-thu-calendar-')), 'days.json');
  writeFileSync(file, JSON.stringify(days));
  const admin = resolve('exchange/entries/admin.ts');
  await run(process.execPath, [admin, 'set-calendar', file, '--data', exchange.dataFolder]);
}

/** A letter that has arrived there, as both sides have it. */
async function sent(fields: Partial<OutgoingFields>): Promise<{ readonly id: string; readonly there: string }> {
  const id = await queueLetter(sender, keys, [RECEIVER, LATE], { fields });
  const { codeText } = await sender.until('the watch', async () => {
    const detail = await sender.ok('outgoing.get', { id });
    return detail.watched.length === 2 ? detail : null;
  });
  const row = await receiver.until('the arrival', async () => {
    const { rows } = await receiver.ok('incoming.list', { box: 'to-register' });
    return rows.find((each) => each.codeText === codeText);
  });
  return { id, there: row.id };
}
const actionsOf = async (office: TestOffice, call: 'outgoing.get' | 'incoming.get', id: string) =>
  (await office.ok(call, { id })).history.map(({ action, params }) => ({ action, params }));
const extensionThere = async (id: string) => (await receiver.ok('incoming.get', { id })).extension;

describe('a longer time', () => {
  it('is asked for without a line, answered by the sender, and is the deadline from then on', async () => {
    const due = inDays(3);
    const { id, there } = await sent({ dueAt: due });
    const question = { id: there, until: inDays(9), reason: 'Chờ số liệu của các xã' };
    expect(await receiver.refused('incoming.askExtension', { ...question, until: inDays(-1) })).toBe('IN_THE_PAST');
    expect(await receiver.refused('incoming.askExtension', { ...question, until: inDays(2) })).toBe('NOT_LATER');
    expect(await receiver.refused('incoming.askExtension', { ...question, reason: '  ' })).toBe('INVALID_INPUT');
    line = false;
    await receiver.ok('incoming.askExtension', question);
    expect(await extensionThere(there)).toMatchObject({ state: 'not-sent', reason: question.reason, answer: null });
    expect(await receiver.refused('incoming.askExtension', question)).toBe('ALREADY_ASKED');
    expect((await sender.ok('office.counts', {})).extensions).toBe(0);
    line = true;
    await receiver.ok('exchange.syncNow', {});
    // The letter is in the box of what waits, whoever has opened it, and the window is raised.
    await sender.until('the question', async () => (await sender.ok('office.counts', {})).extensions === 1);
    const { rows } = await sender.ok('outgoing.list', { box: 'waiting' });
    expect(rows.find((row) => row.id === id)?.watch).toMatchObject({ extensions: 1 });
    expect(sender.notices.find(({ notice }) => notice === 'extension-asked')?.params).toMatchObject({
      agencyName: 'Sở Nội vụ',
      reason: question.reason,
    });
    const { watched } = await sender.ok('outgoing.get', { id });
    const asked = watched.find(({ delivery }) => delivery.recipient === RECEIVER)?.delivery.extension;
    expect(asked).toMatchObject({ until: question.until, granted: null });
    await receiver.until('asked', async () => (await extensionThere(there))?.state === 'asked');

    const answer = {
      id,
      recipient: RECEIVER,
      question: asked?.id ?? '',
      granted: true,
      until: inDays(7),
      reason: 'Đến thứ Sáu',
    };
    expect(await sender.refused('outgoing.answerExtension', { ...answer, until: inDays(-1) })).toBe('IN_THE_PAST');
    expect(await sender.refused('outgoing.answerExtension', { ...answer, granted: false, reason: '' })).toBe(
      'NO_REASON',
    );
    expect(await sender.refused('outgoing.answerExtension', { ...answer, recipient: LATE })).toBe('NOT_ASKED');
    await sender.ok('outgoing.answerExtension', answer);
    expect((await sender.ok('office.counts', {})).extensions).toBe(0);
    expect(await sender.refused('outgoing.answerExtension', answer)).toBe('ALREADY_ANSWERED');
    await receiver.until('the answer', async () => (await extensionThere(there))?.state === 'granted');
    expect((await receiver.ok('incoming.get', { id: there })).dueAt).toBe(answer.until);
    expect(await actionsOf(receiver, 'incoming.get', there)).toContainEqual({
      action: 'extension-granted',
      params: { from: due, until: answer.until, reason: answer.reason },
    });
    const told = (await actionsOf(sender, 'outgoing.get', id)).map(({ action }) => action);
    expect(told.filter((action) => action.startsWith('extension'))).toEqual(['extension-granted', 'extension-asked']);
    await sender.until('the exchange knows', async () =>
      (await sender.ok('outgoing.get', { id })).watched.some(({ delivery }) => delivery.dueAt === answer.until),
    );
  });

  it('is not granted with a reason; asked again after the work is done it is refused', async () => {
    const due = inDays(3);
    const { id, there } = await sent({ dueAt: due });
    await receiver.ok('incoming.askExtension', { id: there, until: inDays(9), reason: 'Chờ số liệu' });
    const { question } = await sender.until('the question', async () => {
      const { watched } = await sender.ok('outgoing.get', { id });
      const found = watched.find(({ delivery }) => delivery.extension !== null)?.delivery.extension;
      return found === null || found === undefined ? null : { question: found.id };
    });
    const reason = 'Tỉnh phải báo cáo Chính phủ trong tuần';
    await sender.ok('outgoing.answerExtension', {
      id,
      recipient: RECEIVER,
      question,
      granted: false,
      until: inDays(9),
      reason,
    });
    await receiver.until('the answer', async () => (await extensionThere(there))?.state === 'refused');
    const detail = await receiver.ok('incoming.get', { id: there });
    expect(detail.dueAt).toBe(due);
    expect(detail.extension?.answer).toMatchObject({ reason });
    expect(detail.history[0]).toMatchObject({ action: 'extension-refused', params: { reason } });
    const { fields, revision } = detail;
    const registered = await receiver.ok('incoming.register', { id: there, revision, fields, acceptDuplicate: true });
    await receiver.ok('incoming.complete', { id: there, revision: registered.revision });
    expect(await receiver.refused('incoming.askExtension', { id: there, until: inDays(9), reason: 'x' })).toBe(
      'FINISHED',
    );
  });

  it('is not asked for where there is no deadline', async () => {
    const { there } = await sent({});
    expect(await receiver.refused('incoming.askExtension', { id: there, until: inDays(9), reason: 'x' })).toBe(
      'NO_DEADLINE',
    );
  });
});

describe('another hour of an express letter', () => {
  it('reaches every recipient, also one that takes the letter in only later, and is recorded on both sides', async () => {
    const [before, after] = [inDays(0.2), inDays(0.4)];
    const { id, there } = await sent({ urgency: 'express-timed', expressAt: before });
    expect((await receiver.ok('incoming.get', { id: there })).expressAt).toBe(before);
    const { revision } = await sender.ok('outgoing.get', { id });
    const change = { id, revision, expressAt: after };
    expect(await sender.refused('outgoing.changeHour', { ...change, expressAt: inDays(-1) })).toBe('IN_THE_PAST');
    const changed = await sender.ok('outgoing.changeHour', change);
    expect(await sender.refused('outgoing.changeHour', change)).toBe('STALE_REVISION');
    expect(changed.revision).toBe(revision + 1);
    const record = { action: 'hour-changed', params: { from: before, to: after } };
    expect(await sender.ok('outgoing.get', { id })).toMatchObject({ expressAt: after });
    expect(await actionsOf(sender, 'outgoing.get', id)).toContainEqual(record);
    await receiver.until(
      'the hour',
      async () => (await receiver.ok('incoming.get', { id: there })).expressAt === after,
    );
    expect(await actionsOf(receiver, 'incoming.get', there)).toContainEqual(record);
    expect(receiver.notices.filter(({ notice }) => notice === 'hour-changed')).toHaveLength(1);
    // Nothing is asked of the office by it: the document stays unopened.
    expect((await receiver.ok('incoming.get', { id: there })).opened).toBe(false);
    const late = await enrolled(LATE);
    const arrived = await late.until('the arrival', async () => {
      const { rows } = await late.ok('incoming.list', { box: 'express' });
      return rows[0];
    });
    await late.until('the hour', async () => (await late.ok('incoming.get', { id: arrived.id })).expressAt === after);
    expect(await actionsOf(late, 'incoming.get', arrived.id)).toContainEqual(record);
  });

  it('is refused for a letter that has none', async () => {
    const { id } = await sent({ urgency: 'express' });
    const { revision } = await sender.ok('outgoing.get', { id });
    expect(await sender.refused('outgoing.changeHour', { id, revision, expressAt: inDays(1) })).toBe('NO_HOUR');
    const draft = await createDraft(sender, [RECEIVER], { fields: { urgency: 'express-timed', expressAt: inDays(1) } });
    const { id: unsent, revision: first } = draft;
    expect(await sender.refused('outgoing.changeHour', { id: unsent, revision: first, expressAt: inDays(1) })).toBe(
      'WRONG_STATE',
    );
  });
});

describe('the calendar of the exchange', () => {
  it('decides what a rule comes to in every office, also after the line is gone', async () => {
    const office = receiver;
    const dueOf = async (): Promise<string> => {
      const { id } = await createDraft(office, [SENDER], { fields: { dueRule: 'working-days:1' } });
      return (await office.ok('outgoing.get', { id })).dueAt ?? '';
    };
    const before = await dueOf();
    const day = before.slice(0, 10);
    await setCalendar([{ date: day, kind: 'off', name: 'Nghỉ phòng tránh bão' }]);
    const hasIt = async () =>
      (await office.ok('office.workTime', {})).calendar.find(({ date }) => date === day)?.name ?? null;
    expect(await hasIt()).toBeNull();
    // The next sync asks; a workstation that is started anew need not wait for its hour.
    await office.restart();
    expect(await office.until('the calendar', hasIt)).toBe('Nghỉ phòng tránh bão');
    expect(Date.parse(await dueOf())).toBeGreaterThan(Date.parse(before));
    await office.restart({ fetch: () => Promise.reject(new TypeError('no line')) });
    expect(await hasIt()).toBe('Nghỉ phòng tránh bão');
    expect(Date.parse(await dueOf())).toBeGreaterThan(Date.parse(before));
  });
});
