import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { createDemoWorld } from '#scripts/demo/demo-world.ts';
import { OfficeWindow } from '#scripts/demo/office-window.ts';
import { prepareOffice } from '#scripts/demo/prepare-office.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { hasDisplay, withVirtualDisplay } from '#scripts/lib/xvfb.ts';
import { resolveRuntime, sandboxArguments } from '#scripts/stage/application.ts';
import { fillRegisters } from './fill-registers.ts';
import { medianOf, type Measurement } from './measure.ts';

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
  const world = await createDemoWorld(folder);
  try {
    const dataDir = world.dataDir('receiver');
    await (await prepareOffice(dataDir, await world.setUpOf('receiver'))).close();
    fillRegisters(dataDir, { documents: DOCUMENTS, waiting: 300, agency: null });
    const empty = await emptyApplication(path.join(folder, 'empty'));
    return [
      {
        title: `Start the application until the list's first row is there (${DOCUMENTS} documents; files in the disk cache)`,
        rows: [
          { kind: 'ours', what: 'Văn Thư, enrolled office', ms: await medianOf(() => startToList(dataDir), RUNS) },
          {
            kind: 'floor',
            what: 'an Electron application with one empty page',
            ms: await medianOf(() => startEmpty(empty, folder), RUNS),
          },
        ],
      },
    ];
  } finally {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function startToList(dataDir: string): Promise<void> {
  const window = await OfficeWindow.open(dataDir);
  await window.row(/UBND-/).waitFor();
  await window.close();
}

const EMPTY_MAIN = `import { app, BrowserWindow } from 'electron';
await app.whenReady();
await new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } }).loadURL('data:text/html,<p>ready</p>');
`;

async function emptyApplication(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = { name: 'empty', version: '1.0.0', type: 'module', main: 'main.js' };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.js'), EMPTY_MAIN);
  return folder;
}

async function startEmpty(application: string, folder: string): Promise<void> {
  const { electronPath } = await resolveRuntime();
  const app = await _electron.launch({
    executablePath: electronPath,
    args: [...sandboxArguments(), application, `--user-data-dir=${path.join(folder, 'empty-profile')}`],
  });
  await (await app.firstWindow()).getByText('ready').waitFor();
  await app.close();
}
