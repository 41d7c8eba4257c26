import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mayFetchBeside, MOST_FETCHED_AT_ONCE } from '#core/sync/fetch-message.ts';
import type { ListedMessage } from '#core/sync/sync-stores.ts';
import type { ReaderHost } from '#entries/process-reader.ts';
import { forkedReaderHost } from '#scripts/demo/forked-reader.ts';
import { readCursor, readInboxProblems } from '#tests/support/office-database.ts';
import type { OfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, queueLetter } from '#tests/support/office-letters.ts';
import { fileIdOf } from '#tests/support/office-records.ts';
import {
  arrivals,
  createSyncWorld,
  foreignLetter,
  RECEIVER,
  SENDER,
  statusOf,
  type SyncWorld,
} from '#tests/support/sync-world.ts';
import { openTestOffice, repositoryRoot } from '#tests/support/test-office.ts';

let all: SyncWorld;
let hub: OfficeHub;
beforeEach(() => {
  all = createSyncWorld();
  ({ hub } = all);
});
afterEach(() => all.close());

const downloads = () =>
  hub
    .line(RECEIVER)
    .calls.filter(({ call }) => call === 'download')
    .map(({ messageId }) => messageId);

describe('small messages', () => {
  it('are fetched several at a time, the most urgent first, and each once', async () => {
    const office = await all.enrolled(RECEIVER);
    const line = hub.line(RECEIVER);
    line.fail = () => ({ kind: 'offline', detail: 'x' });
    const count = MOST_FETCHED_AT_ONCE + 3;
    for (let n = 1; n < count; n += 1) hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, n));
    const express = hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, count), { urgency: 'express' });
    const held: (() => void)[] = [];
    line.hold = (call) => (call === 'download' ? new Promise((resolve) => held.push(resolve)) : null);
    line.fail = () => null;
    await all.time.until('as many as may be', () => downloads().length === MOST_FETCHED_AT_ONCE);
    // It came last, and of those that are begun together any may reach the line first.
    expect(downloads()).toContain(express.messageId);
    await all.time.pass(1_000);
    expect(downloads()).toHaveLength(MOST_FETCHED_AT_ONCE);
    line.hold = () => null;
    held.forEach((release) => release());
    await all.time.until('all', async () => (await arrivals(office)).length === count);
    expect(downloads()).toHaveLength(count);
    expect(new Set(downloads())).toEqual(new Set(hub.inboxOf(RECEIVER).map(({ messageId }) => messageId)));
  });

  it('of the same bytes are one file, which is fetched once', async () => {
    const office = await all.enrolled(RECEIVER);
    hub.line(RECEIVER).fail = () => ({ kind: 'offline', detail: 'x' });
    for (let times = 0; times < 3; times += 1) hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 1));
    hub.line(RECEIVER).fail = () => null;
    await all.time.until('all', () => readCursor(office.dataDir) === 3);
    expect(downloads()).toHaveLength(1);
    expect(await arrivals(office)).toHaveLength(1);
    expect(readInboxProblems(office.dataDir)).toEqual([]);
  });
});

it('statuses come into the history in their order, also when a later one is read sooner', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'vanthu-order-'));
  const forked = forkedReaderHost(dataDir, join(repositoryRoot, 'resources'));
  const [slow, quick] = [{ fileId: '' }, { fileId: '' }];
  let quickIsRead = false;
  let passOnSlow: (() => void) | null = null;
  const readerHost: ReaderHost = {
    start: (replied, ended) => {
      const asked = new Map<number, string>();
      const reading = forked.start((reply) => {
        const fileId = asked.get(reply.id);
        if (fileId === slow.fileId && !quickIsRead) {
          passOnSlow = () => replied(reply);
          return;
        }
        replied(reply);
        if (fileId !== quick.fileId) return;
        quickIsRead = true;
        passOnSlow?.();
      }, ended);
      return {
        kill: () => reading.kill(),
        post: (request) => {
          asked.set(request.id, request.fileId);
          reading.post(request);
        },
      };
    },
  };
  const office = await openTestOffice({ dataDir, ports: all.ports(), readerHost });
  all.offices.push(office);
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: SENDER, workstationName: 'Máy' });
  await all.time.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 4);
  const id = await queueLetter(office, await addKeys(office), [RECEIVER]);
  await all.time.until('the letter', () => hub.sent.length === 1);
  const statuses = [await statusOf(office, id, RECEIVER, '01'), await statusOf(office, id, RECEIVER, '03')];
  hub.line(SENDER).fail = () => ({ kind: 'offline', detail: 'x' });
  const items = statuses.map((bytes) => hub.slip(SENDER, RECEIVER, bytes, { kind: 'status' }));
  [slow.fileId, quick.fileId] = items.map(({ sha256 }) => sha256) as [string, string];
  hub.line(SENDER).fail = () => null;
  await all.time.until('both', () => readCursor(dataDir) === 2);
  const { history } = await office.ok('outgoing.get', { id });
  const newest = history.filter(({ action }) => action === 'status-reported');
  expect(newest.map(({ params }) => params)).toMatchObject([{ status: '03' }, { status: '01' }]);
});

describe('what may be fetched beside others', () => {
  const listed = (change: Partial<ListedMessage> = {}): ListedMessage => ({
    seq: 1,
    kind: 'document',
    messageId: 'm',
    from: SENDER,
    size: 2_000,
    sha256: fileIdOf('m'),
    acceptedAt: '2026-11-24T08:00:00.000Z',
    urgency: 'normal',
    begun: 0,
    attempts: 0,
    nextAttemptAt: '2026-11-24T08:00:00.000Z',
    errorCode: null,
    ...change,
  });
  const large = listed({ size: 200_000 });
  const suspect = listed({ begun: 1 });

  it('is small together with them, so that an express letter waits no longer than for one', () => {
    expect(mayFetchBeside(listed(), [listed(), large])).toBe(true);
    expect(mayFetchBeside(large, [large])).toBe(false);
    expect(mayFetchBeside(listed({ size: 90_000_000 }), [])).toBe(true);
  });

  it('was never begun, nor were they: what ended the program before ends it alone, and no other is blamed', () => {
    expect(mayFetchBeside(suspect, [listed()])).toBe(false);
    expect(mayFetchBeside(listed(), [suspect])).toBe(false);
    expect(mayFetchBeside(suspect, [])).toBe(true);
  });
});
