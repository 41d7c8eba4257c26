import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeedbackToSend } from '#core/ports/exchange.ts';
import { supervise } from '#exchange/use-cases/supervise.ts';
import { openDatabase } from '#exchange/storage/database.ts';
import { readEmbeddedConnection } from '#exchange/storage/embedded-postgres.ts';
import { importAgencies } from '#exchange/use-cases/import-agencies.ts';
import { MAX_BUNDLE_BYTES } from '#shared/domain/feedback.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { askByHand, codeOf, expectOk, type Office, openOffice } from './office.ts';

const run = promisify(execFile);

let exchange: TestExchange;
/** P supervises D and what is below it: C1 and C2. E is nobody's. */
let province: Office;
let district: Office;
let commune: Office;
let sister: Office;
let stranger: Office;

beforeAll(async () => {
  exchange = await startTestExchange();
  const connection = await readEmbeddedConnection(join(exchange.dataFolder, 'postgres'));
  const stores = openDatabase({ ...connection, max: 2 }, () => undefined);
  const parents: readonly (readonly [string, string | null])[] = [
    ['P', null],
    ['D', 'P'],
    ['C1', 'D'],
    ['C2', 'D'],
    ['E', null],
  ];
  await importAgencies(
    stores,
    parents.map(([code, parentCode]) => ({ code, name: `Cơ quan ${code}`, parentCode })),
  );
  await supervise(stores, 'P', 'P');
  await supervise(stores, 'D', 'D');
  await stores.close();
  [province, district, commune, sister, stranger] = (await Promise.all(
    ['P', 'D', 'C1', 'C2', 'E'].map((code) => openOffice(exchange, code)),
  )) as [Office, Office, Office, Office, Office];
});
afterAll(() => exchange.stop());

const report = (change: Partial<FeedbackToSend> = {}): FeedbackToSend => ({
  id: randomUUID(),
  kind: 'fault',
  text: 'Bấm Phát hành không thấy gì.\nĐã thử hai lần.',
  person: 'Trần Thị B',
  writtenAt: '2026-11-02T01:00:00.000Z',
  appVersion: '0.1.0',
  bundle: '{"form":1}',
  ...change,
});
const admin = async (...args: readonly string[]): Promise<string> => {
  const entry = resolve('exchange/entries/admin.ts');
  return (await run(process.execPath, [entry, ...args, '--data', exchange.dataFolder])).stdout;
};
const overseenBy = async (office: Office, which: 'open' | 'all' = 'all') =>
  expectOk(await office.client.overseenFeedback({ which, after: null }));
const refused = (code: string) => ({ kind: 'refused', code });

describe('a report', () => {
  it('counts once under its id, however often it is sent, and is no other one', async () => {
    const given = report();
    const [one, other] = await Promise.all([stranger.client.sendFeedback(given), stranger.client.sendFeedback(given)]);
    expect(expectOk(one)).toEqual(expectOk(other));
    expect(expectOk(await stranger.client.sendFeedback(given))).toEqual(expectOk(one));
    for (const change of [{ text: 'Khác' }, { bundle: null }, { kind: 'question' as const }]) {
      expect(await stranger.client.sendFeedback({ ...given, ...change })).toMatchObject(refused('FEEDBACK_CONFLICT'));
    }
    expect(await sister.client.sendFeedback(given)).toMatchObject(refused('FEEDBACK_CONFLICT'));
    const { reports, next } = expectOk(await stranger.client.feedback(null));
    expect(reports).toMatchObject([{ id: given.id, text: given.text, bundleBytes: 10, answers: [] }]);
    expect(next).toBeNull();
    expect(expectOk(await sister.client.feedback(null)).reports).toEqual([]);
  });

  it.each([
    ['an empty text', { text: ' \n ' }, 'REQUEST_INVALID'],
    ['a text too long', { text: 'x'.repeat(4_001) }, 'REQUEST_INVALID'],
    ['a control character', { text: 'Lỗi\u0007' }, 'REQUEST_INVALID'],
    ['a turned direction', { text: 'Lỗi \u202Egnort' }, 'REQUEST_INVALID'],
    ['half a character', { text: 'Lỗi \ud83d' }, 'REQUEST_INVALID'],
    ['an unknown kind', { kind: 'joke' as never }, 'REQUEST_INVALID'],
    ['a bundle that is no JSON', { bundle: 'Trần Thị B' }, 'REQUEST_INVALID'],
    ['a bundle that is a list', { bundle: '[]' }, 'REQUEST_INVALID'],
    ['a bundle of bytes', { bundle: { type: 'Buffer', data: [1] } as never }, 'REQUEST_INVALID'],
    ['a bundle too large', { bundle: JSON.stringify({ x: 'ế'.repeat(MAX_BUNDLE_BYTES / 3) }) }, 'FEEDBACK_TOO_LARGE'],
    ['a person too long', { person: 'x'.repeat(201) }, 'REQUEST_INVALID'],
  ])('with %s is refused', async (_what, change, code) => {
    const given = report(change);
    expect(await sister.client.sendFeedback(given)).toMatchObject(refused(code));
    const { rows } = await exchange.database.query('SELECT FROM feedback_reports WHERE id = $1', [given.id]);
    expect(rows).toHaveLength(0);
  });

  it('with the largest text and bundle is taken', async () => {
    const bundle = JSON.stringify({ x: '"'.repeat((MAX_BUNDLE_BYTES - 8) / 2) });
    expectOk(await sister.client.sendFeedback(report({ text: 'ế\n'.repeat(1_999) + 'ế', bundle })));
  });

  it('is refused as a whole when the body is larger than any report', async () => {
    const { id, ...body } = report({ bundle: 'x'.repeat(300 * 1024) });
    const answer = await askByHand(sister, `/v1/feedback/${id}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
    });
    expect(await answer.json()).toMatchObject({ code: 'MESSAGE_TOO_LARGE', params: { limit: 256 * 1024 } });
    const bytes = { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body: Buffer.from('x') };
    expect(await codeOf(await askByHand(sister, `/v1/feedback/${id}`, bytes))).toBe('REQUEST_INVALID');
  });

  it('beyond the limit of a day is refused for good; one that was taken may still be repeated', async () => {
    const outcomes = [];
    const given = Array.from({ length: 20 }, () => report({ bundle: null }));
    for (const one of given) outcomes.push(await stranger.client.sendFeedback(one));
    // One of the agency's twenty was sent by the first test.
    expect(outcomes.filter(({ kind }) => kind === 'ok')).toHaveLength(19);
    expect(outcomes.at(-1)).toMatchObject({ ...refused('FEEDBACK_LIMIT'), params: { limit: 20 } });
    expectOk(await stranger.client.sendFeedback(given[0] ?? report()));
    await exchange.database.query(
      `UPDATE feedback_reports SET received_at = received_at - interval '1 day' WHERE agency_code = 'E'`,
    );
    expectOk(await stranger.client.sendFeedback(given.at(-1) ?? report()));
  });

  it('lists page by page what was sent or answered last', async () => {
    const first = expectOk(await stranger.client.feedback(null));
    expect(first.reports).toHaveLength(21);
    const seen = new Set<string>();
    let target = '/v1/feedback?limit=4';
    for (;;) {
      const page = (await (await askByHand(stranger, target)).json()) as Awaited<typeof first>;
      for (const { id } of page.reports) seen.add(id);
      if (page.next === null) break;
      target = `/v1/feedback?limit=4&before=${page.next.before}&beforeId=${page.next.beforeId}`;
    }
    expect([...seen]).toEqual(first.reports.map(({ id }) => id));
  });
});

describe('who supervises', () => {
  it('reads and answers those of its agencies, and nobody else does', async () => {
    const given = report();
    expectOk(await commune.client.sendFeedback(given));
    for (const office of [province, district]) {
      const { reports, open } = await overseenBy(office, 'open');
      expect(reports.map(({ agency }) => agency)).toContain('C1');
      expect(reports.map(({ agency }) => agency)).not.toContain('E');
      expect(open).toBe(2);
      expect(expectOk(await office.client.overseenBundle(given.id))).toEqual({ bundle: given.bundle });
    }
    const answer = { id: randomUUID(), reportId: given.id, text: 'Đã sửa.\nMở lại chương trình.', person: 'Lê C' };
    for (const office of [commune, sister, stranger]) {
      expect(await office.client.overseenFeedback({ which: 'all', after: null })).toMatchObject(
        refused('NOT_SUPERVISING'),
      );
      expect(await office.client.overseenBundle(given.id)).toMatchObject(refused('NOT_SUPERVISING'));
      expect(await office.client.answerFeedback(answer)).toMatchObject(refused('NOT_SUPERVISING'));
    }
    const [own] = (await overseenBy(province)).reports;
    expect(own).toMatchObject({ agency: 'C1', workstation: 'Văn thư C1', person: 'Trần Thị B' });

    const { at } = expectOk(await district.client.answerFeedback(answer));
    expect(expectOk(await district.client.answerFeedback(answer))).toEqual({ at });
    expect(await district.client.answerFeedback({ ...answer, text: 'Khác' })).toMatchObject(
      refused('FEEDBACK_CONFLICT'),
    );
    expect(await province.client.answerFeedback(answer)).toMatchObject(refused('FEEDBACK_CONFLICT'));
    expect((await overseenBy(province, 'open')).reports.map(({ agency }) => agency)).toEqual(['C2']);

    const [answered] = expectOk(await commune.client.feedback(null)).reports;
    expect(answered?.answers).toEqual([
      { id: answer.id, agency: 'D', person: 'Lê C', text: answer.text, at, readAt: null },
    ]);
    // Only the agency that asked says that it was read.
    expectOk(await stranger.client.markAnswersRead([answer.id]));
    expect((await overseenBy(district)).reports[0]?.answers[0]?.readAt).toBeNull();
    expectOk(await commune.client.markAnswersRead([answer.id, randomUUID()]));
    const readAt = (await overseenBy(district)).reports[0]?.answers[0]?.readAt;
    expect(readAt).not.toBeNull();
    expectOk(await commune.client.markAnswersRead([answer.id]));
    expect((await overseenBy(district)).reports[0]?.answers[0]?.readAt).toBe(readAt);
  });

  it('answers neither its own reports nor those of agencies beyond it', async () => {
    const [own, above, foreign] = [report(), report(), report()];
    expectOk(await district.client.sendFeedback(own));
    expectOk(await province.client.sendFeedback(above));
    await exchange.database.query(
      `UPDATE feedback_reports SET received_at = received_at - interval '2 days' WHERE agency_code = 'E'`,
    );
    expectOk(await stranger.client.sendFeedback(foreign));
    for (const { id: reportId } of [own, above, foreign, report()]) {
      const answer = { id: randomUUID(), reportId, text: 'Đã rõ', person: '' };
      expect(await district.client.answerFeedback(answer)).toMatchObject(refused('NOT_FOUND'));
      expect(await district.client.overseenBundle(reportId)).toMatchObject(refused('NOT_FOUND'));
    }
    const answer = { id: randomUUID(), reportId: own.id, text: 'Đã rõ', person: '' };
    expectOk(await province.client.answerFeedback(answer));
    const empty = { ...answer, id: randomUUID(), text: ' ' };
    expect(await province.client.answerFeedback(empty)).toMatchObject(refused('REQUEST_INVALID'));
  });
});

it('the administrator lists, reads and answers all of them', async () => {
  const given = report({ bundle: '{"phiên bản":"0.1.0"}' });
  expectOk(await province.client.sendFeedback(given));
  const listed = JSON.parse(await admin('feedback', '--json', '--open')) as readonly { id: string; agency: string }[];
  expect(listed[0]).toMatchObject({ id: given.id, agency: 'P', text: given.text, bundleBytes: 24, answers: [] });
  expect(JSON.parse(await admin('feedback', '--json', '--from', '2020-01-01', '--to', '2020-01-02'))).toEqual([]);
  const out = join(mkdtempSync(join(tmpdir(), 'van-thu-bundle-')), 'bundle.json');
  expect(JSON.parse(await admin('feedback-bundle', '--id', given.id, '--out', out))).toEqual({ saved: out, bytes: 24 });
  expect(readFileSync(out, 'utf8')).toBe(given.bundle);
  // What is there already is not written over.
  await expect(admin('feedback-bundle', '--id', given.id, '--out', out)).rejects.toThrow('EEXIST');
  await expect(admin('answer-feedback', '--id', given.id, '--text', '  ')).rejects.toThrow('--text');
  await expect(admin('answer-feedback', '--id', 'x', '--text', 'Đã rõ')).rejects.toThrow('no report x');
  await admin('answer-feedback', '--id', given.id, '--text', 'Đã cập nhật trục.', '--by', 'Tổ vận hành');
  const { reports } = expectOk(await province.client.feedback(null));
  expect(reports.find(({ id }) => id === given.id)?.answers).toMatchObject([
    { agency: null, person: 'Tổ vận hành', text: 'Đã cập nhật trục.' },
  ]);
  expect(JSON.parse(await admin('feedback', '--open'))).not.toContainEqual(expect.objectContaining({ id: given.id }));
});
