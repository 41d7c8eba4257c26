import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { openRegisters } from '#data/open-registers.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { noLog } from '#entries/machine-ports.ts';
import { expect, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { readRows } from '#tests/support/office-database.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { fileIdOf, givenNumber, incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';

import { watchedDelivery } from '#tests/support/watched-delivery.ts';

/** Drops a file of this machine as the desktop does it: the page gets it with its path. */
async function dropFile(page: Page, file: string, on: Locator): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const box = await on.boundingBox();
  if (box === null) throw new Error('nothing to drop on');
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, ...at, data });
  await devtools.detach();
}

const OWN = 'H15.01';
const now = new Date().toISOString();
const recipients = [
  { agencyCode: 'H15.02', agencyName: 'Sở Nông nghiệp và Môi trường tỉnh Đắk Lắk' },
  { agencyCode: 'H15.03', agencyName: 'Ban Quản lý các khu công nghiệp Phú Yên' },
  { agencyCode: 'H15.04', agencyName: 'UBND xã Ea Trang' },
];

test('paper beside the electronic document is posted, seen on its way, received, and entered in the book', async ({
  windows,
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-paper-'));
  const { registers, close } = openRegisters(folder, noLog);
  registers.tx('test', (stores) => {
    stores.office.setAgency({ code: OWN, name: 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk' });
    const letter = outgoingRecord({ state: 'sent', codeText: '241/VPUBND-HCTC', fields: plainFields, sentAt: now });
    stores.outgoing.insert(letter, recipients);
    stores.outgoing.setOtherTargets(letter.id, [
      { kind: 'paper', name: 'Công ty TNHH một thành viên Cà phê Phước An' },
      { kind: 'paper', name: 'Ông Nguyễn Văn Hòa, buôn Ea Bông, xã Ea Na' },
    ]);
    stores.books.take(givenNumber(letter.id, 1));
    for (const { agencyCode } of recipients) {
      stores.outgoing.advanceDelivery(letter.id, agencyCode, { state: 'delivered', at: now, reason: null });
      stores.outgoing.setPaper(letter.id, agencyCode, { paperNeeded: agencyCode !== 'H15.04' });
    }
    const messageId = randomUUID();
    const base = incomingRecord();
    const arrival = incomingRecord({
      received: {
        messageId,
        senderCode: 'H15.02',
        senderName: 'Sở Nội vụ',
        documentId: randomUUID(),
        edxmlFileId: fileIdOf('x'),
      },
      fields: { ...base.fields, paper: 'expected' },
      opened: true,
      arrivedAt: now,
    });
    stores.incoming.insert(arrival, []);
    const delivery = watchedDelivery({
      messageId,
      sender: 'H15.02',
      recipient: OWN,
      availableAt: now,
      openedAt: now,
      paperPostedAt: now,
      paperDay: '2026-03-12',
      paperItem: 'RR123456789VN',
    });
    stores.watch.put({ delivery, documentId: null, takenAt: now });
  });
  close();
  const window = await windows.open(folder);
  const { page } = window;
  const looker = await Looker.at(window, 'paper');

  // The sender: what is still to be posted, posted to two at once.
  await page.getByRole('button', { name: /Chờ gửi bản giấy.*1/ }).click();
  const row = page.getByRole('row').filter({ hasText: '241/VPUBND-HCTC' });
  await expect(row).toContainText('còn gửi giấy 4 nơi');
  await row.click();
  const copies = page.getByTestId('paper-copies');
  await expect(copies).toContainText('còn phải gửi bản giấy cho 4 nơi');
  await window.button(/Đã gửi bản giấy…/).click();
  await page.getByLabel('Số hiệu bưu gửi').fill('RR987654321VN');
  await looker.look('posting');
  await window.button(/Ghi đã gửi cho 4 nơi/).click();
  await expect(copies).toContainText('RR987654321VN');
  await expect(copies).toContainText('không còn nơi nào phải gửi');
  await looker.look('posted');
  // Of those that get paper alone nobody says by himself what became of it.
  await window.button('Ghi kết quả gửi bản giấy cho Công ty TNHH một thành viên Cà phê Phước An').click();
  await page.getByLabel('Người ký nhận (nếu biết)').fill('Văn thư công ty');
  await window.button('Ghi kết quả', window.dialog).click();
  await expect(page.getByText(/^đã phát/)).toBeVisible();
  await window.button('Ghi kết quả gửi bản giấy cho Ông Nguyễn Văn Hòa, buôn Ea Bông, xã Ea Na').click();
  await window.dialog.getByRole('radio', { name: 'Bị trả lại' }).click();
  await page.getByLabel('Lý do trả lại (nếu biết)').fill('Chuyển nơi ở');
  await looker.look('result');
  await window.button('Ghi kết quả', window.dialog).click();
  await expect(page.getByText(/^bị trả lại/)).toBeVisible();
  await looker.look('results');
  await expect(page.getByRole('option').filter({ hasText: '241/VPUBND-HCTC' })).toBeHidden();
  await looker.look('nothing-to-post', 'one');

  // The recipient: one click.
  await page
    .getByRole('button', { name: /Chờ vào sổ/ })
    .first()
    .click();
  await page.getByRole('row').filter({ hasText: '12/SNV-VP' }).click();
  await expect(page.getByText('RR123456789VN, gửi 12/03/2026')).toBeVisible();
  await looker.look('coming');

  // The same document on paper is found, and takes no number of its own.
  await page.keyboard.press('Alt+3');
  await window.button(/Vào sổ văn bản giấy/).click();
  await looker.look('by-hand');
  // What was scanned already fills the form; what was typed before stands.
  await window.field('Trích yếu', window.dialog).fill('V/v điều đã gõ');
  await window.answerDialog(path.join(repositoryRoot, 'tests/fixtures/letters/cong-van-bo-noi-vu.pdf'));
  await window.button('Chọn bản quét…').click();
  await expect(window.field(/Số, ký hiệu/, window.dialog)).toHaveValue('6210/BNV-CVTLTNN');
  await expect(window.field('Số trang', window.dialog)).toHaveValue('1');
  await expect(window.field('Trích yếu', window.dialog)).toHaveValue('V/v điều đã gõ');
  await looker.look('scanned');
  await window.button('Bỏ bản quét').click();
  await expect(window.button('Chọn bản quét…')).toBeVisible();
  // A file that is dropped anywhere into the form is its scan, and no document of the window behind.
  const scan = page.getByTestId('paper-scan');
  await dropFile(page, path.join(repositoryRoot, 'tests/fixtures/letters/cong-van-bo-noi-vu.pdf'), scan);
  await expect(scan).toContainText('cong-van-bo-noi-vu.pdf');
  await expect(window.field('Số trang', window.dialog)).toHaveValue('1');
  expect(readRows(folder, 'SELECT id FROM incoming')).toHaveLength(1);
  // One that is no PDF says so, and the scan stays.
  await dropFile(page, path.join(repositoryRoot, 'package.json'), scan);
  await expect(window.dialog).toContainText('Tệp này không phải là PDF.');
  await expect(scan).toContainText('cong-van-bo-noi-vu.pdf');
  await looker.look('dropped-wrong', 'one');
  await window.button('Bỏ bản quét').click();
  await expect(window.button('Chọn bản quét…')).toBeVisible();
  await page.getByLabel(/Số, ký hiệu/).fill('12/SNV-VP');
  await page
    .getByLabel(/Ngày.*văn bản|Ngày, tháng/)
    .first()
    .fill('20/11/2026');
  await page
    .getByLabel(/Tên cơ quan|Tác giả|Cơ quan/)
    .first()
    .fill('Sở Nội vụ tỉnh Đắk Lắk');
  const attach = window.button('Đính vào bản điện tử');
  await expect(attach).toBeVisible();
  await looker.look('matching');
  await attach.click();
  await expect(page.getByText('Đã ghi nhận bản giấy và báo nơi gửi')).toBeVisible();

  // The rules.
  await page.keyboard.press('Alt+5');
  await page.getByRole('button', { name: 'Bản giấy', exact: true }).click();
  await page.getByLabel('Quyết định', { exact: true }).click();
  await looker.look('rules');
  expect(looker.objections).toEqual([]);
});
