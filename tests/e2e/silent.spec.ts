import path from 'node:path';
import type { PreparedOffice } from '#scripts/demo/prepare-office.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { expect, sampleLetter, test } from '#tests/support/e2e.ts';
import { readRows } from '#tests/support/office-database.ts';
import type { TestAgency } from '#tests/support/test-agencies.ts';

// Several times what a quiet machine needs.
test.describe.configure({ timeout: 180_000 });

const secondLetter = path.join(repositoryRoot, 'resources/demo/letters/thong-bao-07.pdf');

const arrivals = (office: TestAgency) =>
  readRows<{ id: string; code_text: string }>(office.dataDir, 'SELECT id, code_text FROM incoming ORDER BY arrived_at');

/** Registers the document with this code, once it has arrived. */
async function register(agency: TestAgency, office: PreparedOffice, code: string): Promise<void> {
  const found = () => arrivals(agency).find((each) => each.code_text === code)?.id ?? '';
  await expect.poll(found).not.toBe('');
  const { id, revision, fields } = await office.call('incoming.get', { id: found() });
  await office.command('incoming.register', { id, revision, fields, acceptDuplicate: false });
}

test('an office that never answers holds up nobody', async ({ shared, windows }) => {
  const { password } = shared.world;
  const sender = shared.newAgency();
  const silent = shared.newAgency();
  const other = shared.newAgency();
  await (await silent.prepare()).close();
  const receiver = await other.prepare();
  try {
    const sending = await sender.prepare();
    // The silent office comes first on both letters.
    await sending.sendLetter(sampleLetter, [silent.code, other.code], password);
    await register(other, receiver, '241/VPUBND-HCTC');
    await sending.sendLetter(secondLetter, [silent.code, other.code], password);
    await sending.close();

    // Everything reaches the other office, and its answers come back, before the silent one has given any.
    const window = await windows.open(sender.dataDir);
    await window.openBox('Đã gửi');
    await window.row('241/VPUBND-HCTC').click();
    await window.openTab('Nơi nhận');
    const rowOf = (agency: TestAgency) => window.page.getByRole('row').filter({ hasText: agency.name });
    await expect(rowOf(other)).toContainText('Đã tiếp nhận');
    await expect(rowOf(silent)).toContainText('Đã gửi, nơi nhận chưa lấy');
    await expect.poll(() => arrivals(other).length).toBe(2);
    const [first, second] = arrivals(other);
    await register(other, receiver, second?.code_text ?? '');
    await window.row(second?.code_text ?? '').click();
    await window.openTab('Nơi nhận');
    await expect(rowOf(other)).toContainText('Đã tiếp nhận');
    await expect(rowOf(silent)).toContainText('Đã gửi, nơi nhận chưa lấy');
    expect(readRows(sender.dataDir, 'SELECT state, attempts FROM outbox')).toEqual([
      { state: 'done', attempts: 1 },
      { state: 'done', attempts: 1 },
    ]);

    // Nothing was lost for the silent one either: it gets both, in their order, when it opens at last.
    const late = await windows.open(silent.dataDir);
    await late.showArrivals();
    await expect
      .poll(() => arrivals(silent).map((each) => each.code_text))
      .toEqual([first?.code_text, second?.code_text]);
    await expect(rowOf(silent)).toContainText('Đã đến');
  } finally {
    await receiver.close();
  }
});
