import path from 'node:path';
import { app, BrowserWindow, dialog, type FileFilter, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { attachmentExtensions } from '#shared/domain/attachment-rules.ts';
import { mailExtensions } from '#shared/domain/mail-format.ts';
import type { ShellMessages } from '#shared/messages/shell.vi.ts';
import type { Dialogs, PickPurpose } from '../calls/dialogs.ts';

/** Files that may be chosen several at once. */
const several: ReadonlySet<PickPurpose> = new Set(['attachment', 'arrival']);

/** The system's dialogs, over the window that has the focus. `messages` is asked each time: the language may change. */
export function nativeDialogs(messages: () => ShellMessages): Dialogs {
  return {
    async pickFiles(purpose) {
      const { dialogs } = messages();
      const options: OpenDialogOptions = {
        title: pickTitle(purpose, dialogs),
        buttonLabel: dialogs.pick,
        filters: pickFilters(purpose, dialogs),
        properties: several.has(purpose) ? ['openFile', 'multiSelections'] : ['openFile'],
      };
      const parent = BrowserWindow.getFocusedWindow();
      const { canceled, filePaths } = await (parent === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return canceled ? [] : filePaths;
    },
    async pickBackupPlace() {
      const { dialogs } = messages();
      const options: OpenDialogOptions = {
        title: dialogs.pickBackupPlace,
        buttonLabel: dialogs.pick,
        properties: ['openDirectory', 'createDirectory'],
      };
      const parent = BrowserWindow.getFocusedWindow();
      const { canceled, filePaths } = await (parent === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return canceled ? null : (filePaths[0] ?? null);
    },
    saveCopyTo(name) {
      const { dialogs } = messages();
      return askWhere({
        title: dialogs.saveCopy,
        buttonLabel: dialogs.save,
        defaultPath: path.join(app.getPath('documents'), name),
        filters: copyFilters(name, dialogs),
      });
    },
    saveDiagnosticsTo(day) {
      const { dialogs } = messages();
      return askWhere({
        title: dialogs.exportDiagnostics,
        buttonLabel: dialogs.save,
        defaultPath: path.join(app.getPath('documents'), `${dialogs.diagnosticsName}-${day}.json`),
        filters: [{ name: dialogs.filterJson, extensions: ['json'] }],
      });
    },
  };
}

async function askWhere(options: SaveDialogOptions): Promise<string | null> {
  const parent = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } = await (parent === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options));
  return canceled || filePath === '' ? null : filePath;
}

function pickTitle(purpose: PickPurpose, dialogs: ShellMessages['dialogs']): string {
  switch (purpose) {
    case 'letter':
      return dialogs.pickLetter;
    case 'arrival':
      return dialogs.pickArrival;
    case 'attachment':
      return dialogs.pickAttachment;
    case 'certificate':
      return dialogs.pickCertificate;
    case 'image':
      return dialogs.pickImage;
  }
}

function pickFilters(purpose: PickPurpose, dialogs: ShellMessages['dialogs']): FileFilter[] {
  switch (purpose) {
    case 'letter':
      return [{ name: dialogs.filterPdf, extensions: ['pdf'] }];
    case 'arrival':
      return [{ name: dialogs.filterArrival, extensions: ['pdf', ...mailExtensions] }];
    case 'attachment':
      return [{ name: dialogs.filterAttachment, extensions: [...attachmentExtensions] }];
    case 'certificate':
      return [{ name: dialogs.filterPkcs12, extensions: ['p12', 'pfx'] }];
    case 'image':
      return [{ name: dialogs.filterPng, extensions: ['png'] }];
  }
}

function copyFilters(name: string, dialogs: ShellMessages['dialogs']): FileFilter[] {
  switch (path.extname(name).toLowerCase()) {
    case '.pdf':
      return [{ name: dialogs.filterPdf, extensions: ['pdf'] }];
    case '.xlsx':
      return [{ name: dialogs.filterXlsx, extensions: ['xlsx'] }];
    case '.docx':
      return [{ name: dialogs.filterDocx, extensions: ['docx'] }];
    case '.edxml':
      return [{ name: dialogs.filterEdxml, extensions: ['edxml'] }];
    case '.ics':
      return [{ name: dialogs.filterCalendar, extensions: ['ics'] }];
    default:
      return [];
  }
}
