import { execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { expect, type OfficeWindow } from './e2e.ts';

/** What the printer would get, as a file: there is none here, and its dialog cannot be clicked. */
export async function printerTo(window: OfficeWindow, file: string): Promise<void> {
  await window.app.evaluate(({ BrowserWindow }, target) => {
    const [shown] = BrowserWindow.getAllWindows();
    if (shown === undefined) throw new Error('no window');
    const { webContents } = shown;
    type Print = Parameters<typeof webContents.print>;
    const print = async (options: NonNullable<Print[0]>, done: Print[1]): Promise<void> => {
      const pdf = await webContents.printToPDF({
        pageSize: 'A4',
        preferCSSPageSize: true,
        printBackground: true,
        margins: options.margins?.marginType === 'none' ? { top: 0, bottom: 0, left: 0, right: 0 } : {},
        landscape: options.landscape === true,
      });
      const { writeFile } = process.getBuiltinModule('node:fs/promises');
      await writeFile(target, pdf);
      done?.(true, '');
    };
    webContents.print = (options, done) => void print(options ?? {}, done);
  }, file);
}

/** Waits until the file is there. */
export const written = (file: string) =>
  expect
    .poll(
      () =>
        stat(file).then(
          ({ size }) => size > 0,
          () => false,
        ),
      { timeout: 60_000 },
    )
    .toBe(true);
export const textOf = (file: string): string => execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
export const factsOf = (file: string): string => execFileSync('pdfinfo', [file], { encoding: 'utf8' });
