import { dialog, type BrowserWindow } from 'electron';
import { fillMessage } from '#shared/messages/shell-messages.ts';
import type { ShellMessages } from '#shared/messages/shell.vi.ts';

export async function showAbout(window: BrowserWindow, { about }: ShellMessages, version: string): Promise<void> {
  await dialog.showMessageBox(window, {
    type: 'info',
    title: about.title,
    message: fillMessage(about.text, { version }),
    detail: fillMessage(about.detail, { electron: process.versions.electron }),
    buttons: [about.close],
  });
}
