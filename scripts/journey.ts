import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from '@playwright/test';
import { noLog } from '#entries/machine-ports.ts';
import { loadTrust } from '#entries/load-trust.ts';
import { verifyPdf } from '#pdf/verify-pdf.ts';
import { createDemoWorld, demoOffices, sampleLetter } from './demo/demo-world.ts';
import { OfficeWindow } from './demo/office-window.ts';
import { repositoryRoot } from './lib/repository.ts';

interface StepRecord {
  readonly name: string;
  readonly outcome: string;
  readonly ms: number;
}

const out = path.join(repositoryRoot, 'out');
const CODE = '241/VPUBND-HCTC';

/** Plays the main job through the real windows and leaves its evidence in `out/`. Answers the exit status. */
export async function runJourney(): Promise<number> {
  for (const name of ['journey.json', 'signed.pdf', 'message.edxml', 'verification.json', 'screens', 'demo']) {
    await rm(path.join(out, name), { recursive: true, force: true });
  }
  await mkdir(out, { recursive: true });
  const steps: StepRecord[] = [];
  const windows: OfficeWindow[] = [];
  let failed = false;
  let shots = 0;

  /** Runs one step; after a failure the rest is named as not reached. */
  const step = async (name: string, work: () => Promise<void>): Promise<void> => {
    if (failed) {
      steps.push({ name, outcome: 'not reached', ms: 0 });
      return;
    }
    const start = performance.now();
    let outcome = 'ok';
    try {
      await work();
    } catch (error) {
      failed = true;
      outcome = error instanceof Error ? error.message : String(error);
      for (const [at, window] of windows.entries()) {
        await window.screenshot(path.join(out, `screens/failure-${at + 1}.png`)).catch(() => undefined);
      }
    }
    const ms = Math.round(performance.now() - start);
    steps.push({ name, outcome, ms });
    process.stdout.write(`${outcome === 'ok' ? 'ok    ' : 'FAILED'} ${String(ms).padStart(6)} ms  ${name}\n`);
    if (outcome !== 'ok') process.stdout.write(`${outcome}\n`);
  };
  const shoot = async (window: OfficeWindow, name: string): Promise<void> => {
    shots += 1;
    await window.screenshot(path.join(out, `screens/${String(shots).padStart(2, '0')}-${name}.png`));
  };

  const world = await createDemoWorld(path.join(out, 'demo'));
  try {
    let sender!: OfficeWindow;
    let receiver!: OfficeWindow;
    const open = async (office: keyof typeof demoOffices): Promise<OfficeWindow> => {
      const window = await OfficeWindow.open(world.dataDir(office));
      windows.push(window);
      return window;
    };

    await step('the sending office starts for the first time and enrols', async () => {
      sender = await open('sender');
      await shoot(sender, 'first-run');
      await sender.setUp(await world.setUpOf('sender'));
    });
    await step('the receiving office starts for the first time and enrols', async () => {
      receiver = await open('receiver');
      await receiver.setUp(await world.setUpOf('receiver'));
      await shoot(receiver, 'empty-list');
    });
    await step('the letter is imported and its fields are proposed', async () => {
      await sender.startLetter(sampleLetter);
      await expect(sender.field('Trích yếu')).toHaveValue('V/v tăng cường thực hiện gửi, nhận văn bản điện tử');
      await expect(sender.field('Số in trên văn bản')).toHaveValue('241');
      await expect(sender.field('Người ký')).toHaveValue('Bùi Hồng Quý');
      await expect(sender.page.getByTestId('recipient-count')).toContainText(/\d+ cơ quan/);
      await sender.pageShown();
      await shoot(sender, 'check-fields');
    });
    await step('the draft is saved and submitted for signing', async () => {
      await sender.button(/^Trình ký/).click();
      await sender.button('Xem lại, phát hành…').waitFor();
      await shoot(sender, 'approved');
    });
    await step('the book gives the next number', async () => {
      await sender.look();
      await expect(sender.panel).toContainText(CODE);
      await sender.pageShown();
      await shoot(sender, 'last-look');
      await sender.settle();
      await sender.take('Chỉ cấp số');
    });
    await step('the person signs', async () => {
      await sender.take('Chỉ ký', world.password);
    });
    await step('the agency seals', async () => {
      await sender.take('Chỉ đóng dấu', world.password);
      await sender.pageShown();
      await shoot(sender, 'sealed');
    });
    await step('the signed letter is saved to a file', async () => {
      await sender.saveCopyTo(path.join(out, 'signed.pdf'));
    });
    await step('the connection is lost and the letter is sent all the same', async () => {
      await world.exchange.stop();
      await sender.issue(world.password);
      await sender.openTab('Nơi nhận');
      await expect(sender.page.getByText(/Mất mạng/).first()).toBeVisible();
      await shoot(sender, 'queued-offline');
    });
    await step('the exchange is back and takes the letter', async () => {
      await world.exchange.start();
      await sender.openBox('Đã gửi');
      await sender.row(CODE).click({ timeout: 90_000 });
      await sender.openTab('Nơi nhận');
    });
    await step('the other office gets it without asking and sees it verified', async () => {
      await receiver.showArrivals();
      await receiver.row(CODE).click();
      await expect(receiver.page.getByText(/Hai chữ ký hợp lệ/).first()).toBeVisible();
      await receiver.pageShown();
      await shoot(receiver, 'arrived');
    });
    await step('it enters the letter in its incoming book', async () => {
      await receiver.button(/^Vào sổ đến/).click();
      await expect(receiver.field('Số đến')).toHaveValue('1');
      await receiver.pageShown();
      await shoot(receiver, 'register');
      await receiver
        .button(/^Vào sổ/)
        .last()
        .click();
      await receiver.page.getByText('Đã vào sổ, số đến 1').first().waitFor();
      await shoot(receiver, 'registered');
    });
    await step('the states are back at the sender', async () => {
      const row = sender.page.getByRole('row').filter({ hasText: demoOffices.receiver.name });
      await expect(row.getByText('Đã tiếp nhận')).toBeVisible({ timeout: 30_000 });
      await shoot(sender, 'states');
    });
    await step('the message and the verification are kept as evidence', async () => {
      await receiver.saveMessageTo(path.join(out, 'message.edxml'));
      const trust = loadTrust([path.join(world.dataDir('receiver'), 'trust')], noLog);
      const report = verifyPdf(await readFile(path.join(out, 'signed.pdf')), { trust, now: new Date() });
      await writeFile(path.join(out, 'verification.json'), `${JSON.stringify(report, null, 2)}\n`);
      expect(report.verdict).toBe('VALID');
      expect(report.signatures).toHaveLength(2);
    });
  } finally {
    for (const window of windows) await window.close();
    await world.close();
    await writeFile(path.join(out, 'journey.json'), `${JSON.stringify({ steps }, null, 2)}\n`);
  }
  process.stdout.write(failed ? 'The journey did not hold; see out/\n' : 'Every step held; evidence in out/\n');
  return failed ? 1 : 0;
}
