import { afterEach, beforeEach, expect, it } from 'vitest';
import { newOutboxRow } from '#core/sync/outbox-row.ts';
import { fileIdOf, outgoingRecord } from '#tests/support/office-records.ts';
import { openTestRegisters, type OpenTestRegisters } from '#tests/support/office-registers.ts';

const MINUTE_MS = 60_000;
const now = new Date('2026-11-24T08:00:00.000Z');
/** No pause is longer. */
const latest = new Date(now.getTime() + 5 * MINUTE_MS);
/** What the clock said when it was four minutes fast. */
const ahead = new Date(now.getTime() + 4 * MINUTE_MS).toISOString();

let open: OpenTestRegisters;
beforeEach(() => {
  open = openTestRegisters();
});
afterEach(() => open.close());

it('a message that was never tried is due, although a clock that was fast put it minutes ahead', () => {
  const record = outgoingRecord({ state: 'queued' });
  open.insert(record);
  const row = newOutboxRow({
    messageId: '8f0f6a5e-6b1b-4d3c-9a46-0d4d3c1f7a01',
    documentId: record.id,
    statusCode: null,
    file: { fileId: fileIdOf('message'), size: 10 },
    urgency: 'normal',
    at: ahead,
  });
  open.tx(({ outbox }) => outbox.add(row));
  expect(open.registers.outbox.due('fast', now, latest)?.messageId).toBe(row.messageId);
  // One that was tried keeps the pause that it was given.
  open.tx(({ outbox }) => outbox.update({ ...row, attempts: 1 }));
  expect(open.registers.outbox.due('fast', now, latest)).toBeNull();
});

const messageId = '8f0f6a5e-6b1b-4d3c-9a46-0d4d3c1f7a02';
const item = {
  seq: 1,
  kind: 'document',
  messageId,
  from: 'H15.02',
  size: 10,
  sha256: fileIdOf('message'),
  acceptedAt: now.toISOString(),
  urgency: 'normal',
} as const;

it('an item of the inbox likewise', () => {
  open.tx(({ inbox }) => inbox.add(item, ahead));
  const listed = open.registers.inbox.due('fast', now, latest);
  expect(listed?.messageId).toBe(messageId);
  if (listed !== null) open.tx(({ inbox }) => inbox.update({ ...listed, attempts: 1 }));
  expect(open.registers.inbox.due('fast', now, latest)).toBeNull();
});

it('what is at work is not due again, and the next one is', () => {
  const { inbox } = open.registers;
  const later = { ...item, seq: 2, messageId: '8f0f6a5e-6b1b-4d3c-9a46-0d4d3c1f7a03' };
  open.tx((stores) => {
    for (const one of [item, later]) stores.inbox.add(one, ahead);
  });
  expect(inbox.due('fast', now, latest)?.messageId).toBe(messageId);
  expect(inbox.due('fast', now, latest, [messageId])?.messageId).toBe(later.messageId);
  expect(inbox.nextAttemptAt('fast', [messageId])).toBe(ahead);
  expect(inbox.due('fast', now, latest, [messageId, later.messageId])).toBeNull();
  expect(inbox.nextAttemptAt('fast', [messageId, later.messageId])).toBeNull();
});
