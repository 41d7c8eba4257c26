import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import {
  anyRegister,
  askByHand,
  codeOf,
  expectOk,
  fetchBytes,
  fromStart,
  gateway,
  letter,
  type Office,
  openOffice,
  readAll,
  status,
} from './office.ts';
import { writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { fullStatus, organ } from '#tests/unit/edxml/sample-messages.ts';
import { sourceOf } from '#tests/support/message-source.ts';

const seedFile = join(import.meta.dirname, '../../../resources/demo/agencies.json');

let exchange: TestExchange;
let sender: Office;
let receiver: Office;
let stranger: Office;

beforeAll(async () => {
  exchange = await startTestExchange({ seedFile: seedFile });
  sender = await openOffice(exchange, 'H15.01');
  receiver = await openOffice(exchange, 'H15.02');
  stranger = await openOffice(exchange, 'H15.03');
});
afterAll(() => exchange.stop());

describe('enrolment', () => {
  const enrol = async (code: string, deviceSecret: string): Promise<unknown> =>
    gateway.enrol({ url: exchange.url, code, workstationName: 'Máy 1', deviceSecret, ...anyRegister() });

  it('gives the agency of the code, however it is typed', async () => {
    const code = await exchange.enrolmentCode('H15.04');
    const secret = await gateway.createDeviceSecret();
    expect(await enrol(` ${code.toLowerCase().replaceAll('-', ' ')} `, secret)).toMatchObject({
      kind: 'ok',
      value: { agency: { code: 'H15.04', name: expect.stringContaining('Sở Kế hoạch và Đầu tư') } },
    });
  });

  it('works once, and again for the same key only', async () => {
    const code = await exchange.enrolmentCode('H15.04');
    const secret = await gateway.createDeviceSecret();
    const first = await enrol(code, secret);
    expect(await enrol(code, secret)).toMatchObject({
      kind: 'ok',
      value: { workstationId: expectOk(first as Awaited<ReturnType<typeof gateway.enrol>>).workstationId },
    });
    const other = await gateway.createDeviceSecret();
    expect(await enrol(code, other)).toMatchObject({ kind: 'refused', code: 'ENROL_CODE_USED' });
  });

  it('refuses a wrong and an expired code', async () => {
    const secret = await gateway.createDeviceSecret();
    expect(await enrol('AAAAA-AAAAA-AAAAA-AAAAA-AAAAA', secret)).toMatchObject({ code: 'ENROL_CODE_INVALID' });
    expect(await enrol(await exchange.enrolmentCode('H15.04', 0), secret)).toMatchObject({
      code: 'ENROL_CODE_EXPIRED',
    });
  });
});

describe('the directory', () => {
  it('comes whole, then only what changed', async () => {
    const all = expectOk(await sender.client.agencies(0));
    expect(all.agencies.length).toBeGreaterThanOrEqual(60);
    const members = all.agencies.filter((agency) => agency.groups.includes('UBND các huyện, thị xã, thành phố'));
    expect(members).toHaveLength(15);
    expect(expectOk(await sender.client.agencies(all.version)).agencies).toEqual([]);
    await exchange.addAgencies([{ code: 'h15.98', name: 'Sở Mới' }]);
    const changed = expectOk(await sender.client.agencies(all.version));
    expect(changed.agencies.map((agency) => agency.code)).toEqual(['H15.98']);
    expect(changed.version).toBeGreaterThan(all.version);
  });
});

describe('a message', () => {
  it('reaches its receiver whole, and its state comes back', async () => {
    const edxml = letter('H15.01', ['H15.02']);
    const id = randomUUID();
    const receipt = expectOk(await sender.client.putMessage(id, sourceOf(edxml)));
    expect(receipt.recipients).toEqual([{ organId: 'H15.02', outcome: 'accepted', seq: expect.any(Number) }]);

    const item = (await readAll(receiver)).find((found) => found.messageId === id)!;
    expect(item).toMatchObject({ kind: 'document', from: 'H15.01', size: edxml.length, urgency: 'express' });
    const bytes = await fetchBytes(receiver, item);
    expect(Buffer.compare(bytes, edxml)).toBe(0);
    expect(readEdxml(bytes)).toMatchObject({ codeNumber: '241' });

    expectOk(await receiver.client.putMessage(randomUUID(), sourceOf(status('H15.02', 'H15.01'))));
    const back = (await readAll(sender)).at(-1)!;
    expect(back).toMatchObject({ kind: 'status', from: 'H15.02' });
    expect(readEdxml(await fetchBytes(sender, back))).toMatchObject({ kind: 'status', statusCode: '03' });
  });

  it('that is finished and taken back is not finished, until it is finished again', async () => {
    const id = randomUUID();
    expectOk(await sender.client.putMessage(id, sourceOf(letter('H15.01', ['H15.02'], '606'))));
    const report = async (statusCode: string, description = ''): Promise<string | null> => {
      const bytes = writeEdxmlStatus({
        ...fullStatus,
        from: organ('H15.02'),
        responseFor: { ...fullStatus.responseFor, organId: 'H15.01', documentId: 'H15.01,2017/05/24,606/VT' },
        statusCode,
        description,
      });
      expectOk(await receiver.client.putMessage(randomUUID(), sourceOf(bytes)));
      const page = expectOk(await sender.client.watch(null));
      return page.deliveries.find(({ messageId }) => messageId === id)?.finishedAt ?? null;
    };
    const first = await report('06');
    expect(first).not.toBeNull();
    // Late, and no word against it.
    expect(await report('05')).toBe(first);
    expect(await report('05', 'Báo nhầm, còn thiếu số liệu')).toBeNull();
    // Said once more, it takes nothing back.
    expect(await report('05', 'Báo nhầm, còn thiếu số liệu')).toBeNull();
    const again = await report('06');
    expect(Date.parse(again ?? '')).toBeGreaterThan(Date.parse(first ?? ''));
    expect(await report('05', 'Thêm một lần')).toBeNull();
    expect(await report('06')).not.toBeNull();
  });

  it('gives the same receipt however often it is sent, also 20 times at once', async () => {
    const edxml = letter('H15.01', ['H15.02', 'H15.03'], '20');
    const id = randomUUID();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => sender.client.putMessage(id, sourceOf(edxml))));
    const receipts = outcomes.map(expectOk);
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(expectOk(await sender.client.putMessage(id, sourceOf(edxml)))).toEqual(receipts[0]);
    expect((await readAll(receiver)).filter((item) => item.messageId === id)).toHaveLength(1);
  });

  it('is refused when its id was used for other bytes', async () => {
    const id = randomUUID();
    expectOk(await sender.client.putMessage(id, sourceOf(letter('H15.01', ['H15.02'], '30'))));
    expect(await sender.client.putMessage(id, sourceOf(letter('H15.01', ['H15.02'], '31')))).toMatchObject({
      kind: 'refused',
      code: 'MESSAGE_ID_CONFLICT',
    });
    expect(await receiver.client.putMessage(id, sourceOf(letter('H15.02', ['H15.01'], '30')))).toMatchObject({
      code: 'MESSAGE_ID_CONFLICT',
    });
  });

  it('goes to the receivers that are known and names the others', async () => {
    const partly = await sender.client.putMessage(randomUUID(), sourceOf(letter('H15.01', ['H99.01', 'h15.02'], '40')));
    expect(expectOk(partly).recipients).toEqual([
      { organId: 'H99.01', outcome: 'unknown' },
      { organId: 'h15.02', outcome: 'accepted', seq: expect.any(Number) },
    ]);
    expect(await sender.client.putMessage(randomUUID(), sourceOf(letter('H15.01', ['H99.01'], '41')))).toMatchObject({
      kind: 'refused',
      code: 'RECIPIENT_UNKNOWN',
    });
  });

  it('cannot speak for another agency', async () => {
    expect(await stranger.client.putMessage(randomUUID(), sourceOf(letter('H15.01', ['H15.02'])))).toMatchObject({
      kind: 'refused',
      code: 'SENDER_MISMATCH',
      params: { from: 'H15.01', agency: 'H15.03' },
    });
  });

  it('must be edXML', async () => {
    const put = async (bytes: Uint8Array): Promise<unknown> => sender.client.putMessage(randomUUID(), sourceOf(bytes));
    const invalid = { kind: 'refused', code: 'EDXML_INVALID' };
    expect(await put(Buffer.from('%PDF-1.7'))).toMatchObject({ ...invalid, params: { reason: 'EDXML_NOT_XML' } });
    expect(await put(Buffer.alloc(5_000_000, 'x'))).toMatchObject(invalid);
    expect(await put(new Uint8Array(0))).toMatchObject(invalid);
    expect(await put(letter('H15.01', ['H15.02']).subarray(0, 2_000))).toMatchObject(invalid);
    expect(await put(new Uint8Array(150 * 1024 * 1024 + 1))).toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
  });

  it('is for its sender and receivers only', async () => {
    const id = randomUUID();
    const edxml = letter('H15.01', ['H15.02'], '50');
    const { sha256 } = expectOk(await sender.client.putMessage(id, sourceOf(edxml)));
    const item = { messageId: id, size: edxml.length, sha256 };
    const nowhere = {
      size: async () => 0,
      append: async () => undefined,
      reset: async () => undefined,
      sha256: async () => '',
    };
    expect(await stranger.client.getMessage(item, nowhere)).toMatchObject({ kind: 'refused', code: 'NOT_ADDRESSED' });
    expect(await stranger.client.getMessage({ ...item, messageId: randomUUID() }, nowhere)).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('the inbox', () => {
  it('wakes a waiting office as soon as something arrives', async () => {
    const office = await openOffice(exchange, 'H15.31');
    const waiting = office.client.inbox({ ...fromStart, limit: 10, waitSeconds: 25 });
    // Two steps on the server, as the waiting request has before it waits: by then it does.
    expectOk(await office.client.agencies(0));
    const started = performance.now();
    expectOk(await sender.client.putMessage(randomUUID(), sourceOf(letter('H15.01', ['H15.31'], '60'))));
    expect(expectOk(await waiting).items).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('wakes offices that wait at another server process over the same database', async () => {
    const office = await openOffice(exchange, 'H15.32');
    const waiting = office.client.inbox({ ...fromStart, limit: 10, waitSeconds: 25 });
    expectOk(await office.client.agencies(0));
    const id = randomUUID();
    const client = await exchange.database.connect();
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO messages (id, sender_code, kind, document_id, urgency, sha256, size, accepted_at) SELECT $1, 'H15.01', 'document', 'x', 'normal', repeat('a', 64), 1, now()`,
      [id],
    );
    await client.query(`UPDATE agencies SET last_seq = last_seq + 1 WHERE code = 'H15.32'`);
    await client.query(`INSERT INTO deliveries VALUES ('H15.32', 1, $1)`, [id]);
    await client.query(`SELECT pg_notify('van_thu_inbox', 'H15.32')`);
    await client.query('COMMIT');
    client.release();
    expect(expectOk(await waiting).items.map((item) => item.messageId)).toEqual([id]);
  });

  it('answers an empty page when nothing comes, and ends at once when the caller gives up', async () => {
    const office = await openOffice(exchange, 'H15.33');
    expect(expectOk(await office.client.inbox({ ...fromStart, limit: 10, waitSeconds: 1 }))).toEqual({
      epoch: expect.any(String),
      last: 0,
      continues: true,
      items: [],
      cursor: 0,
      resend: [],
      watch: '0',
    });
    const abort = new AbortController();
    const waiting = office.client.inbox({ ...fromStart, limit: 10, waitSeconds: 25 }, abort.signal);
    abort.abort();
    expect(await waiting).toEqual({ kind: 'aborted' });
  });

  it('is complete and without gaps under 20 senders at once', async () => {
    const targets = ['H15.41', 'H15.42', 'H15.43'];
    await exchange.addAgencies(Array.from({ length: 20 }, (_, i) => ({ code: `S.${i}`, name: `Cơ quan ${i}` })));
    const senders = await Promise.all(Array.from({ length: 20 }, async (_, i) => openOffice(exchange, `S.${i}`)));
    const sent = await Promise.all(
      senders.flatMap((office, i) =>
        [1, 2, 3].map(async (n) => {
          const to = i % 2 === 0 ? targets : targets.toReversed();
          return expectOk(await office.client.putMessage(randomUUID(), sourceOf(letter(office.code, to, `${n}`))))
            .messageId;
        }),
      ),
    );
    for (const target of targets) {
      const items = await readAll(await openOffice(exchange, target));
      expect(items.map((item) => item.seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
      expect(items.map((item) => item.messageId).toSorted()).toEqual(sent.toSorted());
      const times = items.map((item) => item.acceptedAt);
      expect(times).toEqual(times.toSorted());
    }
  });
});

describe('a workstation', () => {
  it('with a wrong clock is told the time and goes on', async () => {
    const realNow = Date.now;
    try {
      Date.now = () => realNow() + 3 * 60 * 60 * 1000;
      const client = gateway.connect(sender.connection);
      expect(await client.agencies(0)).toMatchObject({ kind: 'ok' });
      expect(Math.abs(client.clockOffsetMs()! + 3 * 60 * 60 * 1000)).toBeLessThan(60_000);
    } finally {
      Date.now = realNow;
    }
  });

  it('with another key, an unknown id or no right any more is turned away', async () => {
    const office = await openOffice(exchange, 'H15.05');
    const { connection } = office;
    const forged = gateway.connect({ ...connection, deviceSecret: await gateway.createDeviceSecret() });
    expect(await forged.agencies(0)).toMatchObject({ kind: 'refused', code: 'UNAUTHENTICATED' });
    const unknown = gateway.connect({ ...connection, workstationId: randomUUID() });
    expect(await unknown.agencies(0)).toMatchObject({ code: 'UNAUTHENTICATED' });
    const elsewhere = gateway.connect({ ...connection, exchangeId: randomUUID() });
    // To a workstation of another exchange, this one is a false one.
    expect(await elsewhere.agencies(0)).toMatchObject({ kind: 'garbage' });
    await exchange.database.query('UPDATE workstations SET revoked_at = now() WHERE id = $1', [
      connection.workstationId,
    ]);
    expect(await office.client.agencies(0)).toMatchObject({ code: 'WORKSTATION_REVOKED' });
  });

  it('leaves nothing secret in the log', () => {
    const log = exchange.log();
    expect(log).toContain('/v1/messages/:id');
    expect(log).not.toMatch(/Bearer|DPoP|eyJ|<edXML|[0-9A-Z]{5}-[0-9A-Z]{5}-/);
  });
});

describe('requests by hand', () => {
  it('get typed errors', async () => {
    const answer = await fetch(`${exchange.url}/v1/inbox`);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'UNAUTHENTICATED', params: {} });
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await (await fetch(`${exchange.url}/v1/health`)).json()).toMatchObject({ status: 'ok' });
    expect((await fetch(`${exchange.url}/../etc/passwd`)).status).toBe(404);
  });

  it('cannot announce another digest or send anything but edXML, and ranges are those of RFC 9110', async () => {
    const edxml = letter('H15.01', ['H15.02'], '70');
    const id = randomUUID();
    expectOk(await sender.client.putMessage(id, sourceOf(edxml)));
    const path = `/v1/messages/${id}`;
    const contentDigest = `sha-256=:${createHash('sha256').update('other').digest('base64')}:`;
    const put = await askByHand(sender, path, {
      method: 'PUT',
      headers: { 'content-type': 'application/xml', 'content-digest': contentDigest },
      body: Buffer.from(edxml),
    });
    expect([put.status, await codeOf(put)]).toEqual([422, 'DIGEST_MISMATCH']);

    const other = await askByHand(sender, path, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{}'),
    });
    expect([other.status, await codeOf(other)]).toEqual([415, 'REQUEST_INVALID']);

    const range = (value: string): Promise<Response> => askByHand(sender, path, { headers: { range: value } });
    const part = await range('bytes=10-19');
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${edxml.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(Buffer.from(edxml.subarray(10, 20)));
    expect((await range(`bytes=${edxml.length}-`)).status).toBe(416);
    expect((await range('lines=1-2')).status).toBe(200);
  });

  // Last: from here on this address may not enrol for ten minutes.
  it('cannot guess enrolment codes for long', async () => {
    const deviceSecret = await gateway.createDeviceSecret();
    const kinds: string[] = [];
    while (kinds.length < 20 && kinds.at(-1) !== 'retry-later') {
      const guess = { url: exchange.url, code: randomUUID(), workstationName: 'x', deviceSecret, ...anyRegister() };
      kinds.push((await gateway.enrol(guess)).kind);
    }
    expect(kinds.at(-1)).toBe('retry-later');
    expect(kinds.length).toBeLessThanOrEqual(11);
  });
});
