import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, type OfficeWindow, test } from '#tests/support/e2e.ts';

// Several times what a quiet machine needs.
test.describe.configure({ timeout: 180_000 });

const database = (dataDir: string): string => path.join(dataDir, 'vanthu.db');

async function digest(dataDir: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(database(dataDir)))
    .digest('hex');
}

/** Writes over part of a file. */
async function overwrite(file: string, at: number, bytes: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(new Uint8Array(bytes).fill(0xa5), 0, bytes, at);
  await handle.close();
}

/** The page says in Vietnamese what is wrong, what is kept and what to do, and has no way to run a script. */
async function expectRecovery(window: OfficeWindow, code: string, what: string, next: string): Promise<void> {
  const page = await window.recovery();
  await expect(page.getByRole('heading', { name: 'Văn Thư chưa mở được hồ sơ' })).toBeVisible();
  await expect(page.locator('main')).toContainText(what);
  await expect(page.locator('main')).toContainText('Những gì còn giữ');
  await expect(page.locator('main')).toContainText(next);
  await expect(page.locator('main')).toContainText(`Mã lỗi: ${code}`);
  expect(await page.evaluate(() => 'api' in window || 'bridge' in window)).toBe(false);
}

test('a data folder that another process holds is named as such, and opens once it is free', async ({
  shared,
  windows,
}) => {
  const office = shared.newAgency();
  await (await office.prepare()).close();
  const holder = new Database(path.join(office.dataDir, 'lock.db'));
  holder.exec('BEGIN EXCLUSIVE');
  const window = await windows.open(office.dataDir);
  await expectRecovery(
    window,
    'FOLDER_IN_USE',
    'Thư mục dữ liệu đang được một phiên Văn Thư khác sử dụng.',
    'bấm Thử lại',
  );

  // Still held: the answer is the same.
  const first = await window.recovery();
  const closed = first.waitForEvent('close');
  await window.button('Thử lại', first).click();
  await closed;
  const again = await window.recovery();

  holder.close();
  const gone = again.waitForEvent('close');
  await window.button('Thử lại', again).click();
  await gone;
  await window.openBox('Dự thảo');
});

test('a database of a newer version is left as it is', async ({ shared, windows }) => {
  const office = shared.newAgency();
  await (await office.prepare()).close();
  const sqlite = new Database(database(office.dataDir));
  sqlite.pragma('user_version = 99');
  sqlite.close();
  const before = await digest(office.dataDir);
  const window = await windows.open(office.dataDir);
  await expectRecovery(
    window,
    'DATABASE_NEWER',
    'Dữ liệu do một phiên bản Văn Thư mới hơn tạo ra.',
    'Cập nhật Văn Thư trên máy này',
  );
  await window.close();
  expect(await digest(office.dataDir)).toBe(before);
});

for (const damage of ['header', 'page in the middle'] as const) {
  test(`a database with a damaged ${damage} is kept byte for byte`, async ({ shared, windows }) => {
    const office = shared.newAgency();
    await (await office.prepare()).close();
    const file = database(office.dataDir);
    const { size } = await stat(file);
    const pages = Math.floor(size / 4096);
    if (damage === 'header') await overwrite(file, 0, 100);
    else for (let page = 2; page < pages; page += 3) await overwrite(file, page * 4096, 512);
    const before = await digest(office.dataDir);

    const window = await windows.open(office.dataDir);
    await expectRecovery(window, 'DATABASE_DAMAGED', 'Tệp cơ sở dữ liệu bị hỏng.', 'Không xóa thư mục dữ liệu.');

    const page = await window.recovery();
    const report = path.join(office.dataDir, '..', `${office.code}-diagnostics.json`);
    await window.saveDiagnosticsTo(report, page);
    expect(await readFile(report, 'utf8')).toContain('DATABASE_DAMAGED');

    const ended = once(window.app.process(), 'exit');
    await window.button('Thoát', page).click();
    await ended;
    expect(await digest(office.dataDir)).toBe(before);
  });
}
