import { Looker } from '#tests/support/looker.ts';
import { expect, sampleLetter, test } from '#tests/support/e2e.ts';
import { emptyField, typeComposing, typeTelex } from '#tests/support/type-vietnamese.ts';

test('combo boxes, chips and menus work by keys and leave the text and its shortcuts alone', async ({
  shared,
  windows,
}) => {
  test.setTimeout(120_000);
  const agency = shared.newAgency();
  await (await agency.prepare()).close();
  const window = await windows.open(agency.dataDir);
  const { page } = window;
  const looker = await Looker.at(window, 'controls');
  let removed = '';
  const search = window.field('Thêm cơ quan');
  const options = page.getByRole('listbox', { name: 'Cơ quan tìm thấy' }).getByRole('option');
  const refused: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') refused.push(message.text());
  });
  await window.button(/Văn bản mới/).waitFor();
  await window.startLetter(sampleLetter);
  await expect(page.getByTestId('recipient-count')).toHaveText(/^[2-9]\d cơ quan$/);

  const recipients = async (): Promise<number> =>
    Number.parseInt((await page.getByTestId('recipient-count').textContent()) ?? '', 10);

  await test.step('a group is one chip, which Enter opens; Delete takes one of its agencies out', async () => {
    const group = window.chips.filter({ hasText: 'UBND các huyện' });
    const members = page.getByRole('grid', { name: /^Cơ quan trong nhóm/ }).getByRole('row');
    const before = await recipients();
    await expect(group).toHaveText(/· 15$/);
    await group.focus();
    await page.keyboard.press('Enter');
    await expect(members).toHaveCount(15);
    await looker.look('group', 'all');
    removed = (await members.first().textContent()) ?? '';
    await members.first().focus();
    await page.keyboard.press('Delete');
    await expect(members).toHaveCount(14);
    await expect(members.first()).toBeFocused();
    await expect(group).toHaveText(/· 14\/15$/);
    expect(await recipients()).toBe(before - 1);
    // A click closes it and opens it again; its cross takes all of it out, and opens nothing.
    await group.click();
    await expect(members).toHaveCount(0);
    await group.getByRole('button').click();
    await expect(group).toHaveCount(0);
    await expect(members).toHaveCount(0);
    expect(await recipients()).toBe(before - 15);
    await search.fill('ubnd cac huyen');
    await options.first().waitFor();
    await page.keyboard.press('Enter');
    await expect(group).toHaveText(/· 15$/);
    expect(await recipients()).toBe(before);
  });

  await test.step('arrow keys walk through the chips; Delete and the cross leave the focus on a neighbour', async () => {
    await window.chips.first().focus();
    await page.keyboard.press('Enter');
    const chips = page.getByRole('grid', { name: /^Cơ quan trong nhóm/ }).getByRole('row');
    await chips.nth(3).waitFor();
    const all = await chips.count();
    await chips.first().focus();
    await page.keyboard.press('ArrowRight');
    await expect(chips.nth(1)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(chips.nth(2)).toBeFocused();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Home');
    await expect(chips.first()).toBeFocused();
    await page.keyboard.press('End');
    await expect(chips.last()).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(chips).toHaveCount(all - 1);
    await expect(chips.last()).toBeFocused();
    const second = (await chips.nth(1).textContent()) ?? '';
    removed = (await chips.first().textContent()) ?? '';
    await chips.first().getByRole('button').click();
    await expect(chips).toHaveCount(all - 2);
    await expect(chips.first()).toHaveText(second);
    await expect(chips.first()).toBeFocused();
    // One tab stop: the next one is outside.
    await page.keyboard.press('Tab');
    await expect(page.getByRole('row').filter({ has: page.locator(':focus') })).toHaveCount(0);
    await expect(page.locator('[role=row]:focus')).toHaveCount(0);
  });

  const marked = () => search.getAttribute('aria-activedescendant');

  await test.step('bursts and compositions arrive whole over an open list, and choose nothing', async () => {
    const devtools = await page.context().newCDPSession(page);
    const count = await page.getByTestId('recipient-count').textContent();
    for (const type of [typeTelex, typeComposing]) {
      await search.focus();
      await emptyField(page);
      await type(devtools, 'Sở Tài chính');
      await options.first().waitFor();
      await expect(search).toHaveValue('Sở Tài chính');
      await expect(search).toBeFocused();
      await expect(page.getByTestId('recipient-count')).toHaveText(count ?? '');
    }
    await emptyField(page);
  });

  await test.step('while its list is open the field keeps caret keys, Tab and the shortcuts of the form', async () => {
    await search.focus();
    await page.keyboard.insertText('tinh');
    await options.nth(2).waitFor();
    // The first one is marked, also for screen readers, whatever the list held before.
    await expect(options.first()).toHaveAttribute('data-focused', 'true');
    await expect.poll(marked).toBe(await options.first().getAttribute('id'));
    await page.keyboard.press('ArrowDown');
    await expect.poll(marked).toBe(await options.nth(1).getAttribute('id'));
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    // From the first to the last, past those that are chosen already.
    const free = options.and(page.locator(':not([aria-disabled=true])'));
    await expect.poll(marked).toBe(await free.last().getAttribute('id'));
    const caret = () => search.evaluate((element: HTMLInputElement) => element.selectionStart);
    await page.keyboard.press('Home');
    expect(await caret()).toBe(0);
    await page.keyboard.press('ArrowRight');
    expect(await caret()).toBe(1);
    await page.keyboard.press('End');
    expect(await caret()).toBe(4);
    const count = await page.getByTestId('recipient-count').textContent();
    await page.keyboard.press('Tab');
    await expect(options).toHaveCount(0);
    await expect(search).toHaveValue('tinh');
    await expect(page.getByTestId('recipient-count')).toHaveText(count ?? '');
    await search.focus();
    await options.first().waitFor();
    await page.keyboard.press('Control+S');
    await expect(page.getByText('Đã lưu dự thảo')).toBeVisible();
  });

  await test.step('Escape closes the list and not the form; a click chooses and leaves the focus in the field', async () => {
    await window.button('Sửa').click();
    await search.focus();
    await page.keyboard.insertText(removed);
    await options.first().waitFor();
    await page.keyboard.press('Escape');
    await expect(options).toHaveCount(0);
    await expect(search).toHaveValue(removed);
    await expect(search).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await options.first().waitFor();
    const before = await page.getByTestId('recipient-count').textContent();
    await options.first().click();
    await expect(search).toHaveValue('');
    await expect(search).toBeFocused();
    await expect(page.getByTestId('recipient-count')).not.toHaveText(before ?? '');
    await window.button('Bỏ thay đổi…').click();
    await window.confirm(/^Bỏ thay đổi/);
  });

  await test.step('the menu of the boxes opens, walks and closes by keys and gives the focus back', async () => {
    await window.openBox('Dự thảo');
    await window.app.evaluate(({ BrowserWindow }) => {
      for (const each of BrowserWindow.getAllWindows()) each.webContents.setZoomFactor(1.25);
    });
    const button = window.button('Chọn mục văn bản đi');
    const items = page.getByRole('menu', { name: 'Chọn mục văn bản đi' }).getByRole('menuitem');
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(items.first()).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(items.last()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(items.first()).toBeFocused();
    await page.keyboard.press('End');
    await expect(items.last()).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(items).toHaveCount(0);
    await expect(button).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(items.first()).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(items).toHaveCount(0);
    await button.click();

    await items.filter({ hasText: 'Đã gửi' }).click();
    await page.getByRole('heading', { name: 'Đã gửi' }).waitFor();
  });

  // The page's policy has refused nothing that a control wanted to add.
  expect(refused).toEqual([]);
  expect(looker.objections).toEqual([]);
});
