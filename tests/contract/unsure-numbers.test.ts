import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { beginEpoch } from '#data/backup/begin-epoch.ts';
import { UNSURE_NUMBERS } from '#shared/domain/unsure-numbers.ts';
import { vietnamYear } from '#shared/domain/vn-date.ts';
import { readRows } from '#tests/support/office-database.ts';
import { approvedDraft, type plainFields } from '#tests/support/office-letters.ts';
import { createSyncWorld, RECEIVER, SENDER, type SyncWorld } from '#tests/support/sync-world.ts';
import type { TestOffice } from '#tests/support/test-office.ts';
import { watchedDelivery } from '#tests/support/watched-delivery.ts';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';

const OWN = SENDER;
const now = new Date();
const year = vietnamYear(now.getTime());
let all: SyncWorld;
let office: TestOffice;
beforeEach(async () => {
  all = createSyncWorld();
  office = await all.enrolled(OWN);
});
afterEach(async () => await all.close());

/** The office's register as a restore leaves it that could not read the one before. */
async function putBack(copiedAt = now.toISOString()): Promise<void> {
  await office.leave();
  const path = join(office.dataDir, 'vanthu.db');
  const { epoch } = readRows<{ epoch: number }>(office.dataDir, 'SELECT epoch FROM register')[0] ?? { epoch: 0 };
  beginEpoch(path, { epoch: epoch + 1, at: now.toISOString(), replaced: null, copiedAt, reason: 'x' });
  await office.restart({ ports: all.ports() });
}

const number = async (fields: Partial<typeof plainFields> = {}) => {
  const { id, revision } = await approvedDraft(office, [RECEIVER], { fields });
  return office.call('outgoing.assignNumber', { id, revision, commandId: randomUUID() });
};
const unsureOf = async (bookId: string) =>
  (await office.ok('books.unsure', {})).books.filter((book) => book.bookId === bookId && book.year === year);

describe('a register that was put back without the one that gave numbers since', () => {
  it('gives no number in any way before somebody has said which was the last, and then the one after it', async () => {
    expect(await number()).toMatchObject({ ok: true, value: { number: 1 } });
    expect(await office.ok('books.unsure', {})).toEqual({ copiedAt: null, books: [] });
    await office.ok('books.reserve', { bookId: 'outgoing', count: 1, reservedFor: 'Thanh tra' });
    await putBack();

    const { id, revision } = await approvedDraft(office, [RECEIVER]);
    const kept = { kind: 'reserved', number: 2, suffix: '' } as const;
    for (const take of [{ kind: 'next' }, { kind: 'beside', number: 1 }, kept] as const) {
      expect(await office.refused('outgoing.assignNumber', { id, revision, take })).toBe('NUMBERS_UNSURE');
    }
    expect(await office.refused('books.reserve', { bookId: 'outgoing', count: 1, reservedFor: 'x' })).toBe(
      'NUMBERS_UNSURE',
    );
    const { fields } = await office.ok('outgoing.get', { id });
    expect(fields.documentType).toBe('Công văn');
    expect(await unsureOf('outgoing')).toMatchObject([{ last: 2, seen: null }]);

    for (const [last, code] of [
      [1, 'LAST_TOO_LOW'],
      [900_000, 'LAST_TOO_HIGH'],
    ] as const) {
      expect(await office.refused('books.confirmLast', { bookId: 'outgoing', year, last })).toBe(code);
    }
    await office.ok('books.confirmLast', { bookId: 'outgoing', year, last: 5 });
    expect(await unsureOf('outgoing')).toEqual([]);
    expect(await office.refused('books.confirmLast', { bookId: 'outgoing', year, last: 9 })).toBe('NUMBERS_SURE');
    expect(await number()).toMatchObject({ ok: true, value: { number: 6 } });
    const { entries } = await office.ok('books.entries', { bookId: 'outgoing', year });
    expect(entries.map((entry) => [entry.number, entry.state]).toReversed()).toEqual([
      [1, 'given'],
      [2, 'reserved'],
      [3, 'void'],
      [4, 'void'],
      [5, 'void'],
      [6, 'given'],
    ]);
    expect(entries.find((entry) => entry.number === 4)?.reason).toMatch(
      /^Đã cấp sau bản sao lưu ngày .*, trước khi phục hồi$/,
    );
    const confirmed = readRows(office.dataDir, "SELECT params FROM audit WHERE action = 'books.confirmLast'");
    expect(confirmed).toEqual([{ params: JSON.stringify({ bookId: 'outgoing', year, last: 5 }) }]);
    // The incoming book has its own last number.
    expect(await unsureOf('incoming')).toHaveLength(1);
  });

  it('asks for the old year too while letters of it may still get numbers, and for no earlier one', async () => {
    await putBack(`${year}-01-20T03:00:00.000Z`);
    const { books } = await office.ok('books.unsure', {});
    expect([...new Set(books.map((book) => book.year))]).toEqual([year, year - 1]);
    await putBack(`${year}-09-01T03:00:00.000Z`);
    // The earlier doubt stays.
    expect((await office.ok('books.unsure', {})).copiedAt).toBe(`${year}-01-20T03:00:00.000Z`);
  });

  it('shows the highest number that the exchange has of this office, and of no other', async () => {
    await putBack();
    await office.leave();
    const { registers, close } = openRegisters(office.dataDir, noLog);
    registers.tx('test', ({ watch }) => {
      for (const [sender, code] of [
        [OWN, '07/VPUBND-HCTC'],
        [OWN, '12/VPUBND-HCTC'],
        [OWN, '3/QĐ-UBND'],
        ['H15.02', '99/SNV-VP'],
      ] as const) {
        const delivery = watchedDelivery({
          sender,
          recipient: 'H15.03',
          documentId: `${sender},${year}/02/13,${code}`,
        });
        watch.put({ delivery: { ...delivery, messageId: randomUUID() }, documentId: null, takenAt: now.toISOString() });
      }
      const ofLastYear = watchedDelivery({
        sender: OWN,
        recipient: 'H15.03',
        documentId: `${OWN},${year - 1}/12/13,800/VPUBND`,
      });
      watch.put({ delivery: ofLastYear, documentId: null, takenAt: now.toISOString() });
    });
    close();
    await office.restart({ ports: all.ports() });
    expect(await unsureOf('outgoing')).toMatchObject([{ last: 0, seen: { number: 12, codeText: '12/VPUBND-HCTC' } }]);
  });

  it('takes the doubt of the register that it replaces', async () => {
    await putBack();
    await office.leave();
    const path = join(office.dataDir, 'vanthu.db');
    const copy = join(office.dataDir, 'copy.db');
    const sqlite = new Database(path);
    sqlite.exec(`VACUUM INTO '${copy}'`);
    sqlite.close();
    const clean = new Database(copy);
    clean.prepare('DELETE FROM setting WHERE name = ?').run(UNSURE_NUMBERS);
    clean.close();
    beginEpoch(copy, { epoch: 9, at: now.toISOString(), replaced: path, copiedAt: now.toISOString(), reason: 'x' });
    const restored = new Database(copy);
    expect(restored.prepare('SELECT count(*) FROM setting WHERE name = ?').pluck().get(UNSURE_NUMBERS)).toBe(1);
    restored.close();
    await office.restart({ ports: all.ports() });
  });
});
