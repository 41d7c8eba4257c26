import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { readOutbox, readRows } from '#tests/support/office-database.ts';
import type { OfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, queueLetter } from '#tests/support/office-letters.ts';
import {
  arrivals,
  createSyncWorld,
  foreignLetter,
  RECEIVER,
  SENDER,
  type SyncWorld,
} from '#tests/support/sync-world.ts';
import type { TestOffice } from '#tests/support/test-office.ts';
import type { VirtualTime } from '#tests/support/virtual-time.ts';
import { watchedDelivery } from '#tests/support/watched-delivery.ts';

let all: SyncWorld;
let hub: OfficeHub;
let world: VirtualTime;
beforeEach(() => {
  all = createSyncWorld();
  ({ hub, time: world } = all);
});
afterEach(async () => await all.close());

const today = () => vietnamDay(world.clock.now().getTime());
const states = (office: TestOffice, table: 'statement' | 'office_report') =>
  readRows<{ state: string }>(office.dataDir, `SELECT state FROM ${table}`).map(({ state }) => state);
const waitingIn = async (office: TestOffice) => (await office.ok('exchange.line', {})).waitingStatuses;

/** Nothing gets through, then everything but the answers, with a restart in each. */
async function badLine(code: string, office: TestOffice, table: 'statement' | 'office_report', heard: () => boolean) {
  const line = hub.line(code);
  const call = table === 'statement' ? 'statements' : 'paper-arrivals';
  await world.until('an attempt', () => all.calls(code, call) > 0, 600_000);
  await office.restart({ ports: all.ports() });
  const before = all.calls(code, call);
  await world.until('another attempt', () => all.calls(code, call) > before, 600_000);
  expect(states(office, table)).toContain('waiting');
  expect(heard()).toBe(false);
  expect(await waitingIn(office)).toBeGreaterThan(0);
  line.fail = () => null;
  line.loseAnswers = true;
  await world.until('that it was heard', heard, 600_000);
  await office.restart({ ports: all.ports() });
  expect(states(office, table)).toContain('waiting');
  line.loseAnswers = false;
  await world.until('the answer', () => states(office, table).every((state) => state === 'done'), 600_000);
}
/** For what an office says alone: a line that fails for everything is told from one that is there. */
const cut = (code: string): void => {
  hub.line(code).fail = (call) =>
    call === 'statements' || call === 'paper-arrivals' ? { kind: 'offline', detail: 'no route' } : null;
};

async function arrivedAt(office: TestOffice, number: number) {
  const { messageId } = hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, number));
  const row = await world.until('the arrival', async () =>
    (await arrivals(office)).find(({ codeText }) => codeText === `${number}/SNV-VP`),
  );
  return { ...(await office.ok('incoming.get', { id: row.id })), messageId };
}

describe('without a line', () => {
  it('a posted paper copy is stated once', async () => {
    const office = await all.enrolled(SENDER);
    const id = await queueLetter(office, await addKeys(office), [RECEIVER]);
    await world.until('sent', async () => (await office.ok('outgoing.get', { id })).state === 'sent');
    hub.watch(watchedDelivery({ messageId: readOutbox(office.dataDir, id)[0]?.message_id ?? '', recipient: RECEIVER }));
    await world.until('the watch', async () => (await office.ok('outgoing.get', { id })).watched.length === 1);
    cut(SENDER);
    await office.ok('outgoing.recordPaper', { id, recipients: [RECEIVER], day: today(), item: 'RR1' });
    await badLine(SENDER, office, 'statement', () => hub.stated.length > 0);
    expect(hub.stated.map(({ statement }) => statement)).toMatchObject([{ event: 'paper-posted', item: 'RR1' }]);
  });

  it('a received paper copy is stated once', async () => {
    const office = await all.enrolled(RECEIVER);
    const { id, revision, messageId } = await arrivedAt(office, 1);
    cut(RECEIVER);
    await office.ok('incoming.receivePaper', { id, revision });
    await badLine(RECEIVER, office, 'statement', () => hub.stated.length > 0);
    expect(hub.stated.map(({ statement }) => statement)).toMatchObject([{ event: 'paper-received', messageId }]);
  });

  it('a paper copy of what came in two envelopes is stated for both, also for one that comes after it', async () => {
    const office = await all.enrolled(RECEIVER);
    const { id, messageId } = await arrivedAt(office, 1);
    const again = async (times: number): Promise<string> => {
      const { messageId: other } = hub.slip(RECEIVER, SENDER, hub.bytesOf(messageId) ?? new Uint8Array());
      await world.until('the other envelope', async () => {
        const { history } = await office.ok('incoming.get', { id });
        return history.filter(({ action }) => action === 'received-again').length === times;
      });
      return other;
    };
    const second = await again(1);
    const { revision } = await office.ok('incoming.get', { id });
    await office.ok('incoming.receivePaper', { id, revision });
    const third = await again(2);
    const received = () => hub.stated.filter(({ statement }) => statement.event === 'paper-received');
    await world.until('all', () => received().length === 3, 600_000);
    await world.pass(60_000);
    // Those that were made at one instant go in any order.
    expect(
      received()
        .map(({ statement }) => statement.messageId)
        .toSorted(),
    ).toEqual([messageId, second, third].toSorted());
  });

  it('what came on paper alone is reported and withdrawn in that order, whatever was repeated', async () => {
    const office = await all.enrolled(RECEIVER);
    const { fields } = await arrivedAt(office, 1);
    cut(RECEIVER);
    const onPaper = { ...fields, codeText: '2/SNV-VP' };
    await office.ok('incoming.registerPaper', { fields: onPaper, senderCode: SENDER, acceptDuplicate: false });
    await badLine(RECEIVER, office, 'office_report', () => hub.paperArrivals.length > 0);
    const told = () => hub.paperArrivals.map(({ arrival }) => arrival.withdrawn);
    expect(new Set(told())).toEqual(new Set([false]));
    // Its arrival alone withdraws what was said of it.
    cut(RECEIVER);
    await arrivedAt(office, 2);
    await badLine(RECEIVER, office, 'office_report', () => told().includes(true));
    expect(told().findLastIndex((withdrawn) => !withdrawn)).toBeLessThan(told().indexOf(true));
    expect(states(office, 'office_report')).toHaveLength(2);
  });
});
