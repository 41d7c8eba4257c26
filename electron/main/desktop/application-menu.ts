import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { ShellMessages } from '#shared/messages/shell.vi.ts';

export interface MenuActions {
  newOutgoing(): void;
  settings(): void;
  exportDiagnostics(): void;
  feedback(): void;
  about(): void;
}

/**
 * The menu that Alt shows. Keys belong to the screens: nothing here takes one but zooming, and there is no reload, which
 * would throw away what is being typed.
 */
export function setApplicationMenu({ menu }: ShellMessages, actions: MenuActions, developing: boolean): void {
  const edit = (role: NonNullable<MenuItemConstructorOptions['role']>, label: string): MenuItemConstructorOptions => ({
    role,
    label,
    // The page handles these keys itself; registered here they would be taken from its own undo.
    registerAccelerator: false,
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const template: MenuItemConstructorOptions[] = [
    {
      label: menu.file,
      submenu: [
        { label: menu.newOutgoing, click: actions.newOutgoing },
        { label: menu.settings, click: actions.settings },
        separator,
        { label: menu.exportDiagnostics, click: actions.exportDiagnostics },
        separator,
        { role: 'quit', label: menu.quit, registerAccelerator: false },
      ],
    },
    {
      label: menu.edit,
      submenu: [
        edit('undo', menu.undo),
        edit('redo', menu.redo),
        separator,
        edit('cut', menu.cut),
        edit('copy', menu.copy),
        edit('paste', menu.paste),
        edit('selectAll', menu.selectAll),
      ],
    },
    {
      label: menu.view,
      submenu: [
        { role: 'zoomIn', label: menu.zoomIn, accelerator: 'CommandOrControl+Plus' },
        { role: 'zoomIn', label: menu.zoomIn, accelerator: 'CommandOrControl+=', visible: false },
        { role: 'zoomOut', label: menu.zoomOut, accelerator: 'CommandOrControl+-' },
        { role: 'resetZoom', label: menu.resetZoom, accelerator: 'CommandOrControl+0' },
        separator,
        { role: 'togglefullscreen', label: menu.fullScreen, registerAccelerator: false },
        ...(developing ? [{ role: 'toggleDevTools' } as const] : []),
      ],
    },
    {
      label: menu.help,
      submenu: [
        { label: menu.feedback, click: actions.feedback },
        separator,
        { label: menu.about, click: actions.about },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
