import type { BrowserWindow } from 'electron';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { PagePrinter } from '../calls/page-printer.ts';

/** Why nothing was printed, when the user closed the dialog. */
const CANCELLED = 'Print job canceled';

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
    toPaper: (landscape) =>
      new Promise((resolve, reject) => {
        // Chromium has no code for it, only these words, whatever the language.
        const print = { landscape, pageSize: 'A4', printBackground: true, margins: { marginType: 'none' } } as const;
        window().webContents.print(print, (printed, reason) => {
          if (printed || reason === CANCELLED) resolve(printed);
          else reject(new CodedError('PRINT_FAILED', { reason }));
        });
      }),
  };
}
