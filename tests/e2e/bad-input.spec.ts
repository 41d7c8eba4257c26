import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { importAgencies } from '#exchange/use-cases/import-agencies.ts';
import { openAdminDatabase } from '#exchange/entries/open-admin-database.ts';
import { installTrust } from '#scripts/demo/install-trust.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { errors } from '#shared/messages/errors.vi.ts';
import { expect, sampleLetter, test, type OfficeWindow } from '#tests/support/e2e.ts';
import { emptyLog, readRows } from '#tests/support/office-database.ts';
import type { TestAgency } from '#tests/support/test-agencies.ts';

const CODE = '241/VPUBND-HCTC';
const scannedLetter = path.join(repositoryRoot, 'resources/demo/letters/cong-van-241-scan.pdf');
const MEGABYTE = 1024 * 1024;

/** The screen says what happened, what was kept and what to do next. */
async function expectRefusal(window: OfficeWindow, code: keyof typeof errors): Promise<void> {
  const note = window.page.getByRole('alert').filter({ hasText: errors[code].what });
  await expect(note).toContainText(errors[code].kept);
  await expect(note).toContainText(errors[code].next);
}

/** Everything the file store holds, unfinished files too. */
async function storedFiles(dataDir: string): Promise<string[]> {
  const folder = path.join(dataDir, 'files');
  await mkdir(folder, { recursive: true });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** No row, and in the file store only what was there before. */
async function expectNothingKept(agency: TestAgency, before: readonly string[]): Promise<void> {
  expect(await storedFiles(agency.dataDir)).toEqual(before);
  expect(readRows(agency.dataDir, 'SELECT id FROM outgoing')).toEqual([]);
}

test('files that are no readable letter are refused, and leave nothing behind', async ({ shared, windows }, info) => {
  test.setTimeout(180_000);
  const agency = shared.newAgency();
  await (await agency.prepare()).close();
  const window = await windows.open(agency.dataDir);
  await mkdir(info.outputDir, { recursive: true });
  const file = (name: string) => info.outputPath(name);
  const letter = await readFile(sampleLetter);
  const before = await storedFiles(agency.dataDir);

  await writeFile(file('van-ban.pdf'), 'Đây là văn bản Word đổi đuôi thành .pdf\n'.repeat(40));
  await writeFile(file('rong.pdf'), '');
  const locked = spawnSync('qpdf', ['--encrypt', 'mat-khau', 'chu', '256', '--', sampleLetter, file('khoa.pdf')]);
  expect(locked.status).toBe(0);
  const large = await open(file('lon.pdf'), 'w');
  await large.write('%PDF-1.7\n');
  await large.truncate(200 * MEGABYTE);
  await large.close();
  await writeFile(file('cut.pdf'), letter.subarray(0, letter.length / 2));
  await writeFile(file('xref.pdf'), breakXref(letter));

  for (const [name, code] of [
    ['van-ban.pdf', 'PDF_NOT_PDF'],
    ['rong.pdf', 'PDF_EMPTY'],
    ['khoa.pdf', 'PDF_ENCRYPTED'],
    ['lon.pdf', 'PDF_TOO_LARGE'],
    ['cut.pdf', 'PDF_BROKEN'],
    ['xref.pdf', 'PDF_BROKEN'],
  ] as const) {
    await test.step(name, async () => {
      await window.startLetter(file(name));
      await expectRefusal(window, code);
      await expectNothingKept(agency, before);
    });
  }
  // The next good one is taken as if nothing had been.
  await window.startLetter(sampleLetter);
  await expect(window.field('Số in trên văn bản')).toHaveValue('241');
});

/** Every offset of the cross-reference table points somewhere else, and no object can be found by searching. */
function breakXref(letter: Buffer): Buffer {
  const text = letter.toString('latin1').replaceAll(/(\d+) 0 obj/gu, (whole) => 'x'.repeat(whole.length));
  return Buffer.from(text, 'latin1');
}

test('a scan without text says so and leaves every field for the clerk', async ({ shared, windows }) => {
  const agency = shared.newAgency();
  await (await agency.prepare()).close();
  const window = await windows.open(agency.dataDir);
  await window.startLetter(scannedLetter);
  await expect(window.page.getByText('Bản quét không có chữ')).toBeVisible();
  await expect(window.page.getByText('Nhìn trang bên cạnh và điền các ô.')).toBeVisible();
  for (const name of ['Số in trên văn bản', 'Ký hiệu', 'Ngày', 'Địa danh', 'Trích yếu', 'Chức vụ', 'Người ký']) {
    await expect(window.field(name)).toHaveValue('');
  }
  await window.pageShown();
  // What is missing is named, and nothing is saved without it.
  await window.page.keyboard.press('Control+S');
  await expect(window.page.getByRole('alert')).toContainText('Còn thiếu: Ký hiệu');
  expect(readRows(agency.dataDir, 'SELECT id FROM outgoing')).toEqual([]);
});

test('a wrong password and an expired certificate sign nothing and lose nothing', async ({ shared, windows }) => {
  test.setTimeout(150_000);
  const { world } = shared;
  const agency = shared.newAgency();
  const office = await agency.prepare();
  await office.prepareLetter(sampleLetter, [shared.newAgency().code], world.password, 'numbered');
  await office.close();
  const window = await windows.open(agency.dataDir);
  const password = window.field(/^Mật khẩu/, window.dialog);

  await window.button(/^Cài đặt/).click();
  await window.page.getByRole('main').getByRole('button', { name: 'Chứng thư số' }).click();
  await window.button('Thêm chứng thư cá nhân…').click();
  await window.answerDialog(world.pki.p12('expired'));
  await window.button('Chọn tệp…', window.dialog).click();
  await password.fill('không phải mật khẩu');
  await window.button('Kiểm tra và thêm', window.dialog).click();
  await expectRefusal(window, 'P12_WRONG_PASSWORD');
  await expect(password).toHaveValue('');
  expect(readRows(agency.dataDir, 'SELECT id FROM certificate')).toHaveLength(2);
  await password.fill(world.password);
  await window.confirm('Kiểm tra và thêm');

  const before = await storedFiles(agency.dataDir);
  await window.openBox('Chờ ký');
  await window.row(CODE).click();
  await window.settle();
  const signing = window.field('Mật khẩu chữ ký');
  await window.button('Chỉ ký').click();
  await expectRefusal(window, 'P12_NO_PASSWORD');
  await signing.fill('không phải mật khẩu');
  await window.button('Chỉ ký').click();
  await expectRefusal(window, 'P12_WRONG_PASSWORD');
  await expect(signing).toHaveValue('');
  await expect(signing).toBeFocused();

  // Another person's certificate is asked about first; that it has expired, it says when it signs.
  await window.field('Chứng thư ký').selectOption({ label: 'Lê Văn Cũ · hết hạn 01/01/2021' });
  await expect(window.button('Chỉ ký')).toBeDisabled();
  await window.settle();
  await signing.fill(world.password);
  await window.button('Chỉ ký').click();
  await expectRefusal(window, 'SIGN_CERT_EXPIRED');
  expect(readRows(agency.dataDir, 'SELECT state, number FROM outgoing')).toEqual([{ state: 'numbered', number: 241 }]);
  expect(await storedFiles(agency.dataDir)).toEqual(before);

  const valid = window.panel.getByRole('option', { name: /Bùi Hồng Quý/ });
  await window.field('Chứng thư ký').selectOption((await valid.getAttribute('value')) ?? '');
  await window.take('Chỉ ký', world.password);
  await window.button('Chỉ đóng dấu').waitFor();
});

test('recipients that the directory does not have, or no longer has, are named before anything is sent', async ({
  shared,
  windows,
}) => {
  test.setTimeout(150_000);
  const { world } = shared;
  const agency = shared.newAgency();
  const stays = shared.newAgency();
  const leaves = shared.newAgency();
  const office = await agency.prepare();
  await office.prepareLetter(sampleLetter, [stays.code, leaves.code], world.password, 'sealed');
  await office.close();
  await dissolve(leaves);
  const window = await windows.open(agency.dataDir);

  await window.openBox('Chờ gửi');
  await window.row(CODE).click();
  await window.issue(world.password);
  await window.openTab('Nơi nhận');
  const row = (name: string) => window.page.getByRole('row').filter({ hasText: name });
  await expect(row(leaves.name)).toContainText('Trục không có cơ quan này', { timeout: 30_000 });
  await expect(row(stays.name)).toContainText('Đã gửi, nơi nhận chưa lấy');
  await expect(window.page.getByText('Các nơi khác không bị ảnh hưởng.')).toBeVisible();

  // A name that no directory has is a line to be sent on paper; it is never guessed.
  await window.startLetter(sampleLetter);
  await window.sendOnlyTo(stays.name);
  await window.field('Kính gửi').fill('Hội Nghề cá xã Không Có Thật');
  await expect(window.page.getByText(/dòng không có trong danh bạ/)).toBeVisible();
  await expect(window.page.getByRole('note').getByText('Hội Nghề cá xã Không Có Thật')).toBeVisible();
  await window.field('Thêm cơ quan').fill(leaves.name);
  await expect(window.page.getByText(`Danh bạ không có “${leaves.name}”`)).toBeVisible();
});

/** The agency's last day was long ago: the exchange says so to everyone who asks for its directory. */
async function dissolve({ code, name, dataDir }: TestAgency): Promise<void> {
  const { database, close } = await openAdminDatabase(path.resolve(dataDir, '../../exchange'), null);
  try {
    await importAgencies(database, [{ code, name, validTo: '2017-01-01' }]);
  } finally {
    await close();
  }
}

test('a printed number that is not the next one of the book takes no number', async ({ shared, windows }) => {
  const agency = shared.newAgency();
  const to = shared.newAgency();
  const office = await agency.prepare();
  await office.command('books.startFrom', { bookId: 'outgoing', year: 2017, last: 99 });
  await office.close();
  const window = await windows.open(agency.dataDir);
  await window.startLetter(sampleLetter);
  await window.sendOnlyTo(to.name);
  await window.button(/^Trình ký/).click();
  await window.settle();
  await expect(window.panel).toContainText('Trang in sẵn số 241; sổ đang tới số 100. Hai số phải trùng nhau.');
  await window.button('Chỉ cấp số').click();
  await expectRefusal(window, 'PRINTED_NUMBER_DIFFERS');
  expect(readRows(agency.dataDir, 'SELECT state, number FROM outgoing')).toEqual([{ state: 'approved', number: null }]);
  expect(readRows(agency.dataDir, 'SELECT last FROM book_year WHERE book_id = ? AND year = 2017', 'outgoing')).toEqual([
    { last: 99 },
  ]);
});

/** An HTTP server that either passes everything on to the exchange, or answers with a page of something else. */
async function startMoodyServer(target: string) {
  const mood = { garbage: true };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (mood.garbage) {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end('<html><body>Cổng thông tin nội bộ. Mời đăng nhập.</body></html>');
        return;
      }
      const { host: _, connection: __, ...headers } = request.headers;
      const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
      fetch(new URL(request.url ?? '/', target), {
        method: request.method ?? 'GET',
        headers: headers as Record<string, string>,
        ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
      })
        .then(async (answer) => {
          const body = Buffer.from(await answer.arrayBuffer());
          response.writeHead(answer.status, Object.fromEntries(answer.headers));
          response.end(body);
        })
        .catch(() => response.destroy());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    mood,
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test('a server that answers garbage or nothing is told apart, at enrolment and while sending', async ({
  shared,
  windows,
}) => {
  test.setTimeout(180_000);
  const { world } = shared;
  const agency = shared.newAgency();
  const server = await startMoodyServer(world.exchange.url);
  const window = await windows.open(agency.dataDir);
  const url = window.field('Địa chỉ máy chủ');

  await url.fill('http://127.0.0.1:9');
  await window.button('Kiểm tra kết nối').click();
  await expectRefusal(window, 'EXCHANGE_UNREACHABLE');
  await url.fill(server.url);
  await window.button('Kiểm tra kết nối').click();
  await expectRefusal(window, 'EXCHANGE_GARBAGE');
  await window.field('Mã đăng ký dùng một lần').fill(await world.exchange.enrolmentCode(agency.code));
  await window.field('Tên máy').fill('Máy văn thư 1');
  await window.button('Đăng ký máy này').click();
  // The test of the address has said it once, enrolling says it again.
  await expect(window.page.getByRole('alert')).toHaveCount(2);
  await expect(window.page.getByRole('alert').last()).toContainText(errors.EXCHANGE_GARBAGE.next);
  await expect(window.field('Tên máy')).toHaveValue('Máy văn thư 1');

  // The same code still works once the server is itself again: nothing was half done.
  server.mood.garbage = false;
  await window.button('Đăng ký máy này').click();
  await window.page.getByRole('heading', { name: 'Chứng thư số' }).waitFor();
  for (const [role, subject] of [
    ['person', 'person'],
    ['seal', 'agency'],
  ] as const) {
    const image = path.join(repositoryRoot, `resources/demo/${role === 'person' ? 'signature' : 'seal'}.png`);
    await window.addCertificate({ role, p12: world.pki.p12(subject), password: world.password, image });
  }
  await window.button('Tiếp tục').click();
  await window.continueBook({ name: 'Sổ đăng ký văn bản đi', year: 2017, last: 240 });
  await window.button('Mở danh sách văn bản').click();
  await window.startLetter(sampleLetter);
  await window.sendOnlyTo(shared.newAgency().name);
  await window.button(/^Trình ký/).click();
  await window.settle();
  await window.take('Chỉ cấp số');
  await window.take('Chỉ ký', world.password);
  await window.take('Chỉ đóng dấu', world.password);

  server.mood.garbage = true;
  await window.issue(world.password);
  await expect(window.page.getByRole('contentinfo')).toContainText(/1 văn bản chờ gửi/, { timeout: 30_000 });
  await expect.poll(() => readRows(agency.dataDir, 'SELECT state FROM outgoing')).toEqual([{ state: 'queued' }]);
  server.mood.garbage = false;
  await window.button('Nhận và gửi ngay').click();
  await expect
    .poll(() => readRows(agency.dataDir, 'SELECT state FROM outgoing'), { timeout: 60_000 })
    .toEqual([{ state: 'sent' }]);
  await server.stop();
});

test('a full disk refuses the letter, keeps what was there, and works again once there is room', async ({
  shared,
  windows,
}, info) => {
  test.setTimeout(150_000);
  const { world } = shared;
  const agency = shared.newAgency();
  const disk = info.outputPath('disk');
  await mkdir(disk, { recursive: true });
  command('mount', '-t', 'tmpfs', '-o', 'size=96m', 'vanthu-small-disk', disk);
  try {
    const small: TestAgency = { ...agency, dataDir: path.join(disk, 'data') };
    installTrust(small.dataDir, world.pki);
    const window = await windows.open(small.dataDir);
    await window.page.getByRole('radio', { name: 'Làm việc tại chỗ' }).check();
    await window.field('Tên cơ quan').fill(agency.name);
    await window.field('Mã định danh cơ quan').fill(agency.code);
    await window.button('Lưu và tiếp tục').click();
    await window.button('Tiếp tục').click();
    await window.button('Mở danh sách văn bản').click();
    const filler = path.join(disk, 'filler');
    await fillDisk(filler);

    await window.startLetter(sampleLetter);
    await expectRefusal(window, 'DISK_FULL');
    await expectNothingKept(small, []);

    await rm(filler);
    await window.button('Chọn tệp PDF…').click();
    await expect(window.field('Số in trên văn bản')).toHaveValue('241');
    await expect.poll(() => emptyLog(small.dataDir)).toBe(true);
    await fillDisk(filler);
    await window.page.keyboard.press('Control+S');
    await expectRefusal(window, 'DISK_FULL');
    await expect(window.field('Số in trên văn bản')).toHaveValue('241');
    expect(readRows(small.dataDir, 'SELECT id FROM outgoing')).toEqual([]);

    await rm(filler);
    await window.button('Thử lại').click();
    await window.button('Sửa').waitFor();
    expect(readRows(small.dataDir, 'SELECT state FROM outgoing')).toEqual([{ state: 'draft' }]);
    await window.close();
  } finally {
    command('umount', '--lazy', disk);
  }
});

function command(name: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(name, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name}: ${stderr} (this test makes a small disk, which only root may)`);
}

/** Takes every last block: the first refused write of each size is the sign to go on with a smaller one. */
async function fillDisk(filler: string): Promise<void> {
  const file = await open(filler, 'a');
  try {
    for (let size = MEGABYTE; size >= 512; size /= 2) {
      let full = false;
      while (!full) {
        full = await file.write(Buffer.alloc(size)).then(
          ({ bytesWritten }) => bytesWritten < size,
          (error: unknown) => {
            if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
            return true;
          },
        );
      }
    }
  } finally {
    await file.close();
  }
}
