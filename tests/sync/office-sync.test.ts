import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileAddress } from '#shared/domain/file-address.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { noLog } from '#entries/machine-ports.ts';
import { agency, createOfficeHub, type OfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, importLetter, queueLetter, sealedLetter, type OfficeKeys } from '#tests/support/office-letters.ts';
import { makePdf } from '#tests/support/make-pdf.ts';
import { readCursor, readInboxProblems, readOutbox } from '#tests/support/office-database.ts';
import { createContentStore } from '#files/content-store.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { storeOnFullDisk } from '#tests/support/full-disk.ts';
import {
  arrivals,
  createSyncWorld,
  deliveryTo,
  foreignLetter,
  HOUR,
  RECEIVER,
  SENDER,
  SILENT,
  stateOf,
  statusOf,
  syncOf,
  type SyncWorld,
} from '#tests/support/sync-world.ts';
import { openTestOffice, sampleLetter, type TestOffice } from '#tests/support/test-office.ts';
import type { VirtualTime } from '#tests/support/virtual-time.ts';
import { fullDocument, organ } from '#tests/unit/edxml/sample-messages.ts';

let all: SyncWorld;
let hub: OfficeHub;
let world: VirtualTime;
let offices: TestOffice[];

beforeEach(() => {
  all = createSyncWorld();
  ({ hub, time: world, offices } = all);
});
afterEach(async () => {
  await all.close();
});

/** Every text in a value, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsOf) : [];
}

const ports = () => all.ports();
const enrolled = (code: string) => all.enrolled(code);
const calls = (code: string, call: string) => all.calls(code, call);

describe('sending', () => {
  let sender: TestOffice;
  let keys: OfficeKeys;
  beforeEach(async () => {
    sender = await enrolled(SENDER);
    keys = await addKeys(sender);
  });

  it('offline for hours: the letter waits, and is delivered when the exchange is back', async () => {
    const line = hub.line(SENDER);
    line.fail = () => ({ kind: 'offline', detail: 'no route' });
    const id = await queueLetter(sender, keys, [RECEIVER]);
    await world.until('an attempt', () => calls(SENDER, 'put') > 0);
    await world.pass(6 * HOUR);
    expect(await stateOf(sender, id)).toBe('queued');
    expect(await syncOf(sender)).toMatchObject({
      state: 'offline',
      reason: 'EXCHANGE_UNREACHABLE',
      waitingDocuments: 1,
    });
    // An attempt within each minute, and not one per second.
    const attempts = line.calls.length;
    expect(attempts).toBeGreaterThan(360);
    expect(attempts).toBeLessThan(5_000);
    line.fail = () => null;
    await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent', 10 * 60_000);
    expect(await deliveryTo(sender, id, RECEIVER)).toMatchObject({ state: 'delivered', agencyName: 'Sở Nội vụ' });
    expect(await syncOf(sender)).toMatchObject({ offlineSince: null, waitingDocuments: 0, reason: null });
    expect(hub.sent).toHaveLength(1);
  });

  it.each([
    ['a server that answers garbage', { kind: 'garbage', detail: 'html' }, 'waiting', 'EXCHANGE_GARBAGE'],
    ['a server that is busy', { kind: 'retry-later', retryAfterMs: 90_000, detail: '503' }, 'waiting', 'EXCHANGE_BUSY'],
    ['a clock that is wrong', { kind: 'clock', offsetMs: 9e6 }, 'waiting', 'CLOCK_SKEW'],
    [
      'a revoked workstation',
      { kind: 'refused', code: 'WORKSTATION_REVOKED', params: {} },
      'blocked',
      'WORKSTATION_REVOKED',
    ],
    ['a lost authentication', { kind: 'refused', code: 'UNAUTHENTICATED', params: {} }, 'blocked', 'UNAUTHENTICATED'],
  ] as const)('%s: nothing is lost, it says why, and goes on afterwards', async (_, failure, state, reason) => {
    hub.line(SENDER).fail = () => failure;
    const id = await queueLetter(sender, keys, [RECEIVER]);
    await world.until('the failure', async () => (await syncOf(sender)).reason === reason);
    await world.pass(6 * HOUR);
    expect(await syncOf(sender)).toMatchObject({ state, reason, waitingDocuments: 1 });
    expect((await sender.ok('outgoing.get', { id })).sending.state).toBe('waiting');
    hub.line(SENDER).fail = () => null;
    await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent');
    expect(await syncOf(sender)).toMatchObject({ reason: null });
  });

  it("the server's own wish for a pause is kept", async () => {
    hub.line(SENDER).fail = () => ({ kind: 'retry-later', retryAfterMs: 200_000, detail: '503' });
    await queueLetter(sender, keys, [RECEIVER]);
    await world.until('the failure', async () => (await syncOf(sender)).reason === 'EXCHANGE_BUSY');
    const before = hub.line(SENDER).calls.length;
    await world.pass(190_000);
    expect(hub.line(SENDER).calls.length).toBe(before);
    await world.pass(20_000);
    expect(hub.line(SENDER).calls.length).toBeGreaterThan(before);
  });

  it('a refused letter blocks only its own row; it can be tried again', async () => {
    let refusing = true;
    let firstId: string | null = null;
    hub.line(SENDER).fail = (call, messageId) => {
      if (call !== 'put' || !refusing) return null;
      firstId ??= messageId;
      return messageId === firstId ? { kind: 'refused', code: 'EDXML_INVALID', params: {} } : null;
    };
    const bad = await queueLetter(sender, keys, [RECEIVER]);
    const good = await queueLetter(sender, keys, [RECEIVER]);
    await world.until('the second', async () => (await stateOf(sender, good)) === 'sent');
    const blocked = await sender.ok('outgoing.get', { id: bad });
    expect(blocked).toMatchObject({ state: 'queued', sending: { state: 'blocked', errorCode: 'EDXML_INVALID' } });
    expect(sender.notices).toContainEqual({
      notice: 'sending-blocked',
      params: { codeText: blocked.codeText, code: 'EDXML_INVALID' },
    });
    await world.pass(24 * HOUR);
    refusing = false;
    expect(await stateOf(sender, bad)).toBe('queued');
    await sender.ok('outgoing.retrySending', { id: bad, revision: blocked.revision });
    await world.until('the first', async () => (await stateOf(sender, bad)) === 'sent');
  });

  it('a letter that the server fails on does not hold up the others, and says when it is tried again', async () => {
    let firstId: string | null = null;
    hub.line(SENDER).fail = (call, messageId) => {
      if (call !== 'put') return null;
      firstId ??= messageId;
      return messageId === firstId ? { kind: 'retry-later', retryAfterMs: null, detail: '500' } : null;
    };
    const bad = await queueLetter(sender, keys, [RECEIVER]);
    await world.until('an attempt', () => calls(SENDER, 'put') > 0);
    const good = await queueLetter(sender, keys, [RECEIVER]);
    await world.until('the second', async () => (await stateOf(sender, good)) === 'sent', HOUR);
    const { sending } = await sender.ok('outgoing.get', { id: bad });
    expect(sending).toMatchObject({ state: 'waiting', errorCode: 'retry-later' });
    expect(Date.parse(sending.nextAttemptAt ?? '')).toBeGreaterThan(world.clock.now().getTime());
    hub.line(SENDER).fail = () => null;
    await world.until('the first', async () => (await stateOf(sender, bad)) === 'sent', HOUR);
  });

  it('a letter queued while the clock was a year ahead leaves once it is right', async () => {
    hub.line(SENDER).fail = () => ({ kind: 'offline', detail: 'x' });
    world.jump(365 * 24 * HOUR);
    const id = await queueLetter(sender, keys, [RECEIVER]);
    await world.until('an attempt', () => calls(SENDER, 'put') > 0);
    world.jump(-365 * 24 * HOUR);
    await sender.restart();
    hub.line(SENDER).fail = () => null;
    await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent', HOUR);
  });

  it('a message whose stored file is gone blocks only its own row', async () => {
    hub.line(SENDER).fail = (call) => (call === 'put' ? { kind: 'offline', detail: 'x' } : null);
    const bad = await queueLetter(sender, keys, [RECEIVER]);
    await world.until('an attempt', () => calls(SENDER, 'put') > 0);
    const good = await queueLetter(sender, keys, [SILENT]);
    const [row] = readOutbox(sender.dataDir, bad);
    rmSync(join(sender.dataDir, fileAddress(row?.file_id ?? '')));
    hub.line(SENDER).fail = () => null;
    await world.until('the second', async () => (await stateOf(sender, good)) === 'sent');
    expect(await sender.ok('outgoing.get', { id: bad })).toMatchObject({
      state: 'queued',
      sending: { state: 'blocked', errorCode: 'FILE_MISSING' },
    });
  });

  it('trying again now does not wait for the running pause', async () => {
    hub.line(SENDER).fail = () => ({ kind: 'offline', detail: 'x' });
    const id = await queueLetter(sender, keys, [RECEIVER]);
    await world.until('an attempt', () => calls(SENDER, 'put') > 0);
    await world.pass(2 * HOUR);
    hub.line(SENDER).fail = () => null;
    const at = world.elapsed();
    const { revision } = await sender.ok('outgoing.get', { id });
    await sender.ok('outgoing.retrySending', { id, revision });
    await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent', 500);
    expect(world.elapsed() - at).toBeLessThan(500);
  });

  it('of several recipients the unknown one is shown, the others get it', async () => {
    hub.line(SENDER).fail = () => ({ kind: 'offline', detail: 'x' });
    const id = await queueLetter(sender, keys, [RECEIVER, 'H15.04', SILENT]);
    hub.setAgencies([agency(SENDER, 'Văn phòng'), agency(RECEIVER, 'Sở Nội vụ'), agency(SILENT, 'Sở Y tế')]);
    hub.line(SENDER).fail = () => null;
    await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent');
    const detail = await sender.ok('outgoing.get', { id });
    expect(detail.deliveries.map(({ agencyCode, state }) => [agencyCode, state])).toEqual([
      [RECEIVER, 'delivered'],
      ['H15.04', 'unknown-recipient'],
      [SILENT, 'delivered'],
    ]);
    expect(detail.recipients).toMatchObject({ total: 3, blocked: 1 });
    expect((await sender.ok('outgoing.list', { box: 'returned' })).rows.map((row) => row.id)).toEqual([id]);
  });

  describe('a recipient that left the directory after the letter was queued', () => {
    const NEW = 'H15.05';
    const known = [agency(SENDER, 'Văn phòng'), agency(RECEIVER, 'Sở Nội vụ'), agency(NEW, 'Sở mới')];
    const told = async (id: string) => {
      const { deliveries } = await sender.ok('outgoing.get', { id });
      return deliveries.map(({ agencyCode, state }) => `${agencyCode} ${state}`);
    };
    const replace = async (id: string, agencyCode: string, replaceBy: string | null) => {
      const { revision } = await sender.ok('outgoing.get', { id });
      return sender.ok('outgoing.replaceRecipient', { id, revision, agencyCode, replaceBy });
    };
    /** A letter that the exchange answers once it no longer knows everybody on it. */
    const queuedTo = async (...to: string[]) => {
      hub.line(SENDER).fail = () => ({ kind: 'offline', detail: 'x' });
      const id = await queueLetter(sender, keys, to);
      hub.setAgencies(known);
      hub.line(SENDER).fail = () => null;
      return id;
    };
    beforeEach(async () => {
      hub.setAgencies([...known, agency(SILENT, 'Sở Y tế'), agency('H15.04', 'Sở Tư pháp')]);
      await world.pass(HOUR);
      await sender.ok('exchange.syncNow', {});
      await world.until('it', async () => (await sender.ok('directory.search', { text: 'so moi' })).total === 1);
    });

    it('gives way to another, which alone is sent the letter', async () => {
      const id = await queuedTo(RECEIVER, SILENT);
      await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent');
      expect(await told(id)).toEqual([`${RECEIVER} delivered`, `${SILENT} unknown-recipient`]);
      await replace(id, SILENT, NEW);
      await world.until('it there', () => hub.inboxOf(NEW).length === 1, HOUR);
      await world.until('the receipt', async () => (await told(id))[1] === `${NEW} delivered`, HOUR);
      expect(hub.inboxOf(RECEIVER)).toHaveLength(1);
      const { recipients, history } = await sender.ok('outgoing.get', { id });
      expect(recipients).toMatchObject({ total: 2, blocked: 0 });
      expect(history.find(({ action }) => action === 'recipient-replaced')?.params).toEqual({
        from: 'Sở Y tế',
        to: 'Sở mới',
      });
    });

    it('is dropped, or gives way to one that has the letter, and nothing is sent', async () => {
      const id = await queuedTo(RECEIVER, SILENT, 'H15.04');
      await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent');
      await replace(id, SILENT, null);
      await replace(id, 'H15.04', RECEIVER);
      expect(await told(id)).toEqual([`${RECEIVER} delivered`]);
      expect(readOutbox(sender.dataDir, id)).toHaveLength(1);
      const { revision } = await sender.ok('outgoing.get', { id });
      const again = { id, revision, agencyCode: RECEIVER, replaceBy: null };
      expect(await sender.refused('outgoing.replaceRecipient', again)).toBe('WRONG_STATE');
    });

    it('was the only one: the refused letter goes to the new one, and needs one', async () => {
      const id = await queuedTo(SILENT);
      const blocked = async () => (await sender.ok('outgoing.get', { id })).sending.state === 'blocked';
      await world.until('the refusal', blocked);
      const { revision } = await sender.ok('outgoing.get', { id });
      const nobody = { id, revision, agencyCode: SILENT, replaceBy: null };
      expect(await sender.refused('outgoing.replaceRecipient', nobody)).toBe('NO_RECIPIENTS');
      await replace(id, SILENT, NEW);
      await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent', HOUR);
      expect(await told(id)).toEqual([`${NEW} delivered`]);
      expect(hub.inboxOf(NEW)).toHaveLength(1);
      expect(await syncOf(sender)).toMatchObject({ waitingDocuments: 0 });
    });
  });

  it('an answer lost again and again: the exchange has one letter, the sender one receipt', async () => {
    hub.line(SENDER).loseAnswers = true;
    const id = await queueLetter(sender, keys, [RECEIVER]);
    await world.until('attempts', () => calls(SENDER, 'put') >= 4);
    hub.line(SENDER).loseAnswers = false;
    await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent');
    expect(hub.inboxOf(RECEIVER)).toHaveLength(1);
    expect((await sender.ok('outgoing.get', { id })).history.filter(({ action }) => action === 'sent')).toHaveLength(1);
  });

  it('express goes before what was queued earlier', async () => {
    hub.line(SENDER).fail = () => ({ kind: 'offline', detail: 'x' });
    const normal = await queueLetter(sender, keys, [RECEIVER]);
    const urgent = await queueLetter(sender, keys, [RECEIVER], { fields: { urgency: 'urgent' } });
    const express = await queueLetter(sender, keys, [RECEIVER], { fields: { urgency: 'express' } });
    hub.line(SENDER).fail = () => null;
    await world.until('all three', () => hub.sent.length === 3);
    const idOf = (messageId: string) =>
      [normal, urgent, express].find((id) =>
        readOutbox(sender.dataDir, id).some(({ message_id }) => message_id === messageId),
      );
    const order = hub.sent.map(({ messageId }) => idOf(messageId));
    expect(order).toEqual([express, urgent, normal]);
  });

  it('an office that never answers does not hold up the others', async () => {
    const receiver = await enrolled(RECEIVER);
    const id = await queueLetter(sender, keys, [SILENT, RECEIVER]);
    const second = await queueLetter(sender, keys, [RECEIVER]);
    await world.until('both arrived', async () => (await arrivals(receiver)).length === 2);
    await world.until('both reported', async () => {
      const states = [await deliveryTo(sender, id, RECEIVER), await deliveryTo(sender, second, RECEIVER)];
      return states.every((one) => one?.state === 'arrived');
    });
    expect(await deliveryTo(sender, id, SILENT)).toMatchObject({ state: 'delivered', arrivedAt: null });
  });

  describe('statuses of recipients', () => {
    let id: string;
    beforeEach(async () => {
      id = await queueLetter(sender, keys, [RECEIVER, SILENT]);
      await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent');
    });
    /** `acceptedAt` is the exchange's; what the status claims of itself is years off. */
    const say = async (from: string, code: string, acceptedAt?: string) => {
      const bytes = await statusOf(sender, id, from, code, '2019-01-01T09:00:00+07:00');
      const item = hub.slip(SENDER, from, bytes, {
        kind: 'status',
        ...(acceptedAt === undefined ? {} : { acceptedAt }),
      });
      await settled(item.seq);
    };
    /** The office asks for what follows `seq` once it has taken it in. */
    const settled = (seq: number) => world.until('the status', () => readCursor(sender.dataDir) >= seq);

    it('move the delivery forward, whatever their order, and keep each first time', async () => {
      await say(RECEIVER, '03', '2026-11-24T02:30:00.000Z');
      await say(RECEIVER, '01', '2026-11-24T02:40:00.000Z');
      await say(RECEIVER, '01', '2026-11-24T03:00:00.000Z');
      expect(await deliveryTo(sender, id, RECEIVER)).toMatchObject({
        state: 'accepted',
        acceptedAt: '2026-11-24T02:30:00.000Z',
      });
      await say(RECEIVER, '06', '2026-11-25T03:00:00.000Z');
      await say(RECEIVER, '03', '2026-11-26T03:00:00.000Z');
      expect(await deliveryTo(sender, id, RECEIVER)).toMatchObject({
        state: 'completed',
        acceptedAt: '2026-11-24T02:30:00.000Z',
      });
      expect(await deliveryTo(sender, id, SILENT)).toMatchObject({ state: 'delivered' });
    });

    it('completion alone says that it arrived and was accepted', async () => {
      await say(RECEIVER, '06', '2026-11-25T03:00:00.000Z');
      expect(await deliveryTo(sender, id, RECEIVER)).toMatchObject({
        state: 'completed',
        arrivedAt: '2026-11-25T03:00:00.000Z',
        acceptedAt: '2026-11-25T03:00:00.000Z',
      });
    });

    it('a refusal shows its reason and is told', async () => {
      await say(RECEIVER, '02');
      expect(await deliveryTo(sender, id, RECEIVER)).toMatchObject({ state: 'refused', reason: 'Gửi nhầm' });
      expect(sender.notices.filter(({ notice }) => notice === 'refused')).toHaveLength(1);
    });

    it('show the name that the directory gives, and the time of the exchange', async () => {
      await say(RECEIVER, '02', '2026-11-24T02:30:00.000Z');
      const { deliveries, history, codeText } = await sender.ok('outgoing.get', { id });
      expect(deliveries.find(({ agencyCode }) => agencyCode === RECEIVER)).toMatchObject({
        arrivedAt: '2026-11-24T02:30:00.000Z',
        refusedAt: '2026-11-24T02:30:00.000Z',
      });
      expect(history.find(({ action }) => action === 'status-reported')).toMatchObject({
        at: '2026-11-24T02:30:00.000Z',
        actor: { kind: 'agency', id: RECEIVER, name: 'Sở Nội vụ' },
      });
      expect(sender.notices).toContainEqual({
        notice: 'refused',
        params: { codeText, agencyName: 'Sở Nội vụ', reason: 'Gửi nhầm' },
      });
    });

    it('of an agency that the letter never went to change nothing and tell nobody', async () => {
      const before = await sender.ok('outgoing.get', { id });
      await say('H15.04', '02');
      await say('H15.04', '06');
      const after = await sender.ok('outgoing.get', { id });
      expect(after.deliveries).toEqual(before.deliveries);
      expect(after.history).toEqual(before.history);
      expect(sender.notices.filter(({ notice }) => notice === 'refused')).toEqual([]);
    });

    it('about a letter that nobody sent, or with codes nobody knows, do not hold up the next ones', async () => {
      const unknown = writeEdxmlStatus({
        from: organ(RECEIVER),
        responseFor: {
          organId: SENDER,
          code: '9999/KHONG',
          promulgationDate: null,
          documentId: `${SENDER},2026/11/24,9999/KHONG`,
        },
        staff: { department: '', staff: '', mobile: '', email: '' },
        statusCode: '03',
        description: '',
        timestamp: '2026-11-24T09:30:00+07:00',
      });
      hub.slip(SENDER, RECEIVER, unknown, { kind: 'status' });
      hub.slip(SENDER, RECEIVER, await statusOf(sender, id, RECEIVER, '99'), { kind: 'status' });
      hub.slip(SENDER, RECEIVER, new TextEncoder().encode('<not-edxml/>'), { kind: 'status' });
      await say(RECEIVER, '03');
      expect(await deliveryTo(sender, id, RECEIVER)).toMatchObject({ state: 'accepted' });
    });

    it("signed with another agency's name are not believed", async () => {
      const forged = await statusOf(sender, id, RECEIVER, '03');
      const item = hub.slip(SENDER, 'H15.04', forged, { kind: 'status' });
      await settled(item.seq);
      expect(await deliveryTo(sender, id, RECEIVER)).toMatchObject({ state: 'delivered', acceptedAt: null });
    });
  });
});

describe('a letter before it was sent', () => {
  it('takes no status, even of an agency that it is planned for', async () => {
    const sender = await enrolled(SENDER);
    const { id } = await sealedLetter(sender, await addKeys(sender), [RECEIVER]);
    const item = hub.slip(SENDER, RECEIVER, await statusOf(sender, id, RECEIVER, '03'), { kind: 'status' });
    await world.until('the status', () => readCursor(sender.dataDir) >= item.seq);
    expect(await deliveryTo(sender, id, RECEIVER)).toMatchObject({ state: 'planned', acceptedAt: null });
  });
});

describe('receiving', () => {
  let receiver: TestOffice;
  beforeEach(async () => {
    receiver = await enrolled(RECEIVER);
  });
  const taken = (seq: number) => world.until('the cursor', () => readCursor(receiver.dataDir) >= seq);

  it('the same item listed twice, and the same letter in another envelope, make one row', async () => {
    const bytes = foreignLetter(SENDER, 1);
    const item = hub.slip(RECEIVER, SENDER, bytes);
    await taken(item.seq);
    hub.repeat(RECEIVER, item);
    hub.slip(RECEIVER, SENDER, bytes);
    const last = hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 2));
    await taken(last.seq);
    const rows = await arrivals(receiver);
    expect(rows.map(({ codeText }) => codeText).toSorted()).toEqual(['1/SNV-VP', '2/SNV-VP']);
    expect(receiver.notices.filter(({ notice }) => notice === 'arrived')).toHaveLength(2);
  });

  it('a letter that was returned and comes again is a new arrival', async () => {
    await taken(hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 1)).seq);
    const [first] = await arrivals(receiver);
    const { id, revision } = first ?? { id: '', revision: 0 };
    await receiver.ok('incoming.return', { id, revision, reason: 'Thiếu phụ lục' });
    await taken(hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 1)).seq);
    await taken(hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 1)).seq);
    const rows = await arrivals(receiver);
    expect(rows.map(({ codeText }) => codeText)).toEqual(['1/SNV-VP']);
    expect(rows[0]?.id).not.toBe(id);
  });

  describe('two letters of one sender under one id', () => {
    const ID = 'H15.01,2015/09/30,7816/SNV';
    const letter = (number: number, change: Partial<typeof fullDocument> = {}) =>
      hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, number, { documentId: ID, ...change })).seq;
    const page = (line: string) => [
      {
        contentId: '1',
        name: 'thu.pdf',
        contentType: 'application/pdf',
        description: '',
        bytes: makePdf({ content: `BT /F1 12 Tf 72 720 Td (${line}) Tj ET` }),
      },
    ];
    const warnedOf = async (id: string) =>
      (await receiver.ok('incoming.get', { id })).warnings.includes('SAME_ID_OTHER_CONTENT');

    it.each<[string, Partial<typeof fullDocument>]>([
      ['another number', { codeNumber: '75' }],
      ['another notation', { codeNotation: 'SNV-TCCB' }],
      ['another date', { promulgationDate: '2026-11-21' }],
      ['another subject', { subject: 'Về việc khác hẳn' }],
      ['another type', { documentType: { type: null, typeDetail: null, typeName: 'Thông báo' } }],
      ['another signer', { signer: { ...fullDocument.signer, fullName: 'Người khác' } }],
      ['another page', { attachments: page('Trang khac') }],
      ['no page', { attachments: [] }],
      ['one more file', { attachments: [...page('Một'), ...page('Hai')] }],
    ])('with %s are two arrivals, the second with a warning', async (_, change) => {
      await taken(letter(74));
      const [first] = await arrivals(receiver);
      await taken(letter(74, change));
      const rows = await arrivals(receiver);
      expect(rows).toHaveLength(2);
      const second = rows.find(({ id }) => id !== first?.id);
      expect(await warnedOf(first?.id ?? '')).toBe(false);
      expect(await warnedOf(second?.id ?? '')).toBe(true);
      expect(receiver.notices.filter(({ notice }) => notice === 'arrived')).toHaveLength(2);
    });

    it('with only another envelope are one arrival', async () => {
      await taken(letter(74));
      const envelope = {
        trace: [{ organId: SENDER, timestamp: '2026-11-25T08:00:00+07:00' }],
        business: { ...fullDocument.business!, docType: 0, paper: true },
        to: [organ(RECEIVER), organ(SILENT)],
        subject: `  ${fullDocument.subject.normalize('NFD')}`,
      };
      await taken(letter(74, envelope));
      const [row, ...others] = await arrivals(receiver);
      expect(others).toEqual([]);
      const { history } = await receiver.ok('incoming.get', { id: row?.id ?? '' });
      expect(history.filter(({ action }) => action === 'received-again')).toHaveLength(1);
    });

    it('a third is compared with all earlier ones', async () => {
      await taken(letter(74));
      const [first] = await arrivals(receiver);
      await taken(letter(75));
      await taken(letter(74));
      await taken(letter(75));
      expect(await arrivals(receiver)).toHaveLength(2);
      const { history } = await receiver.ok('incoming.get', { id: first?.id ?? '' });
      expect(history.filter(({ action }) => action === 'received-again')).toHaveLength(1);
    });

    it('whose first message is gone from the disk are still told apart, and none is lost', async () => {
      await taken(letter(74));
      const [first] = await arrivals(receiver);
      const { received } = await receiver.ok('incoming.get', { id: first?.id ?? '' });
      rmSync(join(receiver.dataDir, fileAddress(received?.edxmlFileId ?? '')));
      await taken(letter(74, { to: [organ(RECEIVER), organ(SILENT)] }));
      expect(await arrivals(receiver)).toHaveLength(2);
      expect(readInboxProblems(receiver.dataDir)).toEqual([]);
    });

    it('each has its own number, and statuses that quote it as its sender wrote it', async () => {
      await taken(letter(74));
      // With a page of its own: a second number for the same page is asked about.
      await taken(letter(75, { promulgationDate: '2026-11-21', attachments: page('Trang khac') }));
      const numbers: number[] = [];
      for (const row of await arrivals(receiver)) {
        const { fields } = await receiver.ok('incoming.get', { id: row.id });
        const corrected = { ...fields, codeText: `${fields.codeText}-CORRECTED` };
        const registered = await receiver.ok('incoming.register', {
          id: row.id,
          revision: row.revision,
          fields: corrected,
          acceptDuplicate: false,
        });
        numbers.push(registered.arrivalNumber);
        await receiver.ok('incoming.complete', { id: row.id, revision: registered.revision });
      }
      expect(new Set(numbers)).toEqual(new Set([1, 2]));
      await world.until('the statuses', () => hub.inboxOf(SENDER).length === 6);
      const quoted = hub.inboxOf(SENDER).map(({ messageId }) => {
        const status = readEdxml(hub.bytesOf(messageId) ?? new Uint8Array(0));
        if (status.kind !== 'status') throw new Error('no status');
        return `${status.statusCode} ${status.responseFor.code} ${status.responseFor.promulgationDate}`;
      });
      expect(quoted.toSorted()).toEqual(
        ['01', '03', '06'].flatMap((code) => [`${code} 74/SNV-VP 2026-11-20`, `${code} 75/SNV-VP 2026-11-21`]),
      );
    });
  });

  it('is shown under the name that the directory gives its sender', async () => {
    const express = {
      from: organ(SENDER, 'Ủy ban nhân dân tỉnh'),
      otherInfo: { ...fullDocument.otherInfo, priority: 3 },
    };
    await taken(hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 1, express)).seq);
    await taken(hub.slip(RECEIVER, 'H15.99', foreignLetter('H15.99', 2)).seq);
    const rows = await arrivals(receiver);
    const details = await Promise.all(rows.map(({ id }) => receiver.ok('incoming.get', { id })));
    const shown = details.map(({ received, history }) => [received?.senderName, history.at(-1)?.actor.name]);
    expect(shown).toEqual([
      ['Văn phòng UBND tỉnh', 'Văn phòng UBND tỉnh'],
      ['H15.99', 'H15.99'],
    ]);
    expect(receiver.notices.find(({ notice }) => notice === 'express-arrived')?.params).toMatchObject({
      agencyName: 'Văn phòng UBND tỉnh',
    });
    // What the list shows is not the name that it was given.
    expect(rows.map(({ agencyName }) => agencyName)).toEqual(['Văn phòng UBND tỉnh', 'Cơ quan H15.99']);
    expect(details.map(({ warnings }) => warnings.includes('SENDER_NAME_DIFFERS'))).toEqual([true, false]);
  });

  it("with another's page and seal inside, warns; from its own agency it does not", async () => {
    const sender = await enrolled(SENDER);
    const fileId = await importLetter(sender, sampleLetter);
    const id = await queueLetter(sender, await addKeys(sender), [RECEIVER], { fileId });
    const codes = ['SENDER_NAME_DIFFERS', 'PAGE_AGENCY_DIFFERS', 'SIGNER_ORGANISATION_DIFFERS'];
    const warnedOf = async (sentBy: string) => {
      const details = await Promise.all(
        (await arrivals(receiver)).map((row) => receiver.ok('incoming.get', { id: row.id })),
      );
      const detail = details.find(({ received }) => received?.senderCode === sentBy);
      expect(detail?.verification?.integrity).toBe('VALID');
      return detail?.warnings.filter((code) => codes.includes(code));
    };
    await world.until('the letter', async () => (await arrivals(receiver)).length === 1);
    expect(await warnedOf(SENDER)).toEqual([]);

    const { file } = await sender.ok('outgoing.get', { id });
    const genuine = new Uint8Array(readFileSync(join(sender.dataDir, fileAddress(file.fileId))));
    const attachments = [
      { contentId: '1', name: 'thu.pdf', contentType: 'application/pdf', description: '', bytes: genuine },
    ];
    const from = organ('H15.04', 'Văn phòng Ủy ban nhân dân tỉnh');
    await taken(hub.slip(RECEIVER, 'H15.04', foreignLetter('H15.04', 1, { from, attachments })).seq);
    expect(await warnedOf('H15.04')).toEqual(codes);
  });

  it('and its directory bring no mark that turns a text round', async () => {
    hub.setAgencies([agency(SENDER, 'Văn\u202e phòng\u2069'), agency(RECEIVER, 'Sở\u200f Nội vụ')]);
    await world.until('the new name', async () => {
      await world.pass(HOUR);
      hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 200 + hub.inboxOf(RECEIVER).length));
      const { agencies } = await receiver.ok('directory.search', { text: '' });
      return agencies.some(({ name }) => name === 'Văn phòng');
    });
    const { agencies } = await receiver.ok('directory.search', { text: '' });
    expect(agencies.map(({ name }) => name)).toContain('Sở Nội vụ');
  });

  it('holds no text that shows something other than what is there', async () => {
    const UNSEEN = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
    const marks = fc.constantFrom('\t', '\n', '\u0085', '\u009b', '\u061c', '\u200f', '\u202e', '\u2067', '\u2028');
    const text = fc.array(fc.oneof(marks, fc.constantFrom('Sở', ' ', 'a', '/', '.pdf')), {
      minLength: 1,
      maxLength: 12,
    });
    let number = 0;
    await fc.assert(
      fc.asyncProperty(text, async (parts) => {
        number += 1;
        const wild = `x${parts.join('')}x`;
        const letter = foreignLetter(SENDER, number, {
          from: organ(SENDER, wild),
          codeNotation: wild,
          documentId: `${number}${wild}`,
          subject: wild,
          content: wild,
          documentType: { type: null, typeDetail: null, typeName: wild },
          signer: { competence: wild, position: wild, fullName: wild },
          otherInfo: { ...fullDocument.otherInfo, priority: 3 },
          attachments: [
            { contentId: '1', name: wild, contentType: wild, description: wild, bytes: makePdf() },
            { contentId: '2', name: `${wild}.txt`, contentType: wild, description: wild, bytes: new Uint8Array(3) },
          ],
        });
        await taken(hub.slip(RECEIVER, SENDER, letter).seq);
        const list = await receiver.ok('incoming.list', { box: 'to-register' });
        const newest = list.rows.find(({ codeText }) => codeText.startsWith(`${number}/`));
        const detail = await receiver.ok('incoming.get', { id: newest?.id ?? '' });
        for (const one of textsOf([list, detail, receiver.notices])) expect(one).not.toMatch(UNSEEN);
      }),
      { numRuns: 25 },
    );
    expect(readInboxProblems(receiver.dataDir)).toEqual([]);
  });

  it('what cannot be read is set aside with its reason, and the next ones come', async () => {
    const poison: [string, Uint8Array, object?][] = [
      ['EDXML_NOT_XML', new TextEncoder().encode('<html><body>Đăng nhập</body>')],
      ['EDXML_NOT_XML', new Uint8Array(5_000).fill(0x3c)],
      ['EDXML_NOT_EDXML', new TextEncoder().encode('<?xml version="1.0"?><a/>')],
      ['EDXML_DTD_REFUSED', new TextEncoder().encode('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')],
      ['SENDER_MISMATCH', foreignLetter('H15.04', 3)],
    ];
    for (const [, bytes] of poison) hub.slip(RECEIVER, SENDER, bytes);
    const good = hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 4));
    await taken(good.seq);
    expect((await arrivals(receiver)).map(({ codeText }) => codeText)).toEqual(['4/SNV-VP']);
    const problems = readInboxProblems(receiver.dataDir);
    expect(problems.map(({ code }) => code)).toEqual(poison.map(([code]) => code));
    // Each is kept, so that a person can look at it later.
    expect(problems.every(({ file_id }) => file_id !== null)).toBe(true);
    // The clerk sees that something came, from whom and why it is not in the list.
    expect((await receiver.ok('office.counts', {})).setAside).toBe(poison.length);
    const { messages } = await receiver.ok('exchange.setAside', {});
    expect(messages.map(({ code }) => code).toReversed()).toEqual(poison.map(([code]) => code));
  });

  it('what is not given out because the workstation was revoked is fetched once it may again', async () => {
    const refusal = { kind: 'refused', code: 'WORKSTATION_REVOKED', params: {} } as const;
    hub.line(RECEIVER).fail = (call) => (call === 'download' ? refusal : null);
    const item = hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 9));
    await world.until('the refusal', async () => (await syncOf(receiver)).state === 'blocked');
    await world.pass(HOUR);
    expect(readInboxProblems(receiver.dataDir)).toEqual([]);
    hub.line(RECEIVER).fail = () => null;
    await taken(item.seq);
    expect((await arrivals(receiver)).map(({ codeText }) => codeText)).toEqual(['9/SNV-VP']);
  });

  it('a letter whose PDF is broken, locked, hostile or missing arrives all the same', async () => {
    const broken = makePdf().slice(0, 300);
    const locked = makePdf({ catalog: '' });
    const attachments = [
      [broken],
      [new TextEncoder().encode('%PDF-1.7 nothing of the kind')],
      [],
      [new Uint8Array(0)],
      [locked, broken],
    ];
    attachments.forEach((list, at) =>
      hub.slip(
        RECEIVER,
        SENDER,
        foreignLetter(SENDER, 10 + at, {
          attachments: list.map((bytes, index) => ({
            contentId: String(index),
            name: '../../../etc/passwd.pdf',
            contentType: 'application/pdf',
            description: '',
            bytes,
          })),
        }),
      ),
    );
    await taken(attachments.length);
    const rows = await arrivals(receiver);
    expect(rows).toHaveLength(attachments.length);
    for (const row of rows) {
      const detail = await receiver.ok('incoming.get', { id: row.id });
      await receiver.ok('incoming.register', {
        id: row.id,
        revision: row.revision,
        fields: detail.fields,
        acceptDuplicate: false,
      });
    }
    expect(readInboxProblems(receiver.dataDir)).toEqual([]);
  });

  it('a download that breaks goes on where it was, also after a restart', async () => {
    const line = hub.line(RECEIVER);
    line.cutDownloadsAfter = 700;
    const bytes = foreignLetter(SENDER, 5);
    const item = hub.slip(RECEIVER, SENDER, bytes);
    await world.until('two pieces', () => calls(RECEIVER, 'download') >= 2);
    await receiver.restart();
    await taken(item.seq);
    expect(calls(RECEIVER, 'download')).toBe(Math.ceil(bytes.length / 700));
    expect((await arrivals(receiver)).map(({ codeText }) => codeText)).toEqual(['5/SNV-VP']);
  });

  it('a message that never downloads whole is asked for ever more seldom', async () => {
    hub.line(RECEIVER).fail = (call) => (call === 'download' ? { kind: 'garbage', detail: 'bytes' } : null);
    hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 6));
    await world.until('a failure', async () => (await syncOf(receiver)).reason === 'EXCHANGE_GARBAGE');
    await world.pass(HOUR);
    const before = calls(RECEIVER, 'download');
    await world.pass(24 * HOUR);
    // Every half minute on average by then, not every second.
    expect(calls(RECEIVER, 'download') - before).toBeLessThan(3_500);
    hub.line(RECEIVER).fail = () => null;
    await taken(1);
  });

  it('a server that does not hold requests open is not asked without pause', async () => {
    const original = hub.gateway.connect;
    await receiver.close();
    offices.length = 0;
    const impatient = {
      ...hub.gateway,
      connect: (connection: Parameters<typeof original>[0]) => {
        const client = original(connection);
        return {
          ...client,
          inbox: (request: Parameters<typeof client.inbox>[0], signal?: AbortSignal) =>
            client.inbox({ ...request, waitSeconds: 0 }, signal),
        };
      },
    };
    receiver = await openTestOffice({ ports: { gateway: impatient, clock: world.clock, timers: world.timers } });
    offices.push(receiver);
    const before = calls(RECEIVER, 'inbox');
    await receiver.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: RECEIVER, workstationName: 'Máy' });
    await world.until('directory', async () => (await receiver.ok('directory.search', { text: '' })).total === 4);
    await world.pass(60_000);
    const perMinute = calls(RECEIVER, 'inbox') - before;
    expect(perMinute).toBeGreaterThan(1);
    expect(perMinute).toBeLessThan(70);
    const item = hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 7));
    await taken(item.seq);
  });

  it('a full disk while receiving is told as such and passes', async () => {
    let full = true;
    await receiver.restart({ ports: { ...ports(), files: storeOnFullDisk(receiver.dataDir, () => full) } });
    const item = hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 8));
    await world.until('the failure', async () => (await syncOf(receiver)).reason === 'DISK_FULL');
    expect(await arrivals(receiver)).toEqual([]);
    full = false;
    await taken(item.seq);
    expect((await arrivals(receiver)).map(({ codeText }) => codeText)).toEqual(['8/SNV-VP']);
  });

  it('a file that another program holds while a letter is taken in passes, and is not set aside', async () => {
    let isHeld = true;
    const store = createContentStore(receiver.dataDir);
    const adopt = async (fileId: string) => {
      if (isHeld) throw new CodedError('FILE_HELD', {}, { retryable: true });
      await store.adopt(fileId);
    };
    await receiver.restart({ ports: { ...ports(), files: { ...store, adopt } } });
    const item = hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 8));
    await world.until('the failure', async () => (await syncOf(receiver)).reason === 'FILE_HELD');
    expect((await receiver.ok('exchange.setAside', {})).messages).toEqual([]);
    isHeld = false;
    await taken(item.seq);
    expect((await arrivals(receiver)).map(({ codeText }) => codeText)).toEqual(['8/SNV-VP']);
  });

  it('a directory that changes while the office runs is learned within a day', async () => {
    hub.setAgencies([agency(SENDER, 'Văn phòng'), agency(RECEIVER, 'Sở Nội vụ'), agency('H15.77', 'Cơ quan mới')]);
    const known = async () => (await receiver.ok('directory.search', { text: 'co quan moi' })).total === 1;
    for (let hour = 0; hour < 24 && !(await known()); hour += 1) {
      await world.pass(HOUR);
      hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 100 + hour));
    }
    expect(await known()).toBe(true);
  });
});

describe('enrolment', () => {
  it('at another exchange, after the key was lost, takes in all that it has', async () => {
    const office = await enrolled(RECEIVER);
    const early = hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 1));
    await world.until('the first letter', () => readCursor(office.dataDir) === early.seq);
    await office.loseSecrets();
    expect((await office.ok('office.identity', {})).enrolled).toBe(false);
    const other = createOfficeHub([agency(SENDER, 'Văn phòng'), agency(RECEIVER, 'Sở Nội vụ')]);
    const late = other.slip(RECEIVER, SENDER, foreignLetter(SENDER, 2));
    const gateway: OfficeHub['gateway'] = {
      ...other.gateway,
      enrol: async (request) => {
        const outcome = await other.gateway.enrol(request);
        return outcome.kind === 'ok' ? { kind: 'ok', value: { ...outcome.value, exchangeId: 'other' } } : outcome;
      },
      connect: (connection) => other.gateway.connect({ ...connection, exchangeId: RECEIVER }),
    };
    await office.restart({ ports: { ...ports(), gateway } });
    await office.ok('exchange.enrol', { serverUrl: 'http://other.invalid', code: RECEIVER, workstationName: 'Máy' });
    await world.until('the second letter', async () => (await arrivals(office)).length === 2);
    expect(late.seq).toBe(early.seq);
  });

  it('a key that cannot be read leaves the office working, and to be enrolled anew', async () => {
    const office = await openTestOffice({
      ports: {
        ...ports(),
        gateway: {
          ...hub.gateway,
          connect: () => {
            throw new SyntaxError('no key');
          },
        },
      },
      log: noLog,
    });
    offices.push(office);
    await office.call('exchange.enrol', {
      serverUrl: 'http://hub.invalid',
      code: SENDER,
      workstationName: 'Máy',
      commandId: randomUUID(),
    });
    await office.restart();
    expect((await office.ok('office.identity', {})).enrolled).toBe(false);
    await office.restart({ ports: ports() });
    expect((await office.ok('office.identity', {})).enrolled).toBe(true);
  });

  it('two requests at once enrol once', async () => {
    const office = await openTestOffice({ ports: { gateway: hub.gateway, clock: world.clock, timers: world.timers } });
    offices.push(office);
    const enrol = () =>
      office.call('exchange.enrol', {
        serverUrl: 'http://hub.invalid',
        code: SENDER,
        workstationName: 'Máy',
        commandId: randomUUID(),
      });
    const answers = await Promise.all([enrol(), enrol()]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.find((answer) => !answer.ok)).toMatchObject({ code: 'ALREADY_ENROLLED' });
    expect(await office.refused('office.setUp', { agencyCode: 'X', agencyName: 'Khác' })).toBe('ALREADY_ENROLLED');
  });

  it.each([
    [{ kind: 'refused', code: 'ENROL_CODE_USED', params: {} }, 'ENROL_CODE_EXPIRED'],
    [{ kind: 'refused', code: 'ENROL_CODE_EXPIRED', params: {} }, 'ENROL_CODE_EXPIRED'],
    [{ kind: 'refused', code: 'RATE_LIMITED', params: {} }, 'EXCHANGE_REFUSED'],
    [{ kind: 'offline', detail: '' }, 'EXCHANGE_UNREACHABLE'],
    [{ kind: 'retry-later', retryAfterMs: null, detail: '' }, 'EXCHANGE_UNREACHABLE'],
    [{ kind: 'garbage', detail: '' }, 'EXCHANGE_GARBAGE'],
    [{ kind: 'clock', offsetMs: 1 }, 'EXCHANGE_REFUSED'],
  ] as const)('%j is told as %s, and the office can try again', async (outcome, code) => {
    let failing = true;
    const gateway = {
      ...hub.gateway,
      enrol: (request: Parameters<typeof hub.gateway.enrol>[0]) =>
        failing ? Promise.resolve(outcome) : hub.gateway.enrol(request),
    };
    const office = await openTestOffice({ ports: { gateway, clock: world.clock, timers: world.timers } });
    offices.push(office);
    const input = { serverUrl: 'http://hub.invalid/', code: SENDER, workstationName: 'Máy' };
    expect(await office.refused('exchange.enrol', input)).toBe(code);
    expect((await office.ok('office.identity', {})).enrolled).toBe(false);
    failing = false;
    await office.ok('exchange.enrol', input);
    expect((await office.ok('office.identity', {})).serverUrl).toBe('http://hub.invalid');
    await office.restart();
    expect((await office.ok('office.identity', {})).enrolled).toBe(true);
  });
});
