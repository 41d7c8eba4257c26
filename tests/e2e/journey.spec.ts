import { expect, receiverRow, sampleLetter, test } from '#tests/support/e2e.ts';

const CODE = '241/VPUBND-HCTC';

test('a letter written offline reaches the other office when the line is back, and its states return', async ({
  e2e,
}) => {
  test.setTimeout(240_000);
  const sender = await e2e.openOffice('sender');
  const receiver = await e2e.openOffice('receiver');

  await sender.startLetter(sampleLetter);
  await expect(sender.field('Số in trên văn bản')).toHaveValue('241');
  await expect(sender.field('Ký hiệu')).toHaveValue('VPUBND-HCTC');
  await expect(sender.field('Ngày')).toHaveValue('22/05/2017');
  await expect(sender.field('Địa danh')).toHaveValue('Đắk Lắk');
  await expect(sender.field('Cơ quan ban hành')).toHaveValue('Văn phòng UBND tỉnh Đắk Lắk');
  await expect(sender.field('Trích yếu')).toHaveValue('V/v tăng cường thực hiện gửi, nhận văn bản điện tử');
  await expect(sender.field('Chức vụ')).toHaveValue('Chánh Văn phòng');
  await expect(sender.field('Người ký')).toHaveValue('Bùi Hồng Quý');
  // The two collective lines of "Kính gửi" stand for several agencies of the directory.
  await expect(sender.page.getByTestId('recipient-count')).toHaveText(/^[2-9]\d cơ quan$/);
  await sender.pageShown();
  await e2e.shoot(sender, 'letter-form');

  await e2e.world.exchange.stop();
  await sender.button(/^Trình ký/).click();
  await sender.look();
  await expect(sender.panel).toContainText(CODE);
  await sender.pageShown();
  await e2e.shoot(sender, 'last-look');
  await sender.settle();
  await sender.take('Chỉ cấp số');
  await sender.take('Chỉ ký', e2e.world.password);
  await sender.take('Chỉ đóng dấu', e2e.world.password);
  await expect(sender.page.getByText('Hai chữ ký hợp lệ').first()).toBeVisible();
  await sender.pageShown();
  await e2e.shoot(sender, 'letter-sealed');
  await sender.issue(e2e.world.password);
  await expect(sender.page.getByText(/1 văn bản chờ gửi/).first()).toBeVisible();
  await e2e.shoot(sender, 'queued-offline');

  await e2e.world.exchange.start();
  await sender.openBox('Đã gửi');
  await sender.row(CODE).click({ timeout: 90_000 });
  await sender.openTab('Nơi nhận');

  await receiver.showArrivals();
  await receiver.row(CODE).click();
  await expect(receiver.page.getByText('Hai chữ ký hợp lệ').first()).toBeVisible();
  await receiver.pageShown();
  await e2e.shoot(receiver, 'arrived');
  await receiver.button(/^Vào sổ đến/).click();
  await expect(receiver.field('Số đến')).toHaveValue('1');
  await receiver.pageShown();
  await e2e.shoot(receiver, 'register-form');
  await receiver
    .button(/^Vào sổ/)
    .last()
    .click();
  await receiver.page.getByText('Đã vào sổ, số đến 1').first().waitFor();

  await expect(receiverRow(sender).getByText('Đã tiếp nhận')).toBeVisible({ timeout: 60_000 });
  // When it was opened shows at once, and the rest of its way in the row that opens; the offices that never answered delayed nobody.
  await expect(receiverRow(sender).getByText(/^\d{2}:\d{2}$/)).toHaveCount(1);
  await expect(sender.page.getByText('Đã gửi, nơi nhận chưa lấy').first()).toBeVisible();
  await e2e.shoot(sender, 'states-returned');
});
