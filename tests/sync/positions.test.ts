import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SMALL_BYTES } from '#shared/domain/lane.ts';
import type { FileStore } from '#core/ports/file-store.ts';
import { createContentStore } from '#files/content-store.ts';
import type { OfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, queueLetter, type OfficeKeys } from '#tests/support/office-letters.ts';
import { readCursor, readInboxProblems, readOutbox, readRows } from '#tests/support/office-database.ts';
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
  syncOf,
  type SyncWorld,
} from '#tests/support/sync-world.ts';
import type { TestOffice } from '#tests/support/test-office.ts';
import type { VirtualTime } from '#tests/support/virtual-time.ts';

let all: SyncWorld;
let hub: OfficeHub;
let world: VirtualTime;

beforeEach(() => {
  all = createSyncWorld();
  ({ hub, time: world } = all);
});
afterEach(() => all.close());

const codesOf = async (office: TestOffice) => (await arrivals(office)).map(({ codeText }) => codeText).toSorted();
const slip = (number: number) => hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, number));
const taken = (office: TestOffice, seq: number) =>
  world.until('the cursor', () => readCursor(office.dataDir) >= seq, 10 * 60_000);

describe('an exchange put back to an older copy', () => {
  let sender: TestOffice;
  let receiver: TestOffice;
  let keys: OfficeKeys;
  beforeEach(async () => {
    sender = await all.enrolled(SENDER);
    receiver = await all.enrolled(RECEIVER);
    keys = await addKeys(sender);
  });
  const sendTo = async (...to: string[]) => {
    const id = await queueLetter(sender, keys, to);
    await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent');
    return id;
  };
  const codeOf = async (id: string) => (await sender.ok('outgoing.get', { id })).codeText;
  const inRegisterOnce = async (...ids: string[]) => {
    const codes = await Promise.all(ids.map(codeOf));
    await world.until(
      'each letter',
      async () => {
        const known = await codesOf(receiver);
        return codes.every((code) => known.includes(code));
      },
      HOUR,
    );
    expect((await codesOf(receiver)).filter((code) => codes.includes(code))).toEqual(codes.toSorted());
  };

  it.each([
    ['by command', true],
    ['without a word', false],
  ])('%s: what it lost is sent again, and numbers given twice hide nothing', async (_, declared) => {
    const early = await sendTo(RECEIVER);
    await taken(receiver, 1);
    const restore = hub.backUp();
    const lost = [await sendTo(RECEIVER), await sendTo(RECEIVER, SILENT)];
    await taken(receiver, 3);
    restore();
    if (declared) hub.beginEpoch();
    // Numbers 2 and 3 are given again before anybody looks: to what another agency sends meanwhile.
    const others = [10, 11, 12].map((number) => hub.slip(RECEIVER, 'H15.04', foreignLetter('H15.04', number)));
    const after = await sendTo(RECEIVER);
    await inRegisterOnce(early, ...lost, after);
    await world.until('the others', async () => (await codesOf(receiver)).length === 4 + others.length, HOUR);
    expect(await codesOf(receiver)).toEqual(expect.arrayContaining(['10/SNV-VP', '11/SNV-VP', '12/SNV-VP']));
    for (const id of lost) {
      const { messageId } = readOutboxRow(sender, id);
      await world.until('the second receipt', () => hub.bytesOf(messageId) !== undefined, HOUR);
    }
    expect(hub.inboxOf(SILENT).map(({ messageId }) => messageId)).toEqual([
      readOutboxRow(sender, lost[1] ?? '').messageId,
    ]);
    expect(readInboxProblems(receiver.dataDir)).toEqual([]);
    const { history } = await sender.ok('outgoing.get', { id: lost[0] ?? '' });
    expect(history.filter(({ action }) => action === 'lost-by-exchange')).toHaveLength(1);
  });

  it('statuses that it lost are reported again', async () => {
    const restore = hub.backUp();
    const id = await sendTo(RECEIVER);
    await world.until('the report', async () => (await deliveryTo(sender, id, RECEIVER))?.state === 'arrived');
    const [row] = await arrivals(receiver);
    const { fields } = await receiver.ok('incoming.get', { id: row?.id ?? '' });
    const target = { id: row?.id ?? '', revision: row?.revision ?? 0 };
    await receiver.ok('incoming.register', { ...target, fields, acceptDuplicate: false });
    await world.until('03 sent', () => hub.inboxOf(SENDER).length === 2);
    restore();
    hub.beginEpoch();
    await world.until('both again', () => hub.inboxOf(SENDER).length === 2, HOUR);
    await world.until('it', async () => (await deliveryTo(sender, id, RECEIVER))?.state === 'accepted', HOUR);
    const { history } = await sender.ok('outgoing.get', { id });
    // Known by their ids: nothing is noted twice.
    expect(history.filter(({ action }) => action === 'status-reported')).toHaveLength(2);
  });

  it('whose id was taken by somebody else meanwhile: the letter goes under a new one, and arrives once', async () => {
    const restore = hub.backUp();
    const id = await sendTo(RECEIVER);
    await taken(receiver, 1);
    const { messageId } = readOutboxRow(sender, id);
    restore();
    hub.squat(messageId, 'H15.04', foreignLetter('H15.04', 99));
    hub.beginEpoch();
    await world.until('a new id', () => readOutboxRow(sender, id).messageId !== messageId, HOUR);
    const renamed = readOutboxRow(sender, id).messageId;
    await world.until('it there', () => hub.inboxOf(RECEIVER).some((item) => item.messageId === renamed), HOUR);
    await inRegisterOnce(id);
  });

  it('another message under the id of one that is here is shown, and replaces nothing', async () => {
    const bytes = foreignLetter(SENDER, 1);
    const item = hub.slip(RECEIVER, SENDER, bytes);
    await taken(receiver, item.seq);
    const again = hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 2), { messageId: item.messageId });
    await taken(receiver, again.seq);
    expect(await codesOf(receiver)).toEqual(['1/SNV-VP']);
    const { messages, total } = await receiver.ok('exchange.setAside', {});
    expect(messages.map(({ code }) => code)).toEqual(['MESSAGE_ID_REUSED']);
    expect(total).toBe(1);
  });
});

function readOutboxRow(office: TestOffice, documentId: string): { messageId: string } {
  const [row] = readOutbox(office.dataDir, documentId);
  if (row === undefined) throw new Error('nothing in the outbox');
  return { messageId: row.message_id };
}

describe('an office that is enrolled for another agency', () => {
  it('reads that inbox from its start, and what the old one sent is not asked for there', async () => {
    const office = await all.enrolled(RECEIVER);
    for (const number of [1, 2, 3]) slip(number);
    await taken(office, 3);
    const sent = await queueLetter(office, await addKeys(office), [SENDER]);
    await world.until('delivery', async () => (await stateOf(office, sent)) === 'sent');
    const theirs = hub.slip(SILENT, SENDER, foreignLetter(SENDER, 4));
    await office.loseSecrets();
    await office.restart({ ports: all.ports() });
    const merged = { serverUrl: 'http://hub.invalid', code: SILENT, workstationName: 'Máy', mergeAgency: true };
    await office.ok('exchange.enrol', merged);
    await world.until('the letter', async () => (await arrivals(office)).length === 4, HOUR);
    expect(hub.inboxOf(SILENT)).toEqual([theirs]);
    expect(await codesOf(office)).toEqual(['1/SNV-VP', '2/SNV-VP', '3/SNV-VP', '4/SNV-VP']);
    await world.pass(HOUR);
    expect(readOutbox(office.dataDir, sent).map(({ state }) => state)).toEqual(['done']);
    expect(await syncOf(office)).toMatchObject({ waitingDocuments: 0, waitingIncoming: 0 });
  });
});

describe('a message whose bytes the exchange lost', () => {
  it('is passed over and shown, asked for, and comes by itself', async () => {
    const sender = await all.enrolled(SENDER);
    const receiver = await all.enrolled(RECEIVER);
    hub.line(RECEIVER).fail = (call) => (call === 'download' ? { kind: 'offline', detail: 'x' } : null);
    const id = await queueLetter(sender, await addKeys(sender), [RECEIVER]);
    await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent');
    const after = slip(7);
    hub.line(SENDER).fail = () => ({ kind: 'offline', detail: 'x' });
    hub.loseBytes(readOutboxRow(sender, id).messageId);
    hub.line(RECEIVER).fail = () => null;
    await taken(receiver, after.seq);
    expect(await codesOf(receiver)).toEqual(['7/SNV-VP']);
    expect((await receiver.ok('exchange.setAside', {})).messages.map(({ code }) => code)).toEqual(['MESSAGE_LOST']);
    hub.line(SENDER).fail = () => null;
    await world.until('both', async () => (await arrivals(receiver)).length === 2, HOUR);
    expect((await receiver.ok('exchange.setAside', {})).messages).toEqual([]);
    expect(readOutbox(sender.dataDir, id).map(({ state }) => state)).toEqual(['done']);
  });
});

describe('a message that was listed before the exchange was put back', () => {
  it('is shown as forgotten, and comes when its sender hands it over again', async () => {
    const sender = await all.enrolled(SENDER);
    const receiver = await all.enrolled(RECEIVER);
    const restore = hub.backUp();
    hub.line(RECEIVER).fail = (call) => (call === 'download' ? { kind: 'offline', detail: 'x' } : null);
    const id = await queueLetter(sender, await addKeys(sender), [RECEIVER]);
    await world.until('delivery', async () => (await stateOf(sender, id)) === 'sent');
    await world.until('the list', () => readRows(receiver.dataDir, 'SELECT 1 FROM inbox_item').length === 1);
    hub.line(SENDER).fail = () => ({ kind: 'offline', detail: 'x' });
    restore();
    // Nobody has told the receiver yet that its place in the inbox is gone.
    hub.line(RECEIVER).fail = (call) => (call === 'inbox' ? { kind: 'offline', detail: 'x' } : null);
    const codes = async () => (await receiver.ok('exchange.setAside', {})).messages.map(({ code }) => code);
    await world.until('it aside', async () => (await codes()).length === 1, HOUR);
    expect(await codes()).toEqual(['MESSAGE_FORGOTTEN']);
    hub.beginEpoch();
    hub.line(RECEIVER).fail = () => null;
    hub.line(SENDER).fail = () => null;
    await world.until('it', async () => (await arrivals(receiver)).length === 1, HOUR);
    expect(await codes()).toEqual([]);
  });
});

describe('what was set aside', () => {
  const rubbish = (text: string) => new TextEncoder().encode(`<x>${text}</x>`);

  it('is taken again by a click, and by itself after an update', async () => {
    const office = await all.enrolled(RECEIVER);
    const item = hub.slip(RECEIVER, SENDER, rubbish('a'));
    await taken(office, item.seq);
    const count = async () => (await office.ok('exchange.setAside', {})).total;
    expect(await count()).toBe(1);
    await office.ok('exchange.takeAgain', { messageId: item.messageId });
    await world.until('the same end', async () => (await count()) === 1);
    expect(await office.refused('exchange.takeAgain', { messageId: randomUUID() })).toBe('NOT_FOUND');
    // Nothing is fetched twice: it is here.
    expect(all.calls(RECEIVER, 'download')).toBe(1);

    const attempts = () => readRows(office.dataDir, 'SELECT 1 FROM inbox_item').length;
    await office.restart({ ports: all.ports() });
    expect(attempts()).toBe(0);
    hub.line(RECEIVER).fail = () => ({ kind: 'offline', detail: 'x' });
    let begun = 0;
    const store = createContentStore(office.dataDir);
    const files: FileStore = {
      ...store,
      has: (fileId) => {
        if (fileId === item.sha256) begun += 1;
        return store.has(fileId);
      },
    };
    await office.restart({ ports: { ...all.ports(), files }, appVersion: 'next' });
    await world.until('another attempt', () => begun > 0);
    await world.until('the same end', async () => (await count()) === 1);
    begun = 0;
    await office.restart({ ports: { ...all.ports(), files }, appVersion: 'next' });
    await world.pass(HOUR);
    expect(begun).toBe(0);
  });

  it('by one sender in any number does not push out what another sent', async () => {
    const office = await all.enrolled(RECEIVER);
    const real = hub.slip(RECEIVER, SENDER, rubbish('real'));
    for (let number = 0; number < 60; number += 1) hub.slip(RECEIVER, 'H15.04', rubbish(String(number)));
    await taken(office, 61);
    const { messages, total } = await office.ok('exchange.setAside', {});
    expect(total).toBe(61);
    expect(messages.length).toBeLessThan(30);
    expect(messages.map(({ messageId }) => messageId)).toContain(real.messageId);
  });
});

describe('the order of fetching', () => {
  it('is that of urgency, and nothing waits behind what is stuck', async () => {
    const office = await all.enrolled(RECEIVER);
    hub.line(RECEIVER).fail = () => ({ kind: 'offline', detail: 'x' });
    // Too large together to be fetched beside each other, or which call comes first would be the disk's word.
    const alone = (number: number) => foreignLetter(SENDER, number, { subject: 'x'.repeat(0.6 * SMALL_BYTES) });
    const stuck = hub.slip(RECEIVER, SENDER, alone(1));
    hub.slip(RECEIVER, SENDER, alone(2));
    const express = hub.slip(RECEIVER, SENDER, alone(3), { urgency: 'express' });
    const before = hub.line(RECEIVER).calls.length;
    hub.line(RECEIVER).fail = (call, messageId) =>
      call === 'download' && messageId === stuck.messageId ? { kind: 'garbage', detail: 'x' } : null;
    await world.until('the two', async () => (await arrivals(office)).length === 2, HOUR);
    const first = hub
      .line(RECEIVER)
      .calls.slice(before)
      .find(({ call }) => call === 'download');
    expect(first?.messageId).toBe(express.messageId);
    expect(await codesOf(office)).toEqual(['2/SNV-VP', '3/SNV-VP']);
    expect((await syncOf(office)).waitingIncoming).toBe(1);
  });

  it('a large message that hangs holds up neither an express one nor a small one', async () => {
    const office = await all.enrolled(RECEIVER);
    const large = foreignLetter(SENDER, 1, { subject: 'x'.repeat(300_000) });
    let release = (): void => undefined;
    hub.line(RECEIVER).hold = (call, messageId) =>
      call === 'download' && messageId === item.messageId
        ? new Promise((resolve) => {
            release = resolve;
          })
        : null;
    const item = hub.slip(RECEIVER, SENDER, large);
    await world.until('it hangs', () => all.calls(RECEIVER, 'download') === 1);
    slip(2);
    hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 3), { urgency: 'express' });
    await world.until('the two', async () => (await arrivals(office)).length === 2, 60_000);
    release();
    await world.until('the large one', async () => (await arrivals(office)).length === 3, HOUR);
  });

  it('a click ends what hangs and begins anew', async () => {
    const office = await all.enrolled(RECEIVER);
    hub.line(RECEIVER).hold = (call, _messageId, signal) =>
      call === 'download' && all.calls(RECEIVER, 'download') === 1
        ? new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }))
        : null;
    const item = slip(1);
    await world.until('it hangs', () => all.calls(RECEIVER, 'download') === 1);
    await office.ok('exchange.syncNow', {});
    await taken(office, item.seq);
    expect(await codesOf(office)).toEqual(['1/SNV-VP']);
  });
});
