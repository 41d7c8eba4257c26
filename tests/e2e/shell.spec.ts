import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, type OfficeWindow, sampleLetter, test } from '#tests/support/e2e.ts';
import { readRows } from '#tests/support/office-database.ts';

// Several times what a quiet machine needs.
test.describe.configure({ timeout: 180_000 });

/** A window on the first-run screen: all that the page's cage needs. */
const cageFolder = (name: string): string => path.join(test.info().project.outputDir, `cage-${name}`);

type Loose = { call(name: unknown, input: unknown): Promise<{ ok: boolean; code?: string }> };

/** What a page gets that calls a process with anything at all. */
const callFromPage = (page: Page, name: unknown, input: unknown) =>
  page.evaluate(([called, value]) => (window as unknown as { api: Loose }).api.call(called, value), [
    name,
    input,
  ] as const);

/** The page is there before core is; what only core answers is asked once it answers. */
const untilCoreAnswers = (page: Page) =>
  expect.poll(() => callFromPage(page, 'office.identity', {})).toMatchObject({ ok: true });

test('a page has its calls and nothing of Node', async ({ windows }) => {
  const { page } = await windows.open(cageFolder('calls'));
  await untilCoreAnswers(page);
  const names = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter((name) => name in window),
  );
  expect(names).toEqual([]);
  expect(page.url()).toBe('app://vanthu/index.html');

  // Main and core check what they are sent.
  expect(await callFromPage(page, 'settings.update', { change: { locale: 'xx' } })).toMatchObject({
    ok: false,
    code: 'INVALID_INPUT',
  });
  expect(await callFromPage(page, 'app.info', { extra: 1 })).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
  expect(await callFromPage(page, 'app.info', { text: 'x'.repeat(6_000_000) })).toMatchObject({
    ok: false,
    code: 'PAYLOAD_TOO_LARGE',
  });
  expect(await callFromPage(page, 'office.search', { text: 1 })).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
  expect(await callFromPage(page, 'outgoing.get', { id: '../../etc/passwd' })).toMatchObject({ ok: false });
  for (const name of ['no.such', 'constructor', '__proto__.x', '', 7, null, { toString: 'x' }]) {
    const answer = await callFromPage(page, name, {}).catch(() => ({ ok: false, code: 'UNKNOWN_CALL' }));
    expect(answer).toMatchObject({ ok: false, code: 'UNKNOWN_CALL' });
  }
  expect(await callFromPage(page, 'office.identity', {})).toMatchObject({ ok: true });
});

test('a page runs no script but its own', async ({ windows }) => {
  const { page } = await windows.open(cageFolder('scripts'));
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      seen.push(`${effectiveDirective} ${blockedURI}`),
    );
    const inline = document.createElement('script');
    inline.textContent = 'window.inlineRan = true';
    document.head.append(inline);
    const remote = document.createElement('script');
    remote.src = 'https://example.com/x.js';
    document.head.append(remote);
    // In a turn of its own, because the debugger may evaluate what the page may not.
    setTimeout(() => {
      try {
        const evaluate = Reflect.get(globalThis, 'eval') as (code: string) => unknown;
        evaluate('window.evalRan = true');
      } catch (error) {
        seen.push(String(error));
      }
    });
  });
  const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  await expect
    .poll(seen)
    .toEqual(
      expect.arrayContaining([
        'script-src-elem inline',
        'script-src-elem https://example.com/x.js',
        'script-src eval',
        expect.stringContaining('EvalError'),
      ]),
    );
  expect(await page.evaluate(() => 'inlineRan' in window || 'evalRan' in window)).toBe(false);
  const reach = (address: string) =>
    page.evaluate(
      (url) =>
        fetch(url).then(
          () => 'reached',
          () => 'blocked',
        ),
      address,
    );
  expect(await reach('https://example.com/')).toBe('blocked');
  expect(await reach('file:///etc/passwd')).toBe('blocked');
});

test('a page stays where it is and asks for no permission', async ({ windows }) => {
  const folder = cageFolder('place');
  const { app, page } = await windows.open(folder);
  expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
  expect(await page.evaluate(() => window.open('app://vanthu/index.html') === null)).toBe(true);
  // Chromium itself refuses the first two, in silence; the shell refuses the others and notes it.
  const targets = ['file:///etc/passwd', 'doc://file/x', 'https://example.com/', 'app://vanthu/index.html?x=1'];
  await page.evaluate((addresses) => {
    for (const href of addresses) {
      const link = Object.assign(document.createElement('a'), { href });
      link.click();
    }
  }, targets);
  await page.evaluate(() => {
    location.href = 'https://example.com/';
  });
  const log = () => readFile(path.join(folder, 'logs/main.log'), 'utf8');
  await expect.poll(log).toMatch(/"navigation-denied","scheme":"https:"/);
  expect(page.url()).toBe('app://vanthu/index.html');
  expect(app.windows()).toHaveLength(1);
  await untilCoreAnswers(page);
  const permission = (name: string) =>
    page.evaluate((asked) => navigator.permissions.query({ name: asked as PermissionName }).then((p) => p.state), name);
  expect(await permission('geolocation')).toBe('denied');
  expect(await permission('notifications')).toBe('denied');
});

test('addresses lead to the application and to stored files, and nowhere else', async ({ shared, windows }) => {
  const office = shared.newAgency();
  const prepared = await office.prepare();
  await prepared.prepareLetter(sampleLetter, [shared.newAgency().code], shared.world.password, 'approved');
  await prepared.close();
  const { page } = await windows.open(office.dataDir);
  const status = (url: string) =>
    page.evaluate(
      (address) =>
        fetch(address).then(
          (answer) => answer.status,
          () => 'blocked',
        ),
      url,
    );
  const [stored] = readRows<{ file_id: string; file_size: number }>(
    office.dataDir,
    'SELECT file_id, file_size FROM outgoing',
  );
  const id = stored?.file_id ?? '';
  // Until core has said who sits there, there is no file for anybody.
  await expect
    .poll(() =>
      page.evaluate(
        (address) => fetch(address).then(async (answer) => (await answer.arrayBuffer()).byteLength),
        `doc://file/${id}`,
      ),
    )
    .toBe(stored?.file_size);
  for (const wrong of [
    `doc://file/${'0'.repeat(64)}`,
    'doc://file/abc',
    'doc://file/..%2f..%2fvanthu.db',
    `doc://file/${id.toUpperCase()}`,
    `doc://file/${id}?x`,
    `doc://other/${id}`,
    'app://vanthu/%2e%2e/%2e%2e/package.json',
    'app://vanthu/..%2f..%2fpackage.json',
    'app://vanthu/assets/..%2f..%2fmain%2fmain.js',
    'app://vanthu/nothing.js',
    'app://vanthu/recovery',
  ]) {
    expect(await status(wrong), wrong).toBe(404);
  }
});

/** Kills core as the task manager would, once it runs again; returns the id of the one that was killed last. */
async function killCore(window: OfficeWindow, last = 0): Promise<number> {
  let pid: number | null = null;
  await expect
    .poll(async () => {
      pid = await window.processId('vanthu-core');
      return (pid !== null && pid !== last) || window.isRecovering();
    })
    .toBe(true);
  if (pid === null || pid === last) return last;
  process.kill(pid, 'SIGKILL');
  return pid;
}

test('what is being typed outlives core, however often it dies', async ({ shared, windows }) => {
  const office = shared.newAgency();
  await (await office.prepare()).close();
  const window = await windows.open(office.dataDir);
  const { page } = window;
  await window.startLetter(sampleLetter);
  const typed = 'V/v gõ dở dang khi phần xử lý dừng đột ngột';
  await window.field('Trích yếu').fill(typed);
  const banner = page.getByText('Đang khởi động lại phần xử lý…');

  let killed = await killCore(window);
  await expect(banner).toBeVisible();
  await expect(banner).toBeHidden({ timeout: 60_000 });
  await expect(window.field('Trích yếu')).toHaveValue(typed);

  // Three restarts within a minute are tried; then a person is asked.
  while (!window.isRecovering()) killed = await killCore(window, killed);
  const recovery = await window.recovery();
  await expect(recovery.locator('main')).toContainText('Phần xử lý hồ sơ dừng đột ngột nhiều lần liên tiếp.');
  await expect(recovery.locator('main')).toContainText('Những gì đang nhập vẫn ở cửa sổ chính.');
  const closed = recovery.waitForEvent('close');
  await window.button('Thử lại', recovery).click();
  await closed;
  await expect(banner).toBeHidden({ timeout: 60_000 });
  await expect(window.field('Trích yếu')).toHaveValue(typed);
  await window.button('Lưu dự thảo').click();
  await expect(page.getByText('Đã lưu dự thảo').first()).toBeVisible();
  expect(readRows(office.dataDir, 'SELECT abstract FROM outgoing')).toEqual([{ abstract: typed }]);
});

test('a signing process that dies while it signs costs one more try', async ({ shared, windows }) => {
  const { password } = shared.world;
  const office = shared.newAgency();
  const prepared = await office.prepare();
  await prepared.prepareLetter(sampleLetter, [shared.newAgency().code], password, 'numbered');
  await prepared.close();
  const window = await windows.open(office.dataDir);
  await window.openBox('Chờ ký');
  await window.row('VPUBND-HCTC').click();
  await window.settle();
  const field = window.field('Mật khẩu chữ ký');
  const alert = window.panel.getByRole('alert');
  await field.fill('sai');
  await window.button('Chỉ ký').click();
  await expect(alert).toContainText('Mật khẩu của tệp chứng thư không đúng.');

  // The process waits for the next request: held, so that it dies with one in its hands.
  const pid = (await window.processId('vanthu-signing')) ?? 0;
  process.kill(pid, 'SIGSTOP');
  await field.fill(password);
  await window.button('Chỉ ký').click();
  await expect(window.button('Đang thử mật khẩu…')).toBeVisible();
  process.kill(pid, 'SIGKILL');
  await expect(alert).toContainText('Phần ký số dừng đột ngột.');
  expect(readRows(office.dataDir, 'SELECT state, number FROM outgoing')).toEqual([{ state: 'numbered', number: 241 }]);

  await window.take('Chỉ ký', password);
  await window.button('Chỉ đóng dấu').waitFor();
  expect(readRows(office.dataDir, 'SELECT state, number FROM outgoing')).toEqual([{ state: 'signed', number: 241 }]);
  expect(await window.processId('vanthu-signing')).not.toBe(pid);
});

test('language and theme are kept for the next start', async ({ shared, windows }) => {
  const office = shared.newAgency();
  await (await office.prepare()).close();
  const first = await windows.open(office.dataDir);
  await first.page.getByRole('navigation').getByText('Cài đặt').click();
  await first.button('Giao diện').click();
  await first.field('Màu nền').selectOption('dark');
  await expect(first.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await first.field('Ngôn ngữ').selectOption('en');
  await expect(first.page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  await first.close();

  const second = await windows.open(office.dataDir);
  await expect(second.page.getByRole('navigation').getByText('Settings')).toBeVisible();
  await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(second.page.locator('html')).toHaveAttribute('lang', 'en');
  expect(await second.app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(true);
});
