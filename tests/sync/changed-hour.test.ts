import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, queueLetter } from '#tests/support/office-letters.ts';
import { createSyncWorld, RECEIVER, SENDER, SILENT, type SyncWorld } from '#tests/support/sync-world.ts';
import { readOutbox } from '#tests/support/office-database.ts';
import type { TestOffice } from '#tests/support/test-office.ts';
import type { VirtualTime } from '#tests/support/virtual-time.ts';
import { watchedDelivery } from '#tests/support/watched-delivery.ts';

let all: SyncWorld;
let hub: OfficeHub;
let world: VirtualTime;
let office: TestOffice;
beforeEach(async () => {
  all = createSyncWorld();
  ({ hub, time: world } = all);
  office = await all.enrolled(SENDER);
});
afterEach(async () => await all.close());

const inHours = (hours: number): string =>
  new Date(Math.round((world.clock.now().getTime() + hours * 3_600_000) / 60_000) * 60_000).toISOString();
const stated = () => hub.stated.filter(({ statement }) => statement.event === 'hour-changed');
const detailOf = async (id: string) => await office.ok('outgoing.get', { id });
const change = async (id: string, expressAt: string) => {
  const { revision } = await detailOf(id);
  return office.ok('outgoing.changeHour', { id, revision, expressAt });
};
const goOffline = (): (() => void) => {
  const line = hub.line(SENDER);
  line.fail = () => ({ kind: 'offline', detail: 'no route' });
  return () => {
    line.fail = () => null;
  };
};
/** As the exchange judges hours: by its own clock. */
const judgeByClock = () => {
  hub.judge = (statement) =>
    statement.event === 'hour-changed' && Date.parse(statement.expressAt) <= world.clock.now().getTime()
      ? 'IN_THE_PAST'
      : null;
};

/** A letter with a fixed hour, to two. */
async function queued(expressAt: string): Promise<string> {
  const fields = { urgency: 'express-timed', expressAt } as const;
  return queueLetter(office, await addKeys(office), [RECEIVER, SILENT], { fields });
}
const sent = async (id: string) => await world.until('sent', async () => (await detailOf(id)).state === 'sent');
/** The exchange tells of these recipients of it. */
async function watch(id: string, expressAt: string, recipients: readonly string[] = [RECEIVER, SILENT]) {
  const messageId = readOutbox(office.dataDir, id)[0]?.message_id ?? '';
  const delivery = { messageId, urgency: 'express-timed', expressAt } as const;
  hub.watch(...recipients.map((recipient) => watchedDelivery({ ...delivery, recipient })));
  await world.until('the watch', async () => {
    const { watched } = await detailOf(id);
    return recipients.every((code) => watched.some((one) => one.delivery.recipient === code));
  });
}

describe('a changed hour that the exchange does not take', () => {
  it('leaves the one in force in the register, tells why, and can be mended', async () => {
    judgeByClock();
    const [before, after] = [inHours(8), inHours(2)];
    const id = await queued(before);
    await sent(id);
    await watch(id, before);
    const goOnline = goOffline();
    await change(id, after);
    expect((await detailOf(id)).expressAt).toBe(after);
    await world.pass(3 * 3_600_000);
    goOnline();
    await world.until(
      'the refusals',
      async () => (await detailOf(id)).statements.every(({ state }) => state === 'refused'),
      600_000,
    );
    const { expressAt, history, revision } = await detailOf(id);
    expect(expressAt).toBe(before);
    expect(history.find(({ action }) => action === 'hour-kept')).toMatchObject({
      actor: { kind: 'exchange' },
      params: { to: before, refused: after, code: 'IN_THE_PAST' },
    });
    expect(history.filter(({ action }) => action === 'hour-kept')).toHaveLength(1);
    expect(office.notices.filter(({ notice }) => notice === 'hour-kept')).toHaveLength(1);
    const next = inHours(4);
    await office.ok('outgoing.changeHour', { id, revision, expressAt: next });
    await world.until('that it counts', () => stated().length === 2);
    expect((await detailOf(id)).expressAt).toBe(next);
  });

  it('goes back to the hour that was taken last, not to the first', async () => {
    const [first, second, third] = [inHours(2), inHours(3), inHours(4)];
    const id = await queued(first);
    await sent(id);
    await watch(id, first);
    await change(id, second);
    await world.until('the second hour', () => stated().length === 2);
    hub.judge = () => 'TOO_MANY';
    await change(id, third);
    await world.until('the refusal', async () => (await detailOf(id)).expressAt !== third);
    expect((await detailOf(id)).expressAt).toBe(second);
  });

  it('stays while any recipient has it, or a later one waits', async () => {
    const [first, second, third] = [inHours(2), inHours(3), inHours(4)];
    const id = await queued(first);
    await sent(id);
    await watch(id, first);
    hub.judge = (statement) => ('recipient' in statement && statement.recipient === SILENT ? 'FINISHED' : null);
    await change(id, second);
    await world.until('the answers', async () =>
      (await detailOf(id)).statements.some(({ state }) => state === 'refused'),
    );
    await world.pass(60_000);
    expect((await detailOf(id)).expressAt).toBe(second);
    // One that is refused while the next waits changes nothing of the next.
    hub.judge = (statement) => ('expressAt' in statement && statement.expressAt === third ? 'TOO_MANY' : null);
    const goOnline = goOffline();
    await change(id, third);
    const fourth = inHours(5);
    await change(id, fourth);
    goOnline();
    await world.until(
      'the last',
      () => stated().some(({ statement }) => 'expressAt' in statement && statement.expressAt === fourth),
      600_000,
    );
    await world.pass(60_000);
    expect((await detailOf(id)).expressAt).toBe(fourth);
  });
});

describe('an hour that is changed before the exchange has told of the letter', () => {
  it('waits, is stated once for each recipient as soon as it is known there, also after a restart', async () => {
    const [before, after] = [inHours(2), inHours(4)];
    const goOnline = goOffline();
    const id = await queued(before);
    await change(id, after);
    expect(await detailOf(id)).toMatchObject({ state: 'queued', expressAt: after, statements: [] });
    await office.restart({ ports: all.ports() });
    goOnline();
    await sent(id);
    await world.pass(60_000);
    expect(stated()).toEqual([]);
    await watch(id, before, [RECEIVER]);
    await world.until('one', () => stated().length === 1);
    await watch(id, before, [SILENT]);
    await world.until('both', () => stated().length === 2);
    await watch(id, after);
    await world.pass(60_000);
    expect(stated().map(({ statement }) => statement)).toMatchObject([
      { recipient: RECEIVER, expressAt: after },
      { recipient: SILENT, expressAt: after },
    ]);
    expect(await detailOf(id)).toMatchObject({ state: 'sent', expressAt: after });
  });

  it('that is past when it can be stated leaves the one of the letter', async () => {
    judgeByClock();
    const [before, after] = [inHours(8), inHours(2)];
    const id = await queued(before);
    await sent(id);
    await change(id, after);
    await world.pass(3 * 3_600_000);
    await watch(id, before);
    await world.until('the hour of the letter', async () => (await detailOf(id)).expressAt === before);
  });

  it('that nobody changed is stated to nobody', async () => {
    const id = await queued(inHours(2));
    await sent(id);
    // An older exchange, or one that found the hour implausible.
    await watch(id, inHours(3));
    await world.pass(60_000);
    expect(stated()).toEqual([]);
  });
});
