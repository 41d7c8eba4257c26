/** Deadlines and hours that change after issue: what the exchange takes, and whom it tells then. */
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Rota } from '#shared/domain/rota.ts';
import { addDays, vietnamDay } from '#shared/domain/vn-date.ts';
import { openTimedExchange, type TimedExchange } from '#tests/support/timed-exchange.ts';

const MINUTE = 60_000;
const DAY = 24 * 60;
const OFFICER = { id: 'truc', phone: '+84900000418', email: 'truc@tinh.gov.vn' };
const rota: Rota = {
  officers: [{ ...OFFICER, name: 'Cán bộ trực', title: 'Văn thư', phoneVerifiedAt: '2026-01-01T00:00:00.000Z' }],
  shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '07:00', to: '07:00', officerId: OFFICER.id })),
  substitutions: [],
  headOfOffice: OFFICER.id,
  headSubstitutions: [],
  officePhone: '+842573000142',
  officeContact: 'Văn thư',
};

let exchange: TimedExchange;
beforeAll(async () => {
  // Monday, 08:00 in Việt Nam.
  exchange = await openTimedExchange('2026-11-30T01:00:00.000Z', [
    { code: 'H15', name: 'Ủy ban nhân dân tỉnh' },
    { code: 'H15.01', name: 'Sở Nội vụ', parentCode: 'H15' },
    { code: 'H15.02', name: 'Sở Y tế', parentCode: 'H15' },
  ]);
  await exchange.setRota('H15.01', rota);
});
beforeEach(() => {
  exchange.sms.sent.length = 0;
  exchange.email.sent.length = 0;
});
afterAll(() => exchange.close());

const later = (minutes: number): string => new Date(exchange.now().getTime() + minutes * MINUTE).toISOString();
/** A document with a deadline at 17:00 of a day, opened at once: only its deadline asks for something. */
async function dueOn(day: string): Promise<string> {
  const due = { day, at: `${day}T17:00:00+07:00` };
  const id = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'normal', due });
  expect(await exchange.state('H15.01', { event: 'opened', messageId: id })).toBeNull();
  return id;
}
const mondayAt8 = (week: number): string =>
  new Date(Date.parse('2026-11-30T01:00:00.000Z') + week * 7 * DAY * MINUTE).toISOString();
const day = (from: string, days: number): string =>
  new Date(Date.parse(from) + days * DAY * MINUTE).toISOString().slice(0, 10);
const endOf = (date: string): string => `${date}T10:00:00.000Z`;

interface Asked {
  readonly messageId: string;
  readonly until: string;
  readonly by?: string;
  readonly reason?: string;
}
async function ask({ messageId, until, by = 'H15.01', reason = 'Chờ số liệu của các xã' }: Asked) {
  const id = randomUUID();
  return { id, refused: await exchange.state(by, { event: 'extension-asked', id, messageId, until, reason }) };
}
const answer = (messageId: string, question: string, until: string, granted = true, by = 'H15') =>
  exchange.state(by, {
    event: 'extension-answered',
    messageId,
    recipient: 'H15.01',
    question,
    granted,
    until,
    reason: granted ? '' : 'Không gia hạn thêm',
  });
const seenBy = (agency: string, id: string) => exchange.watched(agency, id, 'H15.01');
const mails = () => exchange.email.sent.map(({ at }) => at.toISOString());

describe('a longer time', () => {
  it('is asked by the recipient and granted by the sender; reminders follow the new deadline alone', async () => {
    const start = mondayAt8(0);
    await exchange.advanceTo(start);
    const id = await dueOn(day(start, 4));
    const until = endOf(day(start, 8));
    const { id: question, refused } = await ask({ messageId: id, until });
    expect(refused).toBeNull();
    expect((await seenBy('H15', id)).extension).toMatchObject({ id: question, until, granted: null, answer: null });
    // The next day the first reminder has gone; then the answer comes.
    await exchange.advanceTo(later(2 * DAY));
    expect(mails()).toEqual([`${day(start, 1)}T00:31:00.000Z`]);
    expect(await answer(id, question, until)).toBeNull();
    const seen = await seenBy('H15.01', id);
    expect(seen).toMatchObject({ dueAt: until, extension: { granted: true, answer: { until } } });
    expect(seen.dueGrantedAt).toBe(exchange.now().toISOString());
    exchange.email.sent.length = 0;
    await exchange.advanceTo(endOf(day(start, 10)));
    // Three days before (Thursday, as Saturday and Sunday do not count), the day before, the morning of, and overdue.
    expect(mails().map((at) => at.slice(0, 10))).toEqual([3, 7, 8, 8 + 1].map((days) => day(start, days)));
  });

  it('takes a message that waits for the morning off the old deadline', async () => {
    const start = mondayAt8(3);
    await exchange.advanceTo(start);
    const id = await dueOn(day(start, 1));
    const until = endOf(day(start, 15));
    const { id: question } = await ask({ messageId: id, until });
    // The reminder of 07:30 is put into a message, which goes a minute later: in between the answer comes.
    await exchange.advanceTo(`${day(start, 1)}T00:30:00.000Z`);
    const { rows } = await exchange.pool.query("SELECT 1 FROM notices WHERE state = 'gathering'");
    expect(rows.length).toBe(1);
    expect(await answer(id, question, until)).toBeNull();
    exchange.email.sent.length = 0;
    await exchange.advanceTo(endOf(day(start, 3)));
    expect(mails()).toEqual([]);
  });

  it('that is not granted leaves the deadline and its reminders', async () => {
    const start = mondayAt8(6);
    await exchange.advanceTo(start);
    const id = await dueOn(day(start, 3));
    const { id: question } = await ask({ messageId: id, until: endOf(day(start, 9)) });
    expect(await answer(id, question, endOf(day(start, 9)), false)).toBeNull();
    const seen = await seenBy('H15.01', id);
    expect(seen).toMatchObject({ dueAt: endOf(day(start, 3)), dueGrantedAt: null });
    expect(seen.extension).toMatchObject({ granted: false, answer: { reason: 'Không gia hạn thêm' } });
    await exchange.advanceTo(endOf(day(start, 2)));
    expect(mails().length).toBeGreaterThan(0);
    // It may be asked again, and granted for another day than the one that was asked for.
    const again = await ask({ messageId: id, until: endOf(day(start, 9)) });
    expect(again.refused).toBeNull();
    expect(await answer(id, again.id, endOf(day(start, 7)))).toBeNull();
    expect((await seenBy('H15', id)).dueAt).toBe(endOf(day(start, 7)));
  });

  it('is refused with its reason to whoever may not have it, or comes too late', async () => {
    const start = mondayAt8(9);
    await exchange.advanceTo(start);
    const id = await dueOn(day(start, 3));
    const until = endOf(day(start, 9));
    const of = async (asked: Partial<Asked>) => (await ask({ messageId: id, until, ...asked })).refused;
    expect(await of({ by: 'H15.02' })).toBe('NOT_YOURS');
    expect(await of({ by: 'H15' })).toBe('NOT_YOURS');
    expect(await of({ until: later(-1) })).toBe('IN_THE_PAST');
    expect(await answer(id, randomUUID(), until)).toBe('NOT_ASKED');
    const { id: question } = await ask({ messageId: id, until });
    expect(await of({})).toBe('ALREADY_ASKED');
    expect(await answer(id, question, until, true, 'H15.01')).toBe('NOT_YOURS');
    expect(await answer(id, question, later(-1))).toBe('IN_THE_PAST');
    expect(await answer(id, question, until)).toBeNull();
    expect(await answer(id, question, endOf(day(start, 12)))).toBe('ALREADY_ANSWERED');
    expect((await seenBy('H15', id)).dueAt).toBe(until);
    const open = await ask({ messageId: id, until: endOf(day(start, 12)) });
    // An answer to the first question, given before the second was known, answers no other.
    expect(await answer(id, question, endOf(day(start, 20)))).toBe('ALREADY_ANSWERED');
    expect((await seenBy('H15', id)).extension).toMatchObject({ id: open.id, granted: null });
    // A refusal is taken however late it comes.
    await exchange.advanceTo(endOf(day(start, 13)));
    expect(await answer(id, open.id, endOf(day(start, 12)), false)).toBeNull();
    await exchange.database.transaction(({ events }) =>
      events.append([
        { at: exchange.now(), event: 'finished', messageId: id, recipientCode: 'H15.01', statedBy: 'H15.01' },
      ]),
    );
    expect(await of({ until: endOf(day(start, 20)) })).toBe('FINISHED');
  });
});

describe('a paper copy', () => {
  it('is posted on no day to come, by the calendar of Việt Nam, and by its sender alone', async () => {
    const messageId = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'normal' });
    const posted = (on: string, by = 'H15') =>
      exchange.state(by, { event: 'paper-posted', messageId, recipient: 'H15.01', item: 'RR1', day: on });
    const today = vietnamDay(exchange.now().getTime());
    expect(await posted(addDays(today, 1))).toBe('IN_THE_FUTURE');
    expect(await posted(today, 'H15.01')).toBe('NOT_YOURS');
    expect((await seenBy('H15', messageId)).paperPostedAt).toBeNull();
    expect(await posted(today)).toBeNull();
    expect(await seenBy('H15.01', messageId)).toMatchObject({ paperItem: 'RR1', paperDay: today });
    expect(await posted(addDays(today, -3))).toBeNull();
  });
});

describe('another hour of an express document', () => {
  const change = (messageId: string, expressAt: string, by = 'H15') =>
    exchange.state(by, { event: 'hour-changed', messageId, recipient: 'H15.01', expressAt });
  const timed = (minutes: number) =>
    exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express-timed', expressAt: later(minutes) });

  it('is counted back from; who has opened it is told nothing more', async () => {
    await exchange.advanceTo(mondayAt8(14));
    const [open, unopened] = [await timed(60), await timed(60)];
    await exchange.advanceTo(later(1));
    await exchange.state('H15.01', { event: 'opened', messageId: open });
    const hour = later(3 * 60);
    for (const id of [open, unopened]) expect(await change(id, hour)).toBeNull();
    expect(await seenBy('H15.01', unopened)).toMatchObject({
      expressAt: hour,
      hourChangedAt: exchange.now().toISOString(),
    });
    exchange.sms.sent.length = 0;
    await exchange.advanceTo(hour);
    const minutesBefore = exchange.sms.sent.map(({ at }) => Math.round((Date.parse(hour) - at.getTime()) / MINUTE));
    expect(minutesBefore).toEqual([25, 15]);
    expect((await seenBy('H15', unopened)).call).not.toBeNull();
    expect((await seenBy('H15', open)).call).toBeNull();
    await exchange.state('H15.01', { event: 'opened', messageId: unopened });
  });

  it('is refused when it is past, is no hour of the document, or is set by another', async () => {
    await exchange.advanceTo(mondayAt8(15));
    const id = await timed(60);
    expect(await change(id, later(-1))).toBe('IN_THE_PAST');
    expect(await change(id, later(90), 'H15.01')).toBe('NOT_YOURS');
    const plain = await exchange.accept({ from: 'H15', to: ['H15.01'], urgency: 'express' });
    expect(await change(plain, later(90))).toBe('NO_HOUR');
    await exchange.database.transaction(({ events }) =>
      events.append([
        { at: exchange.now(), event: 'returned', messageId: id, recipientCode: 'H15.01', statedBy: 'H15.01' },
      ]),
    );
    expect(await change(id, later(90))).toBe('FINISHED');
    await exchange.state('H15.01', { event: 'opened', messageId: plain });
  });
});

it('whatever is asked and answered in whatever order: one open question, one answer each, the last one granted holds', async () => {
  await exchange.advanceTo(mondayAt8(20));
  const step = fc.oneof(
    fc.record({ kind: fc.constant('ask' as const), days: fc.integer({ min: -2, max: 20 }) }),
    fc.record({
      kind: fc.constant('answer' as const),
      /** Which of the questions so far, or none. */
      which: fc.nat(4),
      granted: fc.boolean(),
      days: fc.integer({ min: -2, max: 20 }),
    }),
    fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 3 * DAY }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const start = exchange.now().toISOString();
      let due = endOf(day(start, 5));
      const id = await dueOn(day(start, 5));
      const asked: string[] = [];
      const answered = new Set<string>();
      for (const one of steps) {
        if (one.kind === 'wait') {
          await exchange.advanceTo(later(one.minutes));
          continue;
        }
        const until = later(one.days * DAY);
        const isPast = one.days <= 0;
        if (one.kind === 'ask') {
          const { id: question, refused } = await ask({ messageId: id, until });
          const waits = asked.some((each) => !answered.has(each));
          expect(refused).toBe(waits ? 'ALREADY_ASKED' : isPast ? 'IN_THE_PAST' : null);
          if (refused === null) asked.push(question);
          continue;
        }
        const question = asked[one.which] ?? randomUUID();
        const refused = await answer(id, question, until, one.granted);
        const known = asked.includes(question) ? (answered.has(question) ? 'ALREADY_ANSWERED' : null) : 'NOT_ASKED';
        expect(refused).toBe(known ?? (one.granted && isPast ? 'IN_THE_PAST' : null));
        if (refused !== null) continue;
        answered.add(question);
        if (one.granted) due = until;
      }
      const seen = await seenBy('H15', id);
      expect(seen.dueAt).toBe(due);
      expect(seen.extension?.id ?? null).toBe(asked.at(-1) ?? null);
      // Every reminder that was ever planned is of a deadline that held when it was sent.
      const { rows } = await exchange.pool.query<{ key: string; at: Date }>(
        "SELECT key, at FROM delivery_events WHERE message_id = $1 AND event = 'reminder-sent' ORDER BY at",
        [id],
      );
      for (const { key, at } of rows) {
        expect(key).toMatch(/^deadline@/);
        const of = Date.parse(key.slice('deadline@'.length, 'deadline@'.length + due.length));
        const { rows: granted } = await exchange.pool.query<{ until: string }>(
          `SELECT params->>'until' AS until FROM delivery_events WHERE message_id = $1 AND event = 'extension-answered'
             AND (params->>'granted')::boolean AND at <= $2 ORDER BY id DESC LIMIT 1`,
          [id, at],
        );
        expect(of).toBe(Date.parse(granted[0]?.until ?? endOf(day(start, 5))));
      }
      await exchange.database.transaction(({ events }) =>
        events.append([
          { at: exchange.now(), event: 'finished', messageId: id, recipientCode: 'H15.01', statedBy: 'H15.01' },
        ]),
      );
    }),
    { numRuns: 20 },
  );
});
