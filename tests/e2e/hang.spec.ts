import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errors } from '#shared/messages/errors.vi.ts';
import { bombPdfs } from '#tests/support/bomb-pdfs.ts';
import { expect, type OfficeWindow, sampleLetter, test } from '#tests/support/e2e.ts';

// A core that hangs is given most of a minute.
test.describe.configure({ timeout: 180_000 });

/** Numbers of the running processes of a name. */
function processes(window: OfficeWindow, name: string): Promise<number[]> {
  return window.app.evaluate(
    ({ app }, wanted) =>
      app
        .getAppMetrics()
        .filter((one) => one.name === wanted || one.serviceName === wanted)
        .map(({ pid }) => pid),
    name,
  );
}

const logged = async (dataDir: string, event: string, log = 'main'): Promise<number> => {
  const file = path.join(dataDir, `logs/${log}.log`);
  return existsSync(file) ? (await readFile(file, 'utf8')).split(`"${event}"`).length - 1 : 0;
};

test('a core that hangs is replaced', async ({ shared, windows }) => {
  const { dataDir, prepare } = shared.newAgency();
  await (await prepare()).close();
  const window = await windows.open(dataDir);
  await expect(window.button(/Văn bản mới/)).toBeEnabled();
  const [hanging = 0] = await processes(window, 'vanthu-core');
  process.kill(hanging, 'SIGSTOP');
  await expect.poll(() => logged(dataDir, 'core-hangs'), { timeout: 90_000 }).toBe(1);
  await expect.poll(() => logged(dataDir, 'core-ready'), { timeout: 30_000 }).toBe(2);
  expect(await processes(window, 'vanthu-core')).not.toContain(hanging);
  // It works: the folder is free, and the window has found the new one.
  await window.startLetter(sampleLetter);
  await expect(window.field('Số in trên văn bản')).toHaveValue('241');
});

test('a letter that no reader survives is refused, and the next one is read', async ({ shared, windows }) => {
  const { dataDir, prepare } = shared.newAgency();
  await (await prepare()).close();
  const window = await windows.open(dataDir);
  await window.button(/Văn bản mới/).click();
  for (const at of [0, 1]) {
    const file = path.join(dataDir, `${at}.pdf`);
    await writeFile(file, bombPdfs['a font with two thousand million widths']?.() ?? '');
    await window.answerDialog(file);
    await window.button('Chọn tệp PDF…').click();
    // It lives for a second or two.
    await expect.poll(() => processes(window, 'vanthu-reader'), { intervals: [50] }).toHaveLength(1);
    const note = window.page.getByRole('alert').filter({ hasText: errors.READING_LIMIT.what });
    await expect(note).toBeVisible({ timeout: 60_000 });
    // It is gone, whatever it was busy with.
    await expect.poll(() => processes(window, 'vanthu-reader')).toEqual([]);
  }
  expect(await logged(dataDir, 'core-died')).toBe(0);
  // Whoever noticed first said so, each time: main, which looks at it, or the reader before it answered.
  const tooLarge = await Promise.all(['main', 'reader'].map((log) => logged(dataDir, 'reader-too-large', log)));
  expect((tooLarge[0] ?? 0) + (tooLarge[1] ?? 0)).toBeGreaterThanOrEqual(2);
  await window.answerDialog(sampleLetter);
  await window.button('Chọn tệp PDF…').click();
  await expect(window.field('Số in trên văn bản')).toHaveValue('241');
});
