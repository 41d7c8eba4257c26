import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { OfficeWindow } from '#scripts/demo/office-window.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import type { Role } from '#shared/domain/roles.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { expect, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { agency, createOfficeHub } from '#tests/support/office-hub.ts';
import { approvedDraft } from '#tests/support/office-letters.ts';
import { openTestOffice } from '#tests/support/test-office.ts';

const PIN = '739182';
const [OWN, OTHER] = ['H15.01', 'H15.02'];
const TODAY = vietnamDay(Date.now());
const HOUR_MS = 3_600_000;
/** More than one page of the trail. */
const MANY = 130;

const titles: Readonly<Record<string, string>> = {
  'Phạm Quốc Huy': 'Chuyên viên công nghệ thông tin',
  'Nguyễn Thị Phương Anh': 'Văn thư',
  'Lê Hoàng Thiên Bình': 'Phó Chánh Văn phòng',
  'Nguyễn Văn Dũng': 'Chánh Văn phòng',
};

const paper = (codeText: string, abstract: string) => ({
  senderCode: null,
  acceptDuplicate: true,
  fields: {
    ...noMeeting,
    agencyName: 'Thanh tra tỉnh Đắk Lắk',
    codeText,
    date: TODAY,
    documentType: 'Công văn',
    abstract,
    signerName: 'Trần Văn Sơn',
    signerTitle: 'Chánh Thanh tra',
    urgency: 'express' as const,
    dueAt: new Date(Date.now() - HOUR_MS).toISOString(),
    forwardTo: '',
    paper: 'arrived' as const,
    pageAmount: null,
  },
});

/** An office whose people sign in, with a letter and a document that Dũng alone may see besides the clerk. */
async function officeWithLimited(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-trail-'));
  const hub = createOfficeHub([agency(OWN, 'Văn phòng UBND tỉnh Đắk Lắk'), agency(OTHER, 'Sở Nội vụ')]);
  const office = await openTestOffice({ dataDir: folder, ports: { gateway: hub.gateway } });
  await office.ok('exchange.enrol', { serverUrl: 'http://hub.invalid', code: OWN, workstationName: 'Máy 1' });
  await office.until('directory', async () => (await office.ok('directory.search', { text: '' })).total === 2);
  const person = async (name: string, roles: Role[]): Promise<string> => {
    const input = { personId: null, name, title: titles[name] ?? '', unitId: null, roles, position: 0 };
    const { personId } = await office.ok('people.savePerson', { ...input, windowsAccount: '' });
    await office.ok('people.setPin', { personId, pin: PIN });
    return personId;
  };
  await person('Phạm Quốc Huy', ['administrator']);
  const clerk = await person('Nguyễn Thị Phương Anh', ['records-clerk', 'officer', 'administrator']);
  await person('Lê Hoàng Thiên Bình', ['leader']);
  const named = await person('Nguyễn Văn Dũng', ['leader']);
  for (let at = 0; at < MANY; at += 1) {
    await office.ok('people.saveUnit', { unitId: null, name: `Tổ ${at + 1}`, abbreviation: '', position: at });
  }
  await office.ok('people.saveSignIn', { required: true, byAccount: false, idleMinutes: null });
  await office.ok('session.signIn', { personId: clerk, pin: PIN });
  const secret = 'V/v kiểm điểm, xử lý kỷ luật cán bộ thuộc thẩm quyền quản lý';
  const limited = await office.ok('incoming.registerPaper', paper('7/TTr', secret));
  const plain = await office.ok('incoming.registerPaper', paper('8/TTr', 'V/v kế hoạch thanh tra năm 2027'));
  for (const { id, revision } of [limited, plain]) {
    await office.ok('handling.submit', { documents: [{ id, revision }], leaderId: named, note: '' });
  }
  const letter = await approvedDraft(office, [OTHER], { fields: { abstract: secret } });
  await approvedDraft(office, [OTHER], { fields: { abstract: 'V/v nâng bậc lương thường xuyên' } });
  const other = { by: 'document', id: limited.id } as const;
  await office.ok('relations.add', { id: plain.id, kind: 'refers-to', passive: false, other });
  for (const { id } of [limited, letter]) {
    await office.ok('access.limit', { id, readers: [{ kind: 'person', id: named }] });
  }
  await office.leave();
  return folder;
}

async function enter(window: OfficeWindow, name: string): Promise<void> {
  const { page } = window;
  const signIn = page.getByRole('dialog', { name: 'Đăng nhập Văn Thư' });
  await signIn.getByLabel('Người dùng').selectOption({ label: `${name}, ${titles[name] ?? ''}` });
  await window.field('Mã PIN', signIn).fill(PIN);
  await page.keyboard.press('Enter');
  await expect(signIn).toBeHidden();
}

test('an administrator reads the trail, filters it, checks it, and sees where somebody broke it', async ({
  windows,
}) => {
  test.setTimeout(300_000);
  const folder = await officeWithLimited();
  const window = await windows.open(folder);
  const { page } = window;
  await enter(window, 'Phạm Quốc Huy');
  const looker = await Looker.at(window, 'trail');
  const grid = page.getByRole('grid', { name: 'Nhật ký hệ thống' });
  const row = (text: string | RegExp) => grid.getByRole('row').filter({ hasText: text });

  await window.button(/^Cài đặt/).click();
  await page.getByRole('main').getByRole('button', { name: 'Nhật ký hệ thống', exact: true }).click();
  await expect(row('Đăng nhập bằng mã PIN').first()).toContainText('Phạm Quốc Huy');
  await expect(page.getByText('Chưa kiểm lần nào')).toBeVisible();
  // What is limited is somebody's act, and no more.
  await expect(row('Đặt phạm vi hẹp').first()).toContainText('(phạm vi hẹp)');
  await expect(grid.getByRole('gridcell', { name: '7/TTr', exact: true })).toHaveCount(0);
  await looker.look('1-list');
  await looker.tabThrough('trail', 14);

  await window.button('Kiểm ngay').click();
  await expect(page.getByText(/Đã kiểm đến dòng \d+ lúc .*, nguyên vẹn/)).toBeVisible();
  await expect(window.button(/Xem \d+ dòng mới/)).toBeVisible();
  await looker.look('2-whole', 'one');
  await window.button(/Xem \d+ dòng mới/).click();
  await expect(row('Kiểm nhật ký hệ thống').first()).toBeVisible();

  const file = path.join(folder, '..', `${path.basename(folder)}.json`);
  await window.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await window.button('Xuất JSON').click();
  await expect(page.getByText(/Đã xuất \d+ dòng nhật ký/)).toBeVisible();
  const exported = JSON.parse(await readFile(file, 'utf8')) as { readonly rows: readonly unknown[] };
  expect(exported.rows.length).toBeGreaterThan(MANY);

  // From the first row to the last, by keys alone.
  await grid.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('End');
  await expect(row('Bắt đầu ghi nhật ký hệ thống')).toBeVisible();
  await page.keyboard.press('Home');

  await window.field('Loại việc').selectOption({ label: 'Người dùng và quyền' });
  await expect(row('Lưu phòng, ban').first()).toBeVisible();
  await expect(row('Đăng nhập bằng')).toHaveCount(0);
  await window.field('Người thực hiện').selectOption({ label: 'Nguyễn Văn Dũng' });
  await expect(page.getByText('Không có việc nào khớp')).toBeVisible();
  await looker.look('3-none');
  await window.button('Bỏ lọc').first().click();
  await window.field('Số, ký hiệu văn bản').fill('8/TTr');
  await expect(row('8/TTr').first()).toBeVisible();
  await expect(row('Đăng nhập bằng')).toHaveCount(0);
  await looker.look('4-document', 'one');

  // To the document, to its history, and from there to its rows.
  await row('Vào sổ').first().click();
  await window.openTab('Nhật ký');
  await window.button('Xem trong nhật ký hệ thống').click();
  await expect(page.getByText('Chỉ văn bản vừa xem')).toBeVisible();
  await expect(row('8/TTr').first()).toBeVisible();
  await looker.look('5-of-document', 'one');

  const sqlite = new Database(path.join(folder, 'vanthu.db'));
  sqlite.exec("DROP TRIGGER audit_not_changed; UPDATE audit SET actor_name = 'Ai đó' WHERE seq = 3");
  sqlite.close();
  await window.button('Kiểm ngay').click();
  await expect(page.getByRole('alert')).toContainText('Đứt ở dòng 3');
  await looker.look('6-broken');

  await page.keyboard.press('Control+l');
  await enter(window, 'Lê Hoàng Thiên Bình');
  await window.button(/^Cài đặt/).click();
  await expect(page.getByRole('main').getByRole('button', { name: 'Sao lưu', exact: true })).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: 'Nhật ký hệ thống' })).toHaveCount(0);
  expect(looker.objections).toEqual([]);
});

test('a limited document is a row without words to one leader, and whole to the other', async ({ windows }) => {
  test.setTimeout(240_000);
  const window = await windows.open(await officeWithLimited());
  const { page } = window;
  const main = page.getByRole('main');
  for (const [name, sees] of [
    ['Lê Hoàng Thiên Bình', false],
    ['Nguyễn Văn Dũng', true],
  ] as const) {
    await enter(window, name);
    const looker = await Looker.at(window, sees ? 'limited-seen' : 'limited-hidden');
    const told = async (): Promise<void> => {
      await expect(main.getByText('kỷ luật cán bộ').first()).toBeVisible({ visible: sees });
      await expect(main.getByText('(phạm vi hẹp)').first()).toBeVisible({ visible: !sees });
    };
    // The key is there once it is known what she may see.
    await expect(async () => {
      await page.keyboard.press('Alt+9');
      const board = page.getByRole('button', { name: 'Hôm nay', exact: true });
      await expect(board).toHaveAttribute('aria-current', 'page', { timeout: 1_000 });
    }).toPass();
    await told();
    await looker.look('1-board');
    await window.openBox('Chờ ký');
    await told();
    await looker.look('2-to-sign');
    await page.keyboard.press('Alt+1');
    await page.getByRole('button', { name: /^Đang xử lý/ }).click();
    await told();
    await window.row('8/TTr').click();
    await window.openTab('Liên quan');
    await expect(page.getByTestId('relation')).toContainText(sees ? 'kỷ luật cán bộ' : '(phạm vi hẹp)');
    await looker.look('3-relations');
    expect(looker.objections).toEqual([]);
    await page.keyboard.press('Control+l');
  }
});
