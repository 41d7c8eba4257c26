import { mkdir, writeFile } from 'node:fs/promises';
import { demoOffices } from '#scripts/demo/demo-world.ts';
import { prepareOffice } from '#scripts/demo/prepare-office.ts';
import { cleanLetter } from '#tests/support/clean-letter.ts';
import { expect, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { readRows } from '#tests/support/office-database.ts';

const { receiver } = demoOffices;
const LONG = 'rà soát, thống kê tình hình sử dụng chữ ký số chuyên dùng tại các cơ quan, đơn vị trên địa bàn tỉnh';
const subjects = ['lịch trực', LONG, 'hạ tầng số', 'văn thư lưu trữ'];

test('several letters are signed with one password; one that asks first stops no other', async ({ e2e }, info) => {
  test.setTimeout(240_000);
  const { world } = e2e;
  const dataDir = world.dataDir('sender');
  await mkdir(info.outputDir, { recursive: true });
  const office = await prepareOffice(dataDir, await world.setUpOf('sender'));
  for (const [at, subject] of subjects.entries()) {
    const file = info.outputPath(`thư-${at + 1}.pdf`);
    const letter = cleanLetter({
      agency: ['UBND TỈNH ĐẮK LẮK', 'VĂN PHÒNG'],
      notation: 'VPUBND-TH',
      subject,
      addressee: receiver.name,
      signerTitle: 'CHÁNH VĂN PHÒNG',
      // Of the second one nobody here has the certificate.
      signerName: at === 1 ? 'Nguyễn Văn Khác' : 'Bùi Hồng Quý',
    });
    await writeFile(file, letter);
    await office.prepareLetter(file, [receiver.code], world.password, 'numbered');
  }
  await office.close();
  const states = (): string[] =>
    readRows<{ state: string }>(dataDir, 'SELECT state FROM outgoing ORDER BY number').map(({ state }) => state);
  expect(states()).toEqual(subjects.map(() => 'numbered'));

  const window = await e2e.openWindow(dataDir);
  const { page } = window;
  const looker = await Looker.at(window, 'sign-several');
  await window.openBox('Chờ ký');
  const grid = page.getByRole('grid', { name: 'Chờ ký' });
  await grid.getByText('hạ tầng số').waitFor();
  await grid.focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('Đã chọn 4 văn bản')).toBeVisible();
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'Việc làm được' });
  await menu.getByRole('menuitem', { name: 'Ký 4 văn bản…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ký 4 văn bản' });
  await expect(dialog.getByRole('listitem')).toHaveCount(4);
  await expect(dialog.getByLabel('Mật khẩu chữ ký')).toBeFocused();
  await looker.look('asked');

  await page.keyboard.type('sai');
  await dialog.getByRole('button', { name: /^Ký 4 văn bản/ }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog.getByLabel('Mật khẩu chữ ký')).toHaveValue('');
  await expect(dialog.getByLabel('Mật khẩu chữ ký')).toBeFocused();
  expect(states()).toEqual(subjects.map(() => 'numbered'));

  await dialog.getByLabel('Mật khẩu chữ ký').fill(world.password);
  await dialog.getByRole('button', { name: /^Ký 4 văn bản/ }).click();
  await expect(dialog.getByRole('button', { name: /^Ký tiếp 1 văn bản/ })).toBeEnabled();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'đã ký' })).toHaveCount(3);
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Còn điều khác nhau' })).toHaveCount(1);
  await looker.look('one-left');
  expect(states()).toEqual(['signed', 'numbered', 'signed', 'signed']);
  await dialog.getByRole('button', { name: 'Đóng' }).click();

  // The seal likewise; where none is left the dialog goes away by itself.
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('Đã chọn 2 văn bản')).toBeVisible();
  await page.keyboard.press('Shift+F10');
  await menu.getByRole('menuitem', { name: 'Đóng dấu 2 văn bản…' }).click();
  const sealing = page.getByRole('dialog', { name: 'Đóng dấu 2 văn bản' });
  await sealing.getByLabel('Mật khẩu con dấu').fill(world.password);
  await sealing.getByRole('button', { name: /^Đóng dấu 2 văn bản/ }).click();
  await expect(page.getByText('Đã đóng dấu 2 văn bản')).toBeVisible();
  await expect(sealing).toBeHidden();
  expect(states().filter((state) => state === 'sealed')).toHaveLength(2);
  expect(states()[1]).toBe('numbered');
  expect(looker.objections).toEqual([]);
});
