import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createKannelGateway, kannelReportReader } from '#exchange/gateways/kannel-sms.ts';
import type { DeliveryReport, NoticeGateway, Outcome } from '#exchange/gateways/notice-gateway.ts';
import { listenForReports, type ReportListener } from '#exchange/gateways/report-listener.ts';
import { Secret } from '#exchange/gateways/secret.ts';
import { type Kannel, startKannel } from '#tests/support/kannel.ts';
import { type Smsc, startSmsc } from '#tests/support/smsc.ts';
import { keepReports, never, notice, reportSecret } from '../../unit/gateways/gateway-fixtures.ts';

let smsc: Smsc;
let kannel: Kannel;
let listener: ReportListener;
let gateway: NoticeGateway;
const receiver = keepReports();

const reportsOn = (id: string): readonly DeliveryReport[] => receiver.reports.filter((report) => report.id === id);
const hasEnded = (id: string): boolean =>
  reportsOn(id).some(({ state }) => state === 'delivered' || state === 'failed');

beforeAll(async () => {
  smsc = await startSmsc();
  kannel = await startKannel({ smscPort: smsc.port, smscPassword: smsc.password });
  const readers = new Map([['kannel', kannelReportReader('kannel', reportSecret)]]);
  listener = await listenForReports({ host: '127.0.0.1', port: 0 }, 'http://x/reports', readers, receiver);
  gateway = open();
  await kannel.ready();
  await vi.waitFor(() => expect(smsc.bound()).toBe(1), { timeout: 20_000 });
});
afterAll(async () => {
  await kannel.stop();
  await listener.close();
  await smsc.stop();
});
beforeEach(() => {
  smsc.behaviour = 'answer';
  smsc.delivers = true;
});

function open(password = kannel.password): NoticeGateway {
  return createKannelGateway({
    name: 'kannel',
    url: kannel.url,
    username: kannel.username,
    password: new Secret(password),
    from: 'UBND TINH',
    callbackUrl: `http://127.0.0.1:${listener.port}/reports`,
    reportSecret,
    timeoutMs: 5_000,
  });
}

describe("Debian's Kannel", () => {
  test.each([
    ['Van ban hoa toc {1} ~ 50% & "a" + b = c', 0],
    ['Văn bản hỏa tốc, mở trước 14:00 (đã quá hạn)', 8],
  ])('brings %j to the SMSC, and its report back', async (text, coding) => {
    const one = notice({ text });
    expect(await gateway.send(one, never)).toMatchObject({ kind: 'accepted', final: false });
    await vi.waitFor(() => expect(hasEnded(one.id)).toBe(true), { timeout: 20_000 });
    expect(smsc.messages.at(-1)).toMatchObject({
      from: 'UBND TINH',
      to: expect.stringMatching(/84912345678$/),
      text,
      coding,
    });
    expect(reportsOn(one.id).map(({ state }) => state)).toEqual(['buffered', 'delivered']);
  });

  test('reports a number that the SMSC does not know', async () => {
    smsc.behaviour = 'refuse-number';
    const one = notice();
    expect(await gateway.send(one, never)).toMatchObject({ kind: 'accepted' });
    await vi.waitFor(() => expect(reportsOn(one.id)).toMatchObject([{ state: 'failed' }]), { timeout: 20_000 });
  });

  test('refuses a wrong password', async () => {
    const outcome = await open('wrong-one').send(notice(), never);
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'credentials' });
    expect(JSON.stringify(outcome)).not.toContain('wrong-one');
  });

  test('killed three times loses nothing that its caller repeats until a report comes', async () => {
    const notices = Array.from({ length: 30 }, (_, at) => notice({ text: `Thong bao so ${at}` }));
    const outcomes = new Map<string, Outcome['kind'][]>(notices.map(({ id }) => [id, []]));
    const sendOnce = async (one: (typeof notices)[number]): Promise<void> => {
      outcomes.get(one.id)?.push((await gateway.send(one, AbortSignal.timeout(2_000))).kind);
    };
    let back: Promise<void> = Promise.resolve();
    for (const [at, one] of notices.entries()) {
      await sendOnce(one);
      if (at !== 7 && at !== 15 && at !== 23) continue;
      await back;
      back = kannel.killBearerbox();
    }
    await back;
    const startsSeen = kannel.starts();
    // What the exchange does: again under the same id, as long as no report has come.
    await vi.waitFor(
      async () => {
        const waiting = notices.filter(({ id }) => !hasEnded(id));
        await Promise.all(waiting.map(sendOnce));
        expect(waiting).toEqual([]);
      },
      { timeout: 80_000, interval: 1_000 },
    );
    expect(startsSeen).toBeGreaterThanOrEqual(5);
    for (const { id, text } of notices) {
      expect(reportsOn(id).map(({ state }) => state)).toContain('delivered');
      expect(smsc.messages.filter((message) => message.text === text).length).toBeGreaterThanOrEqual(1);
      expect(outcomes.get(id)).not.toContain('rejected');
    }
  }, 120_000);
});
