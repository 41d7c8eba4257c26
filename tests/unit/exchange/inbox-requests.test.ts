import { expect, it } from 'vitest';
import { DeliveryAnnouncer } from '#exchange/storage/delivery-announcer.ts';
import { InboxNotifier } from '#exchange/use-cases/inbox-notifier.ts';
import { type InboxRequest, readInbox } from '#exchange/use-cases/read-inbox.ts';
import type { InboxItem } from '#shared/wire/inbox.ts';

const request: InboxRequest = {
  agencyCode: 'A',
  after: 0,
  epoch: 'e',
  anchor: null,
  watch: null,
  limit: 5,
  waitMs: 60_000,
};
const item: InboxItem = {
  seq: 1,
  kind: 'document',
  messageId: '00000000-0000-4000-8000-000000000001',
  from: 'B',
  size: 1,
  sha256: 'a'.repeat(64),
  acceptedAt: '2026-11-28T00:00:00.000Z',
  urgency: 'normal',
};

/** An inbox whose looks can be counted and waited for. */
function inboxOf(): {
  readonly items: InboxItem[];
  readonly resend: string[];
  readonly looks: () => number;
  readonly database: Parameters<typeof readInbox>[0];
} {
  const items: InboxItem[] = [];
  const resend: string[] = [];
  let looks = 0;
  const inbox = {
    sequence: () => {
      looks += 1;
      return Promise.resolve({ epoch: 'e', last: items.length, hasAnchor: true });
    },
    listAfter: () => Promise.resolve([...items]),
  };
  const watch = { latest: () => Promise.resolve('0') };
  const messages = { lostOf: () => Promise.resolve([...resend]) };
  return { items, resend, looks: () => looks, database: { inbox, messages, watch } as never };
}

const noTelling = (): void => undefined;
const stays = (): (() => void) => noTelling;

it('a request that is woken for nothing waits on, and one that is woken for something is answered', async () => {
  const notifier = new InboxNotifier(noTelling);
  const { items, looks, database } = inboxOf();
  const answer = readInbox(database, notifier, request, stays);
  await expect.poll(looks).toBe(1);
  notifier.notify('A');
  await expect.poll(looks).toBe(2);
  expect(await Promise.race([answer, Promise.resolve('waits')])).toBe('waits');
  items.push(item);
  notifier.notify('A');
  expect((await answer).items).toEqual([item]);
});

it('a request hears at once that a message is asked for again, and not over and over', async () => {
  const notifier = new InboxNotifier(noTelling);
  const { resend, looks, database } = inboxOf();
  const answer = readInbox(database, notifier, request, stays);
  await expect.poll(looks).toBe(1);
  resend.push(item.messageId);
  notifier.notify('A');
  expect((await answer).resend).toEqual([item.messageId]);
  const next = readInbox(database, notifier, request, stays);
  await expect.poll(looks).toBe(3);
  expect(await Promise.race([next, Promise.resolve('waits')])).toBe('waits');
  notifier.close();
  expect((await next).resend).toEqual([item.messageId]);
});

it('a request whose line is gone, or that comes while the server stops, waits no longer', async () => {
  const notifier = new InboxNotifier(noTelling);
  const { database } = inboxOf();
  let hangUp = noTelling;
  const gone = readInbox(database, notifier, request, (stopWaiting) => {
    hangUp = stopWaiting;
    return noTelling;
  });
  hangUp();
  expect((await gone).items).toEqual([]);
  notifier.close();
  expect((await readInbox(database, notifier, request, stays)).items).toEqual([]);
});

it('what is delivered while a notice is on its way goes with the next one, and a failed notice stops none', async () => {
  const told: string[][] = [];
  const failures: Error[] = [];
  const answers: (() => void)[] = [];
  const announcer = new DeliveryAnnouncer(
    (codes) => {
      told.push([...codes]);
      if (told.length === 2) return Promise.reject(new Error('the database is away'));
      return new Promise((resolve) => answers.push(resolve));
    },
    (error) => failures.push(error),
  );
  announcer.announce(['A']);
  announcer.announce(['B']);
  await expect.poll(() => told.length).toBe(1);
  announcer.announce(['C', 'A']);
  announcer.announce(['C']);
  answers[0]?.();
  await expect.poll(() => failures.length).toBe(1);
  announcer.announce(['D']);
  await expect.poll(() => told.length).toBe(3);
  answers[1]?.();
  await announcer.close();
  expect(told).toEqual([['A', 'B'], ['C', 'A'], ['D']]);
  expect(failures[0]?.message).toBe('the database is away');
});
