import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { readRows } from '#tests/support/office-database.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { approvedDraft, plainFields } from '#tests/support/office-letters.ts';
import { openTestOffice } from '#tests/support/test-office.ts';

/** An office with three letters that wait for their numbers. */
async function officeWithLetters(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-books-'));
  const hub = createOfficeHub([agency('H15.01', 'Văn phòng UBND tỉnh'), agency('H15.02', 'Sở Nội vụ')]);
  const office = await openTestOffice({ dataDir: folder, ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: 'H15.01', workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
  await office.ok('books.startFrom', { bookId: 'outgoing', last: 240 });
  for (const abstract of ['Thư thứ nhất', 'Thư thứ hai', 'Thư thứ ba']) {
    await approvedDraft(office, ['H15.02'], { fields: { ...plainFields, abstract } });
  }
  await office.leave();
  return folder;
}

test('an office arranges its books, keeps numbers, uses one, drops one, and puts a letter beside another', async ({
  windows,
}) => {
  test.setTimeout(180_000);
  const folder = await officeWithLetters();
  const window = await windows.open(folder);
  const { page, dialog } = window;
  const looker = await Looker.at(window, 'books');
  await window.button(/Văn bản mới/).waitFor();

  // A book of its own for decisions.
  await window.button(/^Cài đặt/).click();
  await page.getByRole('main').getByRole('button', { name: 'Sổ và số', exact: true }).click();
  await window.button('Thêm sổ…').click();
  await window.field('Tên sổ', dialog).fill('Sổ đăng ký quyết định, chỉ thị và quy định của Văn phòng');
  await dialog.getByLabel('Quyết định', { exact: true }).check();
  await looker.look('1-add');
  await window.button(/Lưu sổ/, dialog).click();
  await expect(page.getByText('Đã lưu Sổ đăng ký quyết định').first()).toBeVisible();
  await looker.look('2-settings');
  // A type belongs to one book.
  await window.button('Thêm sổ…').click();
  await window.field('Tên sổ', dialog).fill('Sổ khác');
  await dialog.getByLabel('Quyết định', { exact: true }).check();
  await window.button(/Lưu sổ/, dialog).click();
  await expect(dialog.getByRole('alert')).toContainText('Quyết định thuộc Sổ đăng ký quyết định');
  await page.keyboard.press('Escape');

  // Two numbers are kept; one will not be used.
  await page.keyboard.press('Alt+3');
  await page.getByLabel('Chọn sổ').selectOption({ label: `Sổ đăng ký văn bản đi năm ${new Date().getFullYear()}` });
  await window.button('Giữ số…').click();
  await window.field('Giữ mấy số', dialog).fill('2');
  await window.field('Giữ cho', dialog).fill('Phòng Nội chính, quyết định khen thưởng');
  await window.button(/^Giữ 2 số/, dialog).click();
  await expect(page.getByText('Đã giữ các số từ 241 đến 242')).toBeVisible();
  await window.button('Bỏ số 242', dialog).click();
  await window.field('Lý do bỏ số 242', dialog).fill('không ban hành nữa');
  await looker.look('3-kept');
  await dialog.getByRole('button', { name: 'Bỏ số 242', exact: true }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(1);
  await window.button('Đóng', dialog).click();
  await expect(page.getByRole('row').filter({ hasText: 'không ban hành nữa' })).toBeVisible();
  await expect(window.button('Số đang giữ (1)…')).toBeVisible();
  await looker.look('4-book');

  // The kept one, the next, and one beside it.
  const give = async (letter: string, choose: () => Promise<void>, code: string) => {
    await window.openBox('Chờ ký');
    await window.row(letter).click();
    await window.settle();
    await choose();
    await expect(window.panel).toContainText(code);
    await window.take('Chỉ cấp số');
    await expect(page.getByText(`Đã cấp số ${code}`).first()).toBeVisible();
  };
  await window.openBox('Chờ ký');
  await window.row('Thư thứ nhất').click();
  await window.settle();
  await window.panel.getByRole('radio', { name: /Số đang giữ 241/ }).check();
  await expect(window.panel).toContainText('241/VPUBND-HCTC');
  await looker.look('5-number');
  await window.settle();
  await window.take('Chỉ cấp số');
  await expect(page.getByText('Đã cấp số 241/VPUBND-HCTC').first()).toBeVisible();
  await give('Thư thứ hai', async () => undefined, '243/VPUBND-HCTC');
  await window.openBox('Chờ ký');
  await window.row('Thư thứ ba').click();
  await window.settle();
  await window.button('Cấp số khác…').click();
  await window.panel.getByRole('radio', { name: /Số phụ/ }).check();
  await window.field('Cạnh số', window.panel).fill('243');
  await looker.look('6-beside');
  await window.settle();
  await window.take('Chỉ cấp số');
  await expect(page.getByText('Đã cấp số 243a/VPUBND-HCTC').first()).toBeVisible();
  expect(
    readRows(folder, "SELECT number || suffix AS number, state FROM book_number WHERE book_id = 'outgoing'"),
  ).toEqual([
    { number: '241', state: 'given' },
    { number: '242', state: 'void' },
    { number: '243', state: 'given' },
    { number: '243a', state: 'given' },
  ]);

  // A number of the book opens beside it; Escape is back where it was, under the same filter.
  await page.keyboard.press('Alt+3');
  await page.getByLabel('Chọn sổ').selectOption({ label: `Sổ đăng ký văn bản đi năm ${new Date().getFullYear()}` });
  const numbers = page.getByRole('grid', { name: /^Sổ đăng ký văn bản đi/ }).getByRole('row');
  await expect(numbers).toHaveCount(5);
  await window.button('Lọc theo').click();
  await page.getByRole('search', { name: 'Lọc theo' }).getByLabel('Tình trạng').selectOption('Có hiệu lực');
  await expect(numbers).toHaveCount(4);
  await looker.look('7-filtered');
  await numbers.filter({ hasText: '243a/' }).click();
  await window.pageShown();
  await expect(page.getByTestId('document-pane')).toContainText('243a/VPUBND-HCTC');
  await expect(page.getByRole('option', { name: '243a/VPUBND-HCTC' })).toHaveAttribute('aria-selected', 'true');
  await looker.look('8-beside');
  await page.keyboard.press('Control+A');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('document-pane')).toHaveCount(0);
  await expect(numbers).toHaveCount(4);
  expect(looker.objections).toEqual([]);
});
