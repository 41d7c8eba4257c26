import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InboxItem } from '#core/ports/exchange.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { createPartFileSink } from '#tests/support/part-file-sink.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import {
  anyRegister,
  expectOk,
  fetchBytes,
  fromStart,
  gateway,
  letter,
  type Office,
  openOffice,
  readAll,
} from './office.ts';

const [SENDER, RECEIVER, OTHER] = ['H15.01', 'H15.02', 'H15.03'] as const;
const agencies = [SENDER, RECEIVER, OTHER].map((code) => ({ code, name: `Cơ quan ${code}` }));

let exchange: TestExchange;
let sender: Office;
let receiver: Office;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'van-thu-copies-'));
  exchange = await startTestExchange();
  await exchange.addAgencies(agencies);
  sender = await openOffice(exchange, SENDER);
  receiver = await openOffice(exchange, RECEIVER);
});
afterAll(async () => {
  await exchange.stop();
  await rm(folder, { recursive: true, force: true });
});

let letters = 0;
async function send(from: Office = sender): Promise<{ id: string; edxml: Uint8Array; proof: string }> {
  const id = randomUUID();
  const edxml = letter(from.code, [RECEIVER], String((letters += 1)));
  const { proof } = expectOk(await from.client.putMessage(id, sourceOf(edxml)));
  return { id, edxml, proof };
}

/** Where an office stands that has read all. */
async function position(office: Office): Promise<{ after: number; epoch: string; anchor: string }> {
  const items = await readAll(office);
  const { epoch } = expectOk(await office.client.inbox({ ...fromStart, limit: 1, waitSeconds: 0 }));
  const last = items.at(-1);
  if (last === undefined) throw new Error('an empty inbox');
  return { after: last.seq, epoch, anchor: last.messageId };
}

const look = async (office: Office, at: { after: number; epoch: string | null; anchor: string | null }) =>
  expectOk(await office.client.inbox({ ...at, watch: null, limit: 50, waitSeconds: 0 }));

async function restart(change: () => Promise<void>): Promise<void> {
  const { dataFolder, port } = exchange;
  await exchange.stop({ keepData: true });
  await change();
  exchange = await startTestExchange({ dataFolder, port });
}

describe('a position', () => {
  it('holds in its own epoch only, and a waiting office hears of a new one at once', async () => {
    await send();
    const at = await position(receiver);
    expect(await look(receiver, at)).toMatchObject({ continues: true, items: [], last: at.after });
    const waiting = receiver.client.inbox({ ...at, watch: null, limit: 50, waitSeconds: 25 });
    expectOk(await receiver.client.agencies(0));
    await exchange.beginEpoch();
    const page = expectOk(await waiting);
    expect(page).toMatchObject({ continues: false, items: [] });
    expect(page.epoch).not.toBe(at.epoch);
    expect((await look(receiver, { ...fromStart, epoch: page.epoch })).items).toHaveLength(at.after);
  });

  it('is one message, not only a number', async () => {
    const { id } = await send();
    const at = await position(receiver);
    expect(at.anchor).toBe(id);
    expect((await look(receiver, { ...at, anchor: randomUUID() })).continues).toBe(false);
    expect((await look(receiver, { ...at, after: at.after + 1 })).continues).toBe(false);
  });
});

describe('a restore of an older copy', () => {
  it('is noticed by who was further, and proved by who has a receipt', async () => {
    await send();
    const copy = join(folder, 'older');
    await restart(() => cp(exchange.dataFolder, copy, { recursive: true }));
    const lost = await send();
    const at = await position(receiver);
    await restart(async () => {
      await rm(exchange.dataFolder, { recursive: true });
      await cp(copy, exchange.dataFolder, { recursive: true });
    });
    // The number is given again, to another letter.
    const next = await send();
    const page = await look(receiver, at);
    expect(page).toMatchObject({ continues: false, epoch: at.epoch, last: at.after });

    // A receipt that this exchange did not sign, or that is not about what is missing, proves nothing.
    const forged = `${lost.proof.slice(0, -8)}AAAAAAAA`;
    for (const proof of [null, forged, next.proof]) {
      const answer = expectOk(await sender.client.checkReceipts([lost.id, next.id], proof));
      expect(answer).toEqual({ epoch: at.epoch, missing: [lost.id] });
    }
    const proved = expectOk(await sender.client.checkReceipts([lost.id, next.id], lost.proof));
    expect(proved.missing).toEqual([lost.id]);
    expect(proved.epoch).not.toBe(at.epoch);
    // The old receipt has said what it can: no further epoch, however often it is shown.
    expect(expectOk(await sender.client.checkReceipts([lost.id], lost.proof)).epoch).toBe(proved.epoch);
    expectOk(await sender.client.putMessage(lost.id, sourceOf(lost.edxml)));
    expect((await readAll(receiver)).map(({ messageId }) => messageId).slice(-2)).toEqual([next.id, lost.id]);
  });
});

describe('a message whose file', () => {
  const pathOf = (item: InboxItem) => join(exchange.dataFolder, 'messages', item.sha256.slice(0, 2), item.sha256);
  const damage: [string, (item: InboxItem) => Promise<void>][] = [
    ['is gone', (item) => rm(pathOf(item))],
    ['is cut', (item) => writeFile(pathOf(item), 'x')],
    ['has other bytes', async (item) => writeFile(pathOf(item), Buffer.alloc((await stat(pathOf(item))).size, 'x'))],
  ];

  it.each(damage)('%s is told as lost, asked for, and delivered again', async (_, harm) => {
    const { id, edxml } = await send();
    const item = (await readAll(receiver)).at(-1)!;
    expect(item.messageId).toBe(id);
    await harm(item);
    const waiting = position(receiver).then((at) =>
      sender.client.inbox({ ...fromStart, epoch: at.epoch, limit: 50, waitSeconds: 3 }),
    );
    const sink = createPartFileSink(join(folder, randomUUID()));
    expect(await receiver.client.getMessage(item, sink)).toMatchObject({ kind: 'refused', code: 'MESSAGE_LOST' });
    expect(expectOk(await waiting).resend).toEqual([id]);
    expect((await look(receiver, fromStart)).resend).toEqual([]);

    expectOk(await sender.client.putMessage(id, sourceOf(edxml)));
    const again = (await readAll(receiver)).at(-1)!;
    expect(again).toMatchObject({ messageId: id, seq: item.seq + 1 });
    expect(Buffer.compare(await fetchBytes(receiver, again), edxml)).toBe(0);
    expect((await look(sender, fromStart)).resend).toEqual([]);
    // It was asked for once: the same bytes once more are a repeat.
    expectOk(await sender.client.putMessage(id, sourceOf(edxml)));
    expect((await readAll(receiver)).at(-1)?.seq).toBe(again.seq);
    expect(await readdir(join(exchange.dataFolder, 'messages/incoming'))).toEqual([]);
  });
});

describe('the register of an agency', () => {
  const enrol = async (
    code: string,
    change: Partial<ReturnType<typeof anyRegister>>,
    deviceSecret: string | null = null,
  ) =>
    gateway.enrol({
      url: exchange.url,
      code: await exchange.enrolmentCode(code),
      workstationName: 'Máy 2',
      deviceSecret: deviceSecret ?? (await gateway.createDeviceSecret()),
      ...anyRegister(),
      replaceRegister: false,
      ...change,
    });
  const register = (change: object = {}) => ({ id: randomUUID(), epoch: 1, agencyCode: null, ...change });

  it('is one: a second is told where the first is, and takes its place only when a person says so', async () => {
    const first = await openOffice(exchange, OTHER);
    const second = register();
    expect(await enrol(OTHER, { register: second })).toMatchObject({
      kind: 'refused',
      code: 'REGISTER_EXISTS',
      params: { workstationName: `Văn thư ${OTHER}` },
    });
    expect(await look(first, fromStart)).toMatchObject({ continues: true });
    expectOk(await enrol(OTHER, { register: second, replaceRegister: true }));
    expect(await first.client.agencies(0)).toMatchObject({ kind: 'refused', code: 'REGISTER_REPLACED' });
  });

  it('goes on with its own key, and not from an older copy or on another machine', async () => {
    const deviceSecret = await gateway.createDeviceSecret();
    const own = register({ epoch: 3 });
    expectOk(await enrol(OTHER, { register: own, replaceRegister: true }, deviceSecret));
    expectOk(await enrol(OTHER, { register: { ...own, epoch: 4 } }, deviceSecret));
    expect(await enrol(OTHER, { register: own }, deviceSecret)).toMatchObject({ code: 'REGISTER_OUTDATED' });
    expect(await enrol(OTHER, { register: { ...own, epoch: 4 } })).toMatchObject({ code: 'REGISTER_EXISTS' });
  });

  it('of another agency is taken over only as a merger, and a refusal uses no code up', async () => {
    const books = register({ agencyCode: SENDER });
    const code = await exchange.enrolmentCode(OTHER);
    const ask = async (change: object) =>
      gateway.enrol({
        url: exchange.url,
        code,
        workstationName: 'Máy 3',
        deviceSecret: await gateway.createDeviceSecret(),
        register: books,
        mergeAgency: false,
        replaceRegister: true,
        ...change,
      });
    expect(await ask({})).toMatchObject({
      code: 'AGENCY_DIFFERS',
      params: { registerAgency: SENDER, agency: OTHER, agencyName: `Cơ quan ${OTHER}` },
    });
    expectOk(await ask({ mergeAgency: true }));
  });

  it('is one also when two workstations ask at the same moment', async () => {
    await exchange.addAgencies([{ code: 'H15.77', name: 'Cơ quan mới' }]);
    const outcomes = await Promise.all([1, 2, 3].map(() => enrol('H15.77', { register: register() })));
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['ok', 'refused', 'refused']);
  });
});

describe('an agency past its last day', () => {
  it('reads, and sends nothing', async () => {
    await exchange.addAgencies([{ code: 'H15.78', name: 'Cơ quan cũ' }]);
    const old = await openOffice(exchange, 'H15.78');
    expectOk(await old.client.putMessage(randomUUID(), sourceOf(letter('H15.78', [RECEIVER], '1'))));
    await exchange.addAgencies([{ code: 'H15.78', name: 'Cơ quan cũ', validTo: '2020-01-01' }]);
    expect(await old.client.putMessage(randomUUID(), sourceOf(letter('H15.78', [RECEIVER], '2')))).toMatchObject({
      kind: 'refused',
      code: 'AGENCY_CLOSED',
    });
    expect(await look(old, fromStart)).toMatchObject({ continues: true });
  });
});
