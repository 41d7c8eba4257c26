import { open, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, join } from 'node:path';
import { noteBeside } from '#data/audit/note-beside.ts';
import { readDatabase } from '#data/connection/read-database.ts';
import { registersOn, type OpenRegisters } from '#data/open-registers.ts';
import { createOfficeFiles } from '#office-files/office-files.ts';
import type { PrintLook } from '#shared/contract/books.ts';
import { isoDate } from '#shared/domain/vn-date.ts';
import { loadFonts } from '../load-fonts.ts';
import { noLog } from '../machine-ports.ts';
import { UsageError } from './failures.ts';

export const officeFiles = createOfficeFiles(() => loadFonts(join(import.meta.dirname, '../../../resources')));

/**
 * Writes what was taken out of a register, once it stands in the audit trail: by which account of this machine, and under which
 * name. @throws CodedError when it cannot be noted, UsageError when it cannot be written
 */
export async function writeNoted(
  {
    dataDir,
    out,
    ...what
  }: { readonly dataDir: string; readonly out: string } & Readonly<Record<string, string | number>>,
  action: 'book.exported' | 'form.exported' | 'audit.exported',
  bytes: string | Uint8Array | Iterable<string>,
): Promise<void> {
  const file = await openNew(out);
  try {
    noteBeside(dataDir, action, { ...what, account: userInfo().username, file: basename(out) });
    await writeFile(file, bytes);
  } catch (error) {
    // Half a book, or one that is not noted, is none.
    await rm(out, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** Never over a file that is there: an exported book may have been signed. */
async function openNew(out: string): Promise<FileHandle> {
  try {
    return await open(out, 'wx');
  } catch (error) {
    throw new UsageError(`cannot write ${out}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Reads the registers of a data folder, also while the application has it open. */
export function reading<T>(dataDir: string | undefined, read: (opened: OpenRegisters) => T): T {
  if (dataDir === undefined) throw new UsageError('--data-dir is needed; see: vanthu help');
  const opened = registersOn(readDatabase(dataDir), noLog);
  try {
    return read(opened);
  } finally {
    opened.close();
  }
}

/** @throws UsageError when it is no number from 1 */
export function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,7}$/u.test(text) || Number(text) < 1) throw new UsageError(`--${name} is a number from 1`);
  return Number(text);
}

/** @throws UsageError when it is no day that exists */
export function dayOf(name: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text) ?? [];
  const found = isoDate(Number(year), Number(month), Number(day));
  if (found === null) throw new UsageError(`--${name} is a day that exists, as 2026-11-28`);
  return found;
}

/** A whole form, ready to bind; without its cover where that is asked for. */
export function lookOf(values: { readonly 'no-cover': boolean; readonly volume: string }): PrintLook {
  return { cover: !values['no-cover'], pageSums: true, runningSums: true, signatures: true, volume: values.volume };
}
