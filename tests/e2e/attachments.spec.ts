import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { expect, sampleLetter, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { makePdf } from '#tests/support/make-pdf.ts';

const LONG = 'Phụ lục I - Danh mục các cơ quan, đơn vị gửi, nhận văn bản điện tử qua trục liên thông';
const LAYERS = 'Phụ lục III - Bản vẽ mặt bằng có nhiều lớp.pdf';

test('the agency signs PDF attachments with the seal, and what it cannot sign is asked about', async ({
  shared,
  windows,
}, info) => {
  test.setTimeout(300_000);
  const agency = shared.newAgency();
  const to = shared.newAgency();
  await (await agency.prepare()).close();
  await mkdir(info.outputDir, { recursive: true });
  const layers = makePdf({
    catalog: '/OCProperties <</OCGs [10 0 R] /D <</OFF [10 0 R]>>>>',
    extra: ['<</Type /OCG>>'],
  });
  const files = await Promise.all(
    (
      [
        [`${LONG}.pdf`, Buffer.concat([Buffer.from('\n'), await readFile(sampleLetter)])],
        ['Biểu số 2.docx', 'PK'],
        [LAYERS, layers],
      ] as const
    ).map(async ([name, bytes]) => {
      const file = info.outputPath(name);
      await writeFile(file, bytes);
      return file;
    }),
  );
  const window = await windows.open(agency.dataDir);
  const { page } = window;
  const looker = await Looker.at(window, 'attachments');

  await window.startLetter(sampleLetter);
  await expect(window.field('Số in trên văn bản')).toHaveValue('241');
  await window.answerDialog(...files);
  await window.button('Thêm phụ lục…').click();
  const list = page.getByRole('list', { name: 'Tệp kèm theo' });
  await expect(list.getByRole('listitem')).toHaveCount(files.length);
  await expect(list.getByRole('listitem').first()).toContainText('đã được sửa cấu trúc');
  await expect(list.getByRole('listitem').last()).toContainText('Cơ quan không ký số được tệp này');
  await list.scrollIntoViewIfNeeded();
  await looker.look('form');

  // The agencies that the letter names are those of other tests.
  await window.sendOnlyTo(to.name);
  await window.button(/^Trình ký/).click();
  await window.look();
  const question = window.panel.getByText('Cơ quan không ký số được một tệp PDF kèm theo').first();
  await expect(question).toBeVisible();
  await expect(window.panel).toContainText(LAYERS);
  await question.scrollIntoViewIfNeeded();
  await looker.look('question');
  await window.settle('Bản vẽ chỉ để tham khảo');
  await expect(window.panel).toContainText('gửi không có chữ ký số: Bản vẽ chỉ để tham khảo');
  await looker.look('decided', 'one');
  await window.issue(shared.world.password);

  await window.openTab('Tệp kèm theo');
  await expect(list.getByRole('listitem').filter({ hasText: 'có chữ ký số của cơ quan' })).toHaveCount(1);
  await looker.look('signed');
  await page.getByRole('button', { name: `Xem ${LONG}.pdf`, exact: true }).click();
  await window.pageShown();
  await looker.look('page', 'one');
  await window.openTab('Nhật ký');
  await expect(page.getByText('ký số 1 tệp kèm theo')).toBeVisible();
  await looker.look('history', 'one');
  expect(looker.objections).toEqual([]);
});
