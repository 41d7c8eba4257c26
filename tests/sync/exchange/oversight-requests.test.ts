import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { addDays, vietnamDay } from '#shared/domain/vn-date.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { fullDocument, organ } from '#tests/unit/edxml/sample-messages.ts';
import { askByHand, codeOf, expectOk, type Office, openOffice } from './office.ts';

let exchange: TestExchange;
let supervisor: Office;
let clerk: Office;
const today = vietnamDay(Date.now());
const period = { from: addDays(today, -1), to: addDays(today, 2) };

beforeAll(async () => {
  exchange = await startTestExchange();
  await exchange.addAgencies(['P', 'Q'].map((code) => ({ code, name: `Cơ quan ${code}` })));
  supervisor = await openOffice(exchange, 'P');
  clerk = await openOffice(exchange, 'Q');
});
afterAll(() => exchange.stop());

it('shows figures only to an office that the administrator made supervising', async () => {
  expect(expectOk(await supervisor.client.supervision())).toMatchObject({ supervises: false });
  expect(await supervisor.client.oversight(period)).toMatchObject({ kind: 'refused', code: 'NOT_SUPERVISING' });
  await exchange.database.query(`INSERT INTO supervising_agencies (agency_code) VALUES ('P')`);
  expect(expectOk(await supervisor.client.supervision())).toMatchObject({ supervises: true });
  expect(expectOk(await clerk.client.supervision())).toMatchObject({ supervises: false });

  const newLetter = writeEdxmlDocument({ ...fullDocument, from: organ('Q'), to: [organ('P')], business: null });
  expectOk(await clerk.client.putMessage(randomUUID(), sourceOf(newLetter)));
  const { agencies, totals } = expectOk(await supervisor.client.oversight(period));
  expect(agencies.find(({ code }) => code === 'P')).toMatchObject({ received: 1, opened: 0 });
  expect(agencies.find(({ code }) => code === 'Q')).toMatchObject({ sent: 1, received: 0 });
  expect(totals).toMatchObject({ received: 1, sent: 1 });
  const asked = { ...period, agency: 'P', which: 'unopened', after: null } as const;
  const { deliveries, more } = expectOk(await supervisor.client.overseen(asked));
  expect(deliveries).toMatchObject([{ sender: 'Q', openedAt: null }]);
  expect(more).toBe(false);
  const last = deliveries.at(-1) ?? null;
  expect(expectOk(await supervisor.client.overseen({ ...asked, after: last })).deliveries).toEqual([]);
  const sent = { ...period, agency: 'Q', which: 'sent', after: null } as const;
  const { documents } = expectOk(await supervisor.client.sentDocuments(sent));
  expect(documents).toMatchObject([{ recipients: ['P'] }]);
  const after = documents.at(-1) ?? null;
  expect(expectOk(await supervisor.client.sentDocuments({ ...sent, after })).documents).toEqual([]);
  expect(await clerk.client.sentDocuments(sent)).toMatchObject({ kind: 'refused', code: 'NOT_SUPERVISING' });
  expect(await clerk.client.overseen(asked)).toMatchObject({ kind: 'refused', code: 'NOT_SUPERVISING' });
  expect(await supervisor.client.oversight({ from: period.to, to: period.from })).toMatchObject({
    kind: 'refused',
    code: 'PERIOD_INVALID',
  });
});

it('takes from an office what came to it on paper alone, and tells which of it counts for nobody', async () => {
  const report = (arrivals: readonly object[]): Promise<Response> =>
    askByHand(clerk, '/v1/paper-arrivals', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ arrivals })),
    });
  const arrival = { senderCode: 'p', code: '12/BC-UBND', day: today };
  const arrivals = [arrival, { ...arrival, senderCode: 'X' }, { ...arrival, day: addDays(today, 2) }];
  for (const answer of [await report(arrivals), await report(arrivals)]) {
    expect(await answer.json()).toEqual({ unknown: [1, 2] });
  }
  const { agencies } = expectOk(await supervisor.client.oversight(period));
  expect(agencies.find(({ code }) => code === 'P')).toMatchObject({ paperOnly: 1 });
  const { rows } = await exchange.database.query('SELECT recipient_code, sender_code FROM paper_arrivals');
  expect(rows).toEqual([{ recipient_code: 'Q', sender_code: 'P' }]);
  expect(await codeOf(await report([{ ...arrival, code: ' ' }]))).toBe('REQUEST_INVALID');
});
