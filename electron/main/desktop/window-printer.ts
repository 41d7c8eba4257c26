import type { BrowserWindow } from 'electron';
import type { PagePrinter } from '../calls/page-printer.ts';

const NUMBERS =
  '<div style="width: 100%; text-align: center; font: 9pt serif"><span class="pageNumber"></span>/<span class="totalPages"></span></div>';

/** Chromium's own PDF of the window; size and margins are those of the page's print styles. */
export function windowPrinter(window: () => BrowserWindow): PagePrinter {
  return {
    print: (kind) =>
      window().webContents.printToPDF({
        pageSize: 'A4',
        preferCSSPageSize: true,
        printBackground: true,
        displayHeaderFooter: kind === 'numbered',
        headerTemplate: '<span></span>',
        footerTemplate: NUMBERS,
      }),
  };
}
