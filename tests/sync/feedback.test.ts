import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_BUNDLE_BYTES } from '#shared/domain/feedback.ts';
import type { OfficeHub } from '#tests/support/office-hub.ts';
import {
  arrivals,
  createSyncWorld,
  foreignLetter,
  HOUR,
  RECEIVER,
  SENDER,
  type SyncWorld,
} from '#tests/support/sync-world.ts';
import type { TestOffice } from '#tests/support/test-office.ts';
import type { VirtualTime } from '#tests/support/virtual-time.ts';
import { organ } from '#tests/unit/edxml/sample-messages.ts';

let all: SyncWorld;
let hub: OfficeHub;
let world: VirtualTime;
let office: TestOffice;
beforeEach(async () => {
  all = createSyncWorld();
  ({ hub, time: world } = all);
  office = await all.enrolled(SENDER);
});
afterEach(async () => await all.close());

const write = (text = 'Không in được sổ.\nĐã thử hai máy.') =>
  office.ok('feedback.send', { kind: 'fault', text, bundleId: null });
const reports = async () => (await office.ok('feedback.list', {})).reports;
const stateOf = async (id: string) => (await reports()).find((report) => report.id === id)?.state;

describe('a report', () => {
  it('is written without a line, waits, and goes once when the line is back', async () => {
    hub.line(SENDER).fail = () => ({ kind: 'offline', detail: 'no line' });
    const { id } = await write();
    await world.pass(10 * 60_000);
    expect(await reports()).toMatchObject([{ id, state: 'waiting', text: 'Không in được sổ.\nĐã thử hai máy.' }]);
    expect((await office.ok('exchange.line', {})).waitingStatuses).toBe(1);
    await office.restart({ ports: all.ports() });
    hub.line(SENDER).fail = () => null;
    await world.until('that it is sent', async () => (await stateOf(id)) === 'sent');
    expect(hub.feedback.reports).toMatchObject([{ from: SENDER, report: { id, kind: 'fault', bundle: null } }]);
    expect((await office.ok('exchange.line', {})).waitingStatuses).toBe(0);
  });

  it('whose answer is lost is sent again under its id, and is one report there', async () => {
    hub.line(SENDER).loseAnswers = true;
    const { id } = await write();
    await world.until('attempts', () => all.calls(SENDER, 'send-feedback') > 2);
    expect(await stateOf(id)).toBe('waiting');
    hub.line(SENDER).loseAnswers = false;
    await world.until('that it is sent', async () => (await stateOf(id)) === 'sent');
    expect(hub.feedback.reports).toHaveLength(1);
    const calls = all.calls(SENDER, 'send-feedback');
    await world.pass(2 * HOUR);
    expect(all.calls(SENDER, 'send-feedback')).toBe(calls);
  });

  it('that is refused for good says why, holds up no other one, and goes when it is sent again', async () => {
    hub.feedback.judge = ({ text }) => (text.startsWith('Thứ 21') ? 'FEEDBACK_LIMIT' : null);
    const refused = await write('Thứ 21 trong ngày');
    const other = await write('Khác');
    await world.until('the other', async () => (await stateOf(other.id)) === 'sent');
    const all21 = (await reports()).find(({ id }) => id === refused.id);
    expect(all21).toMatchObject({ state: 'refused', errorCode: 'FEEDBACK_LIMIT', text: 'Thứ 21 trong ngày' });
    await world.pass(24 * HOUR);
    expect(await stateOf(refused.id)).toBe('refused');
    hub.feedback.judge = () => null;
    expect(await office.refused('feedback.sendAgain', { id: other.id })).toBe('WRONG_STATE');
    await office.ok('feedback.sendAgain', refused);
    await world.until('that it is sent', async () => (await stateOf(refused.id)) === 'sent');
    expect(hub.feedback.reports.map(({ report }) => report.id)).toEqual([other.id, refused.id]);
  });

  it('to an exchange that takes none yet says so, and documents go on', async () => {
    hub.feedback.judge = () => 'NOT_FOUND';
    const { id } = await write();
    await world.until('the refusal', async () => (await stateOf(id)) === 'refused');
    expect(await reports()).toMatchObject([{ errorCode: 'FEEDBACK_UNSUPPORTED' }]);
    expect((await office.ok('exchange.line', {})).state).toBe('idle');
  });

  it('that the exchange took and lost in a restore is sent again, and one that this register forgot is taken back', async () => {
    const { id } = await write();
    await world.until('that it is sent', async () => (await stateOf(id)) === 'sent');
    hub.feedback.reports.length = 0;
    const forgotten = {
      id: randomUUID(),
      kind: 'question' as const,
      text: 'Trước khi phục hồi',
      person: 'Văn thư cũ',
      writtenAt: '2026-01-05T01:00:00.000Z',
      appVersion: '0.0.9',
      bundle: null,
    };
    hub.feedback.reports.push({ from: SENDER, report: forgotten, answers: [] });
    await world.until('that it is there again', () => hub.feedback.reports.some(({ report }) => report.id === id));
    await world.until('that it is sent', async () => (await stateOf(id)) === 'sent');
    expect((await reports()).find((one) => one.id === forgotten.id)).toMatchObject({
      state: 'sent',
      kind: 'question',
      text: 'Trước khi phục hồi',
      person: 'Văn thư cũ',
    });
  });
});

describe('an answer', () => {
  it('comes by itself, is new until it is read, is kept without a line, and its sender learns that it was read', async () => {
    const { id } = await write();
    await world.until('that it is sent', async () => (await stateOf(id)) === 'sent');
    hub.feedback.answer(id, 'Đã sửa.\u202E\r\nMở lại chương trình.\u0007');
    await world.until('the answer', async () => (await stateOf(id)) === 'answered', 5 * 60_000);
    expect(office.notices.filter(({ notice }) => notice === 'feedback-answered')).toMatchObject([
      { params: { count: 1 } },
    ]);
    expect(await office.ok('feedback.unread', {})).toEqual({ answers: 1 });
    const [report] = await reports();
    // What could show something other than what is there is gone.
    expect(report?.answers).toMatchObject([{ agencyName: null, text: 'Đã sửa.\nMở lại chương trình.', isNew: true }]);

    hub.line(SENDER).fail = () => ({ kind: 'offline', detail: 'no line' });
    await office.ok('feedback.markRead', { id });
    expect(await office.ok('feedback.unread', {})).toEqual({ answers: 0 });
    await office.restart({ ports: all.ports() });
    expect((await reports())[0]?.answers).toMatchObject([{ isNew: false }]);
    hub.line(SENDER).fail = () => null;
    await world.until('that it is known', () => hub.feedback.reports[0]?.answers[0]?.readAt !== null);
    await world.pass(2 * HOUR);
    expect(office.notices.filter(({ notice }) => notice === 'feedback-answered')).toHaveLength(1);
    expect((await reports())[0]?.answers).toHaveLength(1);
  });

  it('is asked for every minute while one is waited for, and every hour else', async () => {
    await world.pass(3 * HOUR);
    const quiet = all.calls(SENDER, 'feedback');
    expect(quiet).toBeGreaterThan(1);
    expect(quiet).toBeLessThan(6);
    const { id } = await write();
    await world.until('that it is sent', async () => (await stateOf(id)) === 'sent');
    await world.pass(HOUR);
    expect(all.calls(SENDER, 'feedback') - quiet).toBeGreaterThan(50);
  });
});

describe('what is sent', () => {
  it('is what was shown, to the letter', async () => {
    const { bundleId, text } = await office.ok('feedback.bundle', {});
    const { id } = await office.ok('feedback.send', { kind: 'suggestion', text: 'Nên có phím tắt\n', bundleId });
    await world.until('that it is sent', () => hub.feedback.reports.length === 1);
    expect(hub.feedback.reports[0]?.report).toMatchObject({ text: 'Nên có phím tắt', bundle: text });
    expect(await office.ok('feedback.sentBundle', { id })).toEqual({ text });
  });

  it('is refused when there is nothing in it, and with technical details that nobody was shown', async () => {
    const given = { kind: 'fault', bundleId: null } as const;
    expect(await office.refused('feedback.send', { ...given, text: ' \u200e\n\t ' })).toBe('FEEDBACK_EMPTY');
    expect(await office.refused('feedback.send', { ...given, text: 'x'.repeat(4_001) })).toBe('INVALID_INPUT');
    const shown = await office.ok('feedback.bundle', {});
    expect(await office.refused('feedback.send', { ...given, text: 'x', bundleId: randomUUID() })).toBe('BUNDLE_GONE');
    await office.restart({ ports: all.ports() });
    expect(await office.refused('feedback.send', { ...given, text: 'x', bundleId: shown.bundleId })).toBe(
      'BUNDLE_GONE',
    );
  });
});

describe('the technical details', () => {
  const log = (name: string, lines: readonly string[]) => {
    mkdirSync(join(office.dataDir, 'logs'), { recursive: true });
    appendFileSync(join(office.dataDir, 'logs', name), lines.map((line) => `${line}\n`).join(''));
  };
  const at = '2026-11-02T01:00:00.000Z';

  it('tell what is needed, and nothing of documents, people, agencies or this computer', async () => {
    const subject = 'Về việc điều động ông Nguyễn Văn Mật';
    hub.slip(SENDER, RECEIVER, foreignLetter(RECEIVER, 241, { subject, to: [organ(SENDER)] }));
    await world.until('the arrival', async () => (await arrivals(office)).length === 1);
    const stack = `Error: ${subject}\n    at open (${office.dataDir}/core/core.js:12:3)`;
    log('core.log', [
      JSON.stringify({ at, level: 'error', event: 'message-broke', error: { name: 'Error', message: subject, stack } }),
      JSON.stringify({
        at,
        level: 'warn',
        event: 'message-refused',
        code: 'RECIPIENT_UNKNOWN',
        codeText: '241/SNV-VP',
      }),
      subject,
    ]);
    log('main.log', [JSON.stringify({ at, level: 'info', event: 'started', app: '0912.345.678', user: 'hoa' })]);
    const { text } = await office.ok('feedback.bundle', {});
    const told = JSON.parse(text) as Record<string, unknown>;
    expect(told).toMatchObject({
      form: 1,
      program: { version: 'test' },
      line: { state: 'idle', reason: null },
      register: { incoming: { 'to-register': 1 }, setAside: 0 },
      failures: { RECIPIENT_UNKNOWN: 1 },
      log: [
        { process: 'main', event: 'started' },
        { process: 'core', event: 'message-broke', error: 'Error', frames: ['core.js:12:3'] },
        { process: 'core', event: 'message-refused', code: 'RECIPIENT_UNKNOWN' },
      ],
    });
    const { agency } = await office.ok('office.identity', {});
    const secrets = [subject, 'Mật', '241', 'SNV', SENDER, RECEIVER, agency?.name ?? '', 'Sở Nội vụ', 'Máy văn thư'];
    const machine = [
      office.dataDir,
      homedir(),
      hostname(),
      userInfo().username,
      'hub.invalid',
      '0912',
      'hoa',
      'Văn thư',
    ];
    for (const secret of [...secrets, ...machine]) expect(text).not.toContain(secret);
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('stay within what the exchange takes, with the newest of a long log', async () => {
    const line = (coming: number) => JSON.stringify({ at, level: 'info', event: 'rota-looked-through', coming });
    const long = {
      at,
      level: 'warn',
      event: 'call-refused',
      name: 'outgoing.replaceRecipient',
      code: 'RECIPIENT_UNKNOWN',
    };
    log('core.log', [
      ...Array.from({ length: 3_000 }, () =>
        JSON.stringify({ ...long, correlationId: randomUUID(), id: randomUUID() }),
      ),
      line(77),
    ]);
    const { text } = await office.ok('feedback.bundle', {});
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MAX_BUNDLE_BYTES);
    const { log: entries } = JSON.parse(text) as { log: { coming?: number }[] };
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.at(-1)?.coming).toBe(77);
  });
});
