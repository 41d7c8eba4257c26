import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { openAdminDatabase } from '#exchange/entries/open-admin-database.ts';
import type { Database } from '#exchange/storage/database.ts';
import { importAgencies } from '#exchange/use-cases/import-agencies.ts';
import { revokeWorkstation } from '#exchange/use-cases/revoke-workstation.ts';
import { demoOffices } from '#scripts/demo/demo-world.ts';
import { prepareOffice, type PreparedOffice } from '#scripts/demo/prepare-office.ts';
import { Looker } from '#tests/support/looker.ts';
import { type E2e, expect, sampleLetter, test } from '#tests/support/e2e.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import { readRows } from '#tests/support/office-database.ts';
import { openOffice as openStranger, status } from '#tests/sync/exchange/office.ts';

/** As long as real ones get: 340 characters. */
const LONG_ABSTRACT =
  'V/v triển khai thực hiện Kế hoạch số 7896/KH-UBND ngày 22 tháng 11 năm 2016 của Ủy ban nhân dân tỉnh về đẩy mạnh ' +
  'ứng dụng công nghệ thông tin, gửi nhận văn bản điện tử có chữ ký số giữa các cơ quan chuyên môn thuộc Ủy ban nhân ' +
  'dân tỉnh, Ủy ban nhân dân các huyện, thị xã, thành phố và Ủy ban nhân dân các xã, phường, thị trấn giai đoạn 2017–2020';
const LONG_SIGNER_TITLE =
  'Phó Chánh Văn phòng phụ trách Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính';
const CODE = '241/VPUBND-HCTC';
const MANY = 42;

const LONG_REASON =
  'Căn cứ ban hành chưa dẫn Nghị định số 30/2020/NĐ-CP; phần “Nơi nhận” thiếu Phòng Hành chính - Tổ chức và các đơn vị trực thuộc.';

/** A draft with the longest texts, sent back with a long reason, for many agencies and others beside them. */
async function longDraft(office: PreparedOffice, password: string): Promise<void> {
  const { agencies } = await office.call('directory.search', { text: '', limit: 100 });
  const recipients = agencies.map(({ code }) => code).filter((code) => code !== demoOffices.sender.code);
  await office.prepareLetter(sampleLetter, recipients.slice(0, MANY), password, 'approved');
  const { rows } = await office.call('outgoing.list', { box: 'to-sign', limit: 1 });
  const id = rows[0]?.id ?? '';
  const back = { id, revision: rows[0]?.revision ?? 0, reason: LONG_REASON };
  const { revision } = await office.command('outgoing.sendBack', back);
  const { fields, file } = await office.call('outgoing.get', { id });
  await office.command('outgoing.update', {
    id,
    revision,
    fields: {
      ...fields,
      abstract: LONG_ABSTRACT,
      signerTitle: LONG_SIGNER_TITLE,
      urgency: 'express-timed',
      expressAt: '2099-05-22T07:00:00.000Z',
      dueAt: '2099-05-26T10:00:00.000Z',
      copies: 120,
    },
    recipients: recipients.slice(0, MANY),
    otherRecipients: [
      { kind: 'inside', name: 'Phòng Hành chính - Tổ chức và Kiểm soát thủ tục hành chính' },
      { kind: 'inside', name: 'Phòng Tổng hợp' },
      { kind: 'paper', name: 'Công ty TNHH Một thành viên Cao su Đắk Lắk' },
    ],
    attachments: [
      { fileId: file.fileId, name: 'Phụ lục I - Danh mục các cơ quan gửi, nhận văn bản điện tử.pdf', pageCount: 2 },
    ],
  });
}

test('every screen of the first run and the settings holds at 125 %, in each theme, without a cut word', async ({
  e2e,
}) => {
  test.setTimeout(300_000);
  const window = await e2e.openWindow(e2e.world.dataDir('receiver'));
  const looker = await Looker.at(window, 'set-up');
  const { page } = window;

  await page.getByRole('heading', { name: 'Trục liên thông' }).waitFor();
  await looker.look('1-online');
  await window.field('Địa chỉ máy chủ').fill('https://127.0.0.1:9');
  await window.button('Kiểm tra kết nối').click();
  await page.getByRole('alert').waitFor();
  await looker.look('2-server-error');
  await page.getByRole('radio', { name: 'Làm việc tại chỗ' }).check();
  await looker.look('3-alone', 'one');
  await window.field('Tên cơ quan').fill(demoOffices.sender.name);
  await window.field('Mã định danh cơ quan').fill(demoOffices.sender.code);
  await window.button('Lưu và tiếp tục').click();
  await page.getByRole('heading', { name: 'Chứng thư số' }).waitFor();
  await looker.look('4-certificates', 'one');
  await window.button('Thêm chứng thư cá nhân…').click();
  await looker.look('5-add-certificate');
  await page.keyboard.press('Escape');
  await window.button('Tiếp tục').click();
  await looker.look('6-books');
  await window.button('Mở danh sách văn bản').click();
  await window.button(/Văn bản mới/).waitFor();
  await looker.look('7-empty-list');
  await looker.tabThrough('empty list', 20);

  await window.button(/^Danh bạ cơ quan/).click();
  await looker.look('8-empty-directory', 'one');
  await window.button(/^Cài đặt/).click();
  const sections = ['Cơ quan', 'Trục liên thông', 'Chứng thư số', 'Sổ và số', 'Giao diện'];
  for (const [at, name] of [...sections, 'Thông tin chương trình', 'Nhật ký hệ thống'].entries()) {
    await page.getByRole('main').getByRole('button', { name, exact: true }).click();
    await page.getByRole('main').getByRole('heading', { name, level: 2 }).waitFor();
    await looker.look(`9-settings-${at + 1}`, at === 4 ? 'all' : 'one');
  }
  await page.getByRole('main').getByRole('button', { name: 'Giao diện', exact: true }).click();
  await window.field('Màu nền').selectOption('Tối');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await window.field('Màu nền').selectOption('Sáng');
  await window.field('Ngôn ngữ').selectOption('English');
  await page.getByRole('heading', { name: 'Appearance', level: 2 }).waitFor();
  await looker.look('10-english-settings');
  for (const [at, name] of ['Incoming', 'Outgoing', 'Registers', 'Directory'].entries()) {
    await page.keyboard.press(`Alt+${at + 1}`);
    await page.getByRole('main').getByRole('heading').first().waitFor();
    await looker.look(`11-english-${name.toLowerCase()}`);
  }
  await page.keyboard.press('Control+N');
  await looker.look('12-english-new', 'one');

  expect(looker.objections).toEqual([]);
});

test('every screen of a letter holds the longest texts at 125 %, in each theme, without a cut word', async ({
  e2e,
}) => {
  test.setTimeout(400_000);
  const { world } = e2e;
  const office = await prepareOffice(world.dataDir('sender'), await world.setUpOf('sender'));
  await longDraft(office, world.password);
  await office.close();
  const window = await e2e.openWindow(world.dataDir('sender'));
  await window.button(/Văn bản mới/).waitFor();
  const looker = await Looker.at(window, 'letter');
  const { page } = window;

  await window.openBox('Dự thảo');
  await window.row(/7896/).waitFor();
  await looker.look('1-table');
  await window.row(/7896/).click();
  await window.pageShown();
  await looker.look('2-draft');
  await window.button('Sửa').click();
  await window.pageShown();
  await looker.look('3-form-top');
  await looker.tabThrough('form', 24);
  await window.field('Thêm cơ quan').focus();
  await looker.look('4-form-bottom');
  await window.field('Thêm cơ quan').fill('huyen');
  await page.getByRole('listbox').getByRole('option').first().waitFor();
  await looker.look('5-recipient-search', 'one');
  await window.field('Thêm cơ quan').fill('');
  await window.field(/Tên tệp kèm 1/).focus();
  await looker.look('5-files', 'one');
  await window.field('Trích yếu').fill('');
  await page.keyboard.press('Control+S');
  await page.getByRole('alert').waitFor();
  await looker.look('6-missing');
  await window.field('Trích yếu').fill(LONG_ABSTRACT);
  await page.keyboard.press('Control+Enter');
  await window.button('Xem lại, phát hành…').waitFor();
  await expect(page.getByRole('heading', { name: 'Chờ ký' }).first()).toBeVisible();
  await expect(window.row(/7896/)).toBeVisible();
  await window.pageShown();
  await looker.look('7-to-sign');
  await window.look();
  await expect(window.panel).toContainText(CODE);
  await window.pageShown();
  await looker.look('8-last-look');
  await window.settle();
  await looker.look('8-last-look-decided');
  await window.take('Chỉ cấp số');
  await window.field('Mật khẩu chữ ký').fill('sai mật khẩu');
  await window.button('Chỉ ký').click();
  await window.panel.getByRole('alert').waitFor();
  await looker.look('9-wrong-password');
  await page.keyboard.press('Escape');
  await window.button('Hủy số…').click();
  await looker.look('10-cancel-dialog', 'one');
  await page.keyboard.press('Escape');
  await window.take('Chỉ ký', world.password);
  await window.take('Chỉ đóng dấu', world.password);
  await page.getByText('Hai chữ ký hợp lệ').first().waitFor();
  await expect(page.getByRole('heading', { name: 'Chờ gửi' }).first()).toBeVisible();
  await window.pageShown();
  await looker.look('11-sealed');
  await window.openTab('Chữ ký');
  await looker.look('12-signatures');
  await window.openTab('Nhật ký');
  await looker.look('13-history', 'one');
  await window.look();
  await looker.look('14-send');
  await world.exchange.stop();
  await window.issue(world.password);
  await window.openTab('Nơi nhận');
  await page
    .getByText(/1 văn bản chờ gửi/)
    .first()
    .waitFor({ timeout: 60_000 });
  await looker.look('15-offline');
  await world.exchange.start();
  await expect(page.getByRole('heading', { name: 'Đã gửi' }).first()).toBeVisible({ timeout: 90_000 });
  await expect(window.row(CODE)).toBeVisible();
  await looker.look('16-sent');
  await page.keyboard.press('Control+K');
  await page.keyboard.type('chu ky so');
  await page.getByRole('option', { name: /7896/ }).waitFor();
  await looker.look('17-search');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+3');
  await window.field('Chọn sổ').selectOption({ label: 'Sổ đăng ký văn bản đi năm 2017' });
  await page.getByText(CODE).first().waitFor();
  await looker.look('18-book');
  await page.keyboard.press('Alt+4');
  await page.getByText('Sở Nội vụ tỉnh Đắk Lắk').first().waitFor();
  await looker.look('19-directory');
  await page.keyboard.press('Control+N');
  await looker.look('20-new', 'one');

  expect(looker.objections).toEqual([]);
});

/** What an administrator of the exchange does. */
async function administer<Value>({ world }: E2e, work: (database: Database) => Promise<Value>): Promise<Value> {
  const { database, close } = await openAdminDatabase(path.resolve(world.dataDir('sender'), '../exchange'), null);
  try {
    return await work(database);
  } finally {
    await close();
  }
}

test('every question about a recipient, a register or a message that is not as it was holds at 125 %, in each theme', async ({
  e2e,
}) => {
  test.setTimeout(300_000);
  const { world } = e2e;
  const leaves = { code: 'H15.04', name: 'Sở Kế hoạch và Đầu tư tỉnh Đắk Lắk' };
  const office = await prepareOffice(world.dataDir('sender'), await world.setUpOf('sender'));
  await office.prepareLetter(sampleLetter, [demoOffices.receiver.code, leaves.code], world.password, 'sealed');
  await office.close();
  await administer(e2e, (database) => importAgencies(database, [{ ...leaves, validTo: '2017-01-01' }]));
  const window = await e2e.openWindow(world.dataDir('sender'));
  const looker = await Looker.at(window, 'trouble');
  const { page } = window;

  await window.openBox('Chờ gửi');
  await window.row(CODE).click();
  await window.issue(world.password);
  await window.openTab('Nơi nhận');
  await page.getByText('Trục không có cơ quan này').waitFor();
  await looker.look('1-unknown-recipient');
  await window.button(`Đổi nơi nhận ${leaves.name}`).click();
  await looker.look('2-replace-recipient');
  await expect(window.field('Cơ quan nhận thay', window.dialog)).toBeFocused();
  await page.keyboard.type('Sở Y tế');
  await page.getByRole('option', { name: /Sở Y tế/ }).click();
  await looker.look('3-recipient-chosen');
  await looker.tabThrough('replace recipient', 6);
  await page.keyboard.press('Escape');

  // A report about a letter that was never sent.
  const stranger = await openStranger(world.exchange, 'H15.02');
  expect(
    (await stranger.client.putMessage(randomUUID(), sourceOf(status('H15.02', demoOffices.sender.code)))).kind,
  ).toBe('ok');
  await window.button(/văn bản đến chưa đọc được/).click();
  await window.button(/^Đọc lại/).waitFor();
  await looker.look('4-set-aside');

  const [workstation] = readRows<{ value: string }>(
    world.dataDir('sender'),
    `SELECT value FROM setting WHERE name = 'workstation-id'`,
  );
  await administer(e2e, (database) => revokeWorkstation(database, workstation?.value ?? ''));
  await page.getByRole('main').getByRole('button', { name: 'Trục liên thông', exact: true }).click();
  await page.getByText('không cho máy này gửi nhận nữa').first().waitFor({ timeout: 60_000 });
  await looker.look('5-refused');
  await window.field('Mã đăng ký dùng một lần').fill(await world.exchange.enrolmentCode('H15.05'));
  await window.field('Tên máy').fill('Máy văn thư 1');
  await window.button('Đăng ký máy này').click();
  await window.button('Chuyển sổ sang cơ quan này…').waitFor();
  await looker.look('6-another-agency');
  await window.button('Chuyển sổ sang cơ quan này…').click();
  await looker.look('7-merge-dialog');
  await looker.tabThrough('merge dialog', 4);
  await page.keyboard.press('Escape');
  await window.close();

  const second = await e2e.openWindow(world.dataDir('receiver'));
  const other = await Looker.at(second, 'trouble');
  await second.field('Địa chỉ máy chủ').fill(world.exchange.url);
  await second.field('Mã đăng ký dùng một lần').fill(await world.exchange.enrolmentCode(demoOffices.sender.code));
  await second.field('Tên máy').fill('Máy văn thư 2');
  await second.button('Đăng ký máy này').click();
  await second.button('Thay bằng sổ của máy này…').waitFor();
  await other.look('8-register-exists');
  await second.button('Thay bằng sổ của máy này…').click();
  await other.look('9-replace-dialog');

  expect([...looker.objections, ...other.objections]).toEqual([]);
});

test('every screen of an arrival holds the longest texts at 125 %, in each theme, without a cut word', async ({
  e2e,
}) => {
  test.setTimeout(300_000);
  const { world } = e2e;
  const sender = await prepareOffice(world.dataDir('sender'), await world.setUpOf('sender'));
  await sender.sendLetter(sampleLetter, [demoOffices.receiver.code], world.password);
  await expect.poll(async () => (await sender.call('outgoing.list', { box: 'sent', limit: 1 })).total).toBe(1);
  await sender.close();
  const window = await e2e.openOffice('receiver');
  const looker = await Looker.at(window, 'arrival');
  const { page } = window;

  await window.showArrivals();
  await window.row(CODE).waitFor();
  await looker.look('1-table');
  await window.row(CODE).click();
  await window.pageShown();
  await looker.look('2-document');
  await looker.tabThrough('document', 24);
  await window.openTab('Thông tin');
  await looker.look('3-details', 'one');
  await window.button('Trả lại…').click();
  await looker.look('4-return-dialog');
  await page.keyboard.press('Escape');
  await window.button(/^Vào sổ đến/).click();
  await expect(window.field('Số đến')).toHaveValue('1');
  await window.field('Trích yếu').fill(LONG_ABSTRACT);
  await window.field('Chức vụ').fill(LONG_SIGNER_TITLE);
  await window.pageShown();
  await looker.look('5-register');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Đã vào sổ, số đến 1').first().waitFor();
  await looker.look('6-registered');
  await page.keyboard.press('Alt+3');
  await page.getByText(CODE).first().waitFor();
  await looker.look('7-book');

  // The list while its rows are on their way: core stands still.
  const core = await window.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'vanthu-core')?.pid ?? 0,
  );
  process.kill(core, 'SIGSTOP');
  try {
    await page.keyboard.press('Alt+2');
    await page.getByRole('status', { name: 'Đang mở…' }).waitFor();
    await looker.look('8-loading');
  } finally {
    process.kill(core, 'SIGCONT');
  }
  expect(looker.objections).toEqual([]);
});
