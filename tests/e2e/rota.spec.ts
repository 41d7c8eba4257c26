import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openAdminDatabase } from '#exchange/entries/open-admin-database.ts';
import { demoOffices } from '#scripts/demo/demo-world.ts';
import { prepareOffice, type PreparedOffice } from '#scripts/demo/prepare-office.ts';
import type { Rota } from '#shared/domain/rota.ts';
import { TEST_TEXT } from '#shared/domain/test-notice.ts';
import { addDays, formatVnDate, vietnamInstant } from '#shared/domain/vn-date.ts';
import { mondayOf } from '#renderer/features/rota/week.ts';
import { dutyRota } from '#tests/support/duty-rota.ts';
import { expect, test, type E2e, type OfficeWindow } from '#tests/support/e2e.ts';
import { answerJson, startLocalProvider, type LocalProvider } from '#tests/support/local-provider.ts';
import { Looker } from '#tests/support/looker.ts';
import { readRows } from '#tests/support/office-database.ts';

const LONG_NAME = 'Nguyễn Thị Hoàng Phương Uyên Trần Đặng Bích Ngọc';
/** The duty week after this one: nothing in it is past. */
const monday = addDays(mondayOf(Date.now()), 7);
const instant = (day: number, time: string) => new Date(vietnamInstant(addDays(monday, day), time)).toISOString();

/** As drawn in the design: two substitutions, a gap on Saturday night, one number that is not verified. */
const rota: Rota = {
  ...dutyRota,
  shifts: dutyRota.shifts.filter(({ weekday, from }) => weekday !== 6 || from === '07:00'),
  substitutions: [
    {
      id: 's1',
      from: instant(2, '13:00'),
      to: instant(3, '07:00'),
      officerId: 'tu',
      reason: 'Tập huấn tại phường Buôn Ma Thuột',
    },
    { id: 's2', from: instant(6, '07:00'), to: instant(6, '13:00'), officerId: 'bhem', reason: '' },
  ],
  headSubstitutions: [
    { id: 'h1', from: instant(4, '07:00'), to: instant(7, '07:00'), officerId: 'ha', reason: 'Nghỉ phép' },
  ],
};

const codeFor = (provider: LocalProvider, phone: string): string => {
  const texts = provider.requests
    .map(({ body }) => JSON.parse(body) as { Phone: string; Content: string })
    .filter((sent) => sent.Phone.endsWith(phone.slice(-9)));
  return /\d{6}/u.exec(texts.at(-1)?.Content ?? '')?.[0] ?? '';
};

/** The exchange sends text messages to a provider on this machine. */
async function withTextMessages({ world }: E2e): Promise<LocalProvider> {
  const provider = await startLocalProvider((_, response) => answerJson(response, { CodeResult: '100', SMSID: '1' }));
  const folder = path.resolve(world.dataDir('receiver'), '../exchange');
  await writeFile(path.join(folder, 'provider-secret'), 'secret');
  const secret = { file: 'provider-secret' };
  await writeFile(
    path.join(folder, 'notices.json'),
    JSON.stringify({
      callbackUrl: 'http://127.0.0.1:1',
      reportSecret: secret,
      brandname: 'VANTHU',
      sms: [{ type: 'http', name: 'provider', url: `${provider.origin}/send`, apiKey: secret, secretKey: secret }],
    }),
  );
  await world.exchange.stop();
  await world.exchange.start();
  return provider;
}

async function verifyAllBut(office: PreparedOffice, provider: LocalProvider, officerId: string): Promise<void> {
  for (const { id, phone } of rota.officers) {
    if (id === officerId || phone === null) continue;
    await office.command('duty.sendPhoneCode', { phone });
    await office.command('duty.confirmPhone', { phone, code: codeFor(provider, phone) });
  }
}

/** As another workstation of the agency would. */
async function saveElsewhere({ world }: E2e, changed: Rota): Promise<void> {
  const dataDir = world.dataDir('receiver');
  const { database, close } = await openAdminDatabase(path.resolve(dataDir, '../exchange'), null);
  const [workstation] = readRows<{ value: string }>(dataDir, `SELECT value FROM setting WHERE name = 'workstation-id'`);
  try {
    const by = { from: 2, workstationId: workstation?.value ?? '', at: new Date() };
    expect(await database.duty.saveRota(demoOffices.receiver.code, changed, by)).toBe(3);
  } finally {
    await close();
  }
}

const block = (window: OfficeWindow, name: string, times: string) =>
  window.page.getByRole('group', { name: 'Lịch trực của tuần' }).getByTitle(`${name} ${times}`, { exact: true });
const panel = (window: OfficeWindow, name: string) => window.page.getByRole('complementary', { name });

test('the rota is seen, mended and saved; a number is verified by the code that came to it', async ({ e2e }) => {
  test.setTimeout(400_000);
  const { world } = e2e;
  const provider = await withTextMessages(e2e);
  const office = await prepareOffice(world.dataDir('receiver'), await world.setUpOf('receiver'));
  const { duty } = await office.command('duty.save', { from: 0, rota });
  expect(duty.version).toBe(1);
  await verifyAllBut(office, provider, 'bhem');
  await office.close();
  const window = await e2e.openWindow(world.dataDir('receiver'));
  await window.button(/Văn bản mới/).waitFor();
  const looker = await Looker.at(window, 'rota');
  const { page } = window;

  const link = window.button(/^Lịch trực/);
  await expect(link).toContainText('3 điều cần xem trong lịch trực');
  await page.keyboard.press('Alt+6');
  await window.button('Tuần sau').click();
  await expect(block(window, 'Lê Quang Tú', '13:00–07:00')).toBeVisible();
  await looker.look('1-week');

  await block(window, 'Lê Quang Tú', '13:00–07:00').click();
  await expect(panel(window, 'Trực thay')).toContainText('nơi gửi gọi 0262 3 000 160');
  await looker.look('2-substitution');
  await page.keyboard.press('Escape');

  // The gap is filled: first wrongly, with the fault at its field, then rightly.
  await block(window, 'Chưa có ai', '17:00–07:00').click();
  await looker.look('3-gap', 'one');
  await window.button('Thêm trực thay cho khoảng này').click();
  const saturday = formatVnDate(addDays(monday, 5));
  await window.field('Đến', panel(window, 'Trực thay')).fill(`${saturday} 16:00`);
  await page.keyboard.press('Control+S');
  await expect(panel(window, 'Trực thay')).toContainText('Phải sau lúc bắt đầu.');
  await expect(panel(window, 'Trực thay')).toContainText('Chọn một người trong danh sách.');
  await looker.look('4-faults');
  await window.field('Đến', panel(window, 'Trực thay')).fill(`${formatVnDate(addDays(monday, 6))} 07:00`);
  await window.field('Người trực', panel(window, 'Trực thay')).selectOption('Võ Thanh Hà');
  await page.keyboard.press('Control+S');
  await page.getByText('Đã lưu lịch trực.').waitFor();
  await page.keyboard.press('Escape');

  await window.button('Gửi mã tới 0900 000 431').first().click();
  await panel(window, 'Thiết lập lịch trực').getByRole('button', { name: 'Gửi mã tới 0900 000 431' }).click();
  await window.field('Mã 6 chữ số').fill('12345');
  await window.button('Xác nhận').click();
  await page.getByText('Mã gồm đúng 6 chữ số.').waitFor();
  await window.field('Mã 6 chữ số').fill('000000');
  await window.button('Xác nhận').click();
  await page.getByText('Mã xác minh không đúng').waitFor();
  await looker.look('5-code');
  await window.field('Mã 6 chữ số').fill(codeFor(provider, '+84900000431'));
  await window.button('Xác nhận').click();
  await page.getByText('Đã xác minh số của Y Bhem Niê.').waitFor();

  // The number just verified is tried: an answer, then nothing known, then refused.
  await window.button('Nhắn thử tới 0900 000 431').click();
  await page.getByText(/Nhà mạng nhận tin lúc \d\d:\d\d; chưa có báo máy đã nhận/).waitFor();
  expect(JSON.parse(provider.requests.at(-1)?.body ?? '')).toMatchObject({ Content: TEST_TEXT, Phone: '0900000431' });
  await looker.look('5-tried');
  await window.button('Nhắn thử tới 0900 000 431').click();
  await page.getByText('Đợi vài phút rồi làm lại').waitFor();
  await looker.look('5-tried-again', 'one');

  // Long names, the pattern and the office.
  await window.field('Họ và tên').fill(LONG_NAME);
  await page.getByRole('tab', { name: 'Mẫu tuần' }).click();
  await looker.look('6-pattern');
  await page.getByRole('tab', { name: 'Cơ quan' }).click();
  await window.field('Số của cơ quan').fill('0262 300');
  await window.field('Gặp ai').focus();
  await page.getByText('Thiếu hoặc thừa chữ số').waitFor();
  await looker.look('7-office');
  await window.field('Số của cơ quan').fill('0262 3 000 161');
  await looker.tabThrough('rota', 30);

  // Somebody else saves meanwhile: nothing that was typed is lost.
  await saveElsewhere(e2e, { ...rota, officeContact: 'Chị Lan' });
  await page.keyboard.press('Control+S');
  await page.getByText(/Lịch trực đã có người sửa lúc/).waitFor();
  await looker.look('8-changed');
  await window.button('Ghép phần đã nhập vào bản mới').click();
  await expect(window.field('Số của cơ quan')).toHaveValue('0262 3 000 161');
  await expect(window.field('Gặp ai')).toHaveValue('Chị Lan');
  await page.keyboard.press('Control+S');
  await page.getByText('Đã lưu lịch trực.').waitFor();
  await looker.look('9-saved', 'one');

  await world.exchange.stop();
  await page.getByText(/Chưa nối được trục liên thông. Đang xem lịch đọc lúc/).waitFor({ timeout: 90_000 });
  await window.field('Gặp ai').fill('Anh Nam');
  await page.keyboard.press('Control+S');
  await page.getByText('Chưa làm được vì không liên lạc được').waitFor({ timeout: 60_000 });
  await looker.look('10-offline');
  await provider.stop();
  expect(looker.objections).toEqual([]);
});

test('an office without a rota is told what that means, and makes one', async ({ e2e }) => {
  test.setTimeout(200_000);
  const window = await e2e.openOffice('receiver');
  const looker = await Looker.at(window, 'rota-new');
  const { page } = window;
  await page.keyboard.press('Alt+6');
  await page.getByText('Chưa có lịch trực: hỏa tốc đến chỉ có thể gọi điện').waitFor();
  await looker.look('1-empty');
  await window.button('Thêm người trực').click();
  await window.field('Họ và tên').fill('Lê Quang Tú');
  await window.field('Điện thoại di động').fill('0900 000 418');
  await page.getByRole('tab', { name: 'Mẫu tuần' }).click();
  await window.button('Chia ca cho cả tuần').click();
  await expect(window.field('Người trực').first()).toHaveValue(/.+/u);
  await looker.look('2-first');
  await page.keyboard.press('Control+S');
  await page.getByText('Đã lưu lịch trực.').waitFor();
  await looker.look('3-saved', 'one');
  expect(looker.objections).toEqual([]);
});
