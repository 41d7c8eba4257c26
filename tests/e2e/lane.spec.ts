import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IncomingRecord } from '#core/incoming/incoming-store.ts';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';
import { expect, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { readRows } from '#tests/support/office-database.ts';
import { givenNumber, incomingRecord } from '#tests/support/office-records.ts';

const OWN = 'H15.01';
const unit = {
  id: '00000000-0000-4000-8000-000000000011',
  name: 'Phòng Nông nghiệp - Môi trường',
  abbreviation: 'NNMT',
  position: 1,
};
const LETTERS = 12;
const MINUTE_MS = 60_000;
const senders = [
  'Sở Nông nghiệp và Môi trường tỉnh Đắk Lắk',
  'UBND xã Ea Súp',
  'Sở Tài chính tỉnh Đắk Lắk',
  'Ban Quản lý các khu công nghiệp Phú Yên',
];

const fieldsOf = (at: number, change: Partial<IncomingRecord['fields']> = {}): IncomingRecord['fields'] => ({
  ...incomingRecord().fields,
  agencyName: senders[at % senders.length] ?? '',
  codeText: `${3100 + at}/SNNMT-TL`,
  abstract: `V/v mực nước, lưu lượng xả các hồ chứa lúc 06 giờ ngày ${at + 1}/11/2026`,
  ...change,
});

/** A folder in which letters wait for their number: one of them express, and some registered before with where they went. */
async function officeWithArrivals(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-lane-'));
  const { registers, close } = openRegisters(folder, noLog);
  const now = Date.now();
  registers.tx('test', (stores) => {
    stores.office.setAgency({ code: OWN, name: 'Văn phòng UBND tỉnh Đắk Lắk' });
    stores.people.putUnit(unit);
    for (const [at, forwardTo] of ['Trần Quốc Khải', 'Phòng Tổng hợp', 'Phòng Nông nghiệp - Môi trường'].entries()) {
      const earlier = new Date(now - (at + 2) * 24 * 60 * MINUTE_MS).toISOString();
      const record = incomingRecord({
        state: 'registered',
        arrivedAt: earlier,
        fields: fieldsOf(at, { codeText: `${at + 1}/CV`, forwardTo }),
      });
      stores.incoming.insert(record, []);
      stores.books.take(givenNumber(record.id, at + 1, { bookId: 'incoming', year: new Date(now).getUTCFullYear() }));
    }
    for (let at = 0; at < LETTERS; at += 1) {
      const record = incomingRecord({
        arrivedAt: new Date(now - (at + 1) * MINUTE_MS).toISOString(),
        reading: { sources: { agencyName: 'header', ...(at === 1 ? { date: 'check' } : {}) }, regions: {} },
        fields: fieldsOf(at, at === 7 ? { urgency: 'express' } : {}),
      });
      stores.incoming.insert(record, []);
      // Some may see it; the clerk sees that.
      if (at === 2) stores.access.limit(record.id, [], FIRST_PERSON_ID, record.arrivedAt);
    }
  });
  close();
  return folder;
}

test('letters are registered one after the other: one key each, express first, the cursor where it is wanted', async ({
  windows,
}) => {
  test.setTimeout(180_000);
  const folder = await officeWithArrivals();
  const window = await windows.open(folder);
  const { page } = window;
  const looker = await Looker.at(window, 'lane');
  let keys = 0;
  const press = async (key: string): Promise<void> => {
    keys += 1;
    await page.keyboard.press(key);
  };
  const lane = page.getByTestId('lane');
  const said = page.getByTestId('lane-said');
  const current = lane.locator('[aria-current=step]');

  // The list starts with the express one; the second is an ordinary letter, with which the clerk begins.
  await window.row('3100/SNNMT-TL').click();
  await window.button(/^Vào sổ đến/).waitFor();
  await page.keyboard.press('Control+Enter');
  await expect(current).toContainText('3100/SNNMT-TL');
  await expect(window.field('Chuyển tới')).toBeFocused();
  const offered = page.getByRole('listbox', { name: 'Đã chuyển tới trước đây' }).getByRole('option');
  await expect(offered.first()).toContainText('Trần Quốc Khải');
  await expect(offered.first()).toContainText('Lần trước');
  await expect(lane).toContainText(`1 / ${LETTERS} chờ vào sổ`);
  await expect(lane).toContainText('Trục liên thông');
  await expect(lane.getByRole('button', { name: /^3102/ })).toContainText('Phạm vi hẹp');
  await looker.look('first');

  // Express comes next although it stands further down, is sealed until a person opens it, and is said to be express.
  await press('Control+Enter');
  await expect(said).toContainText('Hỏa tốc. Đang mở 3107/SNNMT-TL');
  await expect(said).toContainText('Đã vào sổ, số đến 4');
  await expect(lane).toContainText('Đã vào sổ, số đến 4');
  await window.button('Mở văn bản').waitFor();
  await press('Enter');
  await expect(window.field('Chuyển tới')).toBeFocused();
  await looker.look('express', 'one');
  await press('Control+Enter');

  // What was not sure gets the cursor.
  await expect(current).toContainText('3101/SNNMT-TL');
  await expect(window.field('Ngày văn bản')).toBeFocused();
  await press('Control+Enter');

  const before = keys;
  const clean = 6;
  for (let at = 0; at < clean; at += 1) {
    await expect(current).toContainText(`${3102 + at + (at > 4 ? 1 : 0)}/SNNMT-TL`);
    await expect(window.field('Chuyển tới')).toBeFocused();
    await press('Control+Enter');
  }
  // Ten letters in all, and none of the clean ones took more than one key.
  await expect(current).toContainText('3109/SNNMT-TL');
  expect(keys - before).toBe(clean);
  await expect(window.field('Chuyển tới')).toBeFocused();
  await press('Control+Enter');
  await expect(current).toContainText('3110/SNNMT-TL');
  const registered = readRows<{ code_text: string; forward_to: string }>(
    folder,
    `SELECT code_text, forward_to FROM incoming WHERE arrival_number > 3 ORDER BY arrival_number`,
  );
  expect(registered).toHaveLength(10);
  expect(keys).toBeLessThanOrEqual(2 * registered.length);
  // Where the last letter of the same agency went is taken with the key; where none is known nothing is.
  const codes = registered.map(({ code_text, forward_to }) => [code_text.slice(0, 4), forward_to]);
  expect(codes.slice(0, 3)).toEqual([
    ['3100', 'Trần Quốc Khải'],
    ['3107', ''],
    ['3101', ''],
  ]);
  expect(codes.find(([code]) => code === '3102')).toEqual(['3102', 'Phòng Nông nghiệp - Môi trường']);
  // A unit of the office has it with its number; what is none stays text.
  expect(
    readRows(folder, `SELECT DISTINCT d.forward_to FROM assignment a JOIN document d ON d.id = a.document_id`),
  ).toEqual([{ forward_to: unit.name }]);
  test.info().annotations.push({ type: 'keys', description: `${keys} for ${registered.length} letters` });

  // Her own words are found without accents; several are parted by a semicolon.
  await page.keyboard.type('khai');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(window.field('Chuyển tới')).toHaveValue('Trần Quốc Khải');
  await page.keyboard.type('; tong');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(window.field('Chuyển tới')).toHaveValue('Trần Quốc Khải; Phòng Tổng hợp');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('moi truong');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByText('vào sổ là giao Phòng Nông nghiệp - Môi trường chủ trì')).toBeVisible();
  await looker.look('forward', 'one');

  // "Để sau" goes back to the list, which stands where it was.
  await page.keyboard.press('Escape');
  const list = page.getByRole('listbox', { name: 'Chờ vào sổ' });
  await expect(list.getByRole('option').filter({ hasText: '3110/SNNMT-TL' })).toBeVisible();
  await expect(list.getByRole('option')).toHaveCount(2);
  await looker.look('list', 'one');

  // What stands in the book can be corrected: number and day stay, the old value is in the history.
  await window.openBox('Đang xử lý');
  await window.row('3109/SNNMT-TL').click();
  await page.getByRole('tab', { name: 'Thông tin' }).click();
  await window.button('Sửa thông tin đăng ký…').click();
  await expect(window.field('Cơ quan ban hành')).toBeFocused();
  await window.field('Trích yếu').fill('V/v xả lũ hồ Buôn Tua Srah');
  await expect(page.getByText('Trong sổ: V/v mực nước')).toBeVisible();
  await window.field('Lý do sửa').fill('Gõ nhầm trích yếu');
  await looker.look('correct');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('tab', { name: 'Nhật ký' }).click();
  await expect(page.getByText(/Sửa Trích yếu: “V\/v mực nước.*lý do: Gõ nhầm trích yếu/)).toBeVisible();
  expect(looker.objections).toEqual([]);
});

test('a list is sorted, filtered and acted on for several rows, by keys as by the mouse', async ({ windows }) => {
  test.setTimeout(180_000);
  const folder = await officeWithArrivals();
  const window = await windows.open(folder);
  const { page } = window;
  const looker = await Looker.at(window, 'lists');
  const grid = page.getByRole('grid', { name: 'Đang xử lý' });
  const codes = () => grid.getByRole('row').locator('[role=gridcell]:nth-child(2)').allTextContents();
  await window.openBox('Đang xử lý');
  await grid.getByText('1/CV').waitFor();

  // By a click down the column, by a key the other way, by a third back to the order of the box.
  const header = grid.getByRole('columnheader', { name: /Cơ quan ban hành/ });
  await header.getByRole('button').click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(codes).toEqual(['1/CV', '3/CV', '2/CV']);
  await page.keyboard.press('Enter');
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(codes).toEqual(['2/CV', '3/CV', '1/CV']);

  // Several rows: with Shift and the arrows, then all; a field keeps Ctrl+A for its own text.
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByText('Đã chọn 2 văn bản')).toBeVisible();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('Đã chọn 3 văn bản')).toBeVisible();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('');
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'Việc làm được' });
  await expect(menu.getByRole('menuitem', { name: 'Xong 3 văn bản' })).toBeVisible();
  await looker.look('menu', 'one');
  await page.keyboard.press('Escape');
  await expect(menu).toBeHidden();

  // A filter leaves what matches, is kept under a name, and finds an agency without accents.
  await window.button('Lọc theo').click();
  const filter = page.getByRole('search', { name: 'Lọc theo' });
  await filter.getByLabel('Cơ quan ban hành').fill('ea sup');
  await page.getByRole('option', { name: 'UBND xã Ea Súp' }).click();
  await expect.poll(codes).toEqual(['2/CV']);
  await filter.getByLabel('Tên bộ lọc').fill('Xã Ea Súp');
  await filter.getByRole('button', { name: 'Giữ bộ lọc' }).click();
  await expect(filter.getByRole('button', { name: 'Bộ lọc đã giữ' })).toBeVisible();
  await looker.look('filter');
  await filter.getByRole('button', { name: 'Bỏ lọc' }).click();
  await expect.poll(codes).toEqual(['2/CV', '3/CV', '1/CV']);

  // One step for two documents, by the mouse.
  await grid
    .getByRole('row')
    .filter({ hasText: '2/CV' })
    .click({ modifiers: ['Control'] });
  await grid
    .getByRole('row')
    .filter({ hasText: '3/CV' })
    .click({ modifiers: ['Control'] });
  await grid.getByRole('row').filter({ hasText: '3/CV' }).click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Xong 2 văn bản' }).click();
  await expect.poll(codes).toEqual(['1/CV']);
  expect(readRows(folder, "SELECT code_text FROM incoming WHERE state = 'done' ORDER BY code_text")).toEqual([
    { code_text: '2/CV' },
    { code_text: '3/CV' },
  ]);
  expect(looker.objections).toEqual([]);
});
