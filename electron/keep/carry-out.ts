import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { checkDatabase, needsMigration } from '#data/backup/inspect-database.ts';
import { suspectDatabase } from '#data/connection/closing-mark.ts';
import type { BackupPhase, RestoreResult, StorageUse } from '#shared/contract/backup.ts';
import type { BackupResult, FromKeeper, KeeperOrder } from '#shared/contract/keeper.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import { DATABASE_NAME } from './backup-set.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup, undoRestore } from './restore-backup.ts';
import { surveyStorage } from './survey-storage.ts';

/** At most so often is anybody told how far the work is. */
const PROGRESS_MS = 200;

export interface KeeperPorts {
  say(message: FromKeeper): void;
  readonly now: () => Date;
  /** Dies at a named point, for crash tests. */
  readonly fault: (point: string) => void;
}

/** Does one order and says what became of it. Never rejects. */
export async function carryOut(order: KeeperOrder, { say, now, fault }: KeeperPorts): Promise<void> {
  // Behind whatever the clerk does; before the first thread is made, which keeps what it began with.
  if (order.what === 'backup' || order.what === 'survey' || order.what === 'check')
    setPriority(constants.priority.PRIORITY_LOW);
  let told = -PROGRESS_MS;
  const progress = (phase: BackupPhase, done: number, total: number): void => {
    const at = performance.now();
    if (at - told < PROGRESS_MS) return;
    told = at;
    say({ type: 'progress', phase, done, total });
  };
  const work = async (): Promise<BackupResult | RestoreResult | StorageUse | null> => {
    switch (order.what) {
      case 'backup': {
        if (order.onlyBeforeMigration && !needsMigration(path.join(order.dataDir, DATABASE_NAME))) return null;
        const { id, manifest, copiedFiles, copyMs, checkMs } = await reading(order.dataDir, () =>
          makeBackup({ ...order, now, progress, fault }),
        );
        const { at, database, files } = manifest;
        return {
          id,
          at,
          databaseBytes: database.bytes,
          copiedFiles,
          missingFiles: files.missing,
          copyMs: Math.round(copyMs),
          checkMs: Math.round(checkMs),
        };
      }
      case 'restore': {
        const request = {
          dataDir: order.dataDir,
          now,
          fault,
          progress: (done: number, total: number) => progress('files', done, total),
        };
        return restoreBackup(request, order.place, order.id);
      }
      case 'undo':
        return undoRestore({ dataDir: order.dataDir, now, fault }, order.id);
      case 'survey':
        return surveyStorage(order.dataDir);
      case 'check':
        return reading(order.dataDir, (database) => {
          checkDatabase(database);
          return null;
        });
    }
  };
  try {
    say({ type: 'done', value: await work() });
  } catch (error) {
    const coded = isCodedError(error)
      ? { code: error.code, params: { ...error.params } }
      : { code: 'UNEXPECTED', params: {} };
    say({ type: 'failed', ...coded, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

/** Work that reads all of a register. One that turns out damaged is not opened again before it was read whole. */
async function reading<T>(dataDir: string, work: (database: string) => T | Promise<T>): Promise<T> {
  const database = path.join(dataDir, DATABASE_NAME);
  try {
    return await work(database);
  } catch (error) {
    if (isCodedError(error) && error.code === 'DATABASE_DAMAGED') suspectDatabase(database);
    throw error;
  }
}
