import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadTrust } from '#entries/load-trust.ts';
import { noLog } from '#entries/machine-ports.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import type { LetterStage } from '#scripts/demo/prepare-office.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { expect, type OfficeWindow, sampleLetter, type SharedWorld, test } from '#tests/support/e2e.ts';
import { readRows } from '#tests/support/office-database.ts';
import type { TestAgency } from '#tests/support/test-agencies.ts';

// Several times what a quiet machine needs.
test.describe.configure({ timeout: 180_000 });

const CODE = '241/VPUBND-HCTC';
const RESTARTING = 'Chương trình đang khởi động lại phần xử lý.';

const env = (fault: string) => ({ env: { VANTHU_FAULT_POINT: fault } });

/** The sending office with its letter as far as `upTo`, and the office it goes to. */
async function prepareSender(shared: SharedWorld, upTo: LetterStage): Promise<{ sender: TestAgency; to: TestAgency }> {
  const sender = shared.newAgency();
  const to = shared.newAgency();
  const office = await sender.prepare();
  await office.prepareLetter(sampleLetter, [to.code], shared.world.password, upTo);
  await office.close();
  return { sender, to };
}

/** The rest of the letter's way at the sender, from any state, through the window. */
async function finishSending(window: OfficeWindow, from: LetterStage, password: string): Promise<void> {
  const { page } = window;
  const steps = {
    approved: async () => {
      await window.settle();
      await expect(window.panel).toContainText(CODE);
      await window.take('Chỉ cấp số');
    },
    numbered: () => window.take('Chỉ ký', password),
    signed: () => window.take('Chỉ đóng dấu', password),
    sealed: () => window.issue(password),
    queued: () => window.openTab('Nơi nhận'),
  };
  const order: readonly LetterStage[] = ['approved', 'numbered', 'signed', 'sealed', 'queued'];
  for (const stage of order.slice(order.indexOf(from))) await steps[stage]();
  await expect(page.getByText('Đã gửi', { exact: true }).first()).toBeVisible();
}

/** The other office takes it into its book, and the sender's window hears of it. */
async function registerAndReturn(window: OfficeWindow, to: TestAgency): Promise<void> {
  const office = await to.prepare();
  try {
    let [arrived] = readRows<{ id: string }>(to.dataDir, 'SELECT id FROM incoming');
    await expect(() => {
      [arrived] = readRows<{ id: string }>(to.dataDir, 'SELECT id FROM incoming');
      expect(arrived).toBeDefined();
    }).toPass();
    const { id, revision, fields } = await office.call('incoming.get', { id: arrived?.id ?? '' });
    await office.command('incoming.register', { id, revision, fields, acceptDuplicate: false });
    await window.openTab('Nơi nhận');
    const row = window.page.getByRole('row').filter({ hasText: to.name });
    await expect(row.getByText('Đã tiếp nhận')).toBeVisible();
    // When it was opened; the rest of its way is in the row that opens.
    await expect(row.getByText(/^\d{2}:\d{2}$/)).toHaveCount(1);
  } finally {
    await office.close();
  }
}

/** Nothing lost, doubled or renumbered at the sender. */
async function expectOneLetter(sender: TestAgency): Promise<void> {
  const { dataDir } = sender;
  const letters = readRows<{ state: string; number: number; year: number; file_id: string; code_text: string }>(
    dataDir,
    'SELECT state, number, year, file_id, code_text FROM outgoing',
  );
  expect(letters).toMatchObject([{ state: 'sent', number: 241, year: 2017, code_text: CODE }]);
  expect(readRows(dataDir, 'SELECT last FROM book_year WHERE book_id = ? AND year = 2017', 'outgoing')).toEqual([
    { last: 241 },
  ]);
  expect(readRows(dataDir, 'SELECT kind, state FROM outbox')).toEqual([{ kind: 'document', state: 'done' }]);
  const actions = readRows<{ action: string }>(dataDir, "SELECT action FROM history WHERE action <> 'state-received'");
  for (const once of ['created', 'approved', 'numbered', 'signed', 'sealed', 'queued', 'sent']) {
    expect(
      actions.filter(({ action }) => action === once),
      once,
    ).toHaveLength(1);
  }
  const signed = await readFile(path.join(dataDir, fileAddress(letters[0]?.file_id ?? '')));
  const trust = loadTrust([path.join(dataDir, 'trust')], noLog);
  const report = verifyPdf(signed, { trust, now: new Date() });
  expect(report).toMatchObject({ verdict: 'VALID', integrity: 'VALID' });
  expect(report.signatures).toHaveLength(2);
}

/** One document in the incoming book, under number 1. */
function expectOneArrival(to: TestAgency): void {
  const rows = readRows(to.dataDir, 'SELECT state, code_text, arrival_number FROM incoming');
  expect(rows).toEqual([{ state: 'registered', code_text: CODE, arrival_number: 1 }]);
  const year = new Date(Date.now() + 7 * 3_600_000).getUTCFullYear();
  expect(readRows(to.dataDir, 'SELECT last FROM book_year WHERE book_id = ? AND year = ?', 'incoming', year)).toEqual([
    { last: 1 },
  ]);
  expect(readRows(to.dataDir, 'SELECT status_code, state FROM outbox ORDER BY status_code')).toEqual([
    { status_code: '01', state: 'done' },
    { status_code: '03', state: 'done' },
  ]);
}

/** How often core died in the runs of this office; what the tests are about must have happened. */
async function deaths(office: TestAgency): Promise<number> {
  const log = await readFile(path.join(office.dataDir, 'logs/main.log'), 'utf8');
  return log.split('\n').filter((line) => line.includes('"core-died"')).length;
}

async function openLetter(window: OfficeWindow, box: string): Promise<void> {
  await window.openBox(box);
  await window.row(CODE.slice(4)).click();
}

/** The rest of the letter's way, and then: one death of core, and nothing lost, doubled or renumbered anywhere. */
async function expectWholeWay(window: OfficeWindow, sender: TestAgency, to: TestAgency): Promise<void> {
  await registerAndReturn(window, to);
  await expectOneLetter(sender);
  expectOneArrival(to);
  expect(await deaths(sender)).toBe(1);
}

test.describe('core dies at the sender', () => {
  test('after a letter was imported', async ({ shared, windows }) => {
    const sender = shared.newAgency();
    const to = shared.newAgency();
    await (await sender.prepare()).close();
    const window = await windows.open(sender.dataDir, env('after-import'));
    await window.startLetter(sampleLetter);
    await expect(window.page.getByRole('alert')).toContainText(RESTARTING);
    await window.button('Chọn tệp PDF…').click();
    await expect(window.field('Số in trên văn bản')).toHaveValue('241');
    expect(readRows(sender.dataDir, 'SELECT id FROM outgoing')).toEqual([]);
    await window.sendOnlyTo(to.name);
    await window.button(/^Trình ký/).click();
    await finishSending(window, 'approved', shared.world.password);
    await registerAndReturn(window, to);
    await expectOneLetter(sender);
    // The import that died is the same file as the second one.
    const { original_file_id: original = '' } =
      readRows<{ original_file_id: string }>(sender.dataDir, 'SELECT original_file_id FROM outgoing')[0] ?? {};
    expect(await readdir(path.dirname(path.join(sender.dataDir, fileAddress(original))))).toEqual([original]);
    expectOneArrival(to);
    expect(await deaths(sender)).toBe(1);
  });

  test('before the number was kept', async ({ shared, windows }) => {
    const { sender, to } = await prepareSender(shared, 'approved');
    const window = await windows.open(sender.dataDir, env('before-number-commit'));
    await openLetter(window, 'Chờ ký');
    await window.settle();
    await window.button('Chỉ cấp số').click();
    await expect(window.panel.getByRole('alert')).toContainText(RESTARTING);
    expect(readRows(sender.dataDir, 'SELECT number FROM outgoing')).toEqual([{ number: null }]);
    await window.take('Chỉ cấp số');
    await finishSending(window, 'numbered', shared.world.password);
    await expectWholeWay(window, sender, to);
  });

  test('after the number was kept', async ({ shared, windows }) => {
    const { sender, to } = await prepareSender(shared, 'approved');
    const window = await windows.open(sender.dataDir, env('after-number-commit'));
    await openLetter(window, 'Chờ ký');
    await window.settle();
    // The number is taken, whatever became of the answer: nothing is asked a second time.
    await window.take('Chỉ cấp số');
    await finishSending(window, 'numbered', shared.world.password);
    await expectWholeWay(window, sender, to);
  });

  test('after the signature was made and before it was kept', async ({ shared, windows }) => {
    const { sender, to } = await prepareSender(shared, 'numbered');
    const window = await windows.open(sender.dataDir, env('after-sign-before-commit'));
    await openLetter(window, 'Chờ ký');
    await window.settle();
    await window.field('Mật khẩu chữ ký').fill(shared.world.password);
    await window.button('Chỉ ký').click();
    await expect(window.panel.getByRole('alert')).toContainText(RESTARTING);
    await window.take('Chỉ ký', shared.world.password);
    await finishSending(window, 'signed', shared.world.password);
    await expectWholeWay(window, sender, to);
  });

  test('after the letter was queued', async ({ shared, windows }) => {
    const { sender, to } = await prepareSender(shared, 'sealed');
    const window = await windows.open(sender.dataDir, env('after-queue-commit'));
    await openLetter(window, 'Chờ gửi');
    await finishSending(window, 'sealed', shared.world.password);
    await expectWholeWay(window, sender, to);
  });

  test('after the exchange took the letter and before that was kept', async ({ shared, windows }) => {
    const { sender, to } = await prepareSender(shared, 'sealed');
    const window = await windows.open(sender.dataDir, env('after-send-before-receipt'));
    await openLetter(window, 'Chờ gửi');
    await finishSending(window, 'sealed', shared.world.password);
    await expectWholeWay(window, sender, to);
  });
});

test.describe('core dies at the receiver', () => {
  for (const fault of ['after-download-before-commit', 'after-register-commit'] as const) {
    test(fault, async ({ shared, windows }) => {
      const sender = shared.newAgency();
      const to = shared.newAgency();
      await (await to.prepare()).close();
      const office = await sender.prepare();
      try {
        await office.sendLetter(sampleLetter, [to.code], shared.world.password);
        const window = await windows.open(to.dataDir, env(fault));
        await window.showArrivals();
        await window.row(CODE).click();
        // All agencies of these tests seal with one certificate, which is this sender's no more than another's.
        await expect(window.page.getByText('Chữ ký cần lưu ý').first()).toBeVisible();
        await window.button(/^Vào sổ đến/).click();
        await expect(window.field('Số đến')).toHaveValue('1');
        await window
          .button(/^Vào sổ/)
          .last()
          .click();
        await window.page.getByText('Đã vào sổ, số đến 1').first().waitFor();
        await expect(async () => {
          const rows = readRows(sender.dataDir, 'SELECT state FROM delivery');
          expect(rows).toEqual([{ state: 'accepted' }]);
          expectOneArrival(to);
        }).toPass();
        await expectOneLetter(sender);
      } finally {
        await office.close();
      }
      expect(await deaths(to)).toBe(1);
    });
  }
});
