import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NoticeGateway, ReportReceiver } from '#exchange/gateways/notice-gateway.ts';
import { Secret } from '#exchange/gateways/secret.ts';
import { createSmppGateway, type SmppOptions } from '#exchange/gateways/smpp-sms.ts';
import { type Smsc, startSmsc } from '#tests/support/smsc.ts';
import { keepReports, never, notice } from './gateway-fixtures.ts';

let smsc: Smsc;
let opened: NoticeGateway[] = [];
const kept = keepReports();

beforeEach(async () => {
  smsc = await startSmsc();
  kept.reports.length = 0;
});
afterEach(async () => {
  await Promise.all(opened.map((gateway) => gateway.close()));
  opened = [];
  await smsc.stop();
});

function open(changes: Partial<SmppOptions> = {}, receiver: ReportReceiver = kept): NoticeGateway {
  const gateway = createSmppGateway(
    {
      name: 'smpp',
      host: '127.0.0.1',
      port: smsc.port,
      tls: false,
      systemId: 'exchange',
      password: new Secret('secret'),
      systemType: '',
      from: 'UBND TINH',
      receiptIds: 'same',
      timeoutMs: 5_000,
      enquireLinkMs: 60_000,
      reconnectMs: { least: 10, most: 50 },
      ...changes,
    },
    receiver,
  );
  opened.push(gateway);
  return gateway;
}

const isBound = () => vi.waitFor(() => expect(smsc.bound()).toBe(1));

describe('a submission', () => {
  test('without accents goes in the default alphabet, with a receipt asked for', async () => {
    const outcome = await open().send(notice({ text: 'Van ban {1} ~ 5€' }), never);
    expect(outcome).toMatchObject({ kind: 'accepted', providerId: 'm-1', final: false, gateway: 'smpp' });
    expect(smsc.messages).toEqual([
      { id: 'm-1', from: 'UBND TINH', to: '84912345678', text: 'Van ban {1} ~ 5€', coding: 0, wantsReceipt: true },
    ]);
  });

  test('with accents goes as UCS-2', async () => {
    await open().send(notice({ text: 'Văn bản hỏa tốc, mở trước 14 giờ' }), never);
    expect(smsc.messages[0]).toMatchObject({ text: 'Văn bản hỏa tốc, mở trước 14 giờ', coding: 8 });
  });

  test.each([
    ['a'.repeat(160), 'accepted'],
    ['a'.repeat(161), 'rejected'],
    [`${'a'.repeat(158)}€`, 'accepted'],
    [`${'a'.repeat(159)}€`, 'rejected'],
    ['ă'.repeat(70), 'accepted'],
    ['ă'.repeat(71), 'rejected'],
  ])('takes one part and no more (%#)', async (text, kind) => {
    expect((await open().send(notice({ text }), never)).kind).toBe(kind);
    expect(smsc.messages.length).toBe(kind === 'accepted' ? 1 : 0);
  });

  test.each(['0912345678', '+84 912', '84912345678', '', '+0123456789'])('to %j is not tried', async (to) => {
    expect(await open().send(notice({ to }), never)).toMatchObject({ kind: 'rejected', reason: 'invalid-number' });
    expect(smsc.messages).toEqual([]);
  });

  test('that the SMSC has no number for is rejected', async () => {
    smsc.behaviour = 'refuse-number';
    expect(await open().send(notice(), never)).toMatchObject({ kind: 'rejected', reason: 'invalid-number' });
  });

  test('that is too many at a time is to be tried again', async () => {
    smsc.behaviour = 'throttle';
    const gateway = open();
    expect(await gateway.send(notice(), never)).toMatchObject({ kind: 'retry', reason: 'throttled' });
    smsc.behaviour = 'answer';
    expect(await gateway.send(notice(), never)).toMatchObject({ kind: 'accepted' });
  });

  test('whose link is cut before the answer is unsure, and the next goes over a new link', async () => {
    smsc.behaviour = 'cut';
    const gateway = open();
    expect(await gateway.send(notice(), never)).toMatchObject({ kind: 'unsure' });
    smsc.behaviour = 'answer';
    await isBound();
    await vi.waitFor(async () => expect(await gateway.send(notice(), never)).toMatchObject({ kind: 'accepted' }));
  });

  test('that is never answered is unsure after the time limit', async () => {
    smsc.behaviour = 'hang';
    expect(await open({ timeoutMs: 100 }).send(notice(), never)).toMatchObject({ kind: 'unsure' });
    expect(smsc.messages).toHaveLength(1);
  });

  test('that is aborted after it went out is unsure, one before that is not sent', async () => {
    smsc.behaviour = 'hang';
    const gateway = open();
    const abort = new AbortController();
    const first = gateway.send(notice(), abort.signal);
    const second = gateway.send(notice(), abort.signal);
    await vi.waitFor(() => expect(smsc.messages).toHaveLength(1));
    abort.abort();
    expect(await first).toMatchObject({ kind: 'unsure' });
    expect(await second).toMatchObject({ kind: 'retry', reason: 'aborted' });
    expect(smsc.messages).toHaveLength(1);
  });

  test('waits for the answer to the one before', async () => {
    smsc.behaviour = 'hang';
    const gateway = open({ timeoutMs: 300 });
    const outcomes = Promise.all([gateway.send(notice(), never), gateway.send(notice(), never)]);
    await vi.waitFor(() => expect(smsc.messages).toHaveLength(1));
    smsc.behaviour = 'answer';
    const [first, second] = await outcomes;
    expect(first).toMatchObject({ kind: 'unsure' });
    // Its link was given up with the first; it was not sent on a link of which nothing is known.
    expect(second?.kind).not.toBe('unsure');
  });
});

describe('the link', () => {
  test('to an SMSC that is down is tried until it is there', async () => {
    const { port } = smsc;
    await smsc.stop();
    const gateway = open();
    expect(await gateway.send(notice(), never)).toMatchObject({ kind: 'retry', reason: 'unreachable' });
    smsc = await startSmsc(port);
    await isBound();
    await vi.waitFor(async () => expect(await gateway.send(notice(), never)).toMatchObject({ kind: 'accepted' }));
  });

  test('with a wrong password is refused, and says so without the password', async () => {
    const outcome = await open({ password: new Secret('wrong-one') }).send(notice(), never);
    expect(outcome).toMatchObject({ kind: 'rejected', reason: 'credentials' });
    expect(JSON.stringify(outcome)).not.toContain('wrong-one');
  });

  test('over which nobody answers is given up and made anew', async () => {
    smsc.answersEnquiries = false;
    open({ enquireLinkMs: 50, timeoutMs: 100 });
    await isBound();
    await vi.waitFor(() => expect(smsc.enquiries()).toBeGreaterThan(0));
    await vi.waitFor(() => expect(smsc.binds()).toBeGreaterThan(1));
  });

  test('that carries no SMPP is given up and made anew', async () => {
    const gateway = open();
    await gateway.send(notice(), never);
    smsc.sendGarbage(Buffer.alloc(32, 0xff));
    await vi.waitFor(async () => {
      expect(await gateway.send(notice(), never)).toMatchObject({ kind: 'accepted' });
      expect(smsc.bound()).toBe(1);
    });
  });
});

describe('a receipt', () => {
  test.each([
    ['DELIVRD', 'delivered'],
    ['UNDELIV', 'failed'],
    ['EXPIRED', 'expired'],
    ['ENROUTE', 'buffered'],
  ] as const)('%s of our message names it', async (state, expected) => {
    const sent = notice();
    await open().send(sent, never);
    expect(await smsc.sendReceipt({ id: 'm-1', state })).toBe(0);
    expect(kept.reports).toEqual([
      {
        gateway: 'smpp',
        id: sent.id,
        providerId: 'm-1',
        state: expected,
        at: new Date('2026-01-02T03:05:00+07:00'),
        detail: `${state} err:000`,
      },
    ]);
  });

  test('in message_payload is read as well', async () => {
    const sent = notice();
    await open().send(sent, never);
    expect(await smsc.sendReceipt({ id: 'm-1', state: 'DELIVRD', asPayload: true })).toBe(0);
    expect(kept.reports).toMatchObject([{ id: sent.id, state: 'delivered' }]);
  });

  test('of a message that nobody here sent is told with the id of the SMSC', async () => {
    open();
    await isBound();
    expect(await smsc.sendReceipt({ id: 'of-yesterday', state: 'DELIVRD' })).toBe(0);
    expect(kept.reports).toMatchObject([{ id: null, providerId: 'of-yesterday', state: 'delivered' }]);
  });

  test('that could not be kept is asked for again', async () => {
    open({}, { onReport: async () => Promise.reject(new Error('no database')) });
    await isBound();
    expect(await smsc.sendReceipt({ id: 'm-1', state: 'DELIVRD' })).toBe(0x64);
  });

  test('with a decimal id belongs to the hexadecimal one', async () => {
    open({ receiptIds: 'decimal' });
    await isBound();
    await smsc.sendReceipt({ id: '255', state: 'DELIVRD' });
    expect(kept.reports).toMatchObject([{ providerId: 'ff' }]);
  });
});
