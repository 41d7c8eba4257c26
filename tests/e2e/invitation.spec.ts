import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ICAL from 'ical.js';
import type { WriteStores } from '#core/ports/stores.ts';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { expect, test, type OfficeWindow } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { givenNumber, incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';
import { watchedDelivery } from '#tests/support/watched-delivery.ts';

const OWN = 'H15.01';
/** On a whole minute, as hours are typed. */
const inHours = (hours: number) =>
  new Date(Math.floor((Date.now() + hours * 3_600_000) / 60_000) * 60_000).toISOString();

const meeting = {
  documentType: 'Giấy mời',
  abstract: 'Họp Ban Chỉ đạo Chuyển đổi số tỉnh phiên thứ ba năm 2026',
  meetingAt: inHours(72),
  meetingEndsAt: inHours(75),
  meetingPlace: 'Phòng họp tầng 2, Trụ sở UBND tỉnh, số 09 Lê Duẩn, phường Buôn Ma Thuột, tỉnh Đắk Lắk',
  meetingChair: 'Đồng chí Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo',
  meetingLink: 'https://hop.daklak.example.invalid/j/123',
  meetingPapers: 'Báo cáo tiến độ chuyển đổi số của ngành, địa phương; 20 bản in',
} as const;

/** An invitation that came, and one that left and was answered. */
function fill(stores: WriteStores): void {
  stores.office.setAgency({ code: OWN, name: 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk' });
  const came = incomingRecord();
  stores.incoming.insert(
    { ...came, opened: true, fields: { ...came.fields, ...meeting, codeText: '325/GM-VPUBND' } },
    [],
  );
  const sent = outgoingRecord({
    state: 'sent',
    codeText: '41/GM-VP',
    fields: { ...plainFields, ...meeting, notation: 'GM-VP' },
    sentAt: inHours(-2),
    changedAt: inHours(-2),
  });
  const said = { title: '', phone: '', note: '', attendee: '', at: inHours(-1) };
  const invited = [
    ['H15.41', 'UBND xã Phú Mỡ', { ...said, answer: 'yes' }],
    [
      'H15.42',
      'UBND phường Buôn Ma Thuột',
      {
        ...said,
        answer: 'substitute',
        attendee: 'H’Linh Êban',
        title: 'Phó Chủ tịch UBND phường',
        phone: '0905 000 001',
      },
    ],
    ['H15.43', 'Sở Nông nghiệp và Môi trường', { ...said, answer: 'no', note: 'Trùng lịch họp Tỉnh ủy' }],
    ['H15.44', 'UBND xã Đồng Xuân', null],
  ] as const;
  stores.outgoing.insert(
    sent,
    invited.map(([agencyCode, agencyName]) => ({ agencyCode, agencyName })),
  );
  stores.books.take(givenNumber(sent.id, 1));
  const messageId = randomUUID();
  for (const [recipient, , invitation] of invited) {
    stores.outgoing.advanceDelivery(sent.id, recipient, { state: 'delivered', at: inHours(-2), reason: null });
    const delivery = watchedDelivery({
      messageId,
      sender: OWN,
      recipient,
      availableAt: inHours(-2),
      openedAt: inHours(-1.5),
      invitation,
    });
    stores.watch.put({ delivery, documentId: sent.id, takenAt: inHours(-1) });
  }
}

/** The one event of a calendar file. */
function eventOf(text: string): Readonly<Record<string, unknown>> {
  const [event] = new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents('vevent');
  if (event === undefined) throw new Error('a calendar without an event');
  const { summary, location, startDate, endDate } = new ICAL.Event(event);
  return { summary, location, start: startDate.toJSDate().toISOString(), end: endDate.toJSDate().toISOString() };
}

/** At 125 % the letter has at least 60 % of the pane's height, below all that is said of it. */
async function pageKeepsRoom({ app, page }: OfficeWindow): Promise<void> {
  const zoom = (to: number) =>
    app.evaluate(
      ({ BrowserWindow }, factor) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(factor),
      to,
    );
  await zoom(1.25);
  await page.waitForFunction(() => window.innerWidth < 1100);
  const share = await page.evaluate(() => {
    const pane = document.querySelector('[data-testid="document-pane"]')?.getBoundingClientRect().height ?? 0;
    const shown = document.querySelector('[role="tabpanel"]')?.getBoundingClientRect().height ?? 0;
    return shown / pane;
  });
  expect(share).toBeGreaterThanOrEqual(0.6);
  await zoom(1);
}

test('an invitation is answered without a line, and its sender counts the answers', async ({ windows }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-invitation-'));
  const { registers, close } = openRegisters(folder, noLog);
  registers.tx('test', fill);
  close();
  const window = await windows.open(folder);
  const { page } = window;
  const looker = await Looker.at(window, 'invitation');

  await test.step('who is invited sees when, where and what to bring, and answers', async () => {
    await page.getByText('325/GM-VPUBND').first().click();
    const panel = page.getByRole('region', { name: 'Giấy mời họp' });
    await expect(panel).toContainText(meeting.meetingPlace);
    await expect(panel).toContainText('Báo cáo tiến độ');
    await looker.look('came');
    await pageKeepsRoom(window);
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'vanthu-calendar-')), 'hop.ics');
    await window.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
    await panel.getByRole('button', { name: 'Lưu lịch…' }).click();
    await page.getByText('Đã lưu lịch.').waitFor();
    expect(eventOf(await readFile(file, 'utf8'))).toEqual({
      summary: meeting.abstract,
      location: meeting.meetingPlace,
      start: meeting.meetingAt,
      end: meeting.meetingEndsAt,
    });
    await panel.getByRole('button', { name: 'Không dự…' }).click();
    const declining = page.getByRole('dialog');
    await expect(declining.getByRole('button', { name: 'Gửi trả lời' })).toBeDisabled();
    await declining.getByLabel('Lý do').fill('Trùng lịch tiếp xúc cử tri của Đoàn đại biểu Quốc hội tại xã Ea Kar');
    await looker.look('declining');
    await page.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'Cử người khác…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Họ tên').fill('Y Thuyên Niê');
    await dialog.getByLabel('Chức vụ').fill('Phó Chánh Văn phòng');
    await dialog.getByRole('button', { name: 'Gửi trả lời' }).click();
    await expect(panel.getByRole('status')).toContainText('cử Y Thuyên Niê dự thay · sẽ gửi khi có mạng');
    await panel.getByRole('button', { name: 'Dự họp' }).click();
    await expect(panel.getByRole('status')).toContainText('Đã trả lời: dự họp');
    await looker.look('answered', 'one');
  });

  await test.step('who invited sees the answers, counted and each', async () => {
    await page
      .getByRole('button', { name: /Đã gửi/ })
      .first()
      .click();
    await page.getByText('41/GM-VP').first().click();
    await page.getByRole('tab', { name: /Trả lời họp/ }).click();
    await expect(page.getByTestId('reply-counts')).toHaveText('Dự 1 · Cử người thay 1 · Không dự 1 · Chưa trả lời 1');
    await expect(page.getByRole('row', { name: /Buôn Ma Thuột/ })).toContainText(
      'H’Linh Êban · Phó Chủ tịch UBND phường',
    );
    await looker.look('replies');
  });
  expect(looker.objections).toEqual([]);
});
