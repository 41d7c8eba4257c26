import type { CDPSession, Locator } from '@playwright/test';
import { demoOffices } from '#scripts/demo/demo-world.ts';
import { prepareOffice } from '#scripts/demo/prepare-office.ts';
import { emptyField, typeComposing, typeTelex } from '#tests/support/type-vietnamese.ts';
import { expect, sampleLetter, test, type OfficeWindow } from '#tests/support/e2e.ts';

const letterFields = [
  'Số in trên văn bản',
  'Ký hiệu',
  'Ngày',
  'Địa danh',
  'Cơ quan ban hành',
  'Trích yếu',
  'Giờ hẹn',
  'Quyền hạn ký',
  'Chức vụ',
  'Người ký',
  'Hạn trả lời',
  'Kính gửi',
  'Nơi nhận',
  'Số lượng bản',
  'Thêm cơ quan',
];
const registrationFields = [
  'Cơ quan ban hành',
  'Số, ký hiệu',
  'Ngày văn bản',
  'Trích yếu',
  'Người ký',
  'Chức vụ',
  'Hạn giải quyết',
  'Chuyển tới',
];

/** Longest first; a field gets the longest one that fits. */
const texts = ['Thực hiện ở Đắk Lắk: Nguyễn Ặm', 'thực hiện', 'ngày'];

const TEXT_FIELDS =
  'textarea, input:not([type=radio], [type=checkbox], [type=file], [type=range], [type=button], [type=submit])';

/** Types into every text field that can be typed into on the screen shown now, and names those it tried. */
class FieldWalk {
  readonly tried: string[] = [];
  readonly #window: OfficeWindow;
  readonly #devtools: CDPSession;

  private constructor(window: OfficeWindow, devtools: CDPSession) {
    this.#window = window;
    this.#devtools = devtools;
  }

  static async of(window: OfficeWindow): Promise<FieldWalk> {
    return new FieldWalk(window, await window.page.context().newCDPSession(window.page));
  }

  async screen(name: string): Promise<void> {
    const { page, dialog } = this.#window;
    const inDialog = (await dialog.count()) > 0;
    const fields = inDialog
      ? dialog.locator(TEXT_FIELDS)
      : page
          // The search over everything is on each screen; once is enough.
          .locator(`main :is(${TEXT_FIELDS})`);
    // A screen that has not drawn its fields yet would pass by having none.
    await fields.filter({ visible: true }).first().waitFor();
    await this.fields(name, fields);
  }

  async fields(name: string, fields: Locator): Promise<void> {
    for (const field of await fields.all()) {
      if (!(await field.isVisible()) || !(await field.isEditable())) continue;
      const label = await accessibleName(field);
      await test.step(`${name}: ${label}`, () => this.#replay(field));
      this.tried.push(`${name}: ${label}`);
    }
  }

  async #replay(field: Locator): Promise<void> {
    const { page } = this.#window;
    const limit = Number((await field.getAttribute('maxlength')) ?? Infinity);
    const text = texts.find((each) => each.length <= limit)?.normalize('NFC') ?? '';
    for (const type of [typeTelex, typeComposing]) {
      await field.focus();
      await emptyField(page);
      const before = await this.#surroundings();
      await type(this.#devtools, text);
      await expect(field).toHaveValue(text);
      await expect(field).toBeFocused();
      const caret = await field.evaluate((element) => {
        const { selectionStart, selectionEnd } = element as HTMLInputElement;
        return [selectionStart, selectionEnd];
      });
      expect(caret).toEqual([text.length, text.length]);
      expect(await this.#surroundings()).toEqual(before);
    }
    await emptyField(page);
  }

  /** What a shortcut, a sent form or a deleted chip would have changed. */
  async #surroundings() {
    const { page, dialog } = this.#window;
    return {
      headings: await page.getByRole('heading').allTextContents(),
      dialogs: await dialog.count(),
      chips: await page.getByRole('button', { name: /^Bỏ (?!thay đổi)/u }).count(),
      place: await page.getByRole('navigation').locator('[aria-current]').allTextContents(),
      tabs: await page.getByRole('tab', { selected: true }).allTextContents(),
    };
  }
}

async function accessibleName(field: Locator): Promise<string> {
  return field.evaluate(
    (element) =>
      element.getAttribute('aria-label') ??
      (element as HTMLInputElement).labels?.[0]?.querySelector('.visually-hidden')?.textContent ??
      (element as HTMLInputElement).labels?.[0]?.textContent?.trim() ??
      '',
  );
}

/** Leaves the dialog with its own button: Escape may belong to a list inside. */
async function leaveDialog(window: OfficeWindow): Promise<void> {
  await window.dialog.locator('button[aria-keyshortcuts=Escape]').click();
  await window.dialog.waitFor({ state: 'hidden' });
}

test('UniKey bursts and compositions arrive whole in every field of the first run, the settings and the lists', async ({
  e2e,
}) => {
  test.setTimeout(480_000);
  const window = await e2e.openWindow(e2e.world.dataDir('receiver'));
  const walk = await FieldWalk.of(window);
  const certificateDialogs = async (where: string) => {
    for (const kind of ['cá nhân', 'cơ quan']) {
      await window.button(`Thêm chứng thư ${kind}…`).click();
      await walk.screen(`${where}, chứng thư ${kind}`);
      await leaveDialog(window);
    }
  };

  await walk.screen('first run online');
  await window.page.getByRole('radio', { name: 'Làm việc tại chỗ' }).check();
  await walk.screen('first run alone');
  await window.field('Tên cơ quan').fill(demoOffices.receiver.name);
  await window.field('Mã định danh cơ quan').fill(demoOffices.receiver.code);
  await window.button('Lưu và tiếp tục').click();
  await window.page.getByRole('heading', { name: 'Chứng thư số' }).waitFor();
  await certificateDialogs('first run');
  await window.button('Tiếp tục').click();
  await walk.screen('first run books');
  await window.button('Mở danh sách văn bản').click();
  await window.button(/Văn bản mới/).waitFor();

  const section = (name: string) => window.page.getByRole('main').getByRole('button', { name, exact: true }).click();
  await window.button('Cài đặt').click();
  await walk.screen('settings office');
  await section('Trục liên thông');
  await walk.screen('settings server');
  await section('Chứng thư số');
  await certificateDialogs('settings');
  await section('Sổ và số');
  await walk.screen('settings books');

  await walk.fields('top bar', window.page.locator(`header ${TEXT_FIELDS}`));
  await window.openBox('Chờ vào sổ');
  await walk.screen('incoming list');
  await window.openBox('Dự thảo');
  await walk.screen('outgoing list');
  await window.button(/^Danh bạ cơ quan/).click();
  await walk.screen('directory');
  await window.button(/^Sổ đăng ký/).click();
  await window.page.getByLabel('Chọn sổ').waitFor();
  await walk.fields('books', window.page.locator(`main :is(${TEXT_FIELDS})`));

  expect(walk.tried).toEqual(
    expect.arrayContaining([
      ...['Địa chỉ máy chủ', 'Mã đăng ký dùng một lần', 'Tên máy'].map((name) => `first run online: ${name}`),
      ...['Tên cơ quan', 'Mã định danh cơ quan'].map((name) => `first run alone: ${name}`),
      'first run, chứng thư cá nhân: Mật khẩu của tệp',
      'first run, chứng thư cơ quan: Mật khẩu của tệp',
      ...['Năm', 'Số cuối đã ghi ở sổ giấy'].map((name) => `first run books: ${name}`),
      ...['Tên cơ quan', 'Mã định danh cơ quan'].map((name) => `settings office: ${name}`),
      ...['Địa chỉ máy chủ', 'Mã đăng ký dùng một lần', 'Tên máy'].map((name) => `settings server: ${name}`),
      'settings, chứng thư cá nhân: Mật khẩu của tệp',
      'settings, chứng thư cơ quan: Mật khẩu của tệp',
      ...['Năm', 'Số cuối đã ghi ở sổ giấy'].map((name) => `settings books: ${name}`),
      'top bar: Tìm trong tất cả văn bản',
      'incoming list: Lọc danh sách',
      'outgoing list: Lọc danh sách',
      'directory: Tìm cơ quan theo tên hoặc mã, gõ không dấu cũng được',
    ]),
  );
});

test('UniKey bursts and compositions arrive whole in every field of a letter, a registration and their dialogs', async ({
  e2e,
}) => {
  test.setTimeout(480_000);
  const { world } = e2e;
  const sender = await prepareOffice(world.dataDir('sender'), await world.setUpOf('sender'));
  await sender.sendLetter(sampleLetter, [demoOffices.receiver.code], world.password);
  await expect.poll(async () => (await sender.call('outgoing.list', { box: 'sent', limit: 1 })).total).toBe(1);
  await sender.close();
  const setUp = await world.setUpOf('receiver');
  const books = [{ name: 'Sổ đăng ký văn bản đi', year: 2017, last: 240 }];
  const receiver = await prepareOffice(world.dataDir('receiver'), { ...setUp, books });
  await receiver.close();
  const window = await e2e.openWindow(world.dataDir('receiver'));
  await window.button(/Văn bản mới/).waitFor();
  const walk = await FieldWalk.of(window);

  await window.startLetter(sampleLetter);
  await expect(window.page.getByTestId('recipient-count')).toHaveText(/^[2-9]\d cơ quan$/);
  await window.field('Độ khẩn').selectOption('Hỏa tốc hẹn giờ');
  await walk.screen('letter');
  await window.button('Bỏ thay đổi…').click();
  await window.confirm(/^Bỏ thay đổi/);

  await window.startLetter(sampleLetter);
  await expect(window.page.getByTestId('recipient-count')).toHaveText(/^[2-9]\d cơ quan$/);
  await window.button(/^Trình ký/).click();
  await window.settle();
  await window.take('Chỉ cấp số');
  await walk.screen('signing');
  await window.page.keyboard.press('Escape');
  await window.panel.waitFor({ state: 'hidden' });
  await window.button('Hủy số…').click();
  await walk.screen('cancelling');
  await leaveDialog(window);

  await window.openBox('Chờ vào sổ');
  await window.showArrivals();
  await window.row('241/VPUBND-HCTC').click();
  await window.button('Trả lại…').click();
  await walk.screen('returning');
  await leaveDialog(window);
  await window.button(/^Vào sổ đến/).click();
  await window.field('Chuyển tới').waitFor();
  await walk.screen('registration');

  expect(walk.tried).toEqual(
    expect.arrayContaining([
      ...letterFields.map((name) => `letter: ${name}`),
      'signing: Mật khẩu chữ ký',
      'cancelling: Lý do hủy',
      'returning: Lý do trả lại',
      ...registrationFields.map((name) => `registration: ${name}`),
    ]),
  );
});
