import type { Page } from '@playwright/test';
import { expect, sampleLetter, test, type OfficeWindow } from '#tests/support/e2e.ts';
import { readRows } from '#tests/support/office-database.ts';

const CODE = '241/VPUBND-HCTC';

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

/** Goes on with the open question. It hears no key for a moment after it opened, so that none answers it unread. */
async function answer({ page, dialog }: OfficeWindow): Promise<void> {
  await expect(async () => {
    if (await dialog.isVisible()) await page.keyboard.press('Control+Enter');
    await expect(dialog).toBeHidden({ timeout: 2000 });
  }).toPass();
}

/** Types the password of the open signing dialog, where the cursor already is, and goes on. */
async function signByKeys(window: OfficeWindow, password: string): Promise<void> {
  const { page, dialog } = window;
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor();
  await page.keyboard.type(password);
  // Enter alone never signs.
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await answer(window);
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
  const { page, dialog } = window;
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
  await window.button('Cấp số…').waitFor();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText(CODE);
  // No plain Enter takes a number, Escape changes nothing.
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(readRows(from.dataDir, 'SELECT state, number FROM outgoing')).toEqual([{ state: 'approved', number: null }]);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText(CODE);
  await answer(window);
  await window.button('Ký…').waitFor();
  await signByKeys(window, world.password);
  await window.button('Đóng dấu…').waitFor();
  await signByKeys(window, world.password);
  await window.button('Gửi…').waitFor();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toContainText(to.name);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeVisible();
  await answer(window);
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

test('Enter alone enrols nobody, saves no name and starts no book', async ({ shared, windows }) => {
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
});
