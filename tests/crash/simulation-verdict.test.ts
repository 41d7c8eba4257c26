import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createKannelGateway } from '#exchange/gateways/kannel-sms.ts';
import { Secret } from '#exchange/gateways/secret.ts';
import { type HandedOver, openNetworks } from '#scripts/simulate/networks.ts';
import type { RotaFrom } from '#scripts/simulate/people.ts';
import type { Officer, Rota } from '#shared/domain/rota.ts';
import { documentsSpokenOf } from '#tests/support/simulation/look.ts';
import { judge, type Verdict } from '#tests/support/simulation/verdict.ts';
import { openTimedExchange, type TimedExchange } from '#tests/support/timed-exchange.ts';

const officer = (id: string, phone: string): Officer => ({
  id,
  name: id,
  title: 'Văn thư',
  phone,
  phoneVerifiedAt: null,
  email: null,
});
const rotaOf = (onDuty: Officer): Rota => ({
  officers: [onDuty],
  shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '07:00', to: '07:00', officerId: onDuty.id })),
  substitutions: [],
  headOfOffice: null,
  headSubstitutions: [],
  officePhone: '+842573000142',
  officeContact: null,
});
const START = '2026-11-30T01:00:00.000Z';
const [anna, binh] = [officer('anna', '+84900000101'), officer('binh', '+84900000102')];
const rotas = new Map<string, readonly RotaFrom[]>([
  ['A', [{ at: Date.parse(START), rota: rotaOf(anna) }]],
  ['B', [{ at: Date.parse(START), rota: rotaOf(binh) }]],
]);
const clean = { expressUnresolved: 0, toldAfterOpening: 0, noticesLost: 0, noticesDoubled: 0, wrongOfficer: 0 };

let exchange: TimedExchange;
/** What went out, as the networks of a simulation note it. */
const handedOver: HandedOver[] = [];
/** The one message that Anna was sent, before she opened the document. */
let toAnna: { readonly id: string; readonly text: string };

/** One express document: A opens it after its first message, B never does, and its sender is asked to call. */
beforeAll(async () => {
  exchange = await openTimedExchange(START, [
    { code: 'H15', name: 'Ủy ban nhân dân tỉnh' },
    { code: 'A', name: 'Sở Nội vụ' },
    { code: 'B', name: 'Sở Y tế' },
  ]);
  const { sms, pool } = exchange;
  sms.answer = async ({ id, to, text }) => {
    const { opened } = await documentsSpokenOf(pool, { id, text }, exchange.now());
    handedOver.push({ id, channel: 'sms', to, at: exchange.now().getTime(), aboutOpened: opened, again: false });
    return { kind: 'accepted', providerId: id, final: true, gateway: 'sms', detail: '' };
  };
  await exchange.setRota('A', rotaOf(anna));
  await exchange.setRota('B', rotaOf(binh));
  const messageId = await exchange.accept({ from: 'H15', to: ['A', 'B'], urgency: 'express', code: '14/UBND' });
  await exchange.advanceTo('2026-11-30T01:05:00.000Z');
  toAnna = sms.sent.find(({ to }) => to === anna.phone)!;
  await exchange.state('A', { event: 'opened', messageId });
  await exchange.advanceTo('2026-11-30T02:00:00.000Z');
});
afterAll(() => exchange.close());

function verdict(seen: { readonly handedOver?: readonly HandedOver[]; readonly rotas?: typeof rotas } = {}) {
  return judge({ from: '2026-11-30', to: '2026-12-01', pool: exchange.pool, handedOver, rotas, ...seen });
}

/** What is found while the database is as these statements leave it; then it is as before. */
async function verdictAfter(
  statements: readonly string[],
  seen: { readonly handedOver?: readonly HandedOver[] } = {},
): Promise<Verdict> {
  const client = await exchange.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('ALTER TABLE delivery_events DISABLE TRIGGER USER');
    for (const statement of statements) expect((await client.query(statement)).rowCount).not.toBe(0);
    const pool = client as unknown as TimedExchange['pool'];
    return await judge({ from: '2026-11-30', to: '2026-12-01', pool, handedOver, rotas, ...seen });
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

it('finds nothing where everybody was told rightly', async () => {
  expect(handedOver.map(({ to }) => to).toSorted()).toEqual([anna.phone, binh.phone, binh.phone]);
  expect(await verdict()).toEqual({
    from: '2026-11-30',
    to: '2026-12-01',
    documents: 1,
    deliveries: 2,
    express: 2,
    expressOpened: 1,
    expressCalled: 1,
    ...clean,
  });
});

it('counts a message about a document that somebody had opened, named or only numbered in it', async () => {
  for (const text of [toAnna.text, '1 van ban hoa toc chua mo']) {
    const { opened, waiting } = await documentsSpokenOf(exchange.pool, { ...toAnna, text }, exchange.now());
    expect({ opened, waiting }).toEqual({ opened: 1, waiting: [] });
    const late = { ...handedOver[0]!, aboutOpened: opened };
    expect(await verdict({ handedOver: [late, ...handedOver.slice(1)] })).toMatchObject({
      ...clean,
      toldAfterOpening: 1,
    });
  }
});

it('counts a step that nobody was told of, also one that was skipped though nobody had opened the document', async () => {
  expect(await verdict({ handedOver: handedOver.slice(0, -1) })).toMatchObject({ ...clean, noticesLost: 1 });
  const [last] = handedOver.slice(-1);
  const skipped = [`UPDATE notices SET state = 'skipped' WHERE id = '${last!.id}'`];
  expect(await verdictAfter(skipped, { handedOver: handedOver.slice(0, -1) })).toMatchObject({
    ...clean,
    noticesLost: 1,
  });
  const never = [`DELETE FROM notice_items WHERE notice_id = '${last!.id}'`];
  expect(await verdictAfter(never)).toMatchObject({ noticesLost: 1 });
});

it('counts a step that two messages carry out', async () => {
  const twice = [
    'ALTER TABLE notice_items DROP CONSTRAINT notice_items_pkey',
    `INSERT INTO notice_items SELECT * FROM notice_items WHERE notice_id = '${toAnna.id}'`,
  ];
  expect(await verdictAfter(twice)).toMatchObject({ ...clean, noticesDoubled: 1 });
});

it('counts a message to an officer who was not on duty, by the rota of that hour', async () => {
  const wrong = [`UPDATE notices SET address = '${binh.phone}' WHERE id = '${toAnna.id}'`];
  expect(await verdictAfter(wrong)).toMatchObject({ ...clean, wrongOfficer: 1 });
  const others = (at: string): typeof rotas =>
    new Map([...rotas, ['A', [...(rotas.get('A') ?? []), { at: Date.parse(at), rota: rotaOf(binh) }]]]);
  expect(await verdict({ rotas: others(START) })).toMatchObject({ ...clean, wrongOfficer: 1 });
  expect(await verdict({ rotas: others('2026-11-30T01:30:00.000Z') })).toMatchObject(clean);
});

it('counts an express document that is neither opened nor on the list of calls', async () => {
  const uncalled = [`DELETE FROM delivery_events WHERE event = 'call-needed'`];
  expect(await verdictAfter(uncalled)).toMatchObject({ ...clean, expressCalled: 0, expressUnresolved: 1 });
});

it('counts a message that is handed over once more after its network said that it arrived', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'van-thu-networks-'));
  const server = createServer((_, response) => response.writeHead(200).end());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  const { port } = server.address() as AddressInfo;
  let reported: Promise<void> = Promise.resolve();
  const networks = await openNetworks({
    folder,
    exchangePort: port,
    // Everything arrives, and is reported at once.
    faults: {
      next: () => 0.5,
      between: (from) => from,
      pick: ([first]) => first!,
      chance: (share) => share > 0.5,
      shuffled: (items) => [...items],
    },
    now: () => Date.parse(START),
    plan: (_, run) => void (reported = run()),
    spokenOf: () => Promise.resolve({ opened: 0, waiting: [] }),
    onTold: () => undefined,
    killShare: 0,
    killExchange: () => Promise.resolve(),
  });
  try {
    await networks.up();
    const { callbackUrl, sms } = JSON.parse(await readFile(networks.noticesFile, 'utf8')) as {
      readonly callbackUrl: string;
      readonly sms: readonly [{ readonly url: string; readonly username: string }];
    };
    const gateway = createKannelGateway({
      name: 'kannel',
      url: sms[0].url,
      username: sms[0].username,
      password: new Secret(await readFile(join(folder, 'gateway-password'), 'utf8')),
      from: 'UBND TINH',
      callbackUrl,
      reportSecret: new Secret('of this test'),
      timeoutMs: 5_000,
    });
    const { signal } = new AbortController();
    const notice = { id: randomUUID(), to: anna.phone!, text: 'HOA TOC' };
    await gateway.send(notice, signal);
    await reported;
    await gateway.send({ ...notice, id: randomUUID() }, signal);
    await gateway.send(notice, signal);
    expect(networks.handedOver.map(({ again }) => again)).toEqual([false, false, true]);
    expect(await verdict({ handedOver: [...handedOver, ...networks.handedOver] })).toMatchObject({
      ...clean,
      noticesDoubled: 1,
    });
  } finally {
    await networks.close();
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
});
