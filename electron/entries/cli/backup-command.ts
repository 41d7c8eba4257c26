import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { listBackups } from '#keep/backup-set.ts';
import { readBackupSettings, writeBackupSettings, type BackupSettings } from '#keep/backup-settings.ts';
import { makeBackup } from '#keep/make-backup.ts';
import { listReplaced } from '#keep/replaced-registers.ts';
import { restoreBackup, undoRestore, type RestoreOutcome } from '#keep/restore-backup.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import { UsageError } from './failures.ts';
import { printJson, refuseExtra } from './input-file.ts';

const now = () => new Date();

/** Makes a backup beside whatever runs on the folder. */
export async function backupCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, 'data-dir': { type: 'string' }, to: { type: 'string' } },
  });
  refuseExtra(positionals, 0);
  const dataDir = dataDirOf(values['data-dir']);
  const place = await placeOf(dataDir, values.to, '--to');
  const made = await usable(() => makeBackup({ dataDir, place, appVersion: appVersion(), reason: 'command', now }));
  const { at, database, counts, files } = made.manifest;
  await noteGood(dataDir, place, { at, databaseBytes: database.bytes, missingFiles: files.missing });
  if (values.json) printJson({ ...made, place });
  else {
    const { id, copiedFiles, removedSets } = made;
    process.stdout.write(
      `${id}\n${counts.documents} documents, ${database.bytes} bytes; ${files.count} files (${copiedFiles} new, ` +
        `${files.missing} missing); ${removedSets} old backups removed\n`,
    );
  }
  return 0;
}

/** Lists backups, puts one back, or puts back what a restore had replaced. Only while no program runs on the folder. */
export async function restoreCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      'data-dir': { type: 'string' },
      from: { type: 'string' },
      list: { type: 'boolean', default: false },
      undo: { type: 'boolean', default: false },
    },
  });
  refuseExtra(positionals, 1);
  const dataDir = dataDirOf(values['data-dir']);
  const [id] = positionals;
  const request = { dataDir, now };
  if (values.undo) {
    const target = id ?? (await listReplaced(dataDir)).find(({ readable }) => readable)?.id;
    if (target === undefined) throw new UsageError(`no restore of ${dataDir} can be undone`);
    return say(values.json, await undoRestore(request, target));
  }
  const place = await placeOf(dataDir, values.from, '--from');
  const backups = await usable(() => listBackups(place));
  if (values.list) {
    if (values.json) printJson({ place, backups });
    else
      for (const one of backups)
        process.stdout.write(`${one.id}  ${one.documents} documents, schema ${one.schemaVersion}  ${one.agencyName}\n`);
    return 0;
  }
  if (id === undefined) throw new UsageError('which backup? see: vanthu restore --list');
  if (!backups.some((one) => one.id === id))
    throw new UsageError(`no backup ${id} in ${place}; see: vanthu restore --list`);
  return say(values.json, await restoreBackup(request, place, id));
}

function say(json: boolean, outcome: RestoreOutcome): number {
  const { replaced, epoch, missingFiles, numbersKnown } = outcome;
  if (json) printJson(outcome);
  else {
    process.stdout.write(`epoch ${epoch}, ${missingFiles} files missing, replaced: ${replaced ?? 'nothing'}\n`);
    if (!numbersKnown)
      process.stdout.write(
        'numbers given after the backup are not known: each book asks for its last number before it gives another\n',
      );
  }
  return 0;
}

function dataDirOf(given: string | undefined): string {
  const folder = given ?? process.env['VANTHU_DATA_DIR'];
  if (folder === undefined || folder === '') throw new UsageError('--data-dir is missing; see: vanthu help');
  return path.resolve(folder);
}

/** The place that was named, else the one that the office chose in the application. */
async function placeOf(dataDir: string, given: string | undefined, flag: string): Promise<string> {
  const place = given ?? (await readBackupSettings(dataDir)).place;
  if (place === null) throw new UsageError(`${flag} is missing, and the office has chosen no place`);
  return path.resolve(place);
}

/** The office's own place has a good backup again. */
async function noteGood(dataDir: string, place: string, lastGood: BackupSettings['lastGood']): Promise<void> {
  const settings = await readBackupSettings(dataDir);
  if (settings.place !== null && path.resolve(settings.place) === place)
    await writeBackupSettings(dataDir, { ...settings, lastGood, lastFailure: null });
}

function appVersion(): string {
  const file = path.join(import.meta.dirname, '../../../package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

/** A folder that is not there is wrong use here, and no bug. */
async function usable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (isCodedError(error) || !/^(ENOENT|ENOTDIR|EACCES|SQLITE_CANTOPEN)/.test(code)) throw error;
    throw new UsageError(`${code}: ${error instanceof Error ? error.message : ''}`);
  }
}
