import { access, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { MainHandlers } from '#shared/contract/contract.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Backups } from '../backup/backups.ts';
import type { FileTokens } from '../files/file-tokens.ts';
import { suggestedName } from '../files/suggested-name.ts';
import { copyWholeFile, writeWholeFile } from '#files/write-whole-file.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Settings } from '#shared/contract/shell.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { systemCode } from '../diagnostics/system-code.ts';
import type { Dialogs } from './dialogs.ts';
import type { PagePrinter } from './page-printer.ts';

/** As a copy that somebody saves: for whoever may read the folder. */
const READABLE = 0o644;

export interface MainHandlerParts {
  readonly about: {
    readonly version: string;
    readonly electron: string;
    readonly platform: string;
    readonly demo: boolean;
  };
  readonly dataDir: string;
  /** Whether whoever is signed in may have a stored file. */
  readonly mayRead: (fileId: string) => boolean;
  readonly dialogs: Dialogs;
  readonly printer: PagePrinter;
  /** For a print that is taken in as a letter: emptied before each. */
  readonly printDir: string;
  readonly tokens: FileTokens;
  readonly settings: SettingsStore;
  readonly backups: Backups;
  readonly settingsChanged: (settings: Settings) => void;
  readonly diagnostics: () => Promise<string>;
  readonly now: () => Date;
  readonly log: Log;
}

/** The calls that main answers itself. */
export function createMainHandlers(parts: MainHandlerParts): MainHandlers {
  const { dialogs, tokens, settings, backups } = parts;
  return {
    'app.info': () => parts.about,
    'app.exportDiagnostics': () => exportDiagnostics(parts),
    'settings.get': () => settings.get(),
    'settings.update': ({ change }) => {
      const changed = settings.update(change);
      parts.settingsChanged(changed);
      return changed;
    },
    'backup.state': () => backups.state(),
    'backup.storage': () => backups.storage(),
    'backup.choosePlace': async () => {
      const place = await dialogs.pickBackupPlace();
      if (place === null) return { chosen: false };
      await backups.setPlace(place);
      return { chosen: true };
    },
    'backup.change': async (change) => {
      await backups.change(change);
      return {};
    },
    'backup.now': () => backups.now(),
    'backup.restore': ({ id }) => backups.restore(id),
    'backup.undoRestore': ({ id }) => backups.undoRestore(id),
    'files.pick': async ({ purpose }) => {
      const picked = await dialogs.pickFiles(purpose);
      return { files: await Promise.all(picked.map((file) => tokens.issue(file))) };
    },
    'files.saveCopy': ({ fileId, suggestedName: name }) => saveCopy(parts, fileId, name),
    'files.saveCalendar': ({ text, suggestedName: name }) => saveCalendar(parts, text, name),
    'files.savePrint': ({ suggestedName: name }) => savePrint(parts, name),
    'files.print': async ({ landscape }) => ({ printed: await parts.printer.toPaper(landscape) }),
    'files.pickPrint': async ({ name }) => ({ file: await tokens.issue(await keepPrint(parts, name)) }),
  };
}

/** Also behind the recovery page's button, where core does not answer. */
export async function exportDiagnostics(
  parts: Pick<MainHandlerParts, 'dialogs' | 'diagnostics' | 'now' | 'log'>,
): Promise<{ saved: boolean }> {
  const target = await parts.dialogs.saveDiagnosticsTo(parts.now().toISOString().slice(0, 10));
  if (target === null) return { saved: false };
  const report = await parts.diagnostics();
  try {
    await writeWholeFile(target, report);
  } catch (error) {
    throw notWritten(error);
  }
  parts.log.info('diagnostics-exported');
  return { saved: true };
}

async function saveCopy(parts: MainHandlerParts, fileId: string, name: string): Promise<{ saved: boolean }> {
  if (!parts.mayRead(fileId)) throw new CodedError('LIMITED_DOCUMENT');
  const source = path.join(parts.dataDir, fileAddress(fileId));
  await access(source).catch((error: unknown) => {
    throw new CodedError('FILE_MISSING', { reason: systemCode(error) });
  });
  const target = await askTarget(parts, name);
  if (target === null) return { saved: false };
  try {
    await copyWholeFile(source, target);
  } catch (error) {
    throw notWritten(error);
  }
  return { saved: true };
}

async function saveCalendar(parts: MainHandlerParts, text: string, name: string): Promise<{ saved: boolean }> {
  const target = await askTarget(parts, name);
  if (target === null) return { saved: false };
  try {
    await writeWholeFile(target, text, READABLE);
  } catch (error) {
    throw notWritten(error);
  }
  return { saved: true };
}

async function savePrint(parts: MainHandlerParts, name: string): Promise<{ saved: boolean }> {
  // Printed first: while the dialog stands, the screen may show something else.
  const pdf = await parts.printer.print('numbered');
  const target = await askTarget(parts, name);
  if (target === null) return { saved: false };
  try {
    await writeWholeFile(target, pdf, READABLE);
  } catch (error) {
    throw notWritten(error);
  }
  return { saved: true };
}

/** A file of its own with the given name; what was printed before it is gone. */
async function keepPrint({ printer, printDir }: MainHandlerParts, name: string): Promise<string> {
  const pdf = await printer.print('as-designed');
  const file = path.join(printDir, suggestedName(name));
  try {
    await rm(printDir, { recursive: true, force: true });
    await mkdir(printDir, { recursive: true });
    await writeWholeFile(file, pdf);
  } catch (error) {
    throw notWritten(error);
  }
  return file;
}

async function askTarget({ dialogs, dataDir }: MainHandlerParts, name: string): Promise<string | null> {
  const target = await dialogs.saveCopyTo(suggestedName(name));
  // A copy over the database or a stored file would destroy what it is a copy of.
  if (target !== null && isInside(dataDir, target)) throw new CodedError('FILE_NOT_WRITTEN', { reason: 'DATA_FOLDER' });
  return target;
}

function notWritten(error: unknown): CodedError {
  const reason = systemCode(error);
  return new CodedError(reason === 'ENOSPC' ? 'DISK_FULL' : 'FILE_NOT_WRITTEN', { reason }, { retryable: true });
}

function isInside(folder: string, file: string): boolean {
  const relative = path.relative(path.resolve(folder), path.resolve(file));
  return relative === '' || (!relative.startsWith(`..${path.sep}`) && relative !== '..' && !path.isAbsolute(relative));
}
