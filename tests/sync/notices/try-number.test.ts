import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Outcome } from '#exchange/gateways/notice-gateway.ts';
import { handText } from '#exchange/notices/hand-text.ts';
import { takeReport } from '#exchange/notices/take-report.ts';
import { numberTried, tryNumber } from '#exchange/use-cases/try-number.ts';
import { TEST_TEXT } from '#shared/domain/test-notice.ts';
import { smsParts } from '#shared/domain/sms-length.ts';
import { dutyRota, officer } from '#tests/support/duty-rota.ts';
import { openTimedExchange, type TimedExchange } from '#tests/support/timed-exchange.ts';

const OWN = 'H15.01';
const OTHER = 'H15.02';
const phones = Array.from({ length: 25 }, (_, at) => `+849000008${String(at).padStart(2, '0')}`);
const [phone = '', unverified = ''] = phones;
let exchange: TimedExchange;

beforeAll(async () => {
  exchange = await openTimedExchange('2026-11-30T01:00:00.000Z', [
    { code: 'H15', name: 'Ủy ban nhân dân tỉnh' },
    { code: OWN, name: 'Sở Nội vụ', parentCode: 'H15' },
    { code: OTHER, name: 'Sở Y tế', parentCode: 'H15' },
  ]);
  const officers = phones.map((one, at) => officer(`o${at}`, { phone: one }));
  for (const code of [OWN, OTHER]) await exchange.setRota(code, { ...dutyRota, officers });
  for (const one of phones) {
    if (one === unverified) continue;
    await exchange.pool.query(
      `INSERT INTO phone_verifications (agency_code, phone, sent_at, expires_at, verified_at)
       SELECT code, $1, now(), now(), now() FROM unnest($2::text[]) AS code`,
      [one, [OWN, OTHER]],
    );
  }
});
afterAll(() => exchange.close());
beforeEach(async () => {
  exchange.sms.sent.length = 0;
  exchange.sms.answer = ({ id }) => accepted(id, false);
  // Each test begins on a day of its own.
  await exchange.advanceTo(later(25 * 60));
});

const later = (minutes: number): string => new Date(exchange.now().getTime() + minutes * 60_000).toISOString();
const said = { gateway: 'sms', detail: '' };
const accepted = (providerId: string, final: boolean): Outcome => ({ ...said, kind: 'accepted', providerId, final });
const services = () => ({
  database: exchange.database,
  clock: exchange.now,
  handText: (id: string, to: string, text: string) => handText([exchange.sms], id, to, text),
});
const tried = (to: string, id: string = randomUUID(), agency = OWN) => tryNumber(services(), agency, { id, phone: to });
const report = (providerId: string, state: 'delivered' | 'failed' | 'buffered' | 'expired', id: string | null = null) =>
  takeReport(exchange.parts, { gateway: 'sms', id, providerId, state, at: exchange.now(), detail: '' });

it('sends one short text that says it is a test, and it is there when the network says so', async () => {
  const sent = await tried(phone);
  expect(sent).toMatchObject({ phone, state: 'sent', fault: null, settledAt: null });
  expect(exchange.sms.sent).toMatchObject([{ id: sent.id, to: phone, text: TEST_TEXT }]);
  expect(smsParts(TEST_TEXT).parts).toHaveLength(1);
  expect(TEST_TEXT).toMatch(/THU/);
  expect(await report(sent.id, 'buffered')).toBe('known');
  expect(await numberTried(services(), OWN, sent.id)).toMatchObject({ state: 'sent' });
  expect(await report(sent.id, 'delivered')).toBe('taken');
  expect(await numberTried(services(), OWN, sent.id)).toMatchObject({
    state: 'delivered',
    settledAt: exchange.now().toISOString(),
  });
  // A late failure does not take that back, and nobody else's report is taken.
  expect(await report(sent.id, 'failed')).toBe('known');
  expect(await report(randomUUID(), 'delivered')).toBe('unknown');
});

it('is "unsure" while nobody knows, and a report settles it by our own id too', async () => {
  exchange.sms.answer = () => ({ ...said, kind: 'unsure' });
  const { id, state } = await tried(phone);
  expect(state).toBe('unsure');
  expect(await report('strange', 'expired', id)).toBe('taken');
  expect(await numberTried(services(), OWN, id)).toMatchObject({ state: 'failed', fault: 'network' });
  // Networks correct themselves.
  expect(await report('strange', 'delivered', id)).toBe('taken');
  expect(await numberTried(services(), OWN, id)).toMatchObject({ state: 'delivered', fault: null });
});

it.each([
  [{ ...said, kind: 'rejected', reason: 'invalid-number' }, 'number'],
  [{ ...said, kind: 'rejected', reason: 'blocked' }, 'number'],
  [{ ...said, kind: 'rejected', reason: 'quota' }, 'gateway'],
  [{ ...said, kind: 'retry', reason: 'unreachable', afterMs: null }, 'gateway'],
] as const)('says whose fault it is: %o', async (outcome, fault) => {
  exchange.sms.answer = () => outcome;
  expect(await tried(phone)).toMatchObject({ state: 'failed', fault });
  expect(exchange.sms.sent).toHaveLength(1);
});

it('is handed over once for one id, also when its exchange ended meanwhile', async () => {
  const id = randomUUID();
  await Promise.all([tried(phone, id), tried(phone, id)]);
  expect(exchange.sms.sent).toHaveLength(1);
  await exchange.pool.query(`UPDATE test_notices SET state = 'sending' WHERE id = $1`, [id]);
  expect(await numberTried(services(), OWN, id)).toMatchObject({ state: 'sending' });
  await exchange.advanceTo(later(2));
  expect(await numberTried(services(), OWN, id)).toMatchObject({ state: 'unsure' });
});

it('is for verified numbers of the agency’s own officers alone, and for its own eyes', async () => {
  await expect(tried('+84900000999')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(tried(unverified)).rejects.toMatchObject({ code: 'PHONE_NOT_VERIFIED' });
  await expect(tried(phone, randomUUID(), 'H15')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(exchange.sms.sent).toHaveLength(0);
  const { id } = await tried(phone);
  await expect(numberTried(services(), OTHER, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(tried(phone, id, OTHER)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(exchange.sms.sent).toHaveLength(1);
});

it('is one a minute to a number, and 20 a day for an agency, also at the same time', async () => {
  await tried(phone);
  await expect(tried(phone)).rejects.toMatchObject({ code: 'RATE_LIMITED', params: { retryAfter: 60 } });
  await exchange.advanceTo(later(1));
  await tried(phone);
  const others = await Promise.allSettled(phones.slice(2).map((one) => tried(one)));
  expect(others.filter(({ status }) => status === 'fulfilled')).toHaveLength(18);
  await expect(tried(phones[24] ?? '')).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  // Another agency has its own.
  await tried(phone, randomUUID(), OTHER);
});

it('is refused where no gateway sends texts', async () => {
  const none = { ...services(), handText: () => Promise.resolve(null) };
  await expect(tryNumber(none, OWN, { id: randomUUID(), phone })).rejects.toMatchObject({ code: 'NO_CHANNEL' });
});

it('is no notice: no count and no agency’s budget has it', async () => {
  const before = await exchange.database.notices.countByState();
  await tried(phone);
  expect(await exchange.database.notices.countByState()).toEqual(before);
  expect(await exchange.database.notices.partsSince(OWN, new Date(0))).toBe(0);
});
