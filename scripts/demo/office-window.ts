import { once } from 'node:events';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { _electron, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import { resolveRuntime } from '../stage/application.ts';

const ATTACH_LIMIT_MS = 40_000;

async function attach(launch: Parameters<typeof _electron.launch>[0]): Promise<OfficeWindow> {
  const app = await _electron.launch(launch);
  try {
    const page = await app.firstWindow({ timeout: ATTACH_LIMIT_MS });
    await page.waitForLoadState('domcontentloaded');
    return new OfficeWindow(app, page);
  } catch (error) {
    const child = app.process();
    if (child.exitCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
    throw error;
  }
}

/** However slow the machine: what differs is a handful of questions. */
const SETTLED_WITHIN_MS = 60_000;

/** One office's real window, driven by clicks and keys. Its methods are the things a clerk does. */
export class OfficeWindow {
  readonly app: ElectronApplication;
  readonly page: Page;

  constructor(app: ElectronApplication, page: Page) {
    this.app = app;
    this.page = page;
  }

  static async open(
    dataDir: string,
    options: { env?: Record<string, string>; args?: string[] } = {},
  ): Promise<OfficeWindow> {
    const { electronPath, launchArguments } = await resolveRuntime();
    await mkdir(dataDir, { recursive: true });
    const launch = {
      executablePath: electronPath,
      args: [...launchArguments, `--data-dir=${dataDir}`, ...(options.args ?? [])],
      env: { ...withoutUndefined(process.env), ...options.env },
      timeout: ATTACH_LIMIT_MS,
    };
    try {
      return await attach(launch);
    } catch (error) {
      // Seen when two start at once: the application's own log says that it is up, and Playwright misses its window.
      if (!(error instanceof Error) || !/Timeout/i.test(`${error.name} ${error.message}`)) throw error;
      process.stderr.write(`no window within ${ATTACH_LIMIT_MS / 1000} s, starting once more: ${dataDir}\n`);
      return attach(launch);
    }
  }

  async close(): Promise<void> {
    await this.app.close();
  }

  /** The answer to the next native file dialog, which no test can click. */
  async answerDialog(...filePaths: string[]): Promise<void> {
    await this.app.evaluate(({ dialog }, paths) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: paths });
    }, filePaths);
  }

  /** The same for a save dialog. */
  async #answerSaveDialog(file: string): Promise<void> {
    await this.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, file);
  }

  /** Saves the open document's PDF through its own button. */
  async saveCopyTo(file: string): Promise<void> {
    await this.openTab('Văn bản');
    await this.#answerSaveDialog(file);
    await this.button('Tải về').first().click();
    await waitForFile(file);
  }

  /** Saves the edXML message that the open incoming document came in. */
  async saveMessageTo(file: string): Promise<void> {
    await this.openTab('Thông tin');
    await this.#answerSaveDialog(file);
    await this.button(/Tải về/)
      .last()
      .click();
    await waitForFile(file);
  }

  /** Saves the diagnostics through the recovery window's button. */
  async saveDiagnosticsTo(file: string, recovery: Page): Promise<void> {
    await this.#answerSaveDialog(file);
    await this.button('Xuất tệp chẩn đoán', recovery).click();
    await waitForFile(file);
  }

  /** Waits until the page view has drawn its first page. */
  async pageShown(): Promise<void> {
    await this.page.getByText(/^Trang \d+ \/ \d+/).waitFor({ timeout: 60_000 });
    await this.page.locator('canvas').first().waitFor({ timeout: 60_000 });
  }

  async openTab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name }).click();
  }

  /** New arrivals wait behind a line until the clerk asks for them; an empty list shows them by itself. */
  async showArrivals(): Promise<void> {
    const line = this.button(/văn bản mới đến/);
    const row = this.page.getByRole('option').or(this.page.getByRole('row').nth(1)).first();
    await line.or(row).first().waitFor({ timeout: 60_000 });
    if (await line.isVisible()) await line.click();
  }

  async screenshot(file: string): Promise<void> {
    await mkdir(path.dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }

  isRecovering(): boolean {
    return this.app.windows().some(isRecovery);
  }

  /** The window that says why the registers could not be opened, or were closed. */
  async recovery(): Promise<Page> {
    const shown = this.app.windows().find(isRecovery);
    const page = shown ?? (await this.app.waitForEvent('window', { predicate: isRecovery }));
    await page.getByRole('heading').first().waitFor();
    return page;
  }

  /** Process id of core or of the signing process; null when it does not run. */
  processId(which: 'vanthu-core' | 'vanthu-signing'): Promise<number | null> {
    return this.app.evaluate(
      ({ app }, name) => app.getAppMetrics().find((each) => each.name === name)?.pid ?? null,
      which,
    );
  }

  button(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole('button', { name });
  }

  field(label: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByLabel(label, typeof label === 'string' ? { exact: true } : {});
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  /** First run: enrols the workstation, adds certificates and continues the paper books. */
  async setUp(setUp: OfficeSetUp): Promise<void> {
    await this.field('Địa chỉ máy chủ').fill(setUp.serverUrl);
    await this.button('Kiểm tra kết nối').click();
    await this.page.getByText('Máy chủ trả lời tốt').waitFor();
    await this.field('Mã đăng ký dùng một lần').fill(setUp.code);
    await this.field('Tên máy').fill('Máy văn thư 1');
    await this.button('Đăng ký máy này').click();
    await this.page.getByRole('heading', { name: 'Chứng thư số' }).waitFor();
    for (const certificate of setUp.certificates) await this.addCertificate(certificate);
    await this.button('Tiếp tục').click();
    for (const book of setUp.books) await this.continueBook(book);
    await this.button('Mở danh sách văn bản').click();
    await this.button(/Văn bản mới/).waitFor();
  }

  async addCertificate({ role, p12, password, image }: CertificateSetUp): Promise<void> {
    await this.button(role === 'person' ? 'Thêm chứng thư cá nhân…' : 'Thêm chứng thư cơ quan…').click();
    await this.answerDialog(p12);
    await this.button('Chọn tệp…', this.dialog).click();
    await this.dialog.getByText(path.basename(p12)).waitFor();
    await this.field('Mật khẩu của tệp', this.dialog).fill(password);
    await this.answerDialog(image);
    await this.button('Chọn hình…', this.dialog).click();
    await this.dialog.getByText(path.basename(image)).waitFor();
    await this.button('Kiểm tra và thêm', this.dialog).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  async continueBook({ name, year, last }: BookSetUp): Promise<void> {
    const card = this.page.getByRole('listitem').filter({ hasText: name });
    await this.field('Năm', card).fill(String(year));
    await this.field('Số cuối đã ghi ở sổ giấy', card).fill(String(last));
    await this.button('Đặt số', card).click();
    await this.page
      .getByText(/Đã đặt. Số kế tiếp là/)
      .first()
      .waitFor();
  }

  /** Opens a box of the navigation by its title. */
  async openBox(title: string): Promise<void> {
    await this.page.getByRole('navigation').getByText(title, { exact: true }).click();
    await this.page.getByRole('heading', { name: title }).first().waitFor();
  }

  /** Row of the list that shows this text: two lines beside a document, a table row in a wide window without one. */
  row(text: string | RegExp): Locator {
    return this.page.getByRole('option').or(this.page.getByRole('row')).filter({ hasText: text }).first();
  }

  async startLetter(file: string): Promise<void> {
    await this.answerDialog(file);
    await this.button(/Văn bản mới/).click();
    await this.button('Chọn tệp PDF…').click();
  }

  /** The agencies that the letter will go to, as chips. */
  get chips(): Locator {
    return this.page.getByRole('grid', { name: 'Cơ quan sẽ nhận' }).getByRole('row');
  }

  /** Takes everybody out whom the letter proposes, and chooses one agency. */
  async sendOnlyTo(name: string): Promise<void> {
    await this.chips.first().waitFor();
    for (let left = await this.chips.count(); left > 0; left -= 1) {
      await this.chips.first().press('Delete');
      await this.chips.nth(left - 1).waitFor({ state: 'detached' });
    }
    await this.addRecipient(name);
    await this.chips.first().waitFor();
  }

  async addRecipient(name: string): Promise<void> {
    await this.field('Thêm cơ quan').fill(name);
    await this.page.getByRole('option', { name }).first().click();
  }

  /** Confirms the open dialog with the given button and waits until it has closed. */
  async confirm(button: string | RegExp): Promise<void> {
    await this.button(button, this.dialog).click();
    await this.dialog.waitFor({ state: 'hidden' });
  }

  /** "Xem lại trước khi phát hành", beside the page. */
  get panel(): Locator {
    return this.page.getByRole('region', { name: 'Xem lại trước khi phát hành' });
  }

  /** Opens the last look of the open letter and waits until everything is compared. */
  async look(): Promise<void> {
    if (!(await this.panel.isVisible())) await this.button('Xem lại, phát hành…').click();
    await this.panel.getByRole('heading', { name: 'Khớp' }).waitFor();
  }

  /** Decides about everything that differs: it is meant, and lines that reach nobody stay unsent. */
  async settle(reason = 'Đã xem, đúng như vậy'): Promise<void> {
    await this.look();
    const open = this.panel.locator('[data-active]');
    const asked = this.field('Lý do (lưu trong nhật ký)', open);
    const brief = { timeout: 2000 };
    const deadline = Date.now() + SETTLED_WITHIN_MS;
    const compared = this.panel.and(this.page.locator('[aria-busy=false]'));
    // A question may answer itself or come while the comparison goes on: each step looks anew at what is asked.
    for (;;) {
      await compared.waitFor();
      if ((await open.count()) === 0) return;
      if (Date.now() > deadline) throw new Error(`still asked: ${await open.textContent(brief)}`);
      const before = await open.textContent(brief).catch(() => null);
      // A certificate that was chosen already wants its reason alone.
      const step = (await asked.isVisible())
        ? asked.fill(reason, brief).then(() => this.button('Ghi quyết định', open).click(brief))
        : open.getByRole('group').getByRole('button').last().click(brief);
      await step.catch(() => undefined);
      await this.page
        .waitForFunction((text) => document.querySelector('[data-active]')?.textContent !== text, before, brief)
        .catch(() => undefined);
    }
  }

  /** One step of the last look alone; differences must be decided already. */
  async take(step: IssueStepLabel, password = ''): Promise<void> {
    await this.look();
    if (step === 'Chỉ ký') await this.field('Mật khẩu chữ ký', this.panel).fill(password);
    if (step === 'Chỉ đóng dấu') await this.field('Mật khẩu con dấu', this.panel).fill(password);
    const button = this.button(step, this.panel);
    await button.click();
    await button.waitFor({ state: 'hidden' });
  }

  /** All that is left, up to sending. */
  async issue(password: string): Promise<void> {
    await this.settle();
    for (const label of ['Mật khẩu chữ ký', 'Mật khẩu con dấu']) {
      const field = this.field(label, this.panel);
      if (await field.isVisible()) await field.fill(password);
    }
    await this.button(/^Phát hành tới/, this.panel).click();
    await this.panel.waitFor({ state: 'hidden' });
  }
}

export type IssueStepLabel = 'Chỉ cấp số' | 'Chỉ ký' | 'Chỉ đóng dấu';

export interface CertificateSetUp {
  readonly role: 'person' | 'seal';
  readonly p12: string;
  readonly password: string;
  readonly image: string;
}

export interface BookSetUp {
  readonly name: string;
  readonly year: number;
  readonly last: number;
}

export interface OfficeSetUp {
  readonly serverUrl: string;
  readonly code: string;
  readonly certificates: readonly CertificateSetUp[];
  readonly books: readonly BookSetUp[];
}

const isRecovery = (page: Page): boolean => page.url().endsWith('/recovery');

function withoutUndefined(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

async function waitForFile(file: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  while ((await stat(file).catch(() => null)) === null) {
    if (Date.now() > deadline) throw new Error(`${path.basename(file)} was not saved`);
    await delay(50);
  }
}
