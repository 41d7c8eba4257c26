import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { expect, sampleLetter, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { readRows } from '#tests/support/office-database.ts';
import { incomingRecord } from '#tests/support/office-records.ts';

// Several times what a quiet machine needs.
test.describe.configure({ timeout: 120_000 });

test('what is typed is on disk, also in several letters at once, and back after a power cut', async ({ windows }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-typing-'));
  const { registers, close } = openRegisters(folder, noLog);
  registers.tx('test', (stores) => {
    stores.office.setAgency({ code: 'H15.01', name: 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk' });
    stores.incoming.insert(incomingRecord({ opened: true, received: null, arrivedAt: new Date().toISOString() }), []);
  });
  close();

  const window = await windows.open(folder);
  const { page } = window;
  const bodies = () => readRows<{ body: string }>(folder, 'SELECT body FROM form').map(({ body }) => body);
  const onDisk = async (text: string) =>
    await expect(() => expect(bodies().some((body) => body.includes(text))).toBe(true)).toPass({ intervals: [50] });

  await window.startLetter(sampleLetter);
  await window.field('Trích yếu').fill('V/v thư thứ nhất gõ dở');
  await page.keyboard.press('Escape');
  await window.startLetter(sampleLetter);
  await window.field('Trích yếu').fill('V/v thư thứ hai gõ dở, trích yếu rất dài để xem có bị tràn ra ngoài hay không');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Đang soạn dở (2)' })).toBeVisible();
  await window.openBox('Chờ vào sổ');
  await page.getByRole('row').filter({ hasText: '12/SNV-VP' }).first().click();
  await window.button(/^Vào sổ đến/).click();
  await window.field('Chuyển tới').fill('Phòng Tổ chức gõ dở');
  await onDisk('thư thứ nhất');
  await onDisk('thư thứ hai');
  await onDisk('Phòng Tổ chức gõ dở');
  const gone = new Promise((resolve) => window.app.process().once('exit', resolve));
  window.app.process().kill('SIGKILL');
  await gone;

  const again = await windows.open(folder);
  const looker = await Looker.at(again, 'typing');
  await expect(again.page.getByText('đang nhập dở').first()).toBeVisible();
  await looker.look('to-register');
  await again.page.getByRole('row').filter({ hasText: '12/SNV-VP' }).first().click();
  await again.button(/^Vào sổ đến/).click();
  await expect(again.field('Chuyển tới')).toHaveValue('Phòng Tổ chức gõ dở');
  await again.page.keyboard.press('Control+Enter');
  await expect(again.page.getByText('đang nhập dở')).toBeHidden();

  await again.openBox('Dự thảo');
  await looker.look('drafts');
  await again.button(/^Soạn tiếp V\/v thư thứ nhất/).click();
  await expect(again.field('Trích yếu')).toHaveValue('V/v thư thứ nhất gõ dở');
  await again.button('Lưu dự thảo').click();
  await expect(again.page.getByText('Đã lưu dự thảo').first()).toBeVisible();
  await again.page.keyboard.press('Control+n');
  await looker.look('start');
  await expect(again.page.getByRole('heading', { name: 'Đang soạn dở (1)' })).toBeVisible();
  await again.button(/^Soạn tiếp V\/v thư thứ hai/).click();
  await expect(again.field('Trích yếu')).toHaveValue(/thư thứ hai gõ dở/);
  expect(looker.objections).toEqual([]);
  expect(readRows(folder, "SELECT abstract FROM document WHERE direction = 'outgoing'")).toEqual([
    { abstract: 'V/v thư thứ nhất gõ dở' },
  ]);
});
