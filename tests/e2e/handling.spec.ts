import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { expect, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { givenNumber, incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';
import type { Role } from '#shared/domain/roles.ts';

const now = new Date().toISOString();
const ids = { leader: randomUUID(), van: randomUUID(), sang: randomUUID(), nnmt: randomUUID(), nc: randomUUID() };

/** An office with people and units, two documents in the incoming book and an issued letter. */
async function officeWithPeople(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-handling-'));
  const { registers, close } = openRegisters(folder, noLog);
  registers.tx('test', (stores) => {
    stores.office.setAgency({ code: 'H15.01', name: 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk' });
    const unit = (id: string, name: string, abbreviation: string) =>
      stores.people.putUnit({ id, name, abbreviation, position: 1 });
    unit(ids.nnmt, 'Phòng Nông nghiệp - Môi trường', 'NNMT');
    unit(ids.nc, 'Phòng Kiểm soát thủ tục hành chính và Nội chính', 'NC');
    const person = (id: string, name: string, title: string, roles: Role[], unitId: string | null = null) =>
      stores.people.putPerson({ id, name, title, roles, unitId, position: 1, windowsAccount: '' });
    person(ids.leader, 'Bùi Hồng Quý', 'Chánh Văn phòng', ['leader']);
    person(ids.van, 'Lê Thị Hải Vân', 'Chuyên viên', ['officer'], ids.nnmt);
    person(ids.sang, 'Đỗ Minh Sang', 'Chuyên viên', ['officer'], ids.nc);
    stores.books.startFrom('incoming', 2026, 1287);
    stores.books.startFrom('outgoing', 2026, 1518);
    const base = incomingRecord();
    const document = (number: number, abstract: string): void => {
      const record = incomingRecord({
        state: 'registered',
        opened: true,
        received: null,
        arrivedAt: now,
        fields: { ...base.fields, codeText: `${number}/SNNMT-TL`, abstract, paper: 'arrived' },
      });
      stores.incoming.insert(record, []);
      stores.books.take(givenNumber(record.id, number, { bookId: 'incoming' }));
    };
    document(1288, 'V/v mực nước, lưu lượng xả các hồ chứa lúc 06 giờ ngày 26/11/2026');
    document(1289, 'V/v góp ý dự thảo Quy chế làm việc mẫu của Ủy ban nhân dân các xã, phường');
    const letter = outgoingRecord({ state: 'sent', codeText: '1519/VPUBND-NNMT', fields: plainFields, sentAt: now });
    stores.outgoing.insert(letter, []);
    stores.books.take(givenNumber(letter.id, 1519));
  });
  close();
  return folder;
}

test('a registered document goes to a leader, to who answers it, and is finished by its answer; all by keys', async ({
  windows,
}) => {
  const window = await windows.open(await officeWithPeople());
  const { page } = window;
  const looker = await Looker.at(window, 'handling');
  await page.getByRole('button', { name: /Đang xử lý/ }).click();
  await page.getByRole('row').filter({ hasText: '1288/SNNMT-TL' }).click();
  const pane = page.getByTestId('document-pane');

  // Trình, ý kiến.
  await pane.getByRole('tab', { name: 'Xử lý' }).click();
  await looker.look('nobody');
  await window.button(/Trình lãnh đạo…/).click();
  await page.keyboard.type('Kính trình Chánh Văn phòng');
  await looker.look('submitting', 'one');
  await window.button(/^Trình(?! lãnh)/).click();
  await expect(pane.getByText(/Chờ ý kiến Bùi Hồng Quý/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Chờ ý kiến.*1/ })).toBeVisible();
  await window.button(/Ghi ý kiến chỉ đạo…/).click();
  await page.keyboard.type('Giao Phòng Nông nghiệp - Môi trường tham mưu trước 17 giờ');
  await window.button(/^Ghi ý kiến(?! chỉ)/).click();
  await expect(pane.getByText('Giao Phòng Nông nghiệp - Môi trường tham mưu trước 17 giờ')).toBeVisible();

  // Chuyển xử lý: Enter leads, Shift+Enter helps, Alt+Enter is informed.
  const dialog = page.getByRole('dialog');
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('option').first()).toBeVisible();
  await looker.look('choosing');
  await page.keyboard.type('nnmt');
  await expect(dialog.getByRole('option').first()).toContainText('Phòng Nông nghiệp');
  await page.keyboard.press('Enter');
  await page.keyboard.type('sang');
  await expect(dialog.getByRole('option').first()).toContainText('Đỗ Minh Sang');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('chanh');
  await expect(dialog.getByRole('option').first()).toContainText('Bùi Hồng Quý');
  await page.keyboard.press('Alt+Enter');
  const chosen = dialog.getByRole('list', { name: 'Đã chọn' }).getByRole('listitem');
  await expect(chosen).toHaveCount(3);
  await expect(chosen.nth(0).getByRole('combobox')).toHaveValue('lead');
  await expect(chosen.nth(1).getByRole('combobox')).toHaveValue('support');
  await expect(chosen.nth(2).getByRole('combobox')).toHaveValue('inform');
  await dialog.getByLabel('Hạn xử lý').fill('31/12/2099 16:00');
  await looker.look('chosen');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/chủ trì Phòng Nông nghiệp - Môi trường/).first()).toBeVisible();
  await expect(pane.getByText('Hạn 31/12/2099 16:00').first()).toBeVisible();
  await looker.look('assigned');

  // The next document takes the last choice by one Enter.
  await expect(dialog).toHaveCount(0);
  await page.getByRole('option', { name: /1289\/SNNMT-TL/ }).click();
  await expect(pane).toContainText('1289/SNNMT-TL');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('option').first()).toContainText('Phòng Nông nghiệp - Môi trường chủ trì');
  await page.keyboard.press('Enter');
  await expect(chosen).toHaveCount(3);
  await dialog.getByRole('button', { name: /^Chuyển/ }).click();
  await expect(dialog).toHaveCount(0);

  // Kết thúc with the answer, and back again by Ctrl+Z.
  await window
    .button(/Kết thúc…/)
    .first()
    .click();
  await dialog.getByRole('combobox').fill('1519');
  await expect(dialog.getByRole('option').first()).toContainText('1519/VPUBND-NNMT');
  await page.keyboard.press('Enter');
  await looker.look('finishing');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Đã xong 1289/SNNMT-TL')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Đã mở lại 1289/SNNMT-TL')).toBeVisible();

  // Để sau: out of the boxes, and there is a box for it.
  await page.getByRole('option', { name: /1289\/SNNMT-TL/ }).click();
  await pane.getByRole('tab', { name: 'Xử lý' }).click();
  await window.button(/Để sau…/).click();
  await looker.look('aside', 'one');
  await dialog.getByRole('button', { name: /^Để sau/ }).click();
  await expect(page.getByRole('button', { name: /^Để sau.*1/ })).toBeVisible();
  await pane.getByRole('tab', { name: 'Nhật ký' }).click();
  await expect(pane).toContainText('Mở lại');
  await looker.look('history', 'one');

  // Liên quan: a document of the register, on both, and a click opens the other.
  await pane.getByRole('tab', { name: 'Liên quan' }).click();
  await window.button(/Thêm văn bản liên quan…/).click();
  await dialog.getByRole('combobox', { name: 'Tìm văn bản' }).fill('1519');
  await expect(dialog.getByRole('listbox').getByRole('option').first()).toContainText('1519/VPUBND-NNMT');
  await page.keyboard.press('Enter');
  await dialog.getByLabel('Văn bản này').selectOption({ label: 'Bị thay thế bởi' });
  await looker.look('relating', 'one');
  await dialog.getByRole('button', { name: 'Thêm', exact: true }).click();
  await expect(pane.getByTestId('relation')).toContainText('1519/VPUBND-NNMT');
  await looker.look('relations');

  // Hôm nay: who leads what, and the week.
  await page.keyboard.press('Alt+9');
  const board = page.getByRole('region', { name: 'Hôm nay' });
  await expect(board.getByRole('row').filter({ hasText: 'Phòng Nông nghiệp - Môi trường' })).toContainText('2');
  await expect(board.getByRole('row').filter({ hasText: 'Đã phân công' })).toContainText('2');
  await looker.look('board');
  // The weekly report on paper: whoever leads above, then the office beside the week before.
  await page.keyboard.press('Control+p');
  const panel = page.getByRole('complementary', { name: 'Xem trước bản in' });
  await expect(panel.getByRole('radio', { name: 'Tuần này' })).toBeChecked();
  await expect(panel.locator('canvas').first()).toBeVisible();
  await expect(panel).toContainText(/[3-9] dòng/);
  // It is no book to be bound.
  await expect(panel.getByRole('checkbox')).toHaveCount(1);
  await expect(panel.getByRole('checkbox', { name: 'Chỗ ký' })).toBeVisible();
  await expect(panel.getByLabel('Quyển số')).toHaveCount(0);
  await looker.look('weekly-report');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  expect(looker.objections).toEqual([]);
});
