import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { noMeeting } from '#shared/domain/meeting.ts';
import { expect, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { openTestOffice } from '#tests/support/test-office.ts';

interface Loose {
  call(name: string, input: object): Promise<unknown>;
}

const PIN = '739182';
const NEW_PIN = '450917';

async function namedOffice(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-people-'));
  const office = await openTestOffice({ dataDir: folder });
  const agencyName = 'Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Đắk Lắk';
  await office.ok('office.setUp', { agencyName, agencyCode: 'H15.01' });
  await office.ok('incoming.registerPaper', {
    senderCode: null,
    acceptDuplicate: true,
    fields: {
      pageAmount: null,
      ...noMeeting,
      agencyName: 'Sở Nội vụ tỉnh Đắk Lắk',
      codeText: '7/MAT',
      date: '2026-03-10',
      documentType: 'Công văn',
      abstract: 'V/v kiểm điểm, xử lý kỷ luật cán bộ, công chức thuộc thẩm quyền quản lý',
      signerName: 'Trần Văn Sơn',
      signerTitle: 'Giám đốc',
      urgency: 'normal',
      dueAt: null,
      forwardTo: '',
      paper: 'arrived',
    },
  });
  await office.leave();
  return folder;
}

test('an office names its people, has them sign in, and finds its unfinished letter behind a lock', async ({
  windows,
}) => {
  test.setTimeout(180_000);
  const folder = await namedOffice();
  const window = await windows.open(folder);
  const { page, dialog } = window;
  const looker = await Looker.at(window, 'people');
  const call = (name: string, input: object) =>
    page.evaluate(([called, value]) => (globalThis as unknown as { api: Loose }).api.call(called, value), [
      name,
      input,
    ] as const);
  await window.button(/Văn bản mới/).waitFor();

  await window.button(/^Cài đặt/).click();
  await page.getByRole('main').getByRole('button', { name: 'Đơn vị và người dùng', exact: true }).click();
  await window.button('Thêm đơn vị…').click();
  await window.field('Tên đơn vị', dialog).fill('Phòng Hành chính, Tổ chức và Quản trị');
  await window.field('Viết tắt trong ký hiệu', dialog).fill('HCTCQT');
  await window.button('Lưu', dialog).click();
  await expect(page.getByText('HCTCQT · 0 người')).toBeVisible();

  const add = async (name: string, title: string, roles: readonly RegExp[], look = false) => {
    await window.button('Thêm người…').click();
    await window.field('Họ tên', dialog).fill(name);
    await window.field('Chức vụ', dialog).fill(title);
    await dialog.getByLabel('Đơn vị').selectOption({ label: 'Phòng Hành chính, Tổ chức và Quản trị' });
    await dialog.getByLabel(/^Chuyên viên/).uncheck();
    for (const role of roles) await dialog.getByLabel(role).check();
    if (look) await looker.look('1-person');
    await window.button('Lưu', dialog).click();
    await expect(dialog).toBeHidden();
    await window.button(`Đặt mã PIN cho ${name}`).click();
    await window.field('Mã PIN mới', dialog).fill(PIN);
    await window.field('Gõ lại mã PIN', dialog).fill(PIN);
    await window.button('Đặt mã PIN', dialog).click();
    await expect(dialog).toBeHidden();
  };
  await add('Nguyễn Thị Phương Anh', 'Văn thư', [/^Văn thư:/, /^Chuyên viên/, /^Quản trị/], true);
  await add('Lê Hoàng Thiên Bình', 'Phó Chánh Văn phòng', [/^Lãnh đạo/]);
  await looker.look('2-settings');
  await window.button('Ủy quyền…').click();
  await looker.look('3-delegate', 'one');
  await window.button('Ủy quyền', dialog).click();
  await expect(page.getByText('Nguyễn Thị Phương Anh thay Lê Hoàng Thiên Bình').first()).toBeVisible();
  await page.getByLabel('Phải đăng nhập mới dùng được').check();
  await window.button('Lưu cách đăng nhập').click();

  // Whoever sat there is nobody now.
  const signIn = page.getByRole('dialog', { name: 'Đăng nhập Văn Thư' });
  await expect(signIn).toBeVisible();
  await looker.look('4-sign-in');
  const enter = async (name: string, pin: string) => {
    await signIn.getByLabel('Người dùng').selectOption({ label: name });
    await window.field('Mã PIN', signIn).fill(pin);
    await page.keyboard.press('Enter');
  };
  const anh = 'Nguyễn Thị Phương Anh, Văn thư';
  await enter(anh, '000000');
  await expect(signIn.getByRole('alert')).toContainText('Mã PIN không đúng');
  await enter(anh, PIN);
  await expect(signIn).toBeHidden();
  await expect(page.getByText('Nguyễn Thị Phương Anh thay Lê Hoàng Thiên Bình')).toBeVisible();

  // Half a unit typed; away for a coffee; back.
  await window.button(/^Cài đặt/).click();
  await page.getByRole('main').getByRole('button', { name: 'Đơn vị và người dùng', exact: true }).click();
  await window.button('Thêm đơn vị…').click();
  await window.field('Tên đơn vị', dialog).fill('Phòng Công tác Quốc hội');
  await page.keyboard.press('Escape');
  await page.getByLabel('Tự khóa sau số phút không dùng máy').fill('15');
  await page.keyboard.press('Control+l');
  await expect(signIn).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+n');
  await expect(signIn).toBeVisible();
  const refused = await call('office.counts', {});
  expect(refused).toMatchObject({ ok: false, code: 'SIGNED_OUT' });
  const backup = await call('backup.state', {});
  expect(backup).toMatchObject({ ok: false, code: 'SIGNED_OUT' });
  await window.field('Mã PIN', signIn).fill(PIN);
  await page.keyboard.press('Enter');
  await expect(signIn).toBeHidden();
  await expect(page.getByLabel('Tự khóa sau số phút không dùng máy')).toHaveValue('15');
  await looker.look('5-back', 'one');

  // Her own PIN, by the old one.
  await window.button('Tài khoản của tôi').click();
  await page.getByRole('menuitem', { name: 'Đổi mã PIN…' }).click();
  await window.field('Mã PIN đang dùng', dialog).fill('000000');
  await window.field('Mã PIN mới', dialog).fill(NEW_PIN);
  await window.field('Gõ lại mã PIN', dialog).fill(NEW_PIN);
  await window.button('Đổi mã PIN', dialog).click();
  await expect(dialog.getByRole('alert')).toContainText('Mã PIN không đúng');
  await looker.look('6-own-pin');
  await window.field('Mã PIN đang dùng', dialog).fill(PIN);
  await window.button('Đổi mã PIN', dialog).click();
  await expect(dialog).toBeHidden();

  // A letter for some people alone.
  await page.getByRole('button', { name: /^Đang xử lý/ }).click();
  await page.getByRole('row').filter({ hasText: '7/MAT' }).click();
  await window.button('Phạm vi hẹp…').click();
  await page.keyboard.type('phuong anh');
  await expect(dialog.getByRole('option').first()).toContainText('Nguyễn Thị Phương Anh');
  await page.keyboard.press('Enter');
  await looker.look('7-limit');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('document-pane').getByText('Phạm vi hẹp', { exact: true })).toBeVisible();
  await window.button('Phạm vi hẹp…').click();
  await expect(window.button('Bỏ phạm vi hẹp', dialog)).toBeVisible();
  await looker.look('8-limited');
  await page.keyboard.press('Escape');

  // Another person finds her own start, and what is not hers refused.
  await page.keyboard.press('Control+l');
  await enter('Lê Hoàng Thiên Bình, Phó Chánh Văn phòng', PIN);
  await expect(signIn).toBeHidden();
  await page.getByRole('button', { name: /^Đang xử lý/ }).click();
  const hidden = page.getByRole('row').filter({ hasText: '7/MAT' });
  await expect(hidden).toContainText('(phạm vi hẹp)');
  await looker.look('9-hidden', 'one');
  await hidden.click();
  await expect(page.getByText(/chỉ những người được nêu tên/)).toBeVisible();
  await looker.look('10-closed');
  const restore = await call('backup.restore', { id: 'x', commandId: randomUUID() });
  expect(restore).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
  expect(looker.objections).toEqual([]);
});
