import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type OversightPeriod, oversightPeriod } from '#exchange/rules/oversight-period.ts';
import { type Database, openDatabase } from '#exchange/storage/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#exchange/storage/embedded-postgres.ts';
import type { AgencyFigures } from '#exchange/storage/oversight-store.ts';
import { exportEvents } from '#exchange/use-cases/export-events.ts';
import { importAgencies } from '#exchange/use-cases/import-agencies.ts';
import { reportPaperArrivals } from '#exchange/use-cases/report-paper-arrivals.ts';
import { readOverseen, readOversight, readSentDocuments } from '#exchange/use-cases/read-oversight.ts';
import { stopSupervising, supervise } from '#exchange/use-cases/supervise.ts';
import { PolicyBook } from '#exchange/use-cases/policy-book.ts';
import { type DeliveryEvent, eventsOfStatus } from '#shared/domain/delivery-events.ts';
import {
  NO_TIMES,
  type OverseenPlace,
  type OversightSelection,
  oversightSchema,
  type SentDocument,
} from '#shared/domain/oversight.ts';
import { addDays, vietnamInstant } from '#shared/domain/vn-date.ts';
import { DEFAULT_OFFICE_HOURS, workingMinutesBetween } from '#shared/domain/working-time.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import { deadlinesFromEvents, type EventLine, figuresFromEvents } from '#tests/support/oversight-oracle.ts';

const CODES = ['A', 'B', 'C', 'D', 'E'];
/** Vietnam is seven hours ahead: the day of 2 November begins at 17:00 UTC of the first. */
const MIDNIGHT = Date.parse('2026-11-01T17:00:00Z');
const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

let folder: string;
let postgres: EmbeddedPostgres;
let database: Database;
let pool: pg.Pool;
let policyId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'van-thu-oversight-'));
  postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
  database = openDatabase(postgres.connection, () => undefined);
  await database.migrate();
  pool = new pg.Pool(postgres.connection);
  await importAgencies(database, [
    ...CODES.map((code) => ({ code, name: code, parentCode: code === 'A' ? null : code === 'E' ? 'D' : 'A' })),
    { code: 'GONE', name: 'Đã sáp nhập', validTo: '2026-10-31' },
  ]);
  policyId = (await (await PolicyBook.open(database)).of('A')).id;
});
afterAll(async () => {
  await pool.end();
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(empty);

async function empty(): Promise<void> {
  await pool.query('ALTER TABLE delivery_events DISABLE TRIGGER USER');
  await pool.query('TRUNCATE paper_arrivals, document_deliveries, documents, messages, delivery_events CASCADE');
  await pool.query('ALTER TABLE delivery_events ENABLE TRIGGER USER');
}

interface Sent {
  readonly sender: string;
  readonly to: readonly string[];
  readonly documentId?: string;
  readonly at: number;
  readonly urgency?: Urgency;
  readonly expressAt?: number | null;
  readonly limit?: number | null;
  readonly dueAt?: number | null;
  readonly paper?: boolean | null;
}

/** A document is accepted at a time. Returns the id of its message. */
async function send({ sender, to, at, urgency = 'normal', ...rest }: Sent): Promise<string> {
  const id = randomUUID();
  const { documentId = id, expressAt = null, limit = null, dueAt = null, paper = null } = rest;
  await database.transaction(async ({ acceptance }) => {
    const taken = await acceptance.takeNumbers(id, sender, to);
    const file = { sha256: '0'.repeat(64), size: 1 };
    await acceptance.keep(
      {
        id,
        senderCode: sender,
        kind: 'document',
        documentId,
        urgency,
        file,
        document: {
          code: '1/UBND',
          typeName: 'Công văn',
          paper,
          expressAt: expressAt === null ? null : new Date(expressAt),
          dueAt: dueAt === null ? null : new Date(dueAt),
          expressLimitMinutes: limit,
          policyId,
          hasSteps: false,
        },
      },
      { messageId: id, sha256: file.sha256, acceptedAt: new Date(at).toISOString(), recipients: [], proof: 'x' },
      { ...taken, at: new Date(at) },
    );
  });
  return id;
}

async function happens(
  messageId: string,
  recipientCode: string,
  events: readonly DeliveryEvent[],
  at: number,
  more: { readonly key?: string; readonly params?: Record<string, string | boolean> } = {},
): Promise<void> {
  const stated = { at: new Date(at), messageId, recipientCode, statedBy: recipientCode, ...more };
  await database.events.append(events.map((event) => ({ ...stated, event })));
}

function period(from: string, to: string): OversightPeriod {
  const made = oversightPeriod(from, to);
  if (made === null) throw new Error('no period');
  return made;
}

async function figures(from = '2026-11-02', to = '2026-11-03', under: string | null = null): Promise<AgencyFigures[]> {
  return database.transaction(({ oversight }) => oversight.figures(period(from, to), under));
}

async function exported(from = '2026-11-02', to = '2026-11-03'): Promise<EventLine[]> {
  let text = '';
  await exportEvents(database, period(from, to), async (lines) => void (text += lines));
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as EventLine);
}

async function of(code: string, from?: string, to?: string): Promise<AgencyFigures | undefined> {
  return (await figures(from, to)).find((agency) => agency.code === code);
}

it('counts a delivery to the day in Vietnam on which it became available, up to the last millisecond', async () => {
  await send({ sender: 'A', to: ['B'], at: MIDNIGHT - 1 });
  await send({ sender: 'A', to: ['B'], at: MIDNIGHT });
  await send({ sender: 'A', to: ['B'], at: MIDNIGHT + DAY_MS - 1 });
  await send({ sender: 'A', to: ['B'], at: MIDNIGHT + DAY_MS });
  expect(await of('B')).toMatchObject({ received: 2 });
  expect(await of('A')).toMatchObject({ sent: 2 });
  expect(await of('B', '2026-11-01', '2026-11-02')).toMatchObject({ received: 1 });
  expect(await exported()).toHaveLength(4);
});

it('takes median and p90 by nearest rank over the opened ones, in minutes with decimals', async () => {
  for (const after of [1, 2.5, 4, 100]) {
    const id = await send({ sender: 'A', to: ['B'], at: MIDNIGHT });
    await happens(id, 'B', ['fetched', 'opened'], MIDNIGHT + after * MINUTE_MS);
  }
  await send({ sender: 'A', to: ['B'], at: MIDNIGHT });
  expect(await of('B')).toMatchObject({ received: 5, opened: 4, openedMedianMinutes: 2.5, openedP90Minutes: 100 });
  expect(await of('C')).toMatchObject({ received: 0, opened: 0, openedMedianMinutes: null, openedP90Minutes: null });
});

it('calls an express one late when it was not opened in its limit, or not before its hour as changed last', async () => {
  const hour = MIDNIGHT + 10 * 3_600_000;
  const express = { sender: 'A', to: ['B'], at: MIDNIGHT, urgency: 'express', limit: 15 } as const;
  const timed = { ...express, urgency: 'express-timed', expressAt: hour } as const;
  const openedAt = async (sent: Sent, after: number): Promise<string> => {
    const id = await send(sent);
    await happens(id, 'B', ['fetched', 'opened'], after);
    return id;
  };
  await openedAt(express, MIDNIGHT + 15 * MINUTE_MS);
  expect(await of('B')).toMatchObject({ expressReceived: 1, expressOpenedLate: 0 });
  await openedAt(express, MIDNIGHT + 15 * MINUTE_MS + 1);
  expect(await of('B')).toMatchObject({ expressReceived: 2, expressOpenedLate: 1 });
  await send(express);
  expect(await of('B')).toMatchObject({ expressReceived: 3, expressOpenedLate: 2, unreachable: 1 });
  // Long after its limit, but before its hour.
  await openedAt(timed, hour - 1);
  expect(await of('B')).toMatchObject({ expressReceived: 4, expressOpenedLate: 2 });
  const late = await openedAt(timed, hour);
  expect(await of('B')).toMatchObject({ expressReceived: 5, expressOpenedLate: 3 });
  await happens(late, 'B', ['hour-changed'], hour, {
    key: randomUUID(),
    params: { expressAt: new Date(hour + 1).toISOString() },
  });
  expect(await of('B')).toMatchObject({ expressReceived: 5, expressOpenedLate: 2 });
});

it('counts a document once however often it was sent, and says which went without paper', async () => {
  await send({ sender: 'A', to: ['B', 'C'], at: MIDNIGHT, documentId: 'one', paper: false });
  await send({ sender: 'A', to: ['D'], at: MIDNIGHT + 1, documentId: 'one', paper: true });
  await send({ sender: 'A', to: ['B'], at: MIDNIGHT + 2, documentId: 'two', paper: false });
  await send({ sender: 'A', to: ['B'], at: MIDNIGHT + 3, documentId: 'three', paper: null });
  await send({ sender: 'B', to: ['A'], at: MIDNIGHT + 3, documentId: 'three', paper: true });
  expect(await of('A')).toMatchObject({ sent: 3, withoutPaper: 2, received: 1 });
  expect(await of('B')).toMatchObject({ sent: 1, withoutPaper: 0, received: 3 });
});

it('counts what came on paper alone to its sender, once a document, and believes an unknown sender not at all', async () => {
  const arrival = { senderCode: 'C', code: '12/BC-UBND', day: '2026-11-02' };
  const report = (by: string, ...arrivals: (typeof arrival)[]): Promise<readonly unknown[]> =>
    database.oversight.addPaperArrivals(
      by,
      arrivals.map((one) => ({ withdrawn: false, ...one })),
      new Date(),
    );
  const unknown = { ...arrival, senderCode: 'NOBODY' };
  expect(await report('A', arrival, unknown)).toEqual([arrival]);
  await report('A', arrival);
  await report('B', arrival);
  await report('B', { ...arrival, code: '13/BC-UBND' }, { ...arrival, code: '14/BC-UBND', day: '2026-11-03' });
  expect(await of('C')).toMatchObject({ paperOnly: 2 });
  const lines = await exported();
  expect(lines.map(({ event, documentId, recipient }) => [event, documentId, recipient])).toEqual([
    ['paper-only-arrived', '12/BC-UBND', 'A'],
    ['paper-only-arrived', '12/BC-UBND', 'B'],
    ['paper-only-arrived', '13/BC-UBND', 'B'],
  ]);
  expect(figuresFromEvents(lines, CODES)).toEqual(await figures());
});

it('believes of no document on paper that it comes on a day to come', async () => {
  const arrival = { senderCode: 'c', code: '12/BC-UBND', day: '2026-11-03', withdrawn: false };
  // 23:59:59 of 2 November in Vietnam, and a second later.
  const report = (at: number) => reportPaperArrivals(database, 'A', [arrival], new Date(at));
  expect(await report(MIDNIGHT + DAY_MS - 1_000)).toEqual([0]);
  expect(await of('C', '2026-11-03', '2026-11-04')).toMatchObject({ paperOnly: 0 });
  expect(await report(MIDNIGHT + DAY_MS)).toEqual([]);
  expect(await of('C', '2026-11-03', '2026-11-04')).toMatchObject({ paperOnly: 1 });
});

it('names every agency that is open, also without anything, and those below one when asked so', async () => {
  expect((await figures()).map(({ code }) => code)).toEqual(CODES);
  expect((await figures('2026-11-02', '2026-11-03', 'D')).map(({ code }) => code)).toEqual(['D', 'E']);
  expect((await figures('2026-10-31', '2026-11-01')).map(({ code }) => code)).toEqual([...CODES, 'GONE']);
});

it('tells a supervising agency how those below it open, in office hours, beside the period before', async () => {
  await supervise(database, 'a', 'd');
  const now = new Date(MIDNIGHT + 3 * DAY_MS);
  // Friday 30 October, 16:30 in Vietnam, opened on Monday at 08:00: an hour of office hours later.
  const friday = Date.parse('2026-10-30T09:30:00Z');
  const overWeekend = await send({ sender: 'A', to: ['D', 'B'], at: friday, urgency: 'very-urgent' });
  await happens(overWeekend, 'D', ['fetched', 'opened'], Date.parse('2026-11-02T01:00:00Z'));
  const monday = Date.parse('2026-11-02T01:00:00Z');
  const slow = await send({ sender: 'A', to: ['E', 'D'], at: monday, urgency: 'very-urgent' });
  await happens(slow, 'E', ['fetched', 'opened'], monday + 61 * MINUTE_MS);
  const express = await send({ sender: 'A', to: ['E'], at: monday + 1, urgency: 'express', limit: 15 });
  await happens(express, 'E', ['fetched', 'opened'], monday + 15 * MINUTE_MS);

  const answer = await readOversight(database, 'A', { from: '2026-11-01', to: '2026-11-03' }, now);
  expect(oversightSchema.parse(answer)).toEqual(answer);
  expect(answer.agencies.map(({ code }) => code)).toEqual(['D', 'E']);
  const [d, e] = answer.agencies;
  expect(d).toMatchObject({
    received: 1,
    opened: 0,
    onTime: 0,
    unreachable: 1,
    isUnreachable: true,
    lastContactAt: null,
  });
  expect(e).toMatchObject({
    received: 2,
    onTime: 1,
    isUnreachable: false,
  });
  expect(e?.after.opened.medianWorking).toBeCloseTo(15 - 1 / 60_000, 8);
  expect(e?.after.opened.p90Working).toBe(61);
  expect(answer.totals).toMatchObject({ received: 3, opened: 2, onTime: 1, expressReceived: 1, expressOpenedLate: 0 });
  expect(answer.before).toMatchObject({
    received: 1,
    onTime: 1,
    after: { opened: { medianWorking: 60, median: 3_810, p90: 3_810 } },
  });
  expect(answer.openedWithin).toEqual([0, 0, 0, 0, 1, 0, 0].map((n, place) => (place === 1 ? 1 : n)));
  expect(answer.urgencies).toContainEqual({ urgency: 'very-urgent', received: 2, onTime: 0 });
  expect(answer.weeks.slice(-2)).toEqual([
    { day: '2026-10-26', received: 1, onTime: 1 },
    { day: '2026-11-02', received: 3, onTime: 1 },
  ]);
});

it('judges finishing by the deadline in force, a granted one included, and opening by the urgency alone', async () => {
  await supervise(database, 'A', 'A');
  const now = MIDNIGHT + 10 * DAY_MS;
  const dueAt = MIDNIGHT + 2 * DAY_MS;
  const due = { sender: 'A', to: ['B'], at: MIDNIGHT, dueAt } as const;
  const finishedAt = async (at: number | null, sent: Sent = due): Promise<string> => {
    const id = await send(sent);
    if (at !== null) await happens(id, 'B', ['fetched', 'opened', 'finished'], at);
    return id;
  };
  const grant = (id: string, until: number, granted = true) =>
    happens(id, 'B', ['extension-answered'], MIDNIGHT + 1, {
      key: randomUUID(),
      params: { question: randomUUID(), until: new Date(until).toISOString(), granted },
    });
  const answer = () => readOversight(database, 'A', { from: '2026-11-02', to: '2026-11-03' }, new Date(now));
  const counted = async () => {
    const { agencies, totals } = await answer();
    const b = agencies.find(({ code }) => code === 'B');
    expect([b?.due, b?.finishedInTime]).toEqual([totals.due, totals.finishedInTime]);
    return [b?.due, b?.finishedInTime];
  };
  await finishedAt(dueAt);
  expect(await counted()).toEqual([1, 1]);
  const late = await finishedAt(dueAt + 1);
  expect(await counted()).toEqual([2, 1]);
  const { urgencies } = await answer();
  await grant(late, dueAt + DAY_MS, false);
  expect(await counted()).toEqual([2, 1]);
  await grant(late, dueAt + 1);
  expect(await counted()).toEqual([2, 2]);
  // It was opened as late as before.
  expect((await answer()).urgencies).toEqual(urgencies);
  // Not finished: counts once its deadline is over, which a longer time puts off.
  const open = await finishedAt(null);
  expect(await counted()).toEqual([3, 2]);
  const overdue = await readOverseen(
    database,
    'A',
    { from: '2026-11-02', to: '2026-11-03', agency: 'B', which: 'overdue', before: null, limit: 10 },
    new Date(now),
  );
  expect(overdue.deliveries).toMatchObject([{ messageId: open, dueAt: new Date(dueAt).toISOString() }]);
  await grant(open, now);
  expect(await counted()).toEqual([2, 2]);
  // Nobody waits for one without a deadline, sent back or recalled.
  await finishedAt(null, { ...due, dueAt: null });
  await happens(await finishedAt(null), 'B', ['returned'], MIDNIGHT + 1);
  await happens(await finishedAt(null), 'B', ['recalled'], MIDNIGHT + 1);
  expect(await counted()).toEqual([2, 2]);
});

it('does not count as finished what its recipient took back, until it says so again', async () => {
  const id = await send({ sender: 'A', to: ['B'], at: MIDNIGHT, dueAt: MIDNIGHT + DAY_MS });
  const agree = async (finished: number, inTime: readonly [number, number]) => {
    expect(await of('B')).toMatchObject({ finished });
    const lines = await exported();
    expect(figuresFromEvents(lines, CODES)).toEqual(await figures());
    expect(deadlinesFromEvents(lines, MIDNIGHT + 3 * DAY_MS)).toEqual({ B: inTime });
  };
  await happens(id, 'B', ['fetched', 'opened', 'finished'], MIDNIGHT + 1);
  await agree(1, [1, 1]);
  await happens(id, 'B', ['reopened'], MIDNIGHT + 2, { key: randomUUID() });
  await agree(0, [1, 0]);
  await happens(id, 'B', ['finished'], MIDNIGHT + 2 * DAY_MS, { key: randomUUID() });
  await agree(1, [1, 0]);
});

it('tells how long registering and finishing took, in minutes and in office hours, of those where it happened', async () => {
  await supervise(database, 'A', 'A');
  const monday = Date.parse('2026-11-02T01:00:00Z');
  for (const days of [0, 1, 2, 3]) {
    const id = await send({ sender: 'A', to: ['B'], at: monday });
    await happens(id, 'B', ['fetched', 'opened'], monday + MINUTE_MS);
    // Each a day later than the one before, at half past eight: 480 minutes of office hours make no day of 1440.
    await happens(id, 'B', ['registered'], monday + days * DAY_MS + 30 * MINUTE_MS);
    if (days < 2) await happens(id, 'B', ['finished'], monday + days * DAY_MS + 60 * MINUTE_MS);
  }
  await send({ sender: 'A', to: ['B'], at: monday });
  const answer = await readOversight(
    database,
    'A',
    { from: '2026-11-02', to: '2026-11-03' },
    new Date(monday + 9 * DAY_MS),
  );
  const calendar = await database.duty.calendar();
  const working = (after: number) => workingMinutesBetween(monday, monday + after, DEFAULT_OFFICE_HOURS, calendar);
  const b = answer.agencies.find(({ code }) => code === 'B');
  const expected = {
    opened: { median: 1, p90: 1, medianWorking: 1, p90Working: 1 },
    registered: {
      median: 1470,
      p90: 4350,
      medianWorking: working(DAY_MS + 30 * MINUTE_MS),
      p90Working: working(3 * DAY_MS + 30 * MINUTE_MS),
    },
    finished: { median: 60, p90: 1500, medianWorking: 60, p90Working: working(DAY_MS + 60 * MINUTE_MS) },
  };
  expect(b?.after).toEqual(expected);
  expect(answer.totals).toMatchObject({ registered: 4, finished: 2, after: expected });
  expect(answer.agencies.find(({ code }) => code === 'C')?.after.registered).toEqual(NO_TIMES);
});

it('shows what an agency sent, without paper or on paper alone, as often as the figures count it', async () => {
  await supervise(database, 'A', 'B');
  await send({ sender: 'B', to: ['C', 'D'], at: MIDNIGHT, documentId: 'one', paper: false });
  await send({ sender: 'B', to: ['E'], at: MIDNIGHT + 1, documentId: 'one', paper: true });
  for (const n of [2, 3, 4])
    await send({ sender: 'B', to: ['C'], at: MIDNIGHT + n, documentId: `d${n}`, paper: false });
  await send({ sender: 'B', to: ['C'], at: MIDNIGHT + DAY_MS, documentId: 'later' });
  const onPaper = { senderCode: 'B', code: '12/BC', day: '2026-11-02', withdrawn: false };
  // It came through the exchange after all.
  const withdrawn = { ...onPaper, code: '13/BC' };
  await database.oversight.addPaperArrivals('C', [onPaper, withdrawn], new Date());
  await database.oversight.addPaperArrivals('C', [{ ...withdrawn, withdrawn: true }], new Date());
  await database.oversight.addPaperArrivals('D', [onPaper], new Date());
  const asked = { from: '2026-11-02', to: '2026-11-03', agency: 'b', limit: 2 } as const;
  const all = async (which: 'sent' | 'without-paper' | 'paper-only') => {
    const found: SentDocument[] = [];
    for (let before: { at: string; key: string } | null = null; ;) {
      const { documents, more } = await readSentDocuments(database, 'A', { ...asked, which, before });
      found.push(...documents);
      const last = documents.at(-1);
      if (!more || last === undefined) return found;
      before = last;
    }
  };
  expect((await all('sent')).map(({ key }) => key)).toEqual(['d4', 'd3', 'd2', 'one']);
  expect((await all('sent')).at(-1)).toMatchObject({ recipients: ['C', 'D', 'E'], at: '2026-11-01T17:00:00.000Z' });
  expect((await all('without-paper')).map(({ key }) => key)).toEqual(['d4', 'd3', 'd2']);
  expect(await all('paper-only')).toEqual([
    { key: '12/BC', code: '12/BC', at: '2026-11-01T17:00:00.000Z', recipients: ['C', 'D'] },
  ]);
  expect(await of('B')).toMatchObject({ sent: 4, withoutPaper: 3, paperOnly: 1 });
  const others = { ...asked, agency: 'C', which: 'sent', before: null } as const;
  await expect(readSentDocuments(database, 'A', others)).rejects.toMatchObject({ code: 'NOT_SUPERVISING' });
});

it('counts minutes of office hours as the rules of working time do, holidays included', async () => {
  await database.oversight.supervise('A', null);
  const calendar = await database.duty.calendar();
  const holiday = calendar.find(({ kind }) => kind === 'off')?.date ?? '';
  const from = addDays(holiday, -3);
  const start = Date.parse(vietnamInstant(from, '00:00'));
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 6 * DAY_MS }),
      fc.integer({ min: 0, max: 9 * DAY_MS }),
      async (at, takes) => {
        await empty();
        const id = await send({ sender: 'A', to: ['B'], at: start + at });
        await happens(id, 'B', ['fetched', 'opened'], start + at + takes);
        const days = { from, to: addDays(from, 7) };
        const answer = await readOversight(database, 'A', days, new Date(start + 20 * DAY_MS));
        const expected = workingMinutesBetween(start + at, start + at + takes, DEFAULT_OFFICE_HOURS, calendar);
        expect(answer.totals.after.opened.medianWorking).toBeCloseTo(expected, 5);
      },
    ),
    { numRuns: 40 },
  );
});

it('shows the late and the unopened ones behind a figure, page by page, and only of agencies that are supervised', async () => {
  await supervise(database, 'A', 'D');
  const now = new Date(MIDNIGHT + 3 * DAY_MS);
  const ids: string[] = [];
  for (let n = 0; n < 5; n += 1) ids.push(await send({ sender: 'A', to: ['E', 'B'], at: MIDNIGHT + (n >> 1) }));
  await happens(ids[0] ?? '', 'E', ['fetched', 'opened'], MIDNIGHT + 3_600_000);
  await happens(ids[1] ?? '', 'E', ['fetched', 'opened'], MIDNIGHT + 2 * DAY_MS);
  const asked = { from: '2026-11-02', to: '2026-11-03', agency: 'e', limit: 2 } as const;
  const all = async (which: OversightSelection, agency: string | null = 'e'): Promise<string[]> => {
    const found: string[] = [];
    for (let before: OverseenPlace | null = null; ;) {
      const { deliveries, more } = await readOverseen(database, 'A', { ...asked, agency, which, before }, now);
      found.push(...deliveries.map(({ messageId }) => messageId));
      const last = deliveries.at(-1);
      if (!more || last === undefined) return found;
      before = last;
    }
  };
  expect((await all('unopened')).toSorted()).toEqual(ids.slice(2).toSorted());
  expect((await all('late')).toSorted()).toEqual(ids.slice(1).toSorted());
  expect((await all('unreached')).toSorted()).toEqual(ids.slice(2).toSorted());
  expect(await all('express-late')).toEqual([]);
  const toD = await send({ sender: 'A', to: ['D', 'E'], at: MIDNIGHT, urgency: 'express', limit: 15 });
  // Both recipients of one message, and nobody whom the office does not supervise.
  expect((await all('all', null)).toSorted()).toEqual([...ids, toD, toD].toSorted());
  expect(await all('express-late')).toEqual([toD]);
  const late = { ...asked, which: 'late', before: null } as const;
  await expect(readOverseen(database, 'A', { ...late, agency: 'B' }, now)).rejects.toMatchObject({
    code: 'NOT_SUPERVISING',
  });
  await expect(readOverseen(database, 'B', late, now)).rejects.toMatchObject({ code: 'NOT_SUPERVISING' });
  await expect(readOversight(database, 'B', asked, now)).rejects.toMatchObject({ code: 'NOT_SUPERVISING' });
  const backwards = { from: '2026-11-03', to: '2026-11-02' };
  await expect(readOversight(database, 'A', backwards, now)).rejects.toMatchObject({ code: 'PERIOD_INVALID' });
  await stopSupervising(database, 'A');
  await expect(readOversight(database, 'A', asked, now)).rejects.toMatchObject({ code: 'NOT_SUPERVISING' });
  await expect(supervise(database, 'NOBODY', null)).rejects.toThrow('no agency NOBODY');
});

it('reads a period in pieces without leaving out or doubling an event', async () => {
  // More than are read at once, all of one millisecond.
  await pool.query(
    `INSERT INTO messages (id, sender_code, kind, document_id, urgency, sha256, size, accepted_at)
     SELECT gen_random_uuid(), 'A', 'document', n, 'normal', repeat('a', 64), 1, $1::timestamptz FROM generate_series(1, 1500) n`,
    [new Date(MIDNIGHT)],
  );
  await pool.query(
    `WITH d AS (
       INSERT INTO documents (message_id, sender_code, document_id, code, type_name, urgency, accepted_at)
       SELECT id, 'A', document_id, '', '', 'normal', accepted_at FROM messages RETURNING message_id, accepted_at
     ), b AS (
       INSERT INTO document_deliveries (message_id, recipient_code, sender_code, urgency, available_at)
       SELECT message_id, r, 'A', 'normal', accepted_at FROM d, unnest('{B,C,D}'::text[]) r
       RETURNING message_id, recipient_code, available_at
     )
     INSERT INTO delivery_events (at, event, message_id, recipient_code)
     SELECT available_at, 'available', message_id, recipient_code FROM b`,
  );
  const lines = await exported();
  expect(lines).toHaveLength(4_500);
  expect(new Set(lines.map(({ messageId, recipient }) => `${messageId} ${recipient}`)).size).toBe(4_500);
});

it('agrees with what the exported events say, whatever happened', async () => {
  const minutes = (max: number) => fc.integer({ min: 0, max: max * MINUTE_MS });
  const code = fc.constantFrom(...CODES);
  const status = fc.record({ code: fc.constantFrom('01', '02', '03', '04', '05', '06', '99'), after: minutes(9_000) });
  const sentDocument = fc.record({
    sender: code,
    to: fc.uniqueArray(code, { minLength: 1, maxLength: 4 }),
    documentId: fc.constantFrom('x', 'y', 'z', 'u', 'v'),
    // Around midnight as often as elsewhere.
    at: fc.oneof(
      fc.integer({ min: -2, max: 2 }).map((ms) => MIDNIGHT + ms),
      fc.integer({ min: -2, max: 2 }).map((ms) => MIDNIGHT + DAY_MS + ms),
      minutes(3 * 1440).map((ms) => MIDNIGHT - DAY_MS + ms),
    ),
    urgency: fc.constantFrom<Urgency>('normal', 'urgent', 'express', 'express-timed'),
    hour: fc.option(minutes(600)),
    limit: fc.option(fc.integer({ min: 1, max: 120 })),
    paper: fc.constantFrom(true, false, null),
    opened: fc.array(fc.option(fc.oneof(minutes(240), minutes(40_000))), { minLength: 4, maxLength: 4 }),
    statuses: fc.array(status, { maxLength: 3 }),
    changedHour: fc.option(minutes(900)),
    due: fc.option(minutes(9_000)),
    granted: fc.option(minutes(18_000)),
    // Finishing is taken back, and perhaps done again.
    reopened: fc.option(fc.record({ after: minutes(9_000), again: fc.option(minutes(9_000)) })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(sentDocument, { minLength: 1, maxLength: 25 }), async (documents) => {
      await empty();
      for (const { at, hour, opened, statuses, changedHour, due, granted, reopened, ...sent } of documents) {
        const express = sent.urgency.startsWith('express');
        const timed = sent.urgency === 'express-timed' && hour !== null;
        const id = await send({
          ...sent,
          at,
          limit: express ? sent.limit : null,
          expressAt: timed ? at + hour : null,
          dueAt: due === null ? null : at + due,
        });
        for (const [place, recipient] of sent.to.entries()) {
          // A status may come before anybody said that it was opened.
          for (const { code: statusCode, after } of statuses.slice(place)) {
            await happens(id, recipient, eventsOfStatus(statusCode), at + after);
          }
          const after = opened[place] ?? null;
          if (after !== null) await happens(id, recipient, ['fetched', 'opened'], at + after);
          if (reopened !== null && statuses.slice(place).some((one) => one.code === '06')) {
            await happens(id, recipient, ['reopened'], at + reopened.after, { key: randomUUID() });
            const { again } = reopened;
            if (again !== null) await happens(id, recipient, ['finished'], at + again, { key: randomUUID() });
          }
          if (timed && changedHour !== null) {
            const params = { expressAt: new Date(at + changedHour).toISOString() };
            await happens(id, recipient, ['hour-changed'], at + 1, { key: randomUUID(), params });
          }
          if (due !== null && granted !== null && place === 0) {
            const params = { granted: true, until: new Date(at + granted).toISOString() };
            await happens(id, recipient, ['extension-answered'], at + 1, { key: randomUUID(), params });
          }
        }
      }
      const [lines, ours] = [await exported(), await figures()];
      expect(ours).toEqual(figuresFromEvents(lines, CODES));
      const now = MIDNIGHT + 5 * DAY_MS;
      const deadlines = await database.transaction(({ oversightDetails }) =>
        oversightDetails.deadlines({ period: period('2026-11-02', '2026-11-03'), under: null }, new Date(now)),
      );
      const counted = Object.fromEntries(deadlines.map((one) => [one.code, [one.due, one.inTime]]));
      expect(counted).toEqual(deadlinesFromEvents(lines, now));
    }),
    { numRuns: 25 },
  );
});
