import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OfficeWindow } from '#scripts/demo/office-window.ts';
import { demoOffices } from '#scripts/demo/demo-world.ts';
import { installTrust } from '#scripts/demo/install-trust.ts';
import { prepareOffice, type PreparedOffice } from '#scripts/demo/prepare-office.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import type { Rota } from '#shared/domain/rota.ts';
import { expect, sampleLetter, test, type SharedWorld } from '#tests/support/e2e.ts';
import { startTestExchange, type TestExchange } from '#tests/support/exchange-server.ts';
import { Looker } from '#tests/support/looker.ts';
import { startSmsc, type Smsc } from '#tests/support/smsc.ts';

// Several times what a quiet machine needs.
test.describe.configure({ timeout: 240_000 });

const MINUTE = 60_000;
const { sender: SENDER, receiver: RECEIVER } = demoOffices;
const ON_DUTY = '84900000418';
const HEAD = '84900000402';

const verified = { phoneVerifiedAt: '2026-01-01T00:00:00.000Z', email: null } as const;
const rota: Rota = {
  officers: [
    { id: 'truc', name: 'Phạm Thị Hòa', title: 'Văn thư', phone: `+${ON_DUTY}`, ...verified },
    { id: 'chanh', name: 'Đỗ Minh Trí', title: 'Chánh Văn phòng', phone: `+${HEAD}`, ...verified },
  ],
  shifts: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: '07:00', to: '07:00', officerId: 'truc' })),
  substitutions: [],
  headOfOffice: 'chanh',
  headSubstitutions: [],
  officePhone: '+842623000160',
  officeContact: 'Văn thư',
};

/** An exchange that tells people over a message centre, and whose clock is turned by hand. */
interface TurnedExchange {
  running(): TestExchange;
  /** Starts it again, so many minutes ahead of the true time. */
  turnClock(minutes: number): Promise<void>;
  close(): Promise<void>;
}

async function startTurnedExchange(smsc: Smsc): Promise<TurnedExchange> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-chain-'));
  await writeFile(path.join(folder, 'secret'), smsc.password);
  const config = {
    callbackUrl: 'http://127.0.0.1:1/v1/reports',
    reportSecret: { file: 'secret' },
    brandname: 'UBND TINH',
    sms: [
      {
        type: 'smpp',
        name: 'centre',
        host: '127.0.0.1',
        port: smsc.port,
        systemId: 'vanthu',
        password: { file: 'secret' },
      },
    ],
  };
  const notices = path.join(folder, 'notices.json');
  await writeFile(notices, JSON.stringify(config));
  const options = {
    seedFile: path.join(repositoryRoot, 'resources/demo/agencies.json'),
    args: ['--notices', notices],
  };
  let exchange = await startTestExchange(options);
  const { dataFolder, port } = exchange;
  return {
    running: () => exchange,
    turnClock: async (minutes) => {
      await exchange.stop({ keepData: true });
      exchange = await startTestExchange({ ...options, dataFolder, port, clockMs: minutes * MINUTE });
    },
    close: async () => {
      await exchange.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function prepare(
  { world }: SharedWorld,
  exchange: TestExchange,
  office: 'sender' | 'receiver',
  dataDir: string,
): Promise<PreparedOffice> {
  installTrust(dataDir, world.pki);
  return prepareOffice(dataDir, {
    ...(await world.setUpOf(office)),
    serverUrl: exchange.url,
    code: await exchange.enrolmentCode(demoOffices[office].code),
  });
}

const isVisible = ({ app }: OfficeWindow): Promise<boolean> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);

test('nobody telephones but by the call list: an express letter with its hour, from sending to the figures', async ({
  shared,
  windows,
}) => {
  const smsc = await startSmsc();
  smsc.delivers = true;
  const exchange = await startTurnedExchange(smsc);
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-chain-offices-'));
  const dataDirs = { sender: path.join(folder, 'sender'), receiver: path.join(folder, 'receiver') };
  const told = (number: string) => smsc.messages.filter(({ to }) => to.endsWith(number.slice(2)));
  try {
    await exchange
      .running()
      .database.query('INSERT INTO supervising_agencies (agency_code, under_code) VALUES ($1, $2)', [
        SENDER.code,
        'H15',
      ]);
    const receiving = await prepare(shared, exchange.running(), 'receiver', dataDirs.receiver);
    await receiving.close();
    await exchange.running().database.query(
      `INSERT INTO duty_rotas (agency_code, version, body, changed_at, changed_by)
       SELECT $1, 1, $2, now(), id FROM workstations WHERE agency_code = $1`,
      [RECEIVER.code, JSON.stringify(rota)],
    );
    const sending = await prepare(shared, exchange.running(), 'sender', dataDirs.sender);
    const expressAt = new Date(Math.ceil(Date.now() / MINUTE) * MINUTE + 60 * MINUTE).toISOString();
    await sending.prepareLetter(sampleLetter, [RECEIVER.code], shared.world.password, 'sealed', {
      urgency: 'express-timed',
      expressAt,
    });
    await sending.close();

    const receiver = await windows.open(dataDirs.receiver);
    await receiver.button(/Văn bản mới/).waitFor();
    await receiver.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    const sender = await windows.open(dataDirs.sender);
    const looker = await Looker.at(sender, 'chain');

    // Sent by its clerk: the other office's window comes up, and the officer on duty has a text.
    await sender.openBox('Chờ gửi');
    await sender.row('241/VPUBND-HCTC').click();
    await sender.issue(shared.world.password);
    await expect.poll(() => isVisible(receiver), { timeout: 60_000 }).toBe(true);
    await expect.poll(() => told(ON_DUTY).length, { timeout: 60_000 }).toBe(1);
    expect(told(ON_DUTY)[0]?.text).toContain('241/VPUBND-HCTC');
    await looker.look('sent', 'one');

    // Nobody looks: 25 minutes before the hour again, 15 before it the head of the office.
    await exchange.turnClock(37);
    await expect.poll(() => told(ON_DUTY).length, { timeout: 60_000 }).toBe(2);
    await exchange.turnClock(47);
    await expect.poll(() => told(HEAD).length, { timeout: 60_000 }).toBe(1);

    // 8 minutes before it the sender's clerk has to call, and has the number and the reason.
    await exchange.turnClock(54);
    const waiting = sender.page.getByRole('navigation').getByRole('button', { name: /Đang chờ mở/ });
    await expect(waiting).toHaveAttribute('data-urgent', 'true', { timeout: 60_000 });
    await waiting.click();
    await sender.row('241/VPUBND-HCTC').click();
    const calls = sender.page.getByRole('region', { name: /Cần gọi điện/ });
    await expect(calls.getByRole('listitem')).toHaveCount(1, { timeout: 60_000 });
    await expect(calls).toContainText(RECEIVER.name);
    await expect(calls).toContainText('0262 3 000 160');
    await sender.button(`Xem các bước đã nhắc ${RECEIVER.name}`).click();
    for (const person of ['Phạm Thị Hòa', 'Đỗ Minh Trí']) {
      await expect(sender.page.getByRole('main').getByText(person).first()).toBeVisible();
    }
    await looker.look('call');
    await sender
      .button(/Ghi cuộc gọi/)
      .first()
      .click();
    await sender.page.getByLabel('Ghi chú').fill('Đang mở ngay');
    await sender.button('Ghi lại').click();
    await expect(calls).toBeHidden({ timeout: 60_000 });

    // After the hour it is opened: the sender sees it, and nobody is told any more.
    await exchange.turnClock(62);
    const before = smsc.messages.length;
    await receiver.openBox('Chờ vào sổ');
    await receiver.showArrivals();
    await receiver.row('241/VPUBND-HCTC').click();
    await receiver.button(/Mở văn bản/).click();
    await expect(sender.page.getByText('1/1 đã mở').first()).toBeVisible({ timeout: 60_000 });
    await looker.look('opened');
    await exchange.turnClock(600);
    const round = `SELECT 1 FROM notice_rounds WHERE last_at > now() + interval '590 minutes'`;
    await expect
      .poll(async () => (await exchange.running().database.query(round)).rowCount, { timeout: 60_000 })
      .toBe(1);
    expect(smsc.messages.length).toBe(before);

    // The provincial office's figures show it.
    await sender.page.keyboard.press('Alt+7');
    const row = sender.page.getByRole('row').filter({ hasText: RECEIVER.name });
    await expect(row).toBeVisible({ timeout: 60_000 });
    const late = sender.page.getByRole('columnheader', { name: 'Hỏa tốc muộn' });
    const column = await late.evaluate((header) => [...(header.parentElement?.children ?? [])].indexOf(header));
    await expect(row.locator('th, td').nth(column)).toHaveText('1');
    await looker.look('figures');
    expect(looker.objections).toEqual([]);
  } finally {
    await exchange.close();
    await smsc.stop();
    await rm(folder, { recursive: true, force: true });
  }
});
