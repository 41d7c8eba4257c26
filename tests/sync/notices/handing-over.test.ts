import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { Notice, Outcome } from '#exchange/gateways/notice-gateway.ts';
import { handOver, runRound } from '#exchange/notices/notice-machine.ts';
import { type NoticeParts, openLanes } from '#exchange/notices/notice-parts.ts';
import { sendNotice } from '#exchange/notices/send-notice.ts';
import { openTimedExchange, type TimedExchange } from '#tests/support/timed-exchange.ts';

const PEOPLE = 6;
const codes = Array.from({ length: PEOPLE }, (_, at) => `H15.0${at + 1}`);
const phoneOf = (code: string): string => `+849000001${code.slice(-2)}`;
const { signal } = new AbortController();
let exchange: TimedExchange;
/** As another process over the same database: it shares no lanes. */
const another = (): NoticeParts => ({ ...exchange.parts, lanes: openLanes() });
/** What the gateway holds, until it is let go. */
let held: { readonly notice: Notice; readonly answer: (outcome: Outcome) => void }[];
const accepted: Outcome = { kind: 'accepted', providerId: null, final: true, gateway: 'sms', detail: '' };
const letGo = (): void => {
  for (const { answer } of held.splice(0)) answer(accepted);
};

beforeAll(async () => {
  // Monday, 08:00 in Việt Nam.
  exchange = await openTimedExchange('2026-11-30T01:00:00.000Z', [
    { code: 'H15', name: 'Ủy ban nhân dân tỉnh' },
    ...codes.map((code) => ({ code, name: `Cơ quan ${code}`, parentCode: 'H15' })),
  ]);
  for (const code of codes) {
    const officer = { id: 'truc', name: code, title: '', phone: phoneOf(code), phoneVerifiedAt: null, email: null };
    await exchange.setRota(code, {
      officers: [officer],
      shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '07:00', to: '07:00', officerId: 'truc' })),
      substitutions: [],
      headOfOffice: null,
      headSubstitutions: [],
      officePhone: '+842573000142',
      officeContact: null,
    });
  }
});
beforeEach(async () => {
  held = [];
  exchange.sms.sent.length = 0;
  exchange.sms.answer = (notice) => new Promise((answer) => held.push({ notice, answer }));
  await exchange.pool.query('DELETE FROM notice_items');
  await exchange.pool.query('DELETE FROM notices');
});
afterAll(() => exchange.close());

/** Messages that are to go now, each about the same document; what is not express is counted. */
async function waiting(to: string, count: number, express: boolean): Promise<void> {
  const messageId = await exchange.accept({ from: 'H15', to: [to], urgency: 'normal' });
  for (let at = 0; at < count; at += 1) {
    const id = randomUUID();
    await exchange.pool.query(
      `INSERT INTO notices (id, channel, address, person, agency_code, express, state, created_at, due_at)
       VALUES ($1, 'sms', $2, '', $3, $4, 'waiting', $5, $5::timestamptz - $6::int * interval '1 second')`,
      [id, phoneOf(to), to, express, exchange.now(), count - at],
    );
    await exchange.pool.query(
      `INSERT INTO notice_items (notice_id, message_id, recipient_code, step_key, channel) VALUES ($1, $2, $3, $4, 'sms')`,
      [id, messageId, to, `opening:${at}`],
    );
  }
}

it('people are told at the same time, though the gateway answers none of them', async () => {
  for (const code of codes) await waiting(code, 1, true);
  const round = handOver(exchange.parts, signal);
  await vi.waitFor(() => expect(held.length).toBe(PEOPLE));
  letGo();
  expect(await round).toEqual([]);
});

it('one person is told one thing at a time, in order, whoever hands over', async () => {
  await waiting(codes[0]!, 3, true);
  const rounds = [handOver(exchange.parts, signal), handOver(exchange.parts, signal)];
  const ids: string[] = [];
  for (let at = 0; at < 3; at += 1) {
    await vi.waitFor(() => expect(held.length).toBe(1));
    // Nobody else comes in while this one is on its way.
    for (let tick = 0; tick < 50; tick += 1) await turn();
    expect(held.length).toBe(1);
    ids.push(held[0]!.notice.id);
    letGo();
  }
  await Promise.all(rounds);
  const { rows } = await exchange.pool.query<{ id: string }>('SELECT id FROM notices ORDER BY handed_at, id');
  expect(new Set(ids)).toEqual(new Set(rows.map(({ id }) => id)));
  expect(exchange.sms.sent.length).toBe(3);
});

/**
 * Another process that commits only when the other one has counted too, or waits for it: the worst moment for both. What
 * is lost is the right to count alone.
 */
function atTheWorstMoment(parts: NoticeParts): readonly NoticeParts[] {
  let counted = 0;
  const waits = async (): Promise<boolean> => {
    const { rows } = await exchange.pool.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`);
    return rows.length > 0;
  };
  const database: NoticeParts['database'] = {
    ...parts.database,
    transaction: (work) =>
      parts.database.transaction(async (stores) => {
        const result = await work(stores);
        counted += 1;
        while (counted < 2 && !(await waits())) await turn();
        return result;
      }),
  };
  return [0, 1].map(() => ({ ...parts, database, lanes: openLanes() }));
}

async function sendBoth(parts: NoticeParts): Promise<void> {
  const { rows } = await exchange.pool.query<{ id: string }>(`SELECT id FROM notices WHERE state = 'waiting'`);
  const both = atTheWorstMoment(parts).map((one, at) => sendNotice(one, rows[at]!.id, signal));
  await vi.waitFor(async () => {
    const left = await exchange.pool.query(`SELECT FROM notices WHERE state = 'waiting' AND due_at <= $1`, [
      exchange.now(),
    ]);
    if (left.rows.length > 0) throw new Error('not all were looked at');
  });
  letGo();
  await Promise.all(both);
}

it('two processes that hand over at once send no more than may be sent in an hour', async () => {
  await waiting(codes[1]!, 5, false);
  await exchange.pool.query(
    `UPDATE notices SET state = 'delivered', due_at = NULL, handed_at = $1
     WHERE id IN (SELECT id FROM notices ORDER BY due_at LIMIT 3)`,
    [exchange.now()],
  );
  await sendBoth(exchange.parts);
  expect(exchange.sms.sent.length).toBe(1);
});

it('nor more than an agency has money for', async () => {
  await waiting(codes[2]!, 2, false);
  await sendBoth({ ...exchange.parts, partsPerMonth: () => 1 });
  expect(exchange.sms.sent.length).toBe(1);
  const { rows } = await exchange.pool.query(`SELECT FROM notices WHERE state = 'failed' AND detail = 'budget'`);
  expect(rows.length).toBe(1);
});

it('who watches a delivery is told that the message went out', async () => {
  const told: string[] = [];
  await waiting(codes[3]!, 1, true);
  const round = runRound({ ...exchange.parts, tell: (agencies) => void told.push(...agencies) }, signal);
  await vi.waitFor(() => expect(held.length).toBeGreaterThan(0));
  expect(told).toEqual([]);
  letGo();
  await round;
  expect(told.toSorted()).toEqual(['H15', codes[3]]);
});

it('a step is put into messages once, though two see at the same instant that it is due', async () => {
  await exchange.accept({ from: 'H15', to: [codes[4]!], urgency: 'express' });
  const [first, second] = [runRound(another(), signal), runRound(another(), signal)];
  expect([...(await first), ...(await second)]).toEqual([]);
  const { rows } = await exchange.pool.query('SELECT FROM notice_items');
  expect(rows.length).toBe(1);
});
