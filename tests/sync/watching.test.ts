import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OfficeHub } from '#tests/support/office-hub.ts';
import { addKeys, queueLetter, type OfficeKeys } from '#tests/support/office-letters.ts';
import { readOutbox, readRows } from '#tests/support/office-database.ts';
import {
  arrivals,
  createSyncWorld,
  deliveryTo,
  foreignLetter,
  RECEIVER,
  SENDER,
  SILENT,
  stateOf,
  syncOf,
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

const statements = (office: TestOffice) =>
  readRows<{ id: string; state: string; error_code: string | null; attempts: number }>(
    office.dataDir,
    'SELECT id, state, error_code, attempts FROM statement ORDER BY created_at, id',
  );

describe('opening', () => {
  let office: TestOffice;
  const arrived = async (number = 1) => {
    const item = hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, number));
    const row = await world.until('the arrival', async () =>
      (await arrivals(office)).find(({ codeText }) => codeText === `${number}/SNV-VP`),
    );
    return { id: row.id, messageId: item.messageId };
  };
  beforeEach(async () => {
    office = await all.enrolled(RECEIVER);
  });

  it('is stated once, at once, and never by arriving', async () => {
    const { id, messageId } = await arrived();
    await world.pass(60_000);
    expect(hub.stated).toEqual([]);
    await office.ok('incoming.markOpened', { id });
    await office.ok('incoming.markOpened', { id });
    await world.until('the statement', () => hub.stated.length > 0);
    await world.pass(60_000);
    expect(hub.stated).toMatchObject([{ from: RECEIVER, statement: { event: 'opened', messageId } }]);
    expect((await office.ok('incoming.get', { id })).openedReport).toMatchObject({ state: 'done', errorCode: null });
  });

  it('is what registering without it means, and is not stated twice for both', async () => {
    const first = await arrived(1);
    const second = await arrived(2);
    for (const { id } of [first, second]) {
      if (id === second.id) await office.ok('incoming.markOpened', { id });
      const { revision, fields } = await office.ok('incoming.get', { id });
      // Both have the same page.
      await office.ok('incoming.register', { id, revision, fields, acceptDuplicate: true });
    }
    await world.until('both', () => hub.stated.length === 2);
    await world.pass(60_000);
    expect(hub.stated.map(({ statement }) => statement.messageId)).toEqual([first.messageId, second.messageId]);
  });

  it('counts for every envelope that brought it, before and after', async () => {
    const { id, messageId } = await arrived();
    const bytes = hub.bytesOf(messageId) ?? new Uint8Array();
    const before = hub.slip(RECEIVER, SENDER, bytes);
    const received = async (times: number) =>
      (await office.ok('incoming.get', { id })).history.filter(({ action }) => action === 'received-again').length ===
      times;
    await world.until('the second envelope', () => received(1));
    await office.ok('incoming.markOpened', { id });
    const after = hub.slip(RECEIVER, SENDER, bytes);
    await world.until('the third envelope', () => received(2));
    await world.until('all three', () => hub.stated.length === 3);
    expect(new Set(hub.stated.map(({ statement }) => statement.messageId))).toEqual(
      new Set([messageId, before.messageId, after.messageId]),
    );
  });

  it('waits for the line, survives a restart, and counts once when the answer was lost', async () => {
    const { id } = await arrived();
    const line = hub.line(RECEIVER);
    line.fail = (call) => (call === 'statements' ? { kind: 'offline', detail: 'no route' } : null);
    await office.ok('incoming.markOpened', { id });
    await world.until('an attempt', () => all.calls(RECEIVER, 'statements') > 0);
    expect(await syncOf(office)).toMatchObject({ waitingStatuses: 1 });
    const [made] = statements(office);
    line.fail = () => null;
    line.loseAnswers = true;
    await world.until('that it counts', () => hub.stated.length === 1, 10 * 60_000);
    await office.restart({ ports: all.ports() });
    expect(statements(office)).toMatchObject([{ id: made?.id, state: 'waiting' }]);
    line.loseAnswers = false;
    await world.until('the answer', () => statements(office)[0]?.state === 'done', 10 * 60_000);
    expect(hub.stated.map(({ statement }) => statement.id)).toEqual([made?.id]);
  });

  it('that the exchange refuses is kept with the reason, and not repeated', async () => {
    const { id } = await arrived();
    hub.judge = () => 'NOT_YOURS';
    await office.ok('incoming.markOpened', { id });
    await world.until('the refusal', () => statements(office)[0]?.state === 'refused');
    const calls = all.calls(RECEIVER, 'statements');
    await world.pass(3_600_000);
    expect(all.calls(RECEIVER, 'statements')).toBe(calls);
    const detail = await office.ok('incoming.get', { id });
    expect(detail.openedReport).toMatchObject({ state: 'refused', errorCode: 'NOT_YOURS' });
    expect(detail.history[0]).toMatchObject({
      action: 'statement-refused',
      params: { event: 'opened', code: 'NOT_YOURS' },
    });
  });

  it('one bad statement holds no other back when the request as a whole is refused', async () => {
    const ids = [await arrived(1), await arrived(2), await arrived(3)].map(({ id }) => id);
    const line = hub.line(RECEIVER);
    line.fail = (call) => (call === 'statements' ? { kind: 'offline', detail: 'no route' } : null);
    for (const id of ids) await office.ok('incoming.markOpened', { id });
    const bad = statements(office)[1]?.id;
    // As a server does that cannot read one of them.
    line.fail = () => null;
    const { gateway } = hub;
    const connect = gateway.connect.bind(gateway);
    await office.restart({
      ports: {
        ...all.ports(),
        gateway: {
          ...gateway,
          connect: (connection) => {
            const client = connect(connection);
            return {
              ...client,
              putStatements: (list, signal) =>
                list.some(({ id }) => id === bad)
                  ? Promise.resolve({ kind: 'refused', code: 'INVALID_INPUT', params: {} })
                  : client.putStatements(list, signal),
            };
          },
        },
      },
    });
    await world.until('all settled', () => statements(office).every(({ state }) => state !== 'waiting'), 600_000);
    expect(statements(office).map(({ state }) => state)).toEqual(['done', 'refused', 'done']);
    expect(hub.stated).toHaveLength(2);
  });

  it('of a revoked workstation waits until a person has helped', async () => {
    const { id } = await arrived();
    hub.line(RECEIVER).fail = (call) =>
      call === 'statements' ? { kind: 'refused', code: 'WORKSTATION_REVOKED', params: {} } : null;
    await office.ok('incoming.markOpened', { id });
    await world.until('an attempt', () => all.calls(RECEIVER, 'statements') > 0);
    expect(statements(office)).toMatchObject([{ state: 'waiting' }]);
    hub.line(RECEIVER).fail = () => null;
    await world.until('the statement', () => hub.stated.length === 1, 600_000);
  });
});

describe('the watch', () => {
  let sender: TestOffice;
  let keys: OfficeKeys;
  let id: string;
  let messageId: string;
  beforeEach(async () => {
    sender = await all.enrolled(SENDER);
    keys = await addKeys(sender);
    id = await queueLetter(sender, keys, [RECEIVER, SILENT]);
    await world.until('sent', async () => (await stateOf(sender, id)) === 'sent');
    messageId = readOutbox(sender.dataDir, id)[0]?.message_id ?? '';
  });
  const waiting = async () => (await sender.ok('outgoing.list', { box: 'waiting' })).rows;
  const of = (recipient: string, change: object = {}) => watchedDelivery({ messageId, recipient, ...change });
  const at = '2026-11-24T03:00:00.000Z';
  const call = { since: at, phone: '0257 3 000 142', askFor: 'Nguyễn Văn A', reason: 'not-opened' } as const;

  it('lists a letter until all have opened it, and says who and when', async () => {
    expect(await waiting()).toEqual([]);
    hub.watch(of(RECEIVER), of(SILENT));
    await world.until('the box', async () => (await waiting()).length === 1);
    expect((await waiting())[0]?.watch).toEqual({ total: 2, opened: 0, calls: 0, callFrom: null, extensions: 0 });
    hub.watch(of(RECEIVER, { openedAt: at, openedBy: 'Lê Thị Thu' }));
    await world.until('the opening', async () => (await waiting())[0]?.watch?.opened === 1);
    expect(await deliveryTo(sender, id, RECEIVER)).toMatchObject({ state: 'opened', openedAt: at });
    const { history } = await sender.ok('outgoing.get', { id });
    expect(history.filter(({ action }) => action === 'opened')).toMatchObject([
      { at, params: { agency: 'Sở Nội vụ', person: 'Lê Thị Thu' } },
    ]);
    hub.watch(of(SILENT, { openedAt: new Date(world.clock.now()).toISOString() }));
    await world.until('nothing left', async () => (await waiting()).length === 0);
    expect((await sender.ok('outgoing.openedToday', {})).rows.map((row) => row.id)).toEqual([id]);
  });

  it('tells the screens, and reads nothing while nothing changes', async () => {
    hub.watch(of(RECEIVER));
    await world.until('the box', async () => (await waiting()).length === 1);
    const told = sender.events.filter(
      ({ event, payload }) =>
        event === 'answers.changed' && (payload as { queries: string[] }).queries.includes('outgoing.list'),
    );
    expect(told.length).toBeGreaterThan(0);
    const reads = all.calls(SENDER, 'watch');
    await world.pass(3_600_000);
    expect(all.calls(SENDER, 'watch')).toBe(reads);
  });

  it('is read from the start in another epoch, and nothing in it happens twice', async () => {
    hub.watch(of(RECEIVER, { openedAt: at }), of(SILENT));
    await world.until('the opening', async () => (await waiting())[0]?.watch?.opened === 1);
    hub.beginEpoch();
    hub.watch(of(SILENT, { call }));
    await world.until('the call', async () => (await waiting())[0]?.watch?.calls === 1);
    const { history } = await sender.ok('outgoing.get', { id });
    expect(history.filter(({ action }) => action === 'opened')).toHaveLength(1);
    const positions = readRows<{ current: number }>(sender.dataDir, 'SELECT current FROM watch_position');
    expect(positions.filter(({ current }) => current === 1)).toHaveLength(1);
    expect(positions.length).toBeGreaterThan(1);
  });

  it('goes on after a page that could not be read, and is read to its end over several pages', async () => {
    let failures = 3;
    hub.line(SENDER).fail = (one) => (one === 'watch' && failures-- > 0 ? { kind: 'garbage', detail: 'html' } : null);
    const more = Array.from({ length: 9 }, () => watchedDelivery());
    hub.watch(...more, of(RECEIVER), of(SILENT));
    await world.until('the box', async () => (await waiting())[0]?.watch?.total === 2, 600_000);
  });

  it('takes no word for a letter that is not ours, nor for a recipient that it did not go to', async () => {
    hub.watch(watchedDelivery({ openedAt: at }), of('H15.04', { openedAt: at }), of(RECEIVER));
    await world.until('the box', async () => (await waiting()).length === 1);
    expect(await deliveryTo(sender, id, RECEIVER)).toMatchObject({ openedAt: null });
    const { history } = await sender.ok('outgoing.get', { id });
    expect(history.filter(({ action }) => action === 'opened')).toEqual([]);
  });

  it('asks for a call until one is recorded, which the exchange hears and this office shows at once', async () => {
    hub.watch(of(RECEIVER, { call }), of(SILENT));
    await world.until('the call', async () => (await sender.ok('office.counts', {})).calls === 1);
    hub.line(SENDER).fail = (one) => (one === 'statements' ? { kind: 'offline', detail: 'no route' } : null);
    const spoken = { phone: call.phone, spokeTo: 'Anh A', outcome: 'reached', note: 'mở ngay' } as const;
    await sender.ok('outgoing.recordCall', { id, recipient: RECEIVER, ...spoken });
    expect((await sender.ok('office.counts', {})).calls).toBe(0);
    const detail = await sender.ok('outgoing.get', { id });
    expect(detail.watched.find(({ delivery }) => delivery.recipient === RECEIVER)?.callRecorded).toBe(true);
    expect(detail.history[0]).toMatchObject({ action: 'called', params: { outcome: 'reached', spokeTo: 'Anh A' } });
    hub.line(SENDER).fail = () => null;
    await world.until('the statement', () => hub.stated.length === 1, 600_000);
    expect(hub.stated[0]?.statement).toMatchObject({
      event: 'call-recorded',
      messageId,
      recipient: RECEIVER,
      ...spoken,
    });
    expect((await sender.ok('office.counts', {})).calls).toBe(0);
    // The exchange asks for another one, later.
    await world.pass(1_000);
    hub.watch(of(RECEIVER, { call: { ...call, since: new Date(world.clock.now()).toISOString() } }));
    await world.until('the next call', async () => (await sender.ok('office.counts', {})).calls === 1);
    expect(await sender.refused('outgoing.recordCall', { id, recipient: 'H15.04', ...spoken })).toBe('NOT_FOUND');
  });

  it('reminds those who have not opened it, and nobody else', async () => {
    hub.watch(of(RECEIVER, { openedAt: at }), of(SILENT));
    await world.until('the opening', async () => (await waiting())[0]?.watch?.opened === 1);
    const answer = await sender.ok('outgoing.remind', { id, recipients: [RECEIVER, SILENT, SILENT] });
    expect(answer.reminded).toBe(1);
    await world.until('the statement', () => hub.stated.length > 0);
    expect(hub.stated.map(({ statement }) => statement)).toMatchObject([
      { event: 'reminder-asked', recipient: SILENT },
    ]);
  });
});
