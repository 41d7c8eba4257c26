import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Rota } from '#shared/domain/rota.ts';
import { writeEdxmlDocument } from '#shared/edxml/write-edxml.ts';
import { TEST_TEXT } from '#shared/domain/test-notice.ts';
import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { freePorts } from '#tests/support/free-port.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import { answerJson, type LocalProvider, startLocalProvider } from '#tests/support/local-provider.ts';
import { askByHand, expectOk, openOffice, status, type Office } from '#tests/sync/exchange/office.ts';
import { fullDocument, organ } from '#tests/unit/edxml/sample-messages.ts';

const rota: Rota = {
  officers: [
    {
      id: 'truc',
      name: 'Phạm Thị Hòa',
      title: 'Văn thư',
      phone: '+84900000418',
      phoneVerifiedAt: '2026-01-01T00:00:00.000Z',
      email: null,
    },
  ],
  shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '07:00', to: '07:00', officerId: 'truc' })),
  substitutions: [],
  headOfOffice: null,
  headSubstitutions: [],
  officePhone: '+842573000142',
  officeContact: 'Văn thư',
};

let folder: string;
let exchange: TestExchange;
let provider: LocalProvider;
let sender: Office;
let recipient: Office;

interface ProviderSms {
  readonly Phone: string;
  readonly Content: string;
  readonly RequestId: string;
  readonly CallbackUrl: string;
}
const messages = (): ProviderSms[] => provider.requests.map(({ body }) => JSON.parse(body) as ProviderSms);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'van-thu-notices-'));
  provider = await startLocalProvider((_request, response) =>
    answerJson(response, { CodeResult: '100', SMSID: randomUUID() }),
  );
  const [port = 0] = await freePorts(1);
  await writeFile(join(folder, 'secret'), 'a secret of this test');
  const config = {
    callbackUrl: `http://127.0.0.1:${port}/v1/reports`,
    reportSecret: { file: 'secret' },
    brandname: 'UBND TINH',
    sms: [
      { type: 'http', name: 'gate', url: provider.origin, apiKey: { file: 'secret' }, secretKey: { file: 'secret' } },
    ],
  };
  await writeFile(join(folder, 'notices.json'), JSON.stringify(config));
  exchange = await startTestExchange({ port, args: ['--notices', join(folder, 'notices.json')] });
  await exchange.addAgencies([
    { code: 'H15', name: 'Ủy ban nhân dân tỉnh' },
    { code: 'H15.01', name: 'Sở Nội vụ' },
    { code: 'H15.02', name: 'Sở Y tế' },
  ]);
  sender = await openOffice(exchange, 'H15');
  recipient = await openOffice(exchange, 'H15.01');
  await exchange.database.query(
    `INSERT INTO duty_rotas (agency_code, version, body, changed_at, changed_by) VALUES ('H15.01', 1, $1, now(), $2)`,
    [JSON.stringify(rota), recipient.connection.workstationId],
  );
});
afterAll(async () => {
  await exchange.stop();
  await provider.stop();
  await rm(folder, { recursive: true, force: true });
});

async function asked(office: Office, method: 'GET' | 'POST', target: string, body?: object): Promise<unknown> {
  const answer = await askByHand(office, target, {
    method,
    ...(body === undefined
      ? {}
      : { body: Buffer.from(JSON.stringify(body)), headers: { 'content-type': 'application/json' } }),
  });
  return answer.json();
}

async function watched(office: Office, messageId: string, to = 'H15.01'): Promise<WatchedDelivery | undefined> {
  const page = (await asked(office, 'GET', '/v1/watch?limit=200')) as { deliveries: WatchedDelivery[] };
  return page.deliveries.find((one) => one.messageId === messageId && one.recipient === to);
}

async function send(code: string, to: readonly string[] = ['H15.01'], priority = 3): Promise<string> {
  const id = randomUUID();
  const edxml = writeEdxmlDocument({
    ...fullDocument,
    from: organ('H15'),
    to: to.map((one) => organ(one)),
    codeNumber: code,
    documentId: `H15,2026/11/28,${code}/CĐ-UBND`,
    otherInfo: { ...fullDocument.otherInfo, priority },
    timing: null,
    business: fullDocument.business === null ? null : { ...fullDocument.business, docType: 0 },
    attachments: [],
  });
  expectOk(await sender.client.putMessage(id, sourceOf(edxml)));
  return id;
}

const state = async (office: Office, statement: object): Promise<(string | null)[]> => {
  const full = { id: randomUUID(), at: new Date().toISOString(), person: 'H’Linh Êban', ...statement };
  const { results } = (await asked(office, 'POST', '/v1/statements', { statements: [full] })) as {
    results: { refused: string | null }[];
  };
  return results.map(({ refused }) => refused);
};

it('an express document reaches the officer on duty by itself, and opening it is seen by the sender at once', async () => {
  const id = await send('14');
  await vi.waitFor(() => expect(messages().length).toBe(1), { timeout: 10_000 });
  expect(messages()[0]).toMatchObject({ Phone: '0900000418' });
  expect(messages()[0]?.Content).toMatch(/14\/STTTT-CNTT/);
  // The provider has it a moment before its answer is kept.
  await vi.waitFor(async () =>
    expect((await watched(sender, id))?.steps[0]).toMatchObject({
      person: 'Phạm Thị Hòa',
      notices: [{ channel: 'sms', state: 'sent' }],
    }),
  );
  // The network's report, on the address that the provider was given.
  const { CallbackUrl } = messages()[0]!;
  expect((await fetch(`${CallbackUrl}?SMSID=1&SendStatus=5&SendSuccess=1`)).status).toBe(200);
  expect((await fetch(`${CallbackUrl.replace(/.$/, '_')}?SMSID=1&SendStatus=5&SendSuccess=1`)).status).toBe(403);
  await vi.waitFor(async () => expect((await watched(sender, id))?.steps[0]?.notices[0]?.state).toBe('delivered'));

  const page = expectOk(
    await sender.client.inbox({ after: 0, epoch: null, anchor: null, limit: 1, watch: null, waitSeconds: 0 }),
  );
  const waiting = asked(sender, 'GET', `/v1/inbox?after=0&wait=25&watch=${page.watch}`);
  expect(await state(recipient, { event: 'opened', messageId: id })).toEqual([null]);
  expect(((await waiting) as { watch: string }).watch).not.toBe(page.watch);
  await vi.waitFor(async () =>
    expect(await watched(sender, id)).toMatchObject({
      openedBy: 'H’Linh Êban',
      call: null,
      fetchedAt: expect.any(String),
    }),
  );
});

it('what is stated is believed only from who may state it, once', async () => {
  const id = await send('15', ['H15.01', 'H15.02']);
  const stranger = await openOffice(exchange, 'H15.02');
  expect(await state(sender, { event: 'opened', messageId: id })).toEqual(['NOT_YOURS']);
  expect(await state(stranger, { event: 'opened', messageId: randomUUID() })).toEqual(['NOT_YOURS']);
  expect(await state(recipient, { event: 'paper-posted', messageId: id, recipient: 'H15.02', item: '' })).toEqual([
    'NOT_YOURS',
  ]);
  const statement = { id: randomUUID(), event: 'paper-posted', messageId: id, recipient: 'H15.01', item: 'RB 1' };
  expect(await state(sender, statement)).toEqual([null]);
  expect(await state(sender, { ...statement, item: 'RB 2' })).toEqual(['OTHER_CONTENT']);
  await vi.waitFor(async () => expect((await watched(sender, id))?.paperItem).toBe('RB 1'));
  // Opened at one agency is not opened at the other.
  expect(await state(stranger, { event: 'opened', messageId: id })).toEqual([null]);
  const { rows } = await exchange.database.query(
    `SELECT recipient_code, opened_at IS NOT NULL AS opened FROM document_deliveries WHERE message_id = $1 ORDER BY 1`,
    [id],
  );
  expect(rows).toEqual([
    { recipient_code: 'H15.01', opened: false },
    { recipient_code: 'H15.02', opened: true },
  ]);
  await expect(exchange.database.query('UPDATE delivery_events SET at = now()')).rejects.toThrow('append-only');
});

it('a status of an agency that never received the document says nothing', async () => {
  const id = await send('16');
  const outsider = await openOffice(exchange, 'H15.02');
  const reported = status('H15.02', 'H15');
  expectOk(await outsider.client.putMessage(randomUUID(), sourceOf(reported)));
  const { rows } = await exchange.database.query<{ event: string }>(
    'SELECT event FROM delivery_events WHERE message_id = $1',
    [id],
  );
  expect(rows.map(({ event }) => event)).not.toContain('opened');
  expect(await state(recipient, { event: 'opened', messageId: id })).toEqual([null]);
});

it('a text that tries an officer’s number goes out at once, and its report comes back to the agency', async () => {
  const phone = '+84900000418';
  const id = randomUUID();
  expect(await asked(recipient, 'POST', '/v1/duty/test-notices', { id, phone })).toMatchObject({
    code: 'PHONE_NOT_VERIFIED',
  });
  await exchange.database.query(
    `INSERT INTO phone_verifications (agency_code, phone, sent_at, expires_at, verified_at)
     VALUES ('H15.01', $1, now(), now(), now())`,
    [phone],
  );
  expect(await asked(recipient, 'POST', '/v1/duty/test-notices', { id, phone })).toMatchObject({ id, state: 'sent' });
  const text = messages().find(({ RequestId }) => RequestId === id);
  expect(text).toMatchObject({ Phone: '0900000418', Content: TEST_TEXT });
  expect((await fetch(`${text?.CallbackUrl}?SMSID=1&SendStatus=5&SendSuccess=1`)).status).toBe(200);
  expect(await asked(recipient, 'GET', `/v1/duty/test-notices/${id}`)).toMatchObject({ id, state: 'delivered' });
  expect(await asked(sender, 'GET', `/v1/duty/test-notices/${id}`)).toMatchObject({ code: 'NOT_FOUND' });
  expect(await asked(recipient, 'POST', '/v1/duty/test-notices', { id: randomUUID(), phone })).toMatchObject({
    code: 'RATE_LIMITED',
  });
});

it('killed -9 in the middle of it all, it tells nobody twice and forgets nobody', async () => {
  await vi.waitFor(async () => {
    const { rows } = await exchange.database.query(`SELECT FROM notices WHERE state IN ('gathering', 'sending')`);
    expect(rows.length).toBe(0);
  }, 10_000);
  const known = new Set(messages().map(({ RequestId }) => RequestId));
  const fresh = () => messages().filter(({ RequestId }) => !known.has(RequestId));
  // Accepted, and the process is gone before anybody was told.
  const ids = [await send('17'), await send('18')];
  await exchange.kill();
  exchange = await startTestExchange({
    dataFolder: exchange.dataFolder,
    port: exchange.port,
    args: ['--notices', join(folder, 'notices.json')],
  });
  await vi.waitFor(() => expect(fresh().length).toBeGreaterThan(0), { timeout: 20_000 });
  for (const id of ids) {
    await vi.waitFor(async () => expect((await watched(sender, id))?.steps[0]?.doneAt).not.toBeNull(), 10_000);
  }
  const { rows } = await exchange.database.query<{ id: string }>(
    'SELECT DISTINCT notice_id AS id FROM notice_items WHERE message_id = any($1)',
    [ids],
  );
  await vi.waitFor(() => expect(new Set(fresh().map(({ RequestId }) => RequestId)).size).toBe(rows.length), 10_000);
  // The same request may come twice (its answer was lost); for the officer it is one message, by its id.
  for (const id of ids) expect(await state(recipient, { event: 'opened', messageId: id })).toEqual([null]);
}, 60_000);
