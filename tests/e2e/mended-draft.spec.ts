import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { expect, sampleLetter, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';

test('a draft whose file was mended says so in a line, and shows its original', async ({ shared, windows }, info) => {
  test.setTimeout(180_000);
  const agency = shared.newAgency();
  await (await agency.prepare()).close();
  await mkdir(info.outputDir, { recursive: true });
  const file = info.outputPath('van-ban-quet-tu-may-quet-tang-hai.pdf');
  await writeFile(file, Buffer.concat([Buffer.from('\r\n'), await readFile(sampleLetter)]));
  const window = await windows.open(agency.dataDir);
  const { page } = window;
  const looker = await Looker.at(window, 'mended-draft');

  await window.startLetter(file);
  const note = page.getByRole('note').filter({ hasText: 'đã được sửa cấu trúc' });
  await expect(note).toContainText('bảng vị trí');
  await expect(window.field('Số in trên văn bản')).toHaveValue('241');
  await window.pageShown();
  await looker.look('form');
  await note.getByRole('button', { name: 'Xem bản gốc' }).click();
  await expect(page.getByText('bản gốc trước khi sửa')).toBeVisible();
  await window.pageShown();
  await looker.look('original', 'one');
  await window.button('Xem lại văn bản').click();

  await page.keyboard.press('Control+S');
  await expect(page.getByTestId('document-pane')).toBeVisible();
  await expect(note).toBeVisible();
  await looker.look('pane');
  await note.getByRole('button', { name: 'Xem bản gốc' }).click();
  await expect(page.getByRole('list', { name: 'Tệp kèm theo' })).toContainText('bản gốc trước khi sửa');
  await looker.look('originals', 'one');
  expect(looker.objections).toEqual([]);
});
