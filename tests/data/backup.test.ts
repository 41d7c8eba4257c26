import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyDatabase } from '#data/backup/copy-database.ts';
import { migrations } from '#data/migrations/migrations.ts';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { listBackups } from '#keep/backup-set.ts';
import { outdated, usualRotation } from '#keep/rotation.ts';
import { listReplaced } from '#keep/replaced-registers.ts';
import type { RestoreResult } from '#shared/contract/backup.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { canMountDisks, openSmallDisk } from '#scripts/faults/small-disk.ts';
import { keep } from '#tests/support/keep-process.ts';
import { readRows } from '#tests/support/office-database.ts';
import { attachmentRecord, givenNumber, outgoingRecord } from '#tests/support/office-records.ts';

let folder: string;
let dataDir: string;
let place: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-keep-'));
  dataDir = join(folder, 'data');
  place = join(folder, 'usb');
  mkdirSync(place);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A letter with a stored file of its own and the next number; its id and its file's. */
function issue(number: number, text: string = randomUUID()): { id: string; fileId: string } {
  // First, for a folder with files and no register is a damaged one.
  const opened = openRegisters(dataDir, noLog);
  const bytes = `%PDF ${text}`;
  const fileId = createHash('sha256').update(bytes).digest('hex');
  const path = join(dataDir, fileAddress(fileId));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  const record = outgoingRecord({ originalFileId: fileId, attachments: [attachmentRecord({ fileId })] });
  try {
    opened.registers.tx('issue', (stores) => {
      stores.outgoing.insert(record, []);
      stores.books.take(givenNumber(record.id, number));
    });
  } finally {
    opened.close();
  }
  return { id: record.id, fileId };
}

const letters = () => readRows<{ id: string }>(dataDir, 'SELECT id FROM document ORDER BY seq').map(({ id }) => id);
const register = () => readRows<{ id: string; epoch: number }>(dataDir, 'SELECT id, epoch FROM register')[0];
const backup = (change: { place?: string; faultPoint?: string; onlyBeforeMigration?: boolean } = {}) =>
  keep({ what: 'backup', dataDir, place, appVersion: '1.0', reason: 'person', onlyBeforeMigration: false, ...change });
const newest = async () => (await listBackups(place))[0]?.id ?? '';
const restore = async (change: { id?: string; faultPoint?: string } = {}) =>
  keep({ what: 'restore', dataDir, place, id: await newest(), ...change });
const restored = async () => {
  const end = await restore();
  if (!('value' in end)) throw new Error(`not restored: ${JSON.stringify(end)}`);
  return end.value as RestoreResult;
};
const setFolderOf = (id: string) => join(place, id);
/** Everything below a folder with its content. */
function contentsOf(root: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) found.set(path, createHash('sha256').update(readFileSync(path)).digest('hex'));
  }
  return found;
}

describe('a copy of a database in use', () => {
  it.each([['as a file', false] as const, ['page by page', true] as const])(
    'made %s is one committed state, whatever is written meanwhile',
    async (_, pagesOnly) => {
      issue(1);
      const path = join(dataDir, 'vanthu.db');
      const writer = new Database(path);
      // Every row of one commit says the same, all over the file, and each commit is large enough to be written back.
      writer.exec('CREATE TABLE row (turn INTEGER NOT NULL, filler TEXT NOT NULL)');
      const add = writer.prepare('INSERT INTO row VALUES (0, ?)');
      writer.transaction(() => {
        for (let at = 0; at < 2_000; at += 1) add.run('x'.repeat(3_500));
      })();
      const change = writer.prepare('UPDATE row SET turn = turn + 1');
      const turn = writer.prepare('SELECT max(turn) FROM row').pluck();
      for (let copy = 0; copy < 2; copy += 1) {
        const target = join(folder, `copy-${copy}.db`);
        const before = turn.get();
        const { sha256, way } = await copyDatabase(path, target, { pagesOnly, progress: () => void change.run() });
        expect(way).toBe(pagesOnly ? 'pages' : 'file');
        expect(createHash('sha256').update(readFileSync(target)).digest('hex')).toBe(sha256);
        const read = new Database(target, { readonly: true });
        expect(read.pragma('integrity_check', { simple: true })).toBe('ok');
        expect(read.prepare('SELECT DISTINCT turn FROM row').pluck().all()).toEqual([before]);
        read.close();
        expect(turn.get()).toBeGreaterThan(Number(before));
        expect(readdirSync(folder).filter((name) => name.startsWith(`copy-${copy}`))).toEqual([`copy-${copy}.db`]);
      }
      writer.close();
    },
  );
});

describe('a backup', () => {
  it('is made beside an office that goes on, and holds every letter with its file', async () => {
    const first = issue(1);
    const opened = openRegisters(dataDir, noLog);
    expect(await backup()).toMatchObject({ value: { copiedFiles: 1, missingFiles: 0 } });
    opened.close();
    const [summary] = await listBackups(place);
    expect(summary).toMatchObject({
      documents: 1,
      reason: 'person',
      schemaVersion: migrations.length,
      missingFiles: 0,
    });
    expect(readRows(setFolderOf(await newest()), 'SELECT id FROM document')).toEqual([{ id: first.id }]);
  });

  it('copies only the files that are new, and looks at what it holds', async () => {
    const { fileId } = issue(1);
    await backup();
    issue(2);
    expect(await backup()).toMatchObject({ value: { copiedFiles: 1, missingFiles: 0 } });
    rmSync(join(dataDir, fileAddress(fileId)));
    // Kept by the backups that have it already.
    expect(await backup()).toMatchObject({ value: { copiedFiles: 0, missingFiles: 0 } });
    expect(await listBackups(place)).toHaveLength(3);
  });

  it('says how many files are lost, or damaged in the data folder', async () => {
    const lost = issue(1);
    const damaged = issue(2);
    rmSync(join(dataDir, fileAddress(lost.fileId)));
    truncateSync(join(dataDir, fileAddress(damaged.fileId)), 3);
    expect(await backup()).toMatchObject({ value: { copiedFiles: 0, missingFiles: 2 } });
  });

  it('takes a file that was put aside', async () => {
    const { fileId } = issue(1);
    mkdirSync(join(dataDir, 'files/aside'));
    renameSync(join(dataDir, fileAddress(fileId)), join(dataDir, 'files/aside', fileId));
    expect(await backup()).toMatchObject({ value: { copiedFiles: 1, missingFiles: 0 } });
  });

  it('before a migration is made only where there is one', async () => {
    issue(1);
    expect(await backup({ onlyBeforeMigration: true })).toEqual({ value: null });
    const sqlite = new Database(join(dataDir, 'vanthu.db'));
    sqlite.pragma(`user_version = ${migrations.length - 1}`);
    sqlite.close();
    expect(await backup({ onlyBeforeMigration: true })).toMatchObject({ value: { copiedFiles: 1 } });
    expect((await listBackups(place))[0]?.schemaVersion).toBe(migrations.length - 1);
  });

  it('is refused where the place is away, not a folder, or inside the data folder', async () => {
    issue(1);
    expect(await backup({ place: join(folder, 'away') })).toEqual({ code: 'BACKUP_PLACE_GONE' });
    writeFileSync(join(folder, 'file'), '');
    expect(await backup({ place: join(folder, 'file') })).toEqual({ code: 'BACKUP_PLACE_GONE' });
    mkdirSync(join(dataDir, 'backups'));
    expect(await backup({ place: join(dataDir, 'backups') })).toEqual({ code: 'BACKUP_PLACE_INSIDE' });
    symlinkSync(join(dataDir, 'backups'), join(folder, 'link'));
    expect(await backup({ place: join(folder, 'link') })).toEqual({ code: 'BACKUP_PLACE_INSIDE' });
  });

  it('of a damaged register is no backup, and the good one before it stays', async () => {
    issue(1);
    await backup();
    const good = await listBackups(place);
    const file = join(dataDir, 'vanthu.db');
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 8 * 4096, 12 * 4096);
    writeFileSync(file, bytes);
    expect(await backup()).toEqual({ code: 'DATABASE_DAMAGED' });
    expect(await listBackups(place)).toEqual(good);
  });

  it.skipIf(!canMountDisks())(
    'on a disk that fills says so, leaves nothing half done, and is made once there is room',
    async () => {
      issue(1);
      const disk = openSmallDisk(place, true);
      try {
        await backup();
        const before = contentsOf(place);
        issue(2, 'x'.repeat(3_000_000));
        disk.fill();
        expect(await backup()).toEqual({ code: 'BACKUP_PLACE_FULL' });
        expect(contentsOf(place)).toEqual(before);
        disk.free();
        expect(await backup()).toMatchObject({ value: { copiedFiles: 1 } });
        expect(await listBackups(place)).toHaveLength(2);
      } finally {
        disk.unmount();
      }
    },
  );

  it.skipIf(!canMountDisks())(
    'that has no room left in the middle of a file says so, and leaves no part of it',
    async () => {
      issue(1);
      const disk = openSmallDisk(place, true);
      try {
        await backup();
        // Room for the register, and not for the letter.
        issue(2, 'x'.repeat(60_000_000));
        writeFileSync(join(place, 'filler'), Buffer.alloc(30_000_000));
        disk.fill();
        rmSync(join(place, 'filler'));
        expect(await backup()).toEqual({ code: 'BACKUP_PLACE_FULL' });
        expect(
          readdirSync(join(place, (await newest()).split('/')[0] ?? '')).filter((name) => name.startsWith('.')),
        ).toEqual([]);
        expect(await listBackups(place)).toHaveLength(1);
      } finally {
        disk.unmount();
      }
    },
  );

  it.each(['after-database', 'after-files', 'before-rename'])(
    'killed at %s counts as none, and the next one is whole',
    async (faultPoint) => {
      const { id } = issue(1);
      await backup();
      issue(2);
      expect(await backup({ faultPoint })).toEqual({ died: true });
      expect(await listBackups(place)).toHaveLength(1);
      expect(await backup()).toMatchObject({ value: { missingFiles: 0 } });
      const [summary] = await listBackups(place);
      expect(summary?.documents).toBe(2);
      const root = join(place, (summary?.id ?? '').split('/')[0] ?? '');
      expect(readdirSync(root).filter((name) => name.startsWith('.'))).toEqual([]);
      expect(letters()).toContain(id);
    },
  );

  it('killed after its name was given is one', async () => {
    issue(1);
    expect(await backup({ faultPoint: 'after-rename' })).toEqual({ died: true });
    expect(await listBackups(place)).toHaveLength(1);
    expect(await restored()).toMatchObject({ missingFiles: 0 });
  });
});

describe('a restore', () => {
  it('puts the backup back in a new epoch, and never gives again what was given since', async () => {
    const first = issue(1);
    await backup();
    issue(2);
    issue(3);
    const before = register();
    const outcome = await restored();
    expect(outcome).toMatchObject({ epoch: (before?.epoch ?? 0) + 1, missingFiles: 0, numbersKnown: true });
    expect(letters()).toEqual([first.id]);
    expect(register()).toEqual({ id: before?.id, epoch: outcome.epoch });
    expect(
      readRows(dataDir, "SELECT number, state FROM book_number WHERE book_id = 'outgoing' ORDER BY number"),
    ).toEqual([
      { number: 1, state: 'given' },
      { number: 2, state: 'void' },
      { number: 3, state: 'void' },
    ]);
    const next = issue(4);
    expect(letters()).toEqual([first.id, next.id]);
  });

  it('does not give a number again that was kept for a document then, and given to it since', async () => {
    issue(1);
    const sqlite = new Database(join(dataDir, 'vanthu.db'));
    sqlite.exec(`INSERT INTO book_number (book_id, year, number, suffix, state, person_id, at)
      SELECT book_id, year, 1, 'a', 'reserved', person_id, at FROM book_number`);
    await backup();
    sqlite.exec("UPDATE book_number SET state = 'void', reason = 'thừa' WHERE suffix = 'a'");
    sqlite.exec(`INSERT INTO book_number (book_id, year, number, suffix, state, reason, person_id, at)
      SELECT book_id, year, 1, 'b', 'void', 'thừa', person_id, at FROM book_number WHERE suffix = ''`);
    sqlite.close();
    await restored();
    expect(
      readRows(dataDir, "SELECT suffix, state FROM book_number WHERE book_id = 'outgoing' ORDER BY suffix"),
    ).toEqual([
      { suffix: '', state: 'given' },
      { suffix: 'a', state: 'void' },
      { suffix: 'b', state: 'void' },
    ]);
  });

  it('can be undone, and the undoing too', async () => {
    const first = issue(1);
    await backup();
    const second = issue(2);
    const { replaced } = await restored();
    const third = issue(3);
    const undo = async (id: string) => {
      const end = await keep({ what: 'undo', dataDir, id });
      if (!('value' in end)) throw new Error(JSON.stringify(end));
      return end.value as RestoreResult;
    };
    const undone = await undo(replaced ?? '');
    expect(letters()).toEqual([first.id, second.id]);
    expect(undone.epoch).toBeGreaterThan(2);
    expect((await listReplaced(dataDir)).map(({ id }) => id)).toEqual([undone.replaced]);
    await undo(undone.replaced ?? '');
    expect(letters()).toEqual([first.id, third.id]);
    const { id: fourth } = issue(4);
    expect(letters()).toContain(fourth);
  });

  it('brings back files that are gone from the data folder', async () => {
    const { fileId } = issue(1);
    await backup();
    rmSync(join(dataDir, 'files'), { recursive: true });
    expect(await restored()).toMatchObject({ missingFiles: 0 });
    expect(readFileSync(join(dataDir, fileAddress(fileId)), 'utf8')).toMatch(/^%PDF/);
  });

  it('makes an office of an empty folder, as on a new machine', async () => {
    const { id } = issue(1);
    await backup();
    dataDir = join(folder, 'new');
    mkdirSync(dataDir);
    expect(await restored()).toMatchObject({ replaced: null, missingFiles: 0, numbersKnown: false });
    expect(letters()).toEqual([id]);
  });

  it('of another office’s register takes nothing over from the one it replaces', async () => {
    const { id } = issue(1);
    await backup();
    dataDir = join(folder, 'other');
    issue(1);
    issue(2);
    expect(await restored()).toMatchObject({ epoch: 2, numbersKnown: false });
    expect(letters()).toEqual([id]);
    expect(readRows(dataDir, 'SELECT number, state FROM book_number')).toEqual([{ number: 1, state: 'given' }]);
  });

  it('keeps a damaged register byte for byte, and says that its numbers are not known', async () => {
    const { id } = issue(1);
    await backup();
    issue(2);
    const file = join(dataDir, 'vanthu.db');
    const damaged = Buffer.concat([Buffer.alloc(100, 0xa5), readFileSync(file).subarray(100)]);
    writeFileSync(file, damaged);
    expect(await restored()).toMatchObject({ numbersKnown: false });
    expect(letters()).toEqual([id]);
    const [kept] = await listReplaced(dataDir);
    expect(kept).toMatchObject({ readable: false });
    expect(readFileSync(join(dataDir, 'replaced', kept?.id ?? '', 'vanthu.db')).equals(damaged)).toBe(true);
  });

  const damages: readonly (readonly [string, (set: string) => void, string])[] = [
    ['changed in one byte', (set) => flip(join(set, 'vanthu.db')), 'BACKUP_DAMAGED'],
    ['cut off', (set) => truncateSync(join(set, 'vanthu.db'), 5000), 'BACKUP_DAMAGED'],
    ['without its manifest', (set) => rmSync(join(set, 'manifest.json')), 'BACKUP_DAMAGED'],
    ['of a newer program', (set) => setManifest(set, { schemaVersion: migrations.length + 1 }), 'BACKUP_NEWER'],
    ['that is gone', (set) => rmSync(set, { recursive: true }), 'BACKUP_PLACE_GONE'],
  ];
  it.each(damages)('from a backup %s is refused, and nothing has changed', async (_, damage, code) => {
    issue(1);
    await backup();
    issue(2);
    const id = await newest();
    damage(setFolderOf(id));
    const before = contentsOf(dataDir);
    expect(await restore({ id })).toEqual({ code });
    expect(contentsOf(dataDir)).toEqual(before);
  });

  it('is refused while the office is open', async () => {
    issue(1);
    await backup();
    const opened = openRegisters(dataDir, noLog);
    expect(await restore()).toEqual({ code: 'FOLDER_IN_USE' });
    opened.close();
  });

  it.each(['after-staging', 'after-files', 'before-intent'])('killed at %s has not happened', async (faultPoint) => {
    issue(1);
    await backup();
    issue(2);
    const before = letters();
    expect(await restore({ faultPoint })).toEqual({ died: true });
    openRegisters(dataDir, noLog).close();
    expect(letters()).toEqual(before);
    expect(existsSync(join(dataDir, 'restoring'))).toBe(false);
    expect(await listReplaced(dataDir)).toEqual([]);
    expect(await restored()).toMatchObject({ missingFiles: 0 });
  });

  it.each(['after-intent', 'after-swap'])('killed at %s is ended by whoever opens the folder', async (faultPoint) => {
    const { id } = issue(1);
    await backup();
    const second = issue(2);
    expect(await restore({ faultPoint })).toEqual({ died: true });
    openRegisters(dataDir, noLog).close();
    expect(letters()).toEqual([id]);
    const [replaced] = await listReplaced(dataDir);
    expect(await keep({ what: 'undo', dataDir, id: replaced?.id ?? '' })).toMatchObject({ value: {} });
    expect(letters()).toEqual([id, second.id]);
  });

  it.each([0, 1, 2, 3])('cut off after %i of its renames loses nothing', async (moved) => {
    const { id } = issue(1);
    await backup();
    const second = issue(2);
    await restore({ faultPoint: 'after-intent' });
    const { replacedInto } = JSON.parse(readFileSync(join(dataDir, 'restore.json'), 'utf8')) as {
      replacedInto: string;
    };
    for (const name of ['vanthu.db', 'vanthu.db-wal', 'vanthu.db-shm'].slice(0, moved)) {
      if (existsSync(join(dataDir, name)))
        renameSync(join(dataDir, name), join(dataDir, 'replaced', replacedInto, name));
    }
    openRegisters(dataDir, noLog).close();
    expect(letters()).toEqual([id]);
    expect(await keep({ what: 'undo', dataDir, id: replacedInto })).toMatchObject({ value: {} });
    expect(letters()).toEqual([id, second.id]);
  });
});

function flip(file: string): void {
  const bytes = readFileSync(file);
  bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

function setManifest(set: string, change: object): void {
  const file = join(set, 'manifest.json');
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), ...change }));
}

describe('rotation', () => {
  const DAY = 24 * 3_600_000;
  const now = Date.parse('2026-11-28T10:00:00Z');

  it('keeps 7 days, 4 weeks and 12 months of an office that makes one every four hours', () => {
    const all = Array.from({ length: 6 * 500 }, (_, at) => now - at * (DAY / 6));
    const goes = new Set(outdated(all, now));
    const kept = all.filter((at) => !goes.has(at));
    const days = new Set(kept.map((at) => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10)));
    expect(days.size).toBeGreaterThanOrEqual(7 + 3 + 11 - 1);
    expect(kept.length).toBeLessThan(7 + 4 + 12 + 7);
    expect(kept).toContain(now);
  });

  it('never lets the newest go, and never more than all but it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: now - 900 * DAY, max: now + 30 * DAY }), { minLength: 1 }), (instants) => {
        const goes = outdated(instants, now);
        expect(goes).not.toContain(Math.max(...instants));
        // What stays after a second look stays: rotation takes nothing by being repeated.
        const kept = instants.filter((at) => !goes.includes(at));
        expect(outdated(kept, now)).toEqual([]);
      }),
    );
  });

  it('keeps one of each of the last months however long ago the office was open last', () => {
    const old = [400, 430, 460].map((days) => now - days * DAY);
    expect(outdated(old, now)).toEqual([]);
    expect(outdated(old, now, { ...usualRotation, days: 1, weeks: 1, months: 1 })).toHaveLength(2);
  });
});
