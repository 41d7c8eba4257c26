import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { createContentStore } from '#files/content-store.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { expect, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { factsOf, printerTo, textOf, written } from '#tests/support/printed-files.ts';
import { attachmentRecord, givenNumber, incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';

const AGENCY = 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk';

/** Forty numbers of the outgoing book, two of them in no force, and one letter that was registered. */
async function filledOffice(): Promise<{ readonly folder: string; readonly letter: Uint8Array }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-print-'));
  const letter = new Uint8Array(await readFile(path.join(repositoryRoot, 'resources/demo/letters/cong-van-241.pdf')));
  const { registers, close } = openRegisters(folder, noLog);
  const { fileId, size } = await createContentStore(folder).write(letter);
  registers.tx('test', (stores) => {
    stores.office.setAgency({ code: 'H15.01', name: AGENCY });
    for (let number = 1; number <= 40; number += 1) {
      const cancelled = number === 7 ? { state: 'cancelled' as const, reason: 'Ban hành trùng nội dung' } : {};
      const record = outgoingRecord({
        codeText: `${number}/VPUBND-NNMT`,
        fields: {
          ...plainFields,
          date: '2026-11-20',
          abstract: `V/v chủ động ứng phó mưa lũ, bảo đảm an toàn hồ chứa, đợt ${number}`,
          recipientLines: ['Như trên', 'Lưu: VT, P. NNMT'],
        },
        ...cancelled,
      });
      stores.outgoing.insert(record, [{ agencyCode: 'H15.02', agencyName: 'Sở Nội vụ' }]);
      stores.books.take(givenNumber(record.id, number));
    }
    const came = incomingRecord({
      state: 'registered',
      opened: true,
    });
    stores.incoming.insert({ ...came, fields: { ...came.fields, forwardTo: 'Phòng Tổng hợp' } }, [
      attachmentRecord({ fileId, name: 'cong-van-241.pdf', size }),
    ]);
    stores.books.take(givenNumber(came.id, 1, { bookId: 'incoming' }));
  });
  close();
  return { folder, letter };
}

test('a book is previewed and printed by Ctrl+P, a letter with its arrival stamp', async ({ windows }) => {
  test.setTimeout(180_000);
  const { folder, letter } = await filledOffice();
  const window = await windows.open(folder);
  const { page } = window;
  const looker = await Looker.at(window, 'print');
  const out = await mkdtemp(path.join(tmpdir(), 'vanthu-printed-'));
  await window.button(/Văn bản mới/).waitFor();

  await test.step('the register: preview, range, printer, PDF', async () => {
    await page.keyboard.press('Alt+3');
    await page.getByLabel('Chọn sổ').selectOption({ label: 'Sổ đăng ký văn bản đi năm 2026' });
    await page.getByText('40/VPUBND-NNMT').first().waitFor();
    await page.keyboard.press('Control+p');
    const panel = page.getByRole('complementary', { name: 'Xem trước bản in' });
    await expect(panel).toContainText('40 số, từ số 01 đến số 40');
    await expect(panel.locator('canvas').first()).toBeVisible();
    await looker.look('book');
    await panel.getByRole('radio', { name: 'Theo số…' }).check();
    await window.field('Từ số', panel).fill('5');
    await window.field('Đến số', panel).fill('8');
    await expect(panel).toContainText('4 số, từ số 05 đến số 08');
    await looker.look('range', 'one');
    const printed = path.join(out, 'book.pdf');
    await printerTo(window, printed);
    await window.button(/^In 2 trang/, panel).waitFor();
    await page.keyboard.press('Control+p');
    await written(printed);
    expect(factsOf(printed)).toMatch(/Pages:\s+2\b/);
    expect(factsOf(printed)).toMatch(/Page size:\s+84\d(\.\d+)? x 59\d/);
    const saved = path.join(out, 'saved.pdf');
    await window.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, saved);
    await window.button('Lưu PDF…', panel).click();
    await written(saved);
    expect(textOf(saved)).toMatch(/Từ số 05 đến số 08[^]*5\/VPUBND[^]*7\/VPUBND[^]*Hủy số[^]*8\/VPUBND[^]*Trang 1\/1/u);
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  });

  await test.step('the letter: the stamp on the page, in print, and not in the file', async () => {
    await window.openBox('Đang xử lý');
    await page.getByText('12/SNV-VP').first().click();
    const stamp = page.getByRole('group', { name: 'Dấu ĐẾN số 01' });
    await expect(stamp).toBeVisible();
    await expect(stamp).toContainText('ĐẾN');
    await looker.look('stamp');
    const before = await stamp.boundingBox();
    await stamp.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await stamp.boundingBox())?.x).toBeGreaterThan(before?.x ?? Number.NaN);
    const printed = path.join(out, 'letter.pdf');
    await printerTo(window, printed);
    await page.keyboard.press('Control+p');
    await written(printed);
    const text = textOf(printed);
    expect(text).toContain('ĐẾN');
    expect(text).toContain('Số: 01');
    expect(text).toContain('Chuyển: Phòng Tổng hợp');
    expect(factsOf(printed)).toMatch(/Page size:\s+59\d(\.\d+)? x 84\d/);
    execFileSync('pdftoppm', ['-r', '60', '-png', printed, path.join(repositoryRoot, 'out/e2e/print-letter-on-paper')]);
    const copy = path.join(out, 'copy.pdf');
    await window.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, copy);
    await window.button('Tải về').first().click();
    await written(copy);
    expect(new Uint8Array(await readFile(copy))).toEqual(letter);
  });
  expect(looker.objections).toEqual([]);
});
