import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { OfficeWindow } from '#scripts/demo/office-window.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { expect, sampleLetter, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';

interface MainWindow {
  readonly visible: boolean;
  readonly focused: boolean;
}
const stateOf = ({ app }: OfficeWindow): Promise<MainWindow> =>
  app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    return { visible: window?.isVisible() ?? false, focused: window?.isFocused() ?? false };
  });
/** As its button does. */
const closeWindow = ({ app }: OfficeWindow): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

interface Heard {
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
}
/** Keeps the notices that the system would show, which has nowhere to show them here. */
async function listen({ app }: OfficeWindow): Promise<() => Promise<readonly Heard[]>> {
  await app.evaluate(({ Notification }) => {
    const heard: Heard[] = [];
    Object.assign(globalThis, { heard });
    Notification.isSupported = () => true;
    Notification.prototype.show = function show(this: Electron.Notification) {
      heard.push({ title: this.title, body: this.body, silent: this.silent });
    };
  });
  return () => app.evaluate(() => (globalThis as unknown as { heard: Heard[] }).heard);
}

test('an express document brings the closed window back, once, says until when, and takes no keyboard', async ({
  shared,
  windows,
}) => {
  const { password } = shared.world;
  const sender = shared.newAgency();
  const receiver = shared.newAgency();
  await (await receiver.prepare()).close();
  const window = await windows.open(receiver.dataDir);
  await window.button(/Văn bản mới/).waitFor();
  const heard = await listen(window);

  // Closed, it is out of sight and at work, and says so the first time.
  await closeWindow(window);
  await expect.poll(() => stateOf(window)).toEqual({ visible: false, focused: false });
  expect(await heard()).toEqual([
    {
      title: 'Văn Thư vẫn chạy ở khay hệ thống',
      body: 'Văn bản hỏa tốc đến sẽ được báo ngay. Muốn tắt hẳn, bấm chuột phải vào biểu tượng ở khay và chọn Thoát.',
      silent: true,
    },
  ]);

  const sending = await sender.prepare();
  try {
    const expressAt = new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 7_200_000).toISOString();
    await sending.sendLetter(sampleLetter, [receiver.code], password, { urgency: 'express-timed', expressAt });
    await expect.poll(() => stateOf(window), { timeout: 60_000 }).toEqual({ visible: true, focused: false });
    const [day = '', time = ''] = vietnamTimestamp(Date.parse(expressAt)).split('T');
    const express = (await heard())[1];
    expect(express).toMatchObject({ title: 'Văn bản hỏa tốc đến', silent: false });
    expect(express?.body).toContain(`Mở trước ${time.slice(0, 5)} ngày ${day.split('-').toReversed().join('/')}`);
    expect(express?.body).toContain('241/VPUBND-HCTC');

    // Put away again by its clerk, it stays away: neither the same document nor an ordinary one brings it back.
    await closeWindow(window);
    await expect.poll(async () => (await stateOf(window)).visible).toBe(false);
    const ordinary = path.join(path.dirname(sampleLetter), 'thong-bao-07.pdf');
    await sending.sendLetter(ordinary, [receiver.code], password);
    await expect.poll(async () => (await heard()).length, { timeout: 60_000 }).toBe(3);
    expect((await heard())[2]?.title).toBe('Văn bản đến');
    expect((await stateOf(window)).visible).toBe(false);
  } finally {
    await sending.close();
  }
});

test('whoever wants it silent, and ended by closing its window, sets it so', async ({ shared, windows }) => {
  const office = shared.newAgency();
  await (await office.prepare()).close();
  const window = await windows.open(office.dataDir);
  await window.button(/^Cài đặt/).click();
  await window.page.getByRole('button', { name: 'Giao diện' }).click();
  const sound = window.page.getByLabel('Kêu');
  const stays = window.page.getByLabel(/Đóng cửa sổ thì vẫn chạy ở khay/);
  await expect(sound).toBeChecked();
  await sound.uncheck();
  await expect(sound).not.toBeChecked();
  await stays.uncheck();
  await expect(stays).not.toBeChecked();
  const looker = await Looker.at(window, 'tray');
  await looker.look('settings');
  expect(looker.objections).toEqual([]);
  const ended = window.app.waitForEvent('close');
  // The answer may die with the application.
  await closeWindow(window).catch(() => undefined);
  await ended;
  const settings = await readFile(path.join(office.dataDir, 'settings.json'), 'utf8');
  expect(JSON.parse(settings)).toMatchObject({ settings: { expressSound: false, staysInTray: false } });
});
