import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OutgoingRecord } from '#core/outgoing/outgoing-store.ts';
import type { WriteStores } from '#core/ports/stores.ts';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import type { DeliveryTarget } from '#shared/domain/delivery.ts';
import { EXCHANGE_ACTOR } from '#shared/domain/history.ts';
import { vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';
import type { WatchedDelivery, WatchedStep } from '#shared/domain/watched-delivery.ts';
import { expect, test } from '#tests/support/e2e.ts';
import { Looker } from '#tests/support/looker.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { fileIdOf, givenNumber, incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';
import { watchedDelivery } from '#tests/support/watched-delivery.ts';

const OWN = 'H15.01';
const MINUTE = 60_000;
/** So many minutes ago, and yet today: after midnight in Việt Nam it was a shorter time ago. */
const earlierToday = (minutes: number) => {
  const midnight = Date.parse(vietnamInstant(vietnamDay(Date.now()), '00:00'));
  return new Date(Math.max(Date.now() - minutes * MINUTE, midnight)).toISOString();
};
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE).toISOString();

/** A data folder with what `fill` puts into its register; no exchange is there, as on a day without a line. */
async function folderWith(fill: (stores: WriteStores) => void): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-watching-'));
  const { registers, close } = openRegisters(folder, noLog);
  registers.tx('test', (stores) => {
    stores.office.setAgency({ code: OWN, name: 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk' });
    fill(stores);
  });
  close();
  return folder;
}

const step = (target: WatchedStep['target'], at: number, change: Partial<WatchedStep> = {}): WatchedStep => ({
  at: inMinutes(at),
  kind: 'opening',
  target,
  person: target === 'sender-call' ? '' : 'Nguyễn Văn A',
  title: target === 'head-of-office' ? 'Chánh Văn phòng' : '',
  doneAt: null,
  notices: [],
  ...change,
});
const told = (target: WatchedStep['target'], at: number, state: 'delivered' | 'failed' | 'unsure' = 'delivered') =>
  step(target, at, {
    doneAt: inMinutes(at),
    notices: [{ channel: 'sms', state, at: inMinutes(at + 1) }],
  });

interface Letter {
  readonly number: number;
  readonly notation: string;
  readonly fields: Partial<OutgoingRecord['fields']>;
  readonly recipients: readonly (DeliveryTarget & { readonly watched: Partial<WatchedDelivery> })[];
}

function addLetter(stores: WriteStores, { number, notation, fields, recipients }: Letter): string {
  const codeText = `${number}/${notation}`;
  const record = outgoingRecord({
    state: 'sent',
    codeText,
    fields: { ...plainFields, notation, ...fields },
    sentAt: inMinutes(-60),
    changedAt: inMinutes(-60),
  });
  stores.outgoing.insert(record, recipients);
  // The book's own number; what the list shows is the notation.
  stores.books.take(givenNumber(record.id, stores.books.last('outgoing', 2026) + 1));
  const messageId = randomUUID();
  for (const { agencyCode, watched } of recipients) {
    stores.outgoing.advanceDelivery(record.id, agencyCode, { state: 'delivered', at: inMinutes(-60), reason: null });
    if (watched.openedAt != null)
      stores.outgoing.advanceDelivery(record.id, agencyCode, { state: 'opened', at: watched.openedAt, reason: null });
    const delivery = watchedDelivery({
      messageId,
      sender: OWN,
      recipient: agencyCode,
      availableAt: inMinutes(-60),
      fetchedAt: inMinutes(-59),
      ...watched,
    });
    stores.watch.put({ delivery, documentId: record.id, takenAt: inMinutes(-1) });
  }
  return record.id;
}

const villages = ['Phú Mỡ', 'Ea Trang', 'Krông Á', 'Sông Hinh', 'Đông Hòa', 'Đồng Xuân', 'Ea Ly'] as const;
const commune = (at: number) => ({ agencyCode: `H15.${40 + at}`, agencyName: `UBND xã ${villages[at]}` });

/** The afternoon of a storm, as at the provincial office. */
function stormAfternoon(stores: WriteStores): void {
  stores.agencies.put(
    villages.map((_, at) => ({
      code: commune(at).agencyCode,
      name: commune(at).agencyName,
      parentCode: null,
      groups: [],
      validFrom: null,
      validTo: null,
    })),
  );
  const call = { since: inMinutes(-5), phone: '0257 3 000 142', askFor: 'Nguyễn Văn A', reason: 'not-opened' } as const;
  const opened = { openedAt: earlierToday(20), openedBy: 'Lê Thị Thu', steps: [told('on-duty', -40)] };
  const reminders = [step('on-duty', 400, { kind: 'deadline' }), step('on-duty', 700, { kind: 'deadline' })];
  const asking = {
    id: randomUUID(),
    at: inMinutes(-15),
    person: 'Lê Thị Thu',
    until: inMinutes(5 * 24 * 60),
    reason: 'Chờ số liệu của các thôn, buôn bị ngập gửi về',
    granted: null,
    answer: null,
  };
  addLetter(stores, {
    number: 14,
    notation: 'CĐ-UBND',
    fields: {
      abstract: 'Công điện về ứng phó mưa lũ lớn và vận hành hồ chứa trên lưu vực sông Ba',
      urgency: 'express-timed',
      expressAt: inMinutes(49),
    },
    recipients: [
      {
        ...commune(0),
        watched: {
          call,
          steps: [
            told('on-duty', -50),
            told('next-on-duty', -40),
            told('head-of-office', -30, 'unsure'),
            step('sender-call', -5, { doneAt: inMinutes(-5) }),
          ],
        },
      },
      {
        ...commune(1),
        watched: {
          call: { ...call, phone: '0262 3 000 187', askFor: 'H’Linh Êban', reason: 'unreachable' },
          fetchedAt: null,
          lastContactAt: inMinutes(-140),
          steps: [told('on-duty', -50, 'failed'), step('sender-call', -5, { doneAt: inMinutes(-5) })],
        },
      },
      ...[2, 3].map((at) => ({
        ...commune(at),
        watched: { steps: [told('on-duty', -50), step('head-of-office', 4), step('sender-call', 14)] },
      })),
      { ...commune(4), watched: {} },
      ...[5, 6].map((at) => ({ ...commune(at), watched: opened })),
    ],
  });
  addLetter(stores, {
    number: 2204,
    notation: 'UBND-NNMT',
    fields: { abstract: 'V/v sơ tán người dân ra khỏi vùng ngập sâu hạ du sông Ba', urgency: 'express' },
    recipients: [
      { ...commune(0), watched: { steps: [told('on-duty', -50), step('sender-call', 9)] } },
      { ...commune(5), watched: opened },
    ],
  });
  addLetter(stores, {
    number: 2199,
    notation: 'VPUBND-KSTT',
    fields: { abstract: 'V/v báo cáo tình hình giải quyết thủ tục hành chính tháng 11', dueAt: inMinutes(600) },
    recipients: [
      { ...commune(2), watched: { dueAt: inMinutes(600), steps: reminders } },
      {
        ...commune(6),
        watched: { ...opened, dueAt: inMinutes(600), steps: [...opened.steps, ...reminders], extension: asking },
      },
    ],
  });
  addLetter(stores, {
    number: 2190,
    notation: 'VPUBND-TH',
    fields: { abstract: 'V/v lịch trực' },
    recipients: [{ ...commune(6), watched: opened }],
  });
}

test('the sender sees who has opened, who is being told, and records the call', async ({ windows }) => {
  const window = await windows.open(await folderWith(stormAfternoon));
  const { page } = window;
  const looker = await Looker.at(window, 'watching');
  const box = page.getByRole('navigation').getByRole('button', { name: /Đang chờ mở/ });
  await box.click();
  await expect(box).toHaveAttribute('data-urgent', 'true');
  await expect(page.getByRole('row')).toHaveCount(4);
  await looker.look('waiting-table');
  await page.getByRole('row').filter({ hasText: '14/CĐ-UBND' }).click();
  const calls = page.getByRole('region', { name: /Cần gọi điện/ });
  await expect(calls.getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('option').first()).toContainText('2/7 đã mở');
  await page.getByRole('button', { name: 'Xem các bước đã nhắc UBND xã Phú Mỡ' }).click();
  await looker.look('waiting');
  await window.button(/Đã mở đủ hôm nay/).click();
  await looker.look('waiting-folded-out', 'one');

  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toContainText('UBND xã Phú Mỡ');
  await looker.look('record-call');
  await page.getByLabel('Ghi chú').fill('Đang mở ngay');
  await window.button('Ghi lại').click();
  await expect(calls.getByRole('listitem')).toHaveCount(1);
  await expect(page.getByText('Chờ mạng để báo: cuộc gọi')).toBeVisible();
  await window.button(/Nhắc ngay \d nơi/).click();
  await expect(page.getByText('Chờ mạng để báo: nhắc ngay').first()).toBeVisible();
  await window.openTab('Nhật ký');
  await expect(page.getByText(/Gọi điện UBND xã Phú Mỡ: đã báo được, gặp Nguyễn Văn A/)).toBeVisible();
  await looker.look('called', 'one');
  expect(looker.objections).toEqual([]);
});

test('an express document is opened by an act, not by being looked at', async ({ windows }) => {
  const messageId = randomUUID();
  const express = incomingRecord({
    fields: {
      ...incomingRecord().fields,
      agencyName: 'Ủy ban nhân dân tỉnh Đắk Lắk',
      codeText: '15/CĐ-UBND',
      abstract: 'Công điện về sơ tán dân và kêu gọi tàu thuyền trước khi bão số 14 vào bờ',
      signerName: 'Trần Đình Khải',
      urgency: 'express-timed',
    },
    expressAt: inMinutes(29),
    arrivedAt: inMinutes(-9),
    received: {
      messageId,
      senderCode: 'H15.00',
      senderName: 'Ủy ban nhân dân tỉnh Đắk Lắk',
      documentId: 'H15.00,2026/11/27,15/CĐ-UBND',
      edxmlFileId: fileIdOf('x'),
    },
  });
  const unknown = incomingRecord({
    fields: { ...express.fields, codeText: '16/CĐ-UBND', urgency: 'express' },
    arrivedAt: inMinutes(-12),
  });
  const folder = await folderWith((stores) => {
    for (const record of [express, unknown]) stores.incoming.insert(record, []);
    const delivery = watchedDelivery({
      messageId,
      sender: 'H15.00',
      recipient: OWN,
      urgency: 'express-timed',
      expressAt: express.expressAt,
      availableAt: inMinutes(-9),
      steps: [
        told('on-duty', -8),
        step('on-duty', 4),
        step('head-of-office', 14),
        step('sender-call', 21, { person: '0257 3 000 116' }),
      ],
    });
    stores.watch.put({ delivery, documentId: null, takenAt: inMinutes(-1) });
  });
  const window = await windows.open(folder);
  const { page } = window;
  const looker = await Looker.at(window, 'express');
  await page.getByRole('row').filter({ hasText: '16/CĐ-UBND' }).click();
  await expect(page.getByText('Chưa hỏi được trục liên thông')).toBeVisible();
  await looker.look('not-reached', 'one');
  // Moving through the list opens nothing, and Enter there only what is shown.
  await page.getByRole('option').filter({ hasText: '15/CĐ-UBND' }).click();
  const open = window.button(/Mở văn bản/);
  await expect(open).toBeVisible();
  await expect(page.getByTestId('stamp')).toContainText('HỎA TỐC HẸN GIỜ');
  await expect(page.getByTestId('now')).toBeVisible();
  await looker.look('sealed');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('Enter');
  await expect(open).toBeHidden();
  await expect(page.getByText('Sẽ báo nơi gửi khi có mạng')).toBeVisible();
  await expect(window.button(/Vào sổ đến/)).toBeVisible();
  await looker.look('opened');
  await page.getByRole('option').filter({ hasText: '16/CĐ-UBND' }).click();
  await expect(open).toBeVisible();
  expect(looker.objections).toEqual([]);
});

test('a longer time is asked for and answered, and the hour of an express letter is changed', async ({ windows }) => {
  const folder = await folderWith((stores) => {
    stormAfternoon(stores);
    const kept = addLetter(stores, {
      number: 17,
      notation: 'CĐ-UBND',
      fields: {
        abstract: 'Công điện về sơ tán dân vùng ven sông',
        urgency: 'express-timed',
        expressAt: inMinutes(300),
      },
      recipients: [{ ...commune(0), watched: {} }],
    });
    stores.history.add(kept, {
      at: inMinutes(-3),
      actor: EXCHANGE_ACTOR,
      action: 'hour-kept',
      params: { to: inMinutes(300), refused: inMinutes(-10), code: 'IN_THE_PAST' },
    });
    const record = incomingRecord({
      fields: {
        ...incomingRecord().fields,
        agencyName: 'Ủy ban nhân dân tỉnh Đắk Lắk',
        codeText: '2201/UBND-TH',
        abstract: 'V/v báo cáo thiệt hại do mưa lũ và nhu cầu hỗ trợ khắc phục của các sở, ngành, địa phương',
        dueAt: inMinutes(2 * 24 * 60),
      },
      arrivedAt: inMinutes(-30),
      received: {
        messageId: randomUUID(),
        senderCode: 'H15.00',
        senderName: 'Ủy ban nhân dân tỉnh Đắk Lắk',
        documentId: 'H15.00,2026/11/27,2201/UBND-TH',
        edxmlFileId: fileIdOf('x'),
      },
    });
    stores.incoming.insert(record, []);
  });
  const window = await windows.open(folder);
  const { page } = window;
  const looker = await Looker.at(window, 'terms');
  await page.getByRole('row').filter({ hasText: '2201/UBND-TH' }).click();
  await window.button('Xin gia hạn…').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Đến ngày, giờ').fill('01/01/2020 09:00');
  await expect(dialog).toContainText('Giờ này đã qua');
  await expect(dialog.getByRole('button', { name: 'Xin gia hạn' })).toBeDisabled();
  // A holiday is warned of, and may be asked for all the same.
  await dialog.getByLabel('Đến ngày, giờ').fill('02/09/2027 09:00');
  await dialog.getByLabel('Lý do').fill('Chờ số liệu của các xã');
  await expect(dialog).toContainText('Rơi vào ngày nghỉ');
  await looker.look('ask-extension');
  await dialog.getByRole('button', { name: 'Xin gia hạn' }).click();
  await expect(page.getByText('Chờ mạng để xin gia hạn đến 02/09/2027 09:00.')).toBeVisible();
  await expect(window.button('Xin gia hạn…')).toBeHidden();
  await looker.look('extension-asked', 'one');

  await page
    .getByRole('navigation')
    .getByRole('button', { name: /Đang chờ mở/ })
    .click();
  await page.getByRole('row').filter({ hasText: '2199/VPUBND-KSTT' }).click();
  const asking = page.getByRole('region', { name: /Xin gia hạn/ });
  await expect(asking).toContainText('UBND xã Ea Ly');
  await expect(page.getByRole('option').filter({ hasText: '2199/' })).toContainText('1 xin gia hạn');
  await page.getByRole('button', { name: 'Xem các bước đã nhắc UBND xã Ea Ly' }).click();
  await looker.look('extension-to-answer');
  await asking.getByRole('button', { name: /Trả lời/ }).click();
  await dialog.getByLabel('Trả lời', { exact: true }).selectOption({ label: 'Không đồng ý' });
  await expect(dialog.getByRole('button', { name: 'Trả lời' })).toBeDisabled();
  await dialog.getByLabel('Trả lời', { exact: true }).selectOption({ label: 'Đồng ý' });
  await looker.look('answer-extension');
  await dialog.getByRole('button', { name: 'Trả lời' }).click();
  await expect(asking).toBeHidden();
  await expect(page.getByText('Chờ mạng để báo: trả lời xin gia hạn')).toBeVisible();

  await page.getByRole('option').filter({ hasText: '14/CĐ-UBND' }).click();
  await window.button('Đổi giờ…').click();
  await dialog.getByLabel('Giờ mới').fill('01/01/2020 09:00');
  await expect(dialog.getByRole('button', { name: 'Đổi giờ' })).toBeDisabled();
  await dialog.getByRole('button', { name: /\+1 giờ/ }).click();
  await looker.look('change-hour');
  await dialog.getByRole('button', { name: 'Đổi giờ' }).click();
  await expect(page.getByText(/Giờ hỏa tốc đã đổi: .+ → /)).toBeVisible();
  await looker.look('hour-changed');
  await page.getByRole('option').filter({ hasText: '17/CĐ-UBND' }).click();
  await expect(page.getByRole('note').filter({ hasText: 'Chưa đổi được giờ hỏa tốc' })).toContainText('vẫn theo giờ');
  await looker.look('hour-kept');
  expect(looker.objections).toEqual([]);
});
