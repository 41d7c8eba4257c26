import { existsSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noLog } from '#entries/machine-ports.ts';
import { createContentStore } from '#files/content-store.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { readEdxml } from '#shared/edxml/read-edxml.ts';
import { readRows } from '#tests/support/office-database.ts';
import {
  arrivals,
  createSyncWorld,
  foreignLetter,
  RECEIVER,
  SENDER,
  type SyncWorld,
} from '#tests/support/sync-world.ts';
import type { TestOffice } from '#tests/support/test-office.ts';

let all: SyncWorld;
beforeEach(() => {
  all = createSyncWorld();
});
afterEach(async () => {
  await all.close();
});

const unflushed = (office: TestOffice) => readRows(office.dataDir, 'SELECT seq FROM unflushed_file').length;
const sentToSender = () =>
  all.hub.inboxOf(SENDER).flatMap(({ messageId }) => {
    const message = readEdxml(all.hub.bytesOf(messageId) ?? new Uint8Array(0));
    return message.kind === 'status' ? [message.statusCode] : [];
  });

/** Registers the one letter that waits, without a line. */
async function registerOffline(office: TestOffice): Promise<void> {
  all.hub.line(RECEIVER).fail = () => ({ kind: 'offline', detail: 'no route' });
  const [row] = await arrivals(office);
  const { fields, revision } = await office.ok('incoming.get', { id: row?.id ?? '' });
  await office.ok('incoming.register', { id: row?.id ?? '', revision, fields, acceptDuplicate: false });
}

describe('a status whose file was not waited for', () => {
  it('is on the disk moments later, and its bytes leave the register then', async () => {
    const office = await all.enrolled(RECEIVER);
    all.hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 1));
    await all.time.until('the letter', async () => (await arrivals(office)).length === 1);
    await registerOffline(office);
    expect(unflushed(office)).toBeGreaterThan(0);
    await all.time.until('the flush', () => unflushed(office) === 0);
    const files = readRows<{ file_id: string }>(office.dataDir, "SELECT file_id FROM outbox WHERE status_code = '03'");
    expect(files.map(({ file_id: id }) => existsSync(join(office.dataDir, fileAddress(id))))).toEqual([true]);
  });

  for (const [what, cut] of [
    ['lost', (path: string) => rmSync(path)],
    ['cut short', (path: string) => truncateSync(path, 7)],
  ] as const) {
    it(`is sent whole after a power cut by which its file was ${what}`, async () => {
      const first = await all.enrolled(RECEIVER);
      all.hub.slip(RECEIVER, SENDER, foreignLetter(SENDER, 1));
      await all.time.until('the letter', async () => (await arrivals(first)).length === 1);
      await all.time.until('its first status', () => sentToSender().length === 1);
      const store = createContentStore(first.dataDir);
      const told: string[] = [];
      // The last thing before the power is back: nothing of it had reached the disk.
      const flush = (fileId: string) => {
        cut(join(first.dataDir, fileAddress(fileId)));
        return Promise.reject(new Error('no power'));
      };
      const log = { ...noLog, error: (event: string) => void told.push(event) };
      await first.restart({ ports: { ...all.ports(), files: { ...store, flush } }, log });
      await registerOffline(first);
      await first.restart({ ports: all.ports() });
      expect(told).toContain('file-not-flushed');
      expect(unflushed(first)).toBe(0);
      all.hub.line(RECEIVER).fail = () => null;
      await all.time.until('the status', () => sentToSender().length === 2);
      expect(sentToSender()).toEqual(['01', '03']);
    });
  }
});
