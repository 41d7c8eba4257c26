import { rm } from 'node:fs/promises';
import path from 'node:path';
import { test as base, expect as baseExpect, type TestInfo } from '@playwright/test';
import { createDemoWorld, demoOffices, type DemoOffice, type DemoWorld } from '#scripts/demo/demo-world.ts';
import { OfficeWindow } from '#scripts/demo/office-window.ts';
import { prepareOffice } from '#scripts/demo/prepare-office.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { withVirtualDisplay } from '#scripts/lib/xvfb.ts';
import { createAgencies, type TestAgency } from './test-agencies.ts';

export { sampleLetter } from '#scripts/demo/demo-world.ts';
export type { DemoWorld } from '#scripts/demo/demo-world.ts';
export { OfficeWindow } from '#scripts/demo/office-window.ts';

/** Patient enough for a machine that is busy with other things: a slow machine is no defect of the application. */
export const expect = baseExpect.configure({ timeout: 30_000 });

export interface E2e {
  /** A fresh exchange and fresh data folders. */
  readonly world: DemoWorld;
  /** Prepares an office (enrolled, with certificates and books) and opens its window. */
  openOffice(office: DemoOffice, options?: { env?: Record<string, string> }): Promise<OfficeWindow>;
  /** Opens a window on a data folder as it is. */
  openWindow(dataDir: string, options?: { env?: Record<string, string>; args?: string[] }): Promise<OfficeWindow>;
  /** Saves `out/e2e/<name>.png`. */
  shoot(window: OfficeWindow, name: string): Promise<void>;
}

/** What the tests of one run share, because starting an exchange takes longer than most of them. */
export interface SharedWorld {
  readonly world: DemoWorld;
  /** An agency that no other test uses. */
  newAgency(): TestAgency;
}

export interface Windows {
  /** Opens a window on a data folder as it is; all are closed after the test. */
  open(dataDir: string, options?: { env?: Record<string, string>; args?: string[] }): Promise<OfficeWindow>;
}

/** Tests of the real application: real windows, a real exchange, real certificates. */
export const test = base.extend<{ e2e: E2e; windows: Windows }, { display: void; shared: SharedWorld }>({
  // On Linux each worker has a display of its own: one window's focus and clipboard, and nobody's typing gets in.
  display: [
    async ({}, use) => (process.platform === 'linux' ? withVirtualDisplay(() => use()) : use()),
    { scope: 'worker', auto: true },
  ],
  shared: [
    async ({}, use, info) => {
      const folder = path.join(repositoryRoot, `out/e2e-worlds/shared-${info.workerIndex}`);
      const world = await createDemoWorld(folder);
      await use({ world, newAgency: await createAgencies(world, path.join(folder, 'agencies')) });
      await world.close();
      if (!evidence.wanted) await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  windows: async ({}, use, info) => {
    const opened: OfficeWindow[] = [];
    await use({
      open: async (dataDir, options) => {
        const window = await OfficeWindow.open(dataDir, options);
        opened.push(window);
        return window;
      },
    });
    await shootFailure(opened, info);
    for (const window of opened) await window.close().catch(() => undefined);
  },
  e2e: async ({}, use, info) => {
    const folder = path.join(repositoryRoot, 'out/e2e-worlds', info.testId);
    const world = await createDemoWorld(folder);
    const windows: OfficeWindow[] = [];
    const openWindow: E2e['openWindow'] = async (dataDir, options) => {
      const window = await OfficeWindow.open(dataDir, options);
      windows.push(window);
      return window;
    };
    await use({
      world,
      openWindow,
      openOffice: async (office, options) => {
        const prepared = await prepareOffice(world.dataDir(office), await world.setUpOf(office));
        await prepared.close();
        const window = await openWindow(world.dataDir(office), options);
        await window.button(/Văn bản mới/).waitFor();
        return window;
      },
      shoot: (window, name) => window.screenshot(path.join(repositoryRoot, `out/e2e/${name}.png`)),
    });
    await shootFailure(windows, info);
    for (const window of windows) await window.close().catch(() => undefined);
    await world.close();
    // The data folders of a failed test are evidence.
    if (info.status === info.expectedStatus) await rm(folder, { recursive: true, force: true });
  },
});

/** The data folders of a failed test are kept, also those that tests share. */
const evidence = { wanted: false };

async function shootFailure(windows: readonly OfficeWindow[], info: TestInfo): Promise<void> {
  if (info.status === info.expectedStatus) return;
  evidence.wanted = true;
  for (const [at, window] of windows.entries()) {
    await window.screenshot(info.outputPath(`window-${at + 1}.png`)).catch(() => undefined);
  }
}

/** Name that the receiving office has in the sender's list of recipients. */
export const receiverRow = (window: OfficeWindow) =>
  window.page.getByRole('row').filter({ hasText: demoOffices.receiver.name });
