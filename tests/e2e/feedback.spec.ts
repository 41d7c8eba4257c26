import path from 'node:path';
import { openAdminDatabase } from '#exchange/entries/open-admin-database.ts';
import { supervise } from '#exchange/use-cases/supervise.ts';
import { expect, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';

const QUESTION = 'Bấm “Phát hành” không thấy gì xảy ra.\nĐã thử trên cả hai máy, mạng vẫn dùng được.';
const ANSWER = 'Đã sửa ở trục liên thông. Mở lại chương trình rồi phát hành lại.';

test('a clerk reports what does not work, the provincial office answers, and the clerk reads it', async ({
  shared,
  windows,
}) => {
  test.setTimeout(300_000);
  const clerk = shared.newAgency();
  const province = shared.newAgency();
  await (await clerk.prepare()).close();
  await (await province.prepare()).close();
  const { database, close } = await openAdminDatabase(
    path.resolve(shared.world.dataDir('sender'), '../exchange'),
    null,
  );
  await supervise(database, province.code, null);
  await close();

  const first = await windows.open(clerk.dataDir);
  await first.button(/Văn bản mới/).waitFor();
  await first.page.keyboard.press('Alt+8');
  await first.page.getByText('Chưa gửi vướng mắc nào').waitFor();
  await first.button('Gửi vướng mắc…').click();
  await first.page.getByLabel('Chuyện gì đã xảy ra?').fill(QUESTION);
  // Neither giving up nor the end of the program loses what was typed.
  await first.page.keyboard.press('Escape');
  await first.button('Viết tiếp…').waitFor();
  await first.close();

  const second = await windows.open(clerk.dataDir);
  await second.button(/Văn bản mới/).waitFor();
  const looker = await Looker.at(second, 'feedback');
  await second.page.keyboard.press('Alt+8');
  await second.button('Viết tiếp…').click();
  const dialog = second.page.getByRole('dialog');
  await expect(dialog.getByLabel('Chuyện gì đã xảy ra?')).toHaveValue(QUESTION);
  const agree = dialog.getByLabel('Đồng ý gửi kèm thông tin kỹ thuật');
  await expect(agree).not.toBeChecked();
  await looker.look('1-dialog');
  await dialog.getByRole('button', { name: 'Xem những gì được gửi' }).click();
  const shown = dialog.getByRole('region', { name: 'Thông tin kỹ thuật được gửi, đúng từng chữ' });
  await expect(shown).toContainText('"form": 1');
  await expect(shown).not.toContainText(clerk.code);
  await looker.look('2-what-is-sent');
  const bundle = await shown.textContent();
  await agree.check();
  await dialog.getByRole('button', { name: /^Gửi/ }).click();
  await expect(second.page.getByRole('button', { name: /Bấm “Phát hành”.*Đã gửi/ })).toBeVisible();
  await looker.look('3-sent');
  await second.close();

  const office = await windows.open(province.dataDir);
  await office.page.getByRole('navigation').getByText('Theo dõi').waitFor();
  await office.page.keyboard.press('Alt+7');
  await office.button('Vướng mắc (1)').click();
  const item = office.page.getByRole('listitem').filter({ hasText: clerk.name });
  await expect(item).toContainText('Bấm “Phát hành” không thấy gì xảy ra.');
  await item.getByRole('button', { name: 'Xem thông tin kỹ thuật' }).click();
  const received = item.getByRole('region', { name: 'Thông tin kỹ thuật được gửi, đúng từng chữ' });
  await expect(received).toHaveText(bundle ?? '', { useInnerText: false });
  await item.getByLabel(`Trả lời ${clerk.name}`).fill(ANSWER);
  const officeLooker = await Looker.at(office, 'feedback');
  await officeLooker.look('4-overseen');
  await item.getByRole('button', { name: 'Gửi trả lời' }).click();
  await office.page.getByText('Không còn vướng mắc nào chưa trả lời').waitFor();

  const third = await windows.open(clerk.dataDir);
  await third.page.getByRole('navigation').getByText('1 trả lời chưa đọc').waitFor();
  await third.page.keyboard.press('Alt+8');
  await third.page.getByRole('button', { name: /Trả lời mới/ }).click();
  await third.page.getByText(ANSWER).waitFor();
  await expect(third.page.getByRole('navigation').getByText('trả lời chưa đọc')).toHaveCount(0);
  const lastLooker = await Looker.at(third, 'feedback');
  await lastLooker.look('5-answered');

  expect([looker, officeLooker, lastLooker].flatMap(({ objections }) => objections)).toEqual([]);

  // Whoever answered learns that it was read.
  await office.button('Tất cả').click();
  await expect(async () => {
    await office.button('Chưa trả lời').click();
    await office.button('Tất cả').click();
    await expect(item).toContainText('đã đọc', { timeout: 2_000 });
  }).toPass();
});
