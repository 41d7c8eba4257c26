import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { read } from '@e965/xlsx';
import { openAdminDatabase } from '#exchange/entries/open-admin-database.ts';
import { PolicyBook } from '#exchange/use-cases/policy-book.ts';
import { supervise } from '#exchange/use-cases/supervise.ts';
import { demoOffices } from '#scripts/demo/demo-world.ts';
import { prepareOffice } from '#scripts/demo/prepare-office.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { addDays, vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';
import { expect, test, type E2e, type OfficeWindow } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';

const { sender, receiver } = demoOffices;

/** In the middle of last month, whatever day and hour the test runs at: 10:00 in Việt Nam. */
function lastMonth(): Date {
  const first = `${vietnamDay(Date.now()).slice(0, 7)}-01`;
  return new Date(vietnamInstant(`${addDays(first, -1).slice(0, 7)}-15`, '10:00'));
}

/** The province's office supervises all; documents of last month that one agency opened late, another on time. */
async function withFigures({ world }: E2e): Promise<void> {
  const { database, close } = await openAdminDatabase(path.resolve(world.dataDir('sender'), '../exchange'), null);
  try {
    await supervise(database, sender.code, null);
    const { id: policyId } = await (await PolicyBook.open(database)).of(sender.code);
    const at = lastMonth();
    for (let n = 1; n <= 6; n += 1) {
      const id = randomUUID();
      await database.transaction(async ({ acceptance }) => {
        const to = n === 6 ? [sender.code] : [receiver.code, 'H15.02'];
        const from = n === 6 ? receiver.code : sender.code;
        const taken = await acceptance.takeNumbers(id, from, to);
        const file = { sha256: '0'.repeat(64), size: 1 };
        const document = {
          code: `${n}/UBND-KGVX`,
          typeName: 'Công văn',
          paper: n % 2 === 0,
          expressAt: null,
          dueAt: n === 4 ? null : new Date(Date.now() + (n < 3 ? -1 : 48) * 3_600_000),
          expressLimitMinutes: n < 3 ? 30 : null,
          policyId,
          hasSteps: false,
        };
        const urgency = n < 3 ? ('express' as const) : ('normal' as const);
        const receipt = {
          messageId: id,
          sha256: file.sha256,
          acceptedAt: at.toISOString(),
          recipients: [],
          proof: 'x',
        };
        await acceptance.keep(
          { id, senderCode: from, kind: 'status', documentId: id, urgency, file, document },
          receipt,
          { ...taken, at },
        );
      });
      if (n === 6) continue;
      const opened = (recipientCode: string, minutes: number) =>
        database.events.append(
          (['fetched', 'opened', 'registered', ...(n === 2 ? (['finished'] as const) : [])] as const).map((event) => ({
            at: new Date(at.getTime() + minutes * 60_000),
            messageId: id,
            recipientCode,
            statedBy: recipientCode,
            event,
          })),
        );
      await opened(receiver.code, 5);
      if (n < 3) await opened('H15.02', 45);
    }
  } finally {
    await close();
  }
}

async function saveBy(window: OfficeWindow, name: string, file: string): Promise<void> {
  await window.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await window.button(name).click();
  await expect
    .poll(
      () =>
        stat(file).then(
          ({ size }) => size > 0,
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true);
}

const pdfText = (file: string): string => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });

test('the provincial office sees the figures, saves them and drafts the letter that reminds all', async ({ e2e }) => {
  test.setTimeout(400_000);
  const { world } = e2e;
  const office = await prepareOffice(world.dataDir('sender'), await world.setUpOf('sender'));
  await office.close();
  await withFigures(e2e);
  const window = await e2e.openWindow(world.dataDir('sender'));
  await window.button(/Văn bản mới/).waitFor();
  const looker = await Looker.at(window, 'oversight');
  const { page } = window;
  // The exchange says that this office supervises.
  await page.getByRole('navigation').getByText('Theo dõi').waitFor();
  await page.keyboard.press('Alt+7');
  await page.getByRole('heading', { name: 'Theo dõi' }).waitFor();
  // This month nothing has been sent yet.
  await page.getByRole('rowheader', { name: receiver.name }).waitFor();
  await expect(page.getByText('Khoảng này chưa có văn bản nào.')).toBeVisible();
  await looker.look('0-empty');
  await window.button('Khoảng trước').click();
  await expect(page.getByText('Khoảng này chưa có văn bản nào.')).toBeHidden();
  await page.getByRole('rowheader', { name: receiver.name }).waitFor();
  await looker.look('1-figures');
  await page.getByRole('button', { name: receiver.name }).click();
  await page.getByText('Xử lý sau bao lâu kể từ lúc đến').waitFor();
  await expect(page.getByRole('region', { name: receiver.name })).toBeInViewport();
  await looker.look('2-agency');
  await page.getByRole('tab', { name: 'Quá hạn' }).click();
  await page.getByRole('columnheader', { name: 'Hạn xử lý' }).waitFor();
  await expect(page.getByRole('tabpanel')).toContainText('chưa xong');
  await looker.look('2-overdue', 'one');
  await page.getByRole('searchbox', { name: 'Tìm cơ quan' }).fill('so thong tin');
  await expect(page.getByRole('rowheader')).not.toHaveCount(0);
  await looker.tabThrough('oversight', 20);

  // Kept beside the pictures, to be looked at.
  const file = (name: string): string => path.join(repositoryRoot, `out/e2e/oversight-${name}`);
  for (const name of ['report.xlsx', 'report.pdf', 'letter.docx', 'letter.pdf']) await rm(file(name), { force: true });
  await saveBy(window, 'Lưu Excel', file('report.xlsx'));
  expect(read(await readFile(file('report.xlsx'))).SheetNames).toEqual(['Cơ quan', 'Văn bản', 'Giải thích']);
  await saveBy(window, 'Lưu PDF', file('report.pdf'));
  execFileSync('qpdf', ['--check', file('report.pdf')]);
  const report = pdfText(file('report.pdf'));
  expect(report).toContain('BÁO CÁO THEO DÕI GỬI, NHẬN VĂN BẢN ĐIỆN TỬ');
  expect(report).toMatch(/1\/\d/);

  await window.button('Soạn công văn nhắc…').click();
  await window.field('Ký hiệu').fill('VPUBND-HCTC');
  await window.field('Địa danh').fill('Đắk Lắk');
  await window.field('Chức vụ người ký').fill('Chánh Văn phòng');
  await window.field('Người ký', page.locator('[aria-label="Nội dung công văn"]')).last().fill('Bùi Hồng Quý');
  await window
    .button(/^Văn bản của số liệu ở đoạn/)
    .first()
    .click();
  await looker.look('3-letter');
  await saveBy(window, 'Lưu DOCX', file('letter.docx'));
  await window.button('Tạo dự thảo văn bản đi').click();
  await page.getByTestId('recipient-count').waitFor({ timeout: 60_000 });
  await expect(window.field('Loại')).toHaveValue('Công văn');
  await expect(window.field('Ký hiệu')).toHaveValue('VPUBND-HCTC');
  await expect(window.field('Số in trên văn bản')).toHaveValue('');
  await expect(window.field('Trích yếu')).toHaveValue('V/v tăng cường thực hiện gửi, nhận văn bản điện tử');
  await expect(window.field('Người ký')).toHaveValue('Bùi Hồng Quý');
  await window.pageShown();
  await looker.look('4-draft', 'one');

  // Nothing about the page stops its number or its signatures.
  await window.button(/^Trình ký/).click();
  await window.settle();
  await window.take('Chỉ cấp số');
  await window.take('Chỉ ký', world.password);
  await window.take('Chỉ đóng dấu', world.password);
  await window.button('Xem lại, phát hành…').waitFor();
  await window.saveCopyTo(file('letter.pdf'));
  const letter = pdfText(file('letter.pdf'));
  expect(letter).toMatch(/Số:\s*01\s*\/VPUBND-HCTC/);
  expect(letter).not.toMatch(/gọi điện|điện thoại/i);

  // Without a line: a period that was never read says why there is nothing.
  await page.keyboard.press('Alt+7');
  await page.getByRole('rowheader', { name: receiver.name }).waitFor();
  await world.exchange.stop();
  await window.button('Khoảng trước').click();
  await window.button('Khoảng trước').click();
  await page.getByRole('alert').getByText('trục liên thông').first().waitFor({ timeout: 90_000 });
  await expect(window.button('Lưu Excel')).toBeHidden();
  await looker.look('5-offline');
  expect(looker.objections).toEqual([]);
});
