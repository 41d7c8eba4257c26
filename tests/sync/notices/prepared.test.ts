import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { runAlarm } from '#exchange/notices/run-alarm.ts';
import { sendNotice } from '#exchange/notices/send-notice.ts';
import { openTimedExchange, type TimedExchange } from '#tests/support/timed-exchange.ts';

let exchange: TimedExchange;

beforeAll(async () => {
  // Monday, 08:00 in Việt Nam.
  exchange = await openTimedExchange('2026-11-30T01:00:00.000Z', [
    { code: 'H15', name: 'Ủy ban nhân dân tỉnh' },
    { code: 'H15.01', name: 'Sở Tài chính', parentCode: 'H15' },
  ]);
  await exchange.setRota('H15.01', {
    officers: [
      { id: 'a', name: 'A', title: '', phone: '+84900000101', phoneVerifiedAt: null, email: 'a@tinh.gov.vn' },
      { id: 'b', name: 'B', title: '', phone: '+84900000102', phoneVerifiedAt: null, email: null },
    ],
    shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '07:00', to: '07:00', officerId: 'a' })),
    substitutions: [],
    headOfOffice: 'b',
    headSubstitutions: [],
    officePhone: '+842573000142',
    officeContact: null,
  });
});
afterAll(() => exchange.close());

const GATHERED_NOW = `UPDATE notices SET due_at = $1 WHERE state = 'gathering' RETURNING id`;
/** PostgreSQL tries a statement five times with its values before it settles on one plan for all. */
const UNTIL_ONE_PLAN = 8;

it('asks nothing of the database for an alarm, a message or a statement that has to be planned anew', async () => {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  const { signal } = new AbortController();
  for (let at = 0; at < UNTIL_ONE_PLAN; at += 1) {
    const code = `${at + 1}/UBND`;
    const messageId = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express', code });
    const key = { messageId, recipientCode: 'H15.01' };
    query.mockClear();
    await runAlarm(exchange.parts, key);
    const gathered = (await exchange.pool.query<{ id: string }>(GATHERED_NOW, [exchange.now()])).rows;
    expect(gathered).toHaveLength(2);
    for (const { id } of gathered) await sendNotice(exchange.parts, id, signal);
    await exchange.state('H15.01', { event: 'opened', messageId });
    await runAlarm(exchange.parts, key);
    expect(exchange.sms.sent.at(-1)?.text).toContain(code);
  }
  const asked = query.mock.calls.map(([first]) => first as string | { readonly name?: string; readonly text: string });
  query.mockRestore();

  expect(exchange.sms.sent).toHaveLength(UNTIL_ONE_PLAN);
  expect(asked.filter((one) => typeof one !== 'string' && one.name !== undefined).length).toBeGreaterThan(20);
  const bare = asked.flatMap((one) => (typeof one === 'string' ? [one] : one.name === undefined ? [one.text] : []));
  expect(bare.filter((text) => !/^(start transaction|begin|commit)$/i.test(text) && text !== GATHERED_NOW)).toEqual([]);
});
