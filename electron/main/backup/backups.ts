import { existsSync } from 'node:fs';
import path from 'node:path';
import type { CallOutput, HandlerInput } from '#shared/contract/contract.ts';
import {
  restoreResultSchema,
  storageUseSchema,
  type BackupReason,
  type BackupSummary,
  type RestoreResult,
} from '#shared/contract/backup.ts';
import { backupResultSchema, type BackupResult, type KeeperOrder } from '#shared/contract/keeper.ts';
import type { ToCore } from '#shared/contract/control.ts';
import { CodedError, isCodedError } from '#shared/errors/coded-error.ts';
import { isFolder, listBackups, DATABASE_NAME } from '#keep/backup-set.ts';
import { readBackupSettings, writeBackupSettings, type BackupSettings } from '#keep/backup-settings.ts';
import { listReplaced } from '#keep/replaced-registers.ts';
import { errorFields } from '../diagnostics/error-fields.ts';
import { systemCode } from '../diagnostics/system-code.ts';
import type { Log } from '../diagnostics/log.ts';
import type { Keeper } from './keeper.ts';
import { isCheckDue, isDue, isOverdue } from './schedule.ts';

/** First look after the start, which it must not slow down; then again and again. */
const FIRST_LOOK_MS = 2 * 60_000;
const LOOK_MS = 5 * 60_000;
/** A share that does not answer counts as away. */
const PLACE_MS = 3_000;

type State = CallOutput<'backup.state'>;

export interface BackupParts {
  readonly dataDir: string;
  readonly appVersion: string;
  readonly faultPoint: string | null;
  readonly keeper: Keeper;
  /** Has work done while core is stopped. */
  readonly withoutCore: <T>(work: () => Promise<T>) => Promise<T>;
  /** For the audit trail; lost while core does not run. */
  readonly note: (note: Omit<Extract<ToCore, { type: 'note' }>, 'type'>) => void;
  /** The answer of `backup.state` is another now. */
  readonly changed: () => void;
  readonly now: () => Date;
  readonly after: (ms: number, run: () => void) => () => void;
  readonly log: Log;
}

export interface Backups {
  state(): Promise<State>;
  storage(): Promise<CallOutput<'backup.storage'>>;
  /** @throws CodedError BACKUP_PLACE_INSIDE, SETTINGS_NOT_SAVED */
  setPlace(place: string): Promise<void>;
  change(change: Omit<HandlerInput<'backup.change'>, 'commandId'>): Promise<void>;
  now(): Promise<CallOutput<'backup.now'>>;
  restore(id: string): Promise<RestoreResult>;
  undoRestore(id: string): Promise<RestoreResult>;
  /** The newest backups in the office's place; none when it is away. Works without core. */
  offers(): Promise<readonly BackupSummary[]>;
  /** Makes a backup if another program opened the folder last and this one changes its database. Never rejects. */
  beforeStart(): Promise<void>;
  /** Looks from time to time whether a backup is due. */
  start(): void;
  stop(): void;
}

/** Backups of one data folder: when they are made, what became of them, and the way back. */
export function createBackups(parts: BackupParts): Backups {
  const { dataDir, keeper, now, log } = parts;
  let running: State['running'] = null;
  let cancel = (): void => undefined;
  /** As they were listed last: progress is told several times a second. */
  let listed: State['backups'] = null;
  /** The daily reading of all of the database; it gives way to whatever somebody wants. */
  let checking: { readonly end: () => void; readonly done: Promise<unknown> } | null = null;

  async function save(change: Partial<BackupSettings>): Promise<void> {
    const settings = await readBackupSettings(dataDir);
    try {
      await writeBackupSettings(dataDir, { ...settings, ...change });
    } catch (error) {
      throw new CodedError('SETTINGS_NOT_SAVED', { reason: systemCode(error) }, { retryable: true });
    }
    parts.changed();
  }

  /** One piece of work at a time. @throws CodedError BACKUP_BUSY */
  async function alone(
    what: 'backup' | 'restore',
    work: (run: (order: KeeperOrder) => Promise<unknown>) => Promise<unknown>,
  ): Promise<unknown> {
    if (running !== null) throw new CodedError('BACKUP_BUSY', {}, { retryable: true });
    running = { what, phase: 'database', done: 0, total: 0 };
    parts.changed();
    try {
      checking?.end();
      await checking?.done;
      return await work((order) =>
        keeper.run(order, ({ phase, done, total }) => {
          running = { what, phase, done, total };
          parts.changed();
        }),
      );
    } finally {
      running = null;
      parts.changed();
    }
  }

  async function make(reason: BackupReason, onlyBeforeMigration = false): Promise<BackupResult> {
    const { place } = await readBackupSettings(dataDir);
    if (place === null) throw new CodedError('BACKUP_NO_PLACE');
    const { appVersion, faultPoint } = parts;
    const order = { what: 'backup', dataDir, place, appVersion, reason, onlyBeforeMigration, faultPoint } as const;
    try {
      const made = backupResultSchema.parse(await alone('backup', (run) => run(order)));
      if (made === null) return null;
      const { at, databaseBytes, copiedFiles, missingFiles, copyMs, checkMs } = made;
      log.info('backup-made', { reason, databaseBytes, copiedFiles, missingFiles, copyMs, checkMs });
      parts.note({ action: 'backup.made', params: { reason, databaseBytes }, byPerson: reason === 'person' });
      await save({ lastGood: { at, databaseBytes, missingFiles }, lastFailure: null });
      return made;
    } catch (error) {
      const code = isCodedError(error) ? error.code : 'UNEXPECTED';
      // Before an update core has not opened it yet.
      if (code === 'DATABASE_DAMAGED' && reason !== 'update') await openAnew();
      if (code !== 'BACKUP_BUSY') {
        log.warn('backup-failed', { reason, code });
        await save({ lastFailure: { at: now().toISOString(), code } }).catch((failure: unknown) => {
          log.error('backup-failure-not-kept', errorFields(failure));
        });
      }
      throw error;
    }
  }

  /** A start reads no more than it needs, so all of the database is read once a day beside the office. */
  async function check(): Promise<void> {
    const ending = new AbortController();
    const done = keeper.run({ what: 'check', dataDir, faultPoint: null }, () => undefined, ending.signal);
    checking = { end: () => ending.abort(), done: done.catch(() => undefined) };
    try {
      await done;
      await save({ lastCheck: now().toISOString() });
    } catch (error) {
      if (ending.signal.aborted) return;
      if (isCodedError(error) && error.code === 'DATABASE_DAMAGED') await openAnew();
      throw error;
    } finally {
      checking = null;
    }
  }

  /** Core reads all of a database that is suspected before it opens it, and says what it finds. */
  const openAnew = (): Promise<void> => parts.withoutCore(() => Promise.resolve());

  async function look(): Promise<void> {
    if (running !== null) return;
    const settings = await readBackupSettings(dataDir);
    if (await canBackUp(settings)) await make('schedule');
    else if (isCheckDue(settings, now().getTime())) await check();
  }

  async function canBackUp(settings: BackupSettings): Promise<boolean> {
    if (settings.place === null || !isDue(settings, now().getTime())) return false;
    if (await isFolder(settings.place)) return true;
    // Said once, and then silently looked for.
    if (settings.lastFailure?.code !== 'BACKUP_PLACE_GONE')
      await save({ lastFailure: { at: now().toISOString(), code: 'BACKUP_PLACE_GONE' } });
    return false;
  }

  function lookAfter(ms: number): void {
    cancel = parts.after(ms, () => {
      void look()
        .catch((error: unknown) => {
          // Kept with its code by `make`; the next turn tries again.
          log.warn('backup-not-made', errorFields(error));
        })
        .finally(() => {
          // Time alone makes a backup overdue.
          parts.changed();
          lookAfter(LOOK_MS);
        });
    });
  }

  async function listPatiently(place: string): Promise<State['backups']> {
    let stopWaiting = (): void => undefined;
    const tooLong = new Promise<null>((resolve) => {
      stopWaiting = parts.after(PLACE_MS, () => {
        resolve(null);
      });
    });
    const found = await Promise.race([listBackups(place).catch(() => null), tooLong]);
    stopWaiting();
    return found;
  }

  const restoring = async (order: KeeperOrder): Promise<RestoreResult> => {
    const result = restoreResultSchema.parse(await alone('restore', (run) => parts.withoutCore(() => run(order))));
    log.warn('register-restored', { ...result, replaced: result.replaced ?? '' });
    return result;
  };

  const placeNow = async (): Promise<string> => {
    const { place } = await readBackupSettings(dataDir);
    if (place === null) throw new CodedError('BACKUP_NO_PLACE');
    return place;
  };

  return {
    async state() {
      const settings = await readBackupSettings(dataDir);
      const { place, interval, warnAfterDays, lastGood, lastFailure } = settings;
      if (running === null || listed === null) listed = place === null ? [] : await listPatiently(place);
      const backups = listed;
      const overdue = isOverdue(settings, now().getTime());
      const replaced = await listReplaced(dataDir);
      return {
        place,
        interval,
        warnAfterDays,
        lastGood,
        lastFailure,
        running,
        overdue,
        backups,
        replaced,
      };
    },
    async storage() {
      return storageUseSchema.parse(await keeper.run({ what: 'survey', dataDir, faultPoint: null }, () => undefined));
    },
    async setPlace(place) {
      const inside = path.relative(dataDir, path.resolve(place));
      if (inside === '' || (!inside.startsWith('..') && !path.isAbsolute(inside)))
        throw new CodedError('BACKUP_PLACE_INSIDE');
      await save({ place: path.resolve(place), lastFailure: null });
      parts.note({ action: 'backup.changed', params: { place: path.resolve(place) }, byPerson: true });
    },
    async change({ interval, warnAfterDays }) {
      await save({ interval, warnAfterDays });
      parts.note({ action: 'backup.changed', params: { interval, warnAfterDays }, byPerson: true });
    },
    async now() {
      const made = await make('person');
      if (made === null) throw new Error('a backup that was asked for was not made');
      const { at, databaseBytes, copiedFiles, missingFiles } = made;
      return { at, databaseBytes, copiedFiles, missingFiles };
    },
    async restore(id) {
      const place = await placeNow();
      return restoring({ what: 'restore', dataDir, place, id, faultPoint: parts.faultPoint });
    },
    undoRestore: (id) => restoring({ what: 'undo', dataDir, id, faultPoint: parts.faultPoint }),
    async offers() {
      const { place } = await readBackupSettings(dataDir);
      return place === null ? [] : ((await listPatiently(place)) ?? []);
    },
    async beforeStart() {
      try {
        const { place, appVersion } = await readBackupSettings(dataDir);
        if (place === null || appVersion === parts.appVersion) return;
        if (existsSync(path.join(dataDir, DATABASE_NAME)) && (await isFolder(place))) await make('update', true);
        await save({ appVersion: parts.appVersion });
      } catch (error) {
        // Core makes a copy of its own beside the database before it changes it.
        log.warn('no-backup-before-update', errorFields(error));
      }
    },
    start: () => lookAfter(FIRST_LOOK_MS),
    stop: () => {
      cancel();
      keeper.stop();
    },
  };
}
