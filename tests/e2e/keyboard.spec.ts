import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, sampleLetter, test } from '#tests/support/e2e.ts';
import { readRows } from '#tests/support/office-database.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';

const CODE = '241/VPUBND-HCTC';
const otherLetter = join(repositoryRoot, 'tests/fixtures/letters/cong-van-cho-so.pdf');

/** Name of the element that has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const label =
      element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement
        ? element.labels?.[0]?.textContent
        : element?.textContent;
    return (element?.getAttribute('aria-label') ?? label ?? '').trim();
  });
}

/** Tabs on until the focus is on this element; gives up after a whole round. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let press = 0; press < 80; press += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (typeof name === 'string' ? at === name : name.test(at)) return;
    passed.push(at);
  }
  throw new Error(`Tab does not reach ${String(name)}; it passes ${passed.join(' | ')}`);
}

test('the journey without a mouse: written, numbered, signed, sealed, sent, found and registered with keys', async ({
  shared,
  windows,
}) => {
  test.setTimeout(240_000);
  const { world } = shared;
  const from = shared.newAgency();
  const to = shared.newAgency();
  for (const agency of [from, to]) await (await agency.prepare()).close();
  const window = await windows.open(from.dataDir);
  const { page } = window;
  await window.button(/Văn bản mới/).waitFor();

  await page.keyboard.press('Control+N');
  await expect(window.button('Chọn tệp PDF…')).toBeFocused();
  await window.answerDialog(sampleLetter);
  await page.keyboard.press('Enter');
  await expect(window.field('Số in trên văn bản')).toHaveValue('241');
  await expect(page.getByTestId('recipient-count')).toHaveText(/^[1-9]/);

  // Tab follows the letter from its head to its foot.
  const order = [
    'Loại',
    'Độ khẩn',
    'Số in trên văn bản',
    'Ký hiệu',
    'Ngày',
    'Địa danh',
    'Cơ quan ban hành',
    'Trích yếu',
    'Cách tính hạn',
    'Hạn trả lời',
    'Quyền hạn ký',
    'Chức vụ',
    'Người ký',
    'Kính gửi',
    'Nơi nhận',
  ];
  await window.field('Loại').focus();
  for (const name of order) {
    expect(await focused(page)).toBe(name);
    await page.keyboard.press('Tab');
  }

  // Enter in a line of text neither saves nor submits.
  for (const name of ['Ký hiệu', 'Người ký', 'Thêm cơ quan']) {
    await window.field(name).focus();
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('heading', { name: 'Văn bản đi mới' })).toBeVisible();
  expect(readRows(from.dataDir, 'SELECT id FROM outgoing')).toEqual([]);

  // Everyone proposed out, one agency in: arrow keys and Enter choose it.
  const { chips } = window;
  await chips.first().focus();
  await expect(chips.first()).toHaveAccessibleDescription('Nhấn Delete để bỏ ra.');
  for (let left = await chips.count(); left > 0; left -= 1) {
    await page.keyboard.press('Delete');
    await expect(chips).toHaveCount(left - 1);
    if (left > 1) await expect(chips.first()).toBeFocused();
  }
  await window.field('Thêm cơ quan').focus();
  await page.keyboard.insertText(to.name);
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('recipient-count')).toHaveText('1 cơ quan');

  await page.keyboard.press('Control+S');
  await expect(page.getByText('Đã lưu dự thảo')).toBeVisible();
  await page.getByText('Trình ký').first().waitFor();
  await page.keyboard.press('Control+Enter');
  await window.button('Xem lại, phát hành…').waitFor();
  await page.keyboard.press('Control+Enter');
  await expect(window.panel).toContainText(CODE);
  // Escape changes nothing.
  await page.keyboard.press('Escape');
  await window.panel.waitFor({ state: 'hidden' });
  expect(readRows(from.dataDir, 'SELECT state, number FROM outgoing')).toEqual([{ state: 'approved', number: null }]);
  await page.keyboard.press('Control+Enter');
  await expect(window.panel).toContainText(CODE);
  // What differs is decided by the keys 1, 2, 3 of the first question, and nothing is issued before.
  const open = window.panel.locator('[data-active]');
  await open.waitFor();
  await expect(window.panel.getByRole('status')).toContainText(/Còn \d+ điều cần quyết định/);
  await expect(window.button(/^Phát hành tới/)).toBeDisabled();
  await page.keyboard.press('Control+Enter');
  const reason = window.field('Lý do (lưu trong nhật ký)', open);
  /** The question that the keys are for, by its numeral and words; null when none is left. */
  const asked = (): Promise<string | null> =>
    page.evaluate(() => document.querySelector('[data-active] > p')?.textContent ?? null);
  for (let question = await asked(); question !== null; question = await asked()) {
    const before = question;
    await page.keyboard.press(String(await open.getByRole('group').getByRole('button').count()));
    // The way answers it, or wants a reason first.
    const isAnswered = async (): Promise<boolean> => (await asked()) !== before;
    await expect.poll(async () => (await reason.isVisible()) || (await isAnswered())).toBe(true);
    if (await isAnswered()) continue;
    await expect(reason).toBeFocused();
    await page.keyboard.insertText('Thử nghiệm');
    await page.keyboard.press('Enter');
    await expect.poll(isAnswered).toBe(true);
  }
  expect(readRows(from.dataDir, 'SELECT state, number FROM outgoing')).toEqual([{ state: 'approved', number: null }]);
  // The cursor is in the first password by then; Enter alone issues nothing.
  await expect(window.field('Mật khẩu chữ ký')).toBeFocused();
  await page.keyboard.type(world.password);
  await tabTo(page, 'Mật khẩu con dấu');
  await page.keyboard.type(world.password);
  await page.keyboard.press('Enter');
  expect(readRows(from.dataDir, 'SELECT state, number FROM outgoing')).toEqual([{ state: 'approved', number: null }]);
  await page.keyboard.press('Control+Enter');
  await window.panel.waitFor({ state: 'hidden' });
  await expect(page.getByRole('row').filter({ hasText: to.name })).toContainText('Đã gửi', { timeout: 30_000 });

  const receiver = await windows.open(to.dataDir);
  await receiver.button(/Văn bản mới/).waitFor();
  await receiver.showArrivals();
  await receiver.row(CODE).waitFor();
  await receiver.page.keyboard.press('Control+F');
  await expect(receiver.page.getByPlaceholder('Lọc danh sách')).toBeFocused();
  await tabTo(receiver.page, 'Chờ vào sổ');
  await receiver.page.keyboard.press('ArrowDown');
  await receiver.page.keyboard.press('Enter');
  await receiver.button(/^Vào sổ đến/).waitFor();
  await receiver.page.keyboard.press('Control+Enter');
  await expect(receiver.field('Số đến')).toHaveValue('1');
  await receiver.field('Trích yếu').focus();
  await receiver.page.keyboard.press('Control+Enter');
  await expect(receiver.page.getByText('Đã vào sổ, số đến 1').first()).toBeVisible();
  expect(readRows(to.dataDir, 'SELECT state FROM incoming')).toEqual([{ state: 'registered' }]);
});

test('Enter alone enrols nobody, saves no name and starts no book; going on sets what was typed', async ({
  shared,
  windows,
}) => {
  const agency = shared.newAgency();
  const window = await windows.open(agency.dataDir);
  const { page } = window;
  await window.field('Địa chỉ máy chủ').fill(shared.world.exchange.url);
  await window.field('Mã đăng ký dùng một lần').fill(await shared.world.exchange.enrolmentCode(agency.code));
  await window.field('Tên máy').fill('Máy văn thư 1');
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'Làm việc tại chỗ' }).check();
  await window.field('Tên cơ quan').fill(agency.name);
  await window.field('Mã định danh cơ quan').fill(agency.code);
  await page.keyboard.press('Enter');
  await expect(window.button('Lưu và tiếp tục')).toBeVisible();
  await window.button('Lưu và tiếp tục').click();
  await window.button('Tiếp tục').click();
  const last = window.field('Số cuối đã ghi ở sổ giấy').first();
  await last.fill('240');
  await page.keyboard.press('Enter');
  await expect(last).toHaveValue('240');
  expect(readRows(agency.dataDir, 'SELECT * FROM book_year WHERE last > 0')).toEqual([]);
  // Going on sets what was typed.
  await window.button('Mở danh sách văn bản').click();
  await window.button(/Văn bản mới/).waitFor();
  expect(readRows(agency.dataDir, 'SELECT last FROM book_year WHERE last > 0')).toEqual([{ last: 240 }]);
});

test('F1 lists the keys, keys are shown where they act, and a notice covers no button', async ({ shared, windows }) => {
  const agency = shared.newAgency();
  await (await agency.prepare()).close();
  const window = await windows.open(agency.dataDir);
  const { page, dialog } = window;
  const shoot = (name: string) => window.screenshot(join(repositoryRoot, `out/e2e/keys-${name}.png`));
  const newDocument = window.button(/^Văn bản mới/);
  await expect(newDocument.locator('kbd')).toBeVisible();
  for (const keys of ['F1', 'Control+/']) {
    await page.keyboard.press(keys);
    await expect(dialog).toContainText('Văn bản đi mới');
    await expect(dialog).toContainText('Ctrl K');
    // Behind the question the key does nothing.
    await expect(newDocument.locator('kbd')).toBeHidden();
    if (keys === 'F1') await shoot('list');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  await expect(newDocument.locator('kbd')).toBeVisible();

  // Another agency's letter: said at once, and again before it gets a number.
  await page.keyboard.press('Control+N');
  await window.answerDialog(otherLetter);
  await window.button('Chọn tệp PDF…').click();
  await window.pageShown();
  await expect(page.getByRole('note').filter({ hasText: 'Trang này ghi cơ quan ban hành là Sở Nội vụ' })).toBeVisible();
  await shoot('other-agency');
  await page.keyboard.press('Escape');
  await expect(page.locator('[role=status] button').first()).toBeVisible();
  await shoot('notice');
  const covered = await page.evaluate(() => {
    const close = [...document.querySelectorAll('[role=status] button')].at(-1);
    const line = close?.parentElement?.getBoundingClientRect();
    if (line === undefined) return ['no notice'];
    return [...document.querySelectorAll('button, input, a')]
      .filter((each) => !(close?.parentElement?.contains(each) ?? false))
      .map((each) => ({ name: each.textContent, box: each.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0 && box.left < line.right && box.right > line.left)
      .filter(({ box }) => box.top < line.bottom && box.bottom > line.top)
      .map(({ name }) => name);
  });
  expect(covered).toEqual([]);

  // What a field says below its input is no control, and is kept clear as well.
  const notice = page.locator('[role=status] button').last().locator('..');
  const before = await notice.boundingBox();
  await page.evaluate((at) => {
    const field = document.createElement('div');
    field.dataset['field'] = '';
    field.id = 'field-below';
    field.textContent = 'Ví dụ RR123456789VN. Giao tận tay thì để trống.';
    Object.assign(field.style, { position: 'fixed', left: `${at?.x}px`, top: `${at?.y}px` });
    document.body.append(field);
  }, before);
  const isClear = async (): Promise<boolean> => {
    const [line, field] = [await notice.boundingBox(), await page.locator('#field-below').boundingBox()];
    if (line === null || field === null) throw new Error('nothing to be seen');
    return line.y + line.height <= field.y || line.y >= field.y + field.height;
  };
  await notice.hover();
  await expect.poll(isClear).toBe(true);
});
