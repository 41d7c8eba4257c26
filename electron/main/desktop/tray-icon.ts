import { app, Menu, nativeImage, Tray } from 'electron';
import type { ShellMessages } from '#shared/messages/shell.vi.ts';
import { errorFields } from '../diagnostics/error-fields.ts';
import type { Log } from '../diagnostics/log.ts';

/** Puts the icon into the system's tray, if there is a tray and the icon. Returns what changes its language. */
export function placeTrayIcon(icon: string, open: () => void, log: Log): (messages: ShellMessages) => void {
  const image = nativeImage.createFromPath(icon);
  if (image.isEmpty()) {
    log.info('tray-icon-missing');
    return () => undefined;
  }
  let tray: Tray;
  try {
    tray = new Tray(image);
  } catch (error) {
    log.info('tray-not-available', errorFields(error));
    return () => undefined;
  }
  tray.on('click', open);
  return (messages) => {
    tray.setToolTip(messages.tray.tooltip);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: messages.tray.open, click: open },
        { type: 'separator' },
        {
          label: messages.tray.quit,
          click: () => {
            app.quit();
          },
        },
      ]),
    );
  };
}
