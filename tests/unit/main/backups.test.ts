import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  defaultBackupSettings,
  readBackupSettings,
  writeBackupSettings,
  type BackupSettings,
} from '#keep/backup-settings.ts';
import { createBackups } from '#main/backup/backups.ts';
import { createKeeper } from '#main/backup/keeper.ts';
import { isCheckDue, isDue, isOverdue } from '#main/backup/schedule.ts';
import { recoveryAction, recoveryPage } from '#main/windows/recovery-page.ts';
import { createRestoreOffers } from '#main/windows/restore-offers.ts';
import type { BackupSummary } from '#shared/contract/backup.ts';
import type { FromKeeper, KeeperOrder } from '#shared/contract/keeper.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { FakeTimers, recordingLog, silentLog } from './fakes.ts';

const START = Date.parse('2026-11-28T01:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (ms: number): string => new Date(START + ms).toISOString();
const good = (ms: number): BackupSettings['lastGood'] => ({ at: at(ms), databaseBytes: 1, missingFiles: 0 });

let folder: string;
let place: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'vanthu-backups-'));
  place = path.join(folder, 'usb');
  mkdirSync(place);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Backups over a keeper that answers what it is told to. */
async function setUp(settings: Partial<BackupSettings> = {}, answer?: (order: KeeperOrder) => FromKeeper | null) {
  const dataDir = path.join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(path.join(dataDir, 'vanthu.db'), 'x');
  await writeBackupSettings(dataDir, { ...defaultBackupSettings, place, ...settings });
  const timers = new FakeTimers();
  let looks = 0;
  const orders: KeeperOrder[] = [];
  const events: string[] = [];
  const waiting: ((message: FromKeeper) => void)[] = [];
  const exits: ((code: number) => void)[] = [];
  const keeper = createKeeper(
    {
      fork(order, received, exited) {
        orders.push(order);
        events.push(order.what);
        exits.push(exited);
        const message =
          answer === undefined
            ? ({
                type: 'done',
                value: {
                  id: 'a',
                  at: at(timers.now),
                  databaseBytes: 7,
                  copiedFiles: 2,
                  missingFiles: 0,
                  copyMs: 1,
                  checkMs: 1,
                },
              } as const)
            : answer(order);
        if (message === null) waiting.push(received);
        else queueMicrotask(() => received(message));
        return { kill: () => events.push('killed') };
      },
    },
    silentLog,
  );
  const backups = createBackups({
    dataDir,
    appVersion: '2.0.0',
    faultPoint: null,
    keeper,
    withoutCore: async (work) => {
      events.push('core stops');
      try {
        return await work();
      } finally {
        events.push('core starts');
      }
    },
    note: () => undefined,
    changed: () => undefined,
    now: () => new Date(START + timers.now),
    after: (ms, run) => {
      looks += 1;
      return timers.after(ms, run);
    },
    log: silentLog,
  });
  /** Lets an hour pass, and waits until whatever it brought is done. */
  const passHour = async (): Promise<void> => {
    const before = looks;
    timers.advance(HOUR);
    while (looks === before) await new Promise(setImmediate);
  };
  return {
    backups,
    passHour,
    timers,
    orders,
    events,
    waiting,
    exits,
    dataDir,
    settings: () => readBackupSettings(dataDir),
  };
}

const code = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof CodedError ? error.code : error),
  );

describe('when a backup is due', () => {
  const base: BackupSettings = { ...defaultBackupSettings, place: '/usb' };
  const failed = (failure: string, ms: number) => ({ at: at(ms), code: failure });
  it.each<[string, Partial<BackupSettings>, boolean]>([
    ['there is none', {}, true],
    ['the last is a day old', { lastGood: good(-DAY) }, true],
    ['the last is of an hour ago', { lastGood: good(-HOUR) }, false],
    ['every four hours, after five', { interval: 'four-hours', lastGood: good(-5 * HOUR) }, true],
    ['nobody wants any by itself', { interval: 'never' }, false],
    ['no place was chosen', { place: null }, false],
    ['the last failed a minute ago', { lastFailure: failed('BACKUP_PLACE_FULL', -60_000) }, false],
    ['the last failed two hours ago', { lastFailure: failed('BACKUP_PLACE_FULL', -2 * HOUR) }, true],
    ['the place was away a minute ago', { lastFailure: failed('BACKUP_PLACE_GONE', -60_000) }, true],
    ['the clock was a year ahead when the last was made', { lastGood: good(365 * DAY) }, true],
  ])('%s', (_, change, due) => expect(isDue({ ...base, ...change }, START)).toBe(due));

  it('and overdue, when a good one is older than the office allows', () => {
    expect(isOverdue({ ...base, lastGood: good(-2 * DAY) }, START)).toBe(false);
    expect(isOverdue({ ...base, lastGood: good(-4 * DAY) }, START)).toBe(true);
    expect(isOverdue({ ...base, lastFailure: failed('BACKUP_PLACE_FULL', 0) }, START)).toBe(true);
    expect(isOverdue({ ...base, place: null, lastGood: good(-9 * DAY) }, START)).toBe(false);
  });
});

describe('backups', () => {
  it('are made by the schedule, one a day, and remembered', async () => {
    const { backups, passHour, orders, settings } = await setUp();
    backups.start();
    for (let hours = 0; hours < 3 * 24; hours += 1) await passHour();
    expect(orders.length).toBeGreaterThanOrEqual(3);
    expect(orders.length).toBeLessThanOrEqual(4);
    expect(orders[0]).toMatchObject({ what: 'backup', reason: 'schedule', place });
    expect(await settings()).toMatchObject({ lastGood: { databaseBytes: 7 }, lastFailure: null });
    backups.stop();
  });

  const check = (orders: readonly KeeperOrder[]) => orders.filter(({ what }) => what === 'check').length;
  const whole: FromKeeper = { type: 'done', value: null };
  const damagedRegister: FromKeeper = { type: 'failed', code: 'DATABASE_DAMAGED', params: {}, detail: '' };

  it.each<[string, Partial<BackupSettings>]>([
    ['no place', { place: null }],
    ['a place that is away', { place: '/nowhere/usb' }],
  ])('with %s, all of the database is still read once a day', async (_, change) => {
    const { backups, passHour, orders, settings } = await setUp(change, () => whole);
    backups.start();
    for (let hours = 0; hours < 3 * 24; hours += 1) await passHour();
    expect(check(orders)).toBeGreaterThanOrEqual(3);
    expect(check(orders)).toBeLessThanOrEqual(4);
    expect((await settings()).lastCheck).not.toBeNull();
    backups.stop();
  });

  it('read the database whole themselves', () => {
    const read: BackupSettings = { ...defaultBackupSettings, place: '/usb' };
    expect(isCheckDue(read, START)).toBe(true);
    expect(isCheckDue({ ...read, lastGood: good(-HOUR) }, START)).toBe(false);
    expect(isCheckDue({ ...read, lastGood: good(-DAY), lastCheck: at(-HOUR) }, START)).toBe(false);
    expect(isCheckDue({ ...read, lastGood: good(-DAY), lastCheck: at(365 * DAY) }, START)).toBe(true);
  });

  it('and checks that find the database damaged have core open it anew', async () => {
    const checked = await setUp({ place: null }, () => damagedRegister);
    checked.backups.start();
    await checked.passHour();
    expect(checked.events.slice(0, 4)).toEqual(['check', 'killed', 'core stops', 'core starts']);
    expect((await checked.settings()).lastCheck).toBeNull();
    checked.backups.stop();
    const copied = await setUp({}, () => damagedRegister);
    expect(await code(copied.backups.now())).toBe('DATABASE_DAMAGED');
    expect(copied.events).toEqual(['backup', 'killed', 'core stops', 'core starts']);
  });

  it('a check gives way to what somebody wants', async () => {
    const { backups, passHour, exits, orders, events, settings } = await setUp({ place: null }, ({ what }) =>
      what === 'check' ? null : { type: 'failed', code: 'NOT_FOUND', params: {}, detail: '' },
    );
    backups.start();
    const passed = passHour();
    while (orders.length === 0) await new Promise(setImmediate);
    const undone = code(backups.undoRestore('a'));
    while (!events.includes('killed')) await new Promise(setImmediate);
    expect(orders).toHaveLength(1);
    exits[0]?.(1);
    expect(await undone).toBe('NOT_FOUND');
    expect(events.slice(0, 2)).toEqual(['check', 'killed']);
    expect(orders.map(({ what }) => what)).toEqual(['check', 'undo']);
    await passed;
    expect((await settings()).lastCheck).toBeNull();
    backups.stop();
  });

  it('a failed one is remembered with its reason, and the good one before it stays the last good one', async () => {
    const { backups, settings } = await setUp({ lastGood: good(-DAY) }, () => ({
      type: 'failed',
      code: 'BACKUP_PLACE_FULL',
      params: {},
      detail: '',
    }));
    expect(await code(backups.now())).toBe('BACKUP_PLACE_FULL');
    expect(await settings()).toMatchObject({ lastGood: good(-DAY), lastFailure: { code: 'BACKUP_PLACE_FULL' } });
  });

  it('one whose process dies is a failed one', async () => {
    const { backups, exits, settings, orders } = await setUp({}, () => null);
    const made = backups.now();
    while (orders.length === 0) await new Promise(setImmediate);
    exits[0]?.(9);
    await expect(made).rejects.toThrow('died');
    expect(await settings()).toMatchObject({ lastGood: null, lastFailure: { code: 'UNEXPECTED' } });
  });

  it('of two at a time the second is refused', async () => {
    const { backups, orders, waiting } = await setUp({}, () => null);
    const first = backups.now();
    while (orders.length === 0) await new Promise(setImmediate);
    expect(await code(backups.now())).toBe('BACKUP_BUSY');
    expect(await code(backups.restore('a'))).toBe('BACKUP_BUSY');
    waiting[0]?.({ type: 'failed', code: 'BACKUP_PLACE_GONE', params: {}, detail: '' });
    expect(await code(first)).toBe('BACKUP_PLACE_GONE');
  });

  it('before an update are asked for once a version, and never keep the office from starting', async () => {
    const { backups, orders, settings } = await setUp({ appVersion: '1.0.0' }, () => ({
      type: 'failed',
      code: 'BACKUP_PLACE_FULL',
      params: {},
      detail: '',
    }));
    await backups.beforeStart();
    expect(orders).toMatchObject([{ reason: 'update', onlyBeforeMigration: true }]);
    expect((await settings()).lastFailure?.code).toBe('BACKUP_PLACE_FULL');
    const next = await setUp({ appVersion: '2.0.0' });
    await next.backups.beforeStart();
    expect(next.orders).toEqual([]);
  });

  it('a restore happens while core is stopped, which starts anew also when it failed', async () => {
    const { backups, events } = await setUp({}, () => ({
      type: 'failed',
      code: 'BACKUP_DAMAGED',
      params: {},
      detail: '',
    }));
    expect(await code(backups.restore('a'))).toBe('BACKUP_DAMAGED');
    expect(events).toEqual(['core stops', 'restore', 'killed', 'core starts']);
  });

  it('a place inside the data folder is refused', async () => {
    const { backups, dataDir } = await setUp();
    expect(await code(backups.setPlace(path.join(dataDir, 'backups')))).toBe('BACKUP_PLACE_INSIDE');
    expect(await code(backups.setPlace(`${dataDir}-2`))).toBe('done');
  });
});

describe('the recovery page of a damaged database', () => {
  const failure = { code: 'DATABASE_DAMAGED', params: {} } as const;
  const summary: BackupSummary = {
    id: 'van-thu-12345678/2026-11-27T100000000Z',
    registerId: '00000000-0000-4000-8000-000000000000',
    agencyName: 'Sở "A" & <B>',
    at: '2026-11-27T10:00:00.000Z',
    reason: 'schedule',
    appVersion: '1',
    schemaVersion: 1,
    documents: 12,
    databaseBytes: 1,
    fileBytes: 1,
    missingFiles: 0,
  };

  it('offers the newest backups by their day in Việt Nam, and its links are those buttons', () => {
    const page = recoveryPage(failure, { backups: [summary], running: false, failed: null }, 'vi');
    expect(page).toContain('Phục hồi bản 17:00 ngày 27/11/2026 (12 văn bản)');
    const [, address = ''] = /href="([^"]*\/restore\/[^"]*)"/.exec(page) ?? [];
    expect(recoveryAction(address)).toEqual({ restore: summary.id });
    expect(recoveryPage(failure, { backups: [], running: false, failed: 'BACKUP_DAMAGED' }, 'vi')).toContain('bị hỏng');
    expect(recoveryPage({ code: 'DISK_FULL', params: {} }, null, 'vi')).not.toContain('restore');
  });

  it('says again why a restore failed, when core comes to the same end', async () => {
    const shown: (string | null)[] = [];
    const log = recordingLog();
    const offers = createRestoreOffers({
      backups: {
        offers: () => Promise.resolve([summary]),
        restore: () => Promise.reject(new CodedError('BACKUP_DAMAGED')),
        setPlace: () => Promise.resolve(),
      },
      recovery: { show: (_, offer) => void shown.push(offer?.running === true ? 'running' : (offer?.failed ?? null)) },
      pickPlace: () => Promise.resolve(null),
      log,
    });
    const turn = () => new Promise(setImmediate);
    offers.show(failure);
    await turn();
    offers.restore(summary.id);
    await turn();
    offers.show({ ...failure });
    await turn();
    expect(shown).toEqual([null, 'running', 'BACKUP_DAMAGED', 'BACKUP_DAMAGED']);
    expect(log.lines.join()).toContain('not-restored');
  });
});
