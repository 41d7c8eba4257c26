import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { createDemoWorld } from '#scripts/demo/demo-world.ts';
import { prepareOffice } from '#scripts/demo/prepare-office.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { hasDisplay, withVirtualDisplay } from '#scripts/lib/xvfb.ts';
import { resolveRuntime, sandboxArguments, type RunnableApplication } from '#scripts/stage/application.ts';
import { fillRegisters } from './fill-registers.ts';
import { median, type Measurement } from './measure.ts';

const RUNS = 5;
const DOCUMENTS = 10_000;

/** From the start of the process to a list that can be used, in the real window of an enrolled office. */
export async function measureStartup(): Promise<readonly Measurement[]> {
  return hasDisplay() ? measure() : withVirtualDisplay(() => measure());
}

async function measure(): Promise<readonly Measurement[]> {
  const out = path.join(repositoryRoot, 'out');
  await mkdir(out, { recursive: true });
  const folder = await mkdtemp(path.join(out, 'bench-'));
  // Building and staging are done before the clock runs.
  const runtime = await resolveRuntime();
  const world = await createDemoWorld(folder);
  try {
    const dataDir = world.dataDir('receiver');
    await (await prepareOffice(dataDir, await world.setUpOf('receiver'))).close();
    fillRegisters(dataDir, { documents: DOCUMENTS, waiting: 300, agency: null });
    const application = [...runtime.launchArguments, `--data-dir=${dataDir}`];
    const empty = await emptyApplication(path.join(folder, 'empty'));
    const firstRow = (page: Page) => page.getByRole('row').or(page.getByRole('option')).filter({ hasText: /UBND-/ });
    const ours = () => timeUntil(runtime, application, (page) => firstRow(page).first().waitFor());
    const floor = () => timeUntil(runtime, empty, (page) => page.getByText('ready').waitFor());
    return [
      {
        title: `Start until the list's first row is there (${DOCUMENTS} documents; files in the disk cache), ${runtime.description}`,
        rows: [
          { kind: 'ours', what: 'Văn Thư, enrolled office', value: await medianOfTimes(ours) },
          { kind: 'floor', what: 'Electron with one empty page', value: await medianOfTimes(floor) },
        ],
      },
    ];
  } finally {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from the start of the process until the page is what `ready` waits for. Closing it is not counted. */
async function timeUntil(
  { electronPath }: RunnableApplication,
  args: readonly string[],
  ready: (page: Page) => Promise<void>,
): Promise<number> {
  const start = performance.now();
  const app = await _electron.launch({ executablePath: electronPath, args: [...args] });
  try {
    await ready(await app.firstWindow());
    return performance.now() - start;
  } finally {
    await app.close();
  }
}

async function medianOfTimes(time: () => Promise<number>): Promise<number> {
  await time();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await time());
  return median(times);
}

// Without await: Electron becomes ready only after its main module has been run.
const emptyMain = `import { app, BrowserWindow } from 'electron';
void app.whenReady().then(() =>
  new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } }).loadURL('data:text/html,<p>ready</p>'),
);
`;

/** Its launch arguments. */
async function emptyApplication(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const manifest = { name: 'empty', version: '1.0.0', type: 'module', main: 'main.js' };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.js'), emptyMain);
  return [...sandboxArguments(), folder, `--user-data-dir=${path.join(folder, 'profile')}`];
}
