import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { resolveRuntime } from '#scripts/stage/application.ts';
import { expect, type OfficeWindow, test } from '#tests/support/e2e.ts';

// Several times what a quiet machine needs.
test.describe.configure({ timeout: 180_000 });

/** Starts the application as a clerk does who clicks its icon again. Resolves with its exit status. */
async function startAgain(dataDir: string, ...more: readonly string[]): Promise<number | null> {
  const { electronPath, launchArguments } = await resolveRuntime();
  const child = spawn(electronPath, [...launchArguments, `--data-dir=${dataDir}`, ...more], { stdio: 'ignore' });
  const [status] = (await once(child, 'exit')) as [number | null];
  return status;
}

const isVisible = (window: OfficeWindow): Promise<boolean> =>
  window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);

test('a second start on one data folder shows the first window and ends', async ({ shared, windows }) => {
  const office = shared.newAgency();
  await (await office.prepare()).close();
  const window = await windows.open(office.dataDir);
  await window.button(/Văn bản mới/).waitFor();
  const core = await window.processId('vanthu-core');
  await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await isVisible(window)).toBe(false);

  // Another way to name the same folder is the same folder.
  expect(await startAgain(path.join(office.dataDir, '..', path.basename(office.dataDir)))).toBe(0);

  await expect.poll(() => isVisible(window)).toBe(true);
  expect(window.app.windows()).toHaveLength(1);
  await window.openBox('Dự thảo');
  expect(await window.processId('vanthu-core')).toBe(core);
  const log = await readFile(path.join(office.dataDir, 'logs/main.log'), 'utf8');
  expect(log.match(/"event":"started"/g)).toHaveLength(1);
});

test('two offices on two data folders run side by side', async ({ shared, windows }) => {
  const offices = [shared.newAgency(), shared.newAgency()];
  for (const office of offices) await (await office.prepare()).close();
  const opened: OfficeWindow[] = [];
  for (const { dataDir } of offices) opened.push(await windows.open(dataDir));
  for (const [at, window] of opened.entries()) {
    await expect(window.page.getByRole('banner')).toContainText(offices[at]?.name ?? '');
    await window.openBox('Dự thảo');
  }
  const cores = await Promise.all(opened.map((window) => window.processId('vanthu-core')));
  expect(new Set(cores).size).toBe(2);
  expect(cores).not.toContain(null);
});

test('the smoke test of a package finds core ready and the page with its calls and nothing else', async () => {
  const folder = test.info().outputPath('smoke');
  await mkdir(folder, { recursive: true });
  const report = path.join(folder, 'report.json');
  expect(await startAgain(path.join(folder, 'data'), `--smoke-test=${report}`)).toBe(0);
  expect(JSON.parse(await readFile(report, 'utf8'))).toMatchObject({ ok: true, window: true });
});

test('the command line keeps off a data folder that is open', async ({ shared, windows }) => {
  const office = shared.newAgency();
  await (await office.prepare()).close();
  const window = await windows.open(office.dataDir);
  await window.button(/Văn bản mới/).waitFor();

  const { status, report } = await doctor(office.dataDir);
  expect(status).toBe(1);
  const registers = report.checks.find(({ name }) => name === 'registers');
  expect(registers?.outcome).toBe('failed');
  expect(registers?.detail).toContain('FOLDER_IN_USE: Thư mục dữ liệu đang được');
  // And the window noticed nothing.
  await window.openBox('Dự thảo');

  await window.close();
  expect(await doctor(office.dataDir)).toMatchObject({ status: 0, report: { ok: true } });
});

interface DoctorReport {
  readonly ok: boolean;
  readonly checks: readonly { readonly name: string; readonly outcome: string; readonly detail: string }[];
}

function doctor(dataDir: string): Promise<{ status: number; report: DoctorReport }> {
  const cli = path.join(repositoryRoot, 'electron/entries/cli.ts');
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, 'doctor', '--json', '--data-dir', dataDir], (error, stdout) => {
      const status = typeof error?.code === 'number' ? error.code : 0;
      resolve({ status, report: JSON.parse(stdout) as DoctorReport });
    });
  });
}
