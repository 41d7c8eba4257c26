import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { IncomingRecord } from '#core/incoming/incoming-store.ts';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { expect, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { readRows } from '#tests/support/office-database.ts';
import { givenNumber, incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';

const SENDER = 'Sở Nông nghiệp và Môi trường tỉnh Đắk Lắk';
const REASON = 'Số liệu mực nước các hồ chứa của hai trạm đo bị nhầm, sẽ ban hành văn bản khác thay thế trong ngày';
const fields = (codeText: string, abstract: string): IncomingRecord['fields'] => ({
  ...incomingRecord().fields,
  agencyName: SENDER,
  codeText,
  abstract,
});
const agreed = { state: 'accepted' as const, at: '2026-11-24T03:00:00.000Z', reason: null };

/** Two arrivals that their sender wants back, one of them by a message of its own, and a letter that was recalled here. */
async function officeWithRecalls(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-recall-'));
  const { registers, close } = openRegisters(folder, noLog);
  const year = new Date().getUTCFullYear();
  registers.tx('test', (stores) => {
    stores.office.setAgency({ code: 'H15.01', name: 'Văn phòng UBND tỉnh Đắk Lắk' });
    const worked = incomingRecord({ state: 'registered', opened: true, fields: fields('3101/SNNMT-TL', 'V/v xả lũ') });
    const waits = incomingRecord({ opened: true, fields: fields('3102/SNNMT-TL', 'V/v mực nước các hồ chứa') });
    const asks = incomingRecord({
      fields: waits.fields,
      warnings: ['CHANGES_EARLIER_DOCUMENT'],
      arrivedAt: '2026-11-24T05:00:00.000Z',
    });
    for (const record of [worked, waits, asks]) stores.incoming.insert(record, []);
    stores.books.take(givenNumber(worked.id, 1, { bookId: 'incoming', year }));
    const unanswered = {
      answer: null,
      answeredAt: null,
      answerReason: '',
      endedFrom: null,
      earlierReason: '',
      settledRequest: false,
      askedAt: '2026-11-24T05:00:00.000Z',
      reason: REASON,
    };
    stores.incoming.putRecall({ ...unanswered, documentId: worked.id, askedBy: null });
    stores.incoming.putRecall({ ...unanswered, documentId: waits.id, askedBy: asks.id });

    const codeText = '01/VPUBND-HCTC';
    const letter = outgoingRecord({
      state: 'sent',
      codeText,
      fields: { ...plainFields, notation: 'VPUBND-HCTC', abstract: 'V/v phòng, chống bão số 13' },
      sentAt: '2026-11-23T03:00:00.000Z',
    });
    const targets = ['Sở Nội vụ', 'Sở Y tế', 'UBND xã Ea Súp'].map((agencyName, at) => ({
      agencyCode: `H15.0${at + 2}`,
      agencyName,
    }));
    stores.outgoing.insert(letter, targets);
    stores.books.take(givenNumber(letter.id, 1, { year }));
    for (const { agencyCode } of targets) stores.outgoing.advanceDelivery(letter.id, agencyCode, agreed);
    const said = { recallAnsweredAt: '2026-11-24T04:00:00.000Z', recallReason: '' };
    stores.outgoing.setRecallAnswer(letter.id, 'H15.02', { ...said, recallAnswer: 'agreed' });
    stores.outgoing.setRecallAnswer(letter.id, 'H15.03', {
      ...said,
      recallAnswer: 'refused',
      recallReason: 'Đã triển khai đến các đơn vị trực thuộc',
    });
    stores.history.add(letter.id, {
      at: '2026-11-24T03:30:00.000Z',
      actor: { kind: 'person', id: '', name: '' },
      action: 'recalled',
      params: { reason: REASON, recipients: 3 },
    });
  });
  close();
  return folder;
}

test('a recall is agreed to or refused, taken back while nobody was told, and its sender sees each answer', async ({
  windows,
}) => {
  test.setTimeout(180_000);
  const folder = await officeWithRecalls();
  const window = await windows.open(folder);
  const { page } = window;
  const looker = await Looker.at(window, 'recall');
  const pane = page.getByTestId('document-pane');
  const dialog = page.getByRole('dialog');
  const note = pane.getByRole('note').filter({ hasText: 'thu hồi 310' });

  await page.getByRole('button', { name: /^Đang xử lý/ }).click();
  await expect(window.row('3101/SNNMT-TL')).toContainText('Nơi gửi yêu cầu thu hồi');
  await window.row('3101/SNNMT-TL').click();
  await expect(note).toContainText(REASON);
  await looker.look('1-asked');
  await window.button('Từ chối thu hồi…', pane).click();
  const refuse = window.button('Từ chối thu hồi', dialog);
  await expect(refuse).toBeDisabled();
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await page.keyboard.type('Đã giải quyết xong');
  await looker.look('2-refuse');
  await refuse.click();
  await expect(note).toContainText('Đã từ chối thu hồi 3101/SNNMT-TL');
  await window.button('Rút lại trả lời', pane).click();
  await expect(note).toContainText('Nơi gửi yêu cầu thu hồi');
  await window.button('Đồng ý thu hồi…', pane).click();
  await window.button('Đồng ý thu hồi', dialog).click();
  await expect(note).toContainText('Đã đồng ý thu hồi 3101/SNNMT-TL');
  await expect(pane.getByText('Đã xong', { exact: true }).first()).toBeVisible();
  await looker.look('3-agreed');
  await window.openTab('Nhật ký');
  await expect(pane).toContainText('Rút lại trả lời về thu hồi');
  await expect(pane).toContainText('Từ chối thu hồi; lý do: Đã giải quyết xong');

  // The message that asks is answered where the clerk sees it first.
  await page.getByRole('button', { name: /^Chờ vào sổ/ }).click();
  const asks = page.getByRole('row').filter({ hasText: /Yêu cầu thu hồi/ });
  await asks.click();
  await window.button('Đồng ý thu hồi…', pane).click();
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await looker.look('4-agree');
  await window.button('Đồng ý thu hồi', dialog).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: /^Đã xong/ }).click();
  await expect(page.getByRole('row').filter({ hasText: 'Đã trả lời thu hồi' })).toHaveCount(1);
  await expect(page.getByRole('row').filter({ hasText: 'Đã thu hồi' })).toHaveCount(2);
  await looker.look('5-done');
  const said = readRows<{ status_code: string }>(folder, 'SELECT status_code FROM outbox ORDER BY rowid');
  expect(said.map(({ status_code }) => status_code)).toEqual(['15', '15']);

  await page.getByRole('button', { name: /^Đã gửi/ }).click();
  await window.row('01/VPUBND-HCTC').click();
  await window.openTab('Nơi nhận');
  await expect(pane).toContainText('Đồng ý thu hồi');
  await expect(pane).toContainText('Từ chối thu hồi');
  await expect(pane).toContainText('Chưa trả lời thu hồi');
  await looker.look('6-sender');
  expect(looker.objections).toEqual([]);
});
