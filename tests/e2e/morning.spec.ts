import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { demoOffices } from '#scripts/demo/demo-world.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { prepareOffice } from '#scripts/demo/prepare-office.ts';
import { cleanLetter } from '#tests/support/clean-letter.ts';
import { expect, test, type OfficeWindow } from '#tests/support/e2e.ts';
import { makeMail } from '#tests/support/make-mail.ts';
import { readRows } from '#tests/support/office-database.ts';
import { printerTo, textOf, written } from '#tests/support/printed-files.ts';

const OUTGOING = 10;
const INCOMING = 12;
/** What a clean letter may cost its clerk, beside passwords. */
const KEYS_PER_OUTGOING = 12;
const KEYS_PER_INCOMING = 2;

const { sender: office, receiver: other } = demoOffices;

/** A clerk whose keys and clicks are counted. A word typed to correct something is a correction, not a key. */
class Clerk {
  keys = 0;
  clicks = 0;
  readonly window: OfficeWindow;

  constructor(window: OfficeWindow) {
    this.window = window;
  }

  async press(key: string): Promise<void> {
    this.keys += 1;
    await this.window.page.keyboard.press(key);
  }

  async click(button: string | RegExp): Promise<void> {
    this.clicks += 1;
    await this.window.button(button).first().click();
  }
}

/** A letter of the office that has neither number nor day yet. */
const ours = (subject: string): Uint8Array =>
  cleanLetter({
    agency: ['UBND TỈNH ĐẮK LẮK', 'VĂN PHÒNG'],
    notation: 'VPUBND-TH',
    subject,
    addressee: other.name,
    signerTitle: 'CHÁNH VĂN PHÒNG',
    signerName: 'Bùi Hồng Quý',
  });

const theirLetter = (number: string, agency: string, notation: string, subject: string): Uint8Array =>
  cleanLetter({
    agency: ['UBND TỈNH ĐẮK LẮK', agency],
    notation,
    subject,
    addressee: office.name,
    signerTitle: 'GIÁM ĐỐC',
    signerName: 'Hồ Văn Thuận',
    issued: { number, day: '2026-11-20' },
  });

test('a morning of the records office: ten letters out, the post in, and its books kept', async ({ e2e }) => {
  test.setTimeout(300_000);
  const { world } = e2e;
  const folder = path.join(world.dataDir('sender'), '..', 'letters');
  await mkdir(folder, { recursive: true });

  // The night before, the other office has sent its letters.
  const theirs = await prepareOffice(world.dataDir('receiver'), await world.setUpOf('receiver'));
  for (let at = 1; at <= INCOMING; at += 1) {
    const file = path.join(folder, `den-${at}.pdf`);
    const letter = cleanLetter({
      agency: ['UBND TỈNH ĐẮK LẮK', 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG'],
      notation: 'STTTT-VP',
      subject: `báo cáo hạ tầng số đợt ${at}`,
      addressee: 'Văn phòng UBND tỉnh Đắk Lắk',
      signerTitle: 'GIÁM ĐỐC',
      signerName: 'Trần Thị Hoa',
    });
    await writeFile(file, letter);
    await theirs.sendLetter(file, [office.code], world.password);
  }
  await expect
    .poll(() => readRows(world.dataDir('receiver'), "SELECT state FROM outgoing WHERE state = 'sent'").length)
    .toBe(INCOMING);
  await theirs.close();

  const window = await e2e.openOffice('sender');
  const { page } = window;
  const clerk = new Clerk(window);
  const dataDir = world.dataDir('sender');
  const year = Number(vietnamDay(Date.now()).slice(0, 4));
  const allNumbers = () => readRows(dataDir, 'SELECT book_id, number, document_id FROM book_number ORDER BY 1, 2');

  await test.step('ten letters out', async () => {
    for (let at = 1; at <= OUTGOING; at += 1) {
      const file = path.join(folder, `di-${at}.pdf`);
      await writeFile(file, ours(`rà soát biên chế đợt ${at}`));
      await window.answerDialog(file);
      const before = clerk.keys;
      await clerk.press('Control+N');
      await expect(window.button('Chọn tệp PDF…')).toBeFocused();
      await clerk.press('Enter');
      await expect(page.getByTestId('recipient-count')).toHaveText('1 cơ quan');
      await window.button('Trình ký').waitFor();
      await clerk.press('Control+Enter');
      await window.button('Xem lại, phát hành…').waitFor();
      await clerk.press('Control+Enter');
      await window.panel.getByRole('heading', { name: 'Khớp' }).waitFor();
      const opened = await page.evaluate(() => performance.now());
      await expect(window.field('Mật khẩu chữ ký')).toBeFocused();
      await page.keyboard.insertText(world.password);
      await clerk.press('Tab');
      // The certificate of the seal stands between the two.
      await clerk.press('Tab');
      await expect(window.field('Mật khẩu con dấu')).toBeFocused();
      await page.keyboard.insertText(world.password);
      // What has stood there for less than 0.6 s has not been read, and takes no key that issues.
      await page.waitForFunction((since) => performance.now() - since > 700, opened);
      await clerk.press('Control+Enter');
      await window.panel.waitFor({ state: 'hidden' });
      expect(clerk.keys - before).toBeLessThanOrEqual(KEYS_PER_OUTGOING);
    }
    expect(clerk.clicks).toBe(0);
    test.info().annotations.push({ type: 'outgoing', description: `${clerk.keys / OUTGOING} keys for each letter` });
    const numbers = readRows(dataDir, 'SELECT year, number FROM outgoing ORDER BY number');
    expect(numbers).toEqual(Array.from({ length: OUTGOING }, (_, at) => ({ year, number: at + 1 })));
  });

  await test.step('the post: one key for each letter', async () => {
    await window.showArrivals().catch(() => undefined);
    await window.openBox('Chờ vào sổ');
    await window.row(/STTTT-VP/).click();
    await window.button(/^Vào sổ đến/).waitFor();
    const before = clerk.keys;
    await clerk.press('Control+Enter');
    const current = page.getByTestId('lane').locator('[aria-current=step]');
    for (let at = 1; at <= INCOMING; at += 1) {
      await expect(window.field('Số đến')).toHaveValue(String(at));
      await expect(window.field('Chuyển tới')).toBeFocused();
      const code = await current.textContent();
      await clerk.press('Control+Enter');
      if (at < INCOMING) await expect(current).not.toHaveText(code ?? '');
    }
    await expect(page.getByText(`Đã vào sổ, số đến ${INCOMING}`).first()).toBeVisible();
    expect(clerk.keys - before).toBeLessThanOrEqual(KEYS_PER_INCOMING * INCOMING);
    test.info().annotations.push({ type: 'incoming', description: `${clerk.keys - before} keys for ${INCOMING}` });
    expect(readRows(dataDir, "SELECT id FROM incoming WHERE state = 'registered'")).toHaveLength(INCOMING);
  });

  await test.step('what came as a scan, by e-mail and on paper alone', async () => {
    const scan = path.join(folder, 'quet.pdf');
    const mail = path.join(folder, 'thu.eml');
    await writeFile(scan, theirLetter('15', 'SỞ NỘI VỤ', 'SNV-VP', 'báo cáo công tác quý'));
    const bytes = theirLetter('77', 'SỞ TÀI CHÍNH', 'STC-VP', 'quyết toán ngân sách');
    await writeFile(mail, makeMail({ parts: [{ name: 'cv-77.pdf', type: 'application/pdf', bytes }] }));
    await window.openBox('Chờ vào sổ');
    await window.answerDialog(scan, mail);
    await clerk.click('Nhận từ tệp, thư điện tử…');
    const before = clerk.keys;
    // The first opens by itself, the other is next in the lane.
    await expect(page.getByTestId('lane')).toContainText('77/STC-VP');
    for (const at of [1, 2]) {
      await expect(window.field('Số đến')).toHaveValue(String(INCOMING + at));
      await window
        .button(/^Vào sổ/)
        .first()
        .waitFor();
      await clerk.press('Control+Enter');
    }
    await expect(page.getByText(`Đã vào sổ, số đến ${INCOMING + 2}`).first()).toBeVisible();
    expect(clerk.keys - before).toBeLessThanOrEqual(KEYS_PER_INCOMING * 2);

    await page.keyboard.press('Alt+3');
    await page.getByLabel('Chọn sổ').selectOption({ label: `Sổ đăng ký văn bản đến năm ${year}` });
    await clerk.click(/Vào sổ văn bản giấy/);
    await window.field(/Số, ký hiệu/, window.dialog).fill('08/UBND-VP');
    await window.field('Ngày văn bản', window.dialog).fill('20/11/2026');
    await window.field('Cơ quan ban hành', window.dialog).fill('UBND xã Ea Súp');
    await window.field('Trích yếu', window.dialog).fill('V/v hỗ trợ giống cây trồng');
    await window.confirm(/^Vào sổ/);
    const sources =
      'SELECT source, count(*) AS count FROM incoming WHERE arrival_number IS NOT NULL GROUP BY 1 ORDER BY 1';
    expect(readRows(dataDir, sources)).toEqual([
      { source: 'e-mail', count: 1 },
      { source: 'exchange', count: INCOMING },
      { source: 'paper', count: 1 },
      { source: 'scan', count: 1 },
    ]);
  });

  await test.step('what was typed wrongly is corrected, the old words kept', async () => {
    await page.getByRole('tab', { name: 'Thông tin' }).click();
    await clerk.click('Sửa thông tin đăng ký…');
    await window.field('Trích yếu').fill('V/v hỗ trợ giống cây trồng vụ Đông Xuân');
    await window.field('Lý do sửa').fill('Thiếu chữ');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('tab', { name: 'Nhật ký' }).click();
    await expect(page.getByText(/Sửa Trích yếu: “V\/v hỗ trợ giống cây trồng”.*lý do: Thiếu chữ/)).toBeVisible();
  });

  await test.step('a number given by mistake is cancelled, and stays in the book with its reason', async () => {
    const file = path.join(folder, 'di-nham.pdf');
    await writeFile(file, ours('in nhầm'));
    await window.startLetter(file);
    await clerk.click('Trình ký');
    await window.settle();
    await window.take('Chỉ cấp số');
    await page.keyboard.press('Escape');
    await window.panel.waitFor({ state: 'hidden' });
    await clerk.click('Hủy số…');
    await window.field('Lý do hủy', window.dialog).fill('In nhầm nội dung');
    await window.confirm(/^Hủy số/);
    const cancelled = "SELECT number, reason FROM outgoing WHERE state = 'cancelled'";
    expect(readRows(dataDir, cancelled)).toEqual([{ number: OUTGOING + 1, reason: 'In nhầm nội dung' }]);
  });

  await test.step('the book goes to the printer, every number in it', async () => {
    await page.keyboard.press('Alt+3');
    await page.getByLabel('Chọn sổ').selectOption({ label: `Sổ đăng ký văn bản đi năm ${year}` });
    await page.keyboard.press('Control+p');
    const panel = page.getByRole('complementary', { name: 'Xem trước bản in' });
    await expect(panel).toContainText(`${OUTGOING + 1} số, từ số 01 đến số ${OUTGOING + 1}`);
    const printed = path.join(folder, 'giay.pdf');
    await printerTo(window, printed);
    await window.button(/^In \d+ trang/, panel).waitFor();
    await page.keyboard.press('Control+p');
    await written(printed);
    // The printer gets pictures of the pages; the words are in the file.
    const saved = path.join(folder, 'so-di.pdf');
    await window.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, saved);
    await window.button('Lưu PDF…', panel).click();
    await written(saved);
    const text = textOf(saved);
    for (let at = 1; at <= OUTGOING; at += 1) {
      expect(text).toContain(`${String(at).padStart(2, '0')}/VPUBND-TH`);
      expect(text).toContain(`rà soát biên chế đợt ${at}`);
    }
    expect(text).toMatch(/Hủy số[^]*In\s+nhầm nội dung/);
    await page.keyboard.press('Escape');
  });

  await test.step('a backup to a stick, a restore, and the way back', async () => {
    const stick = path.join(folder, 'usb');
    await mkdir(stick);
    await window.button('Cài đặt').click();
    await window.button('Sao lưu').click();
    await window.answerDialog(stick);
    await window.button('Chọn nơi lưu…').click();
    await window.button('Sao lưu ngay').click();
    await expect(page.getByText(/Đã sao lưu và đọc lại tốt/)).toBeVisible();
    const before = allNumbers();
    await window.button(/^Phục hồi bản/).click();
    await window.button('Phục hồi', window.dialog).click();
    await expect(page.getByText('Đã phục hồi. Muốn quay lại')).toBeVisible();
    expect(allNumbers()).toEqual(before);
    await window.button(/^Quay lại sổ thay ra lúc/).click();
    await window.button('Quay lại', window.dialog).click();
    await expect(page.getByText('Đã quay lại sổ trước đó.')).toBeVisible();
    expect(allNumbers()).toEqual(before);
  });
});
