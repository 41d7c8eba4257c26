import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CDPSession } from '@playwright/test';
import type { OfficeWindow } from '#scripts/demo/office-window.ts';
import { repositoryRoot } from '#scripts/lib/repository.ts';
import { judgeScreen, showsFocus } from './judge-screen.ts';

const themes = ['light', 'dark', 'high-contrast'] as const;

/** Photographs a screen in its variants and judges each; collects the objections, so that one run shows them all. */
export class Looker {
  readonly objections: string[] = [];
  readonly #window: OfficeWindow;
  readonly #devtools: CDPSession;
  readonly #prefix: string;

  private constructor(window: OfficeWindow, devtools: CDPSession, prefix: string) {
    this.#window = window;
    this.#devtools = devtools;
    this.#prefix = prefix;
    window.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.objections.push(message.text());
    });
  }

  static async at(window: OfficeWindow, prefix: string): Promise<Looker> {
    return new Looker(window, await window.page.context().newCDPSession(window.page), prefix);
  }

  /** All variants, unless the screen differs from one already seen in a detail only. */
  async look(name: string, variants: 'all' | 'one' = 'all'): Promise<void> {
    await this.#judge(name);
    if (variants === 'one') return;
    await this.#zoom(1.25);
    await this.#judge(`${name}-125`);
    await this.#zoom(1);
    for (const theme of themes.slice(1)) {
      await this.#theme(theme);
      await this.#judge(`${name}-${theme}`);
    }
    await this.#theme('light');
  }

  async tabThrough(name: string, presses: number): Promise<void> {
    const { page } = this.#window;
    for (let press = 0; press < presses; press += 1) {
      await page.keyboard.press('Tab');
      const { name: element, shown } = await showsFocus(page);
      if (!shown) this.objections.push(`${name}: no focus to be seen on ${element}`);
    }
  }

  async #judge(name: string): Promise<void> {
    const { page } = this.#window;
    await page.mouse.move(0, 0);
    await this.#shoot(path.join(repositoryRoot, `out/e2e/${this.#prefix}-${name}.png`));
    this.objections.push(...(await judgeScreen(page)).map((objection) => `${name}: ${objection}`));
  }

  /** The whole window as it is: Playwright's own picture stops short where the page is zoomed. */
  async #shoot(file: string): Promise<void> {
    const { data } = await this.#devtools.send('Page.captureScreenshot', { format: 'png' });
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(data, 'base64'));
  }

  async #zoom(factor: number): Promise<void> {
    const { app, page } = this.#window;
    await app.evaluate(({ BrowserWindow }, to) => {
      for (const each of BrowserWindow.getAllWindows()) each.webContents.setZoomFactor(to);
    }, factor);
    await page.waitForFunction((width) => Math.abs(window.innerWidth - width) < 2, Math.round(1366 / factor));
  }

  /** As the settings do it; their own test chooses it there. */
  async #theme(theme: string): Promise<void> {
    await this.#window.page.evaluate((to) => {
      document.documentElement.dataset['theme'] = to;
    }, theme);
  }
}
