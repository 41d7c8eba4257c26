import { app, Menu, nativeImage, Tray } from 'electron';
import type { ShellMessages } from '#shared/messages/shell.vi.ts';
import { errorFields } from '../diagnostics/error-fields.ts';
import type { Log } from '../diagnostics/log.ts';

export interface TrayIcon {
  translate(messages: ShellMessages): void;
}

/** Puts the icon into the system's tray; null where there is no tray, or no icon. */
export function placeTrayIcon(icon: string, open: () => void, log: Log): TrayIcon | null {
  const image = nativeImage.createFromPath(icon);
  if (image.isEmpty()) {
    log.info('tray-icon-missing');
    return null;
  }
  let tray: Tray;
  try {
    tray = new Tray(image);
  } catch (error) {
    log.info('tray-not-available', errorFields(error));
    return null;
  }
  tray.on('click', open);
  return {
    translate(messages) {
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
    },
  };
}
