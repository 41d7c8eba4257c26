import { rm } from 'node:fs/promises';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { createDemoWorld, OFFICES, type DemoOffice, type DemoWorld } from '#scripts/demo/demo-world.ts';
import { OfficeWindow } from '#scripts/demo/office-window.ts';
import { prepareOffice } from '#scripts/demo/prepare-office.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';

export { expect } from '@playwright/test';
export { SAMPLE_LETTER } from '#scripts/demo/demo-world.ts';
export type { DemoWorld } from '#scripts/demo/demo-world.ts';
export { OfficeWindow } from '#scripts/demo/office-window.ts';

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

/** Tests of the real application: real windows, a real exchange, real certificates. */
export const test = base.extend<{ e2e: E2e }>({
  // Playwright reads a fixture's needs from this pattern; this one has none.
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
    if (info.status !== info.expectedStatus) {
      for (const [at, window] of windows.entries()) {
        await window.screenshot(info.outputPath(`window-${at + 1}.png`)).catch(() => undefined);
      }
    }
    for (const window of windows) await window.close().catch(() => undefined);
    await world.close();
    // The data folders of a failed test are evidence.
    if (info.status === info.expectedStatus) await rm(folder, { recursive: true, force: true });
  },
});

/** Name that the receiving office has in the sender's list of recipients. */
export const receiverRow = (window: OfficeWindow) =>
  window.page.getByRole('row').filter({ hasText: OFFICES.receiver.name });
