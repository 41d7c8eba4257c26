import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAsClosed, markClosed, suspectDatabase } from '#data/connection/closing-mark.ts';
import { openDatabase } from '#data/connection/open-database.ts';
import { migrations } from '#data/migrations/migrations.ts';
import { openRegisters, registersOn } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { keep } from '#tests/support/keep-process.ts';
import { givenNumber, outgoingRecord } from '#tests/support/office-records.ts';

let folder: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-data-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

const file = () => join(folder, 'vanthu.db');
const codeOf = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
  return 'no error';
};
const openCode = () => codeOf(() => openRegisters(folder, noLog));

/** A second, real process on the folder; its first line. */
async function openElsewhere(...flags: string[]): Promise<{ said: string; child: ChildProcess }> {
  const script = join(import.meta.dirname, '../support/open-folder.ts');
  const child = spawn(process.execPath, [script, folder, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [said] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { said, child };
}

function filledDatabase(): void {
  const opened = openRegisters(folder, noLog);
  for (let at = 0; at < 200; at += 1) {
    opened.registers.tx('fill', (stores) => stores.outgoing.insert(outgoingRecord(), []));
  }
  opened.close();
}

describe('the database file', () => {
  it('a new folder gets every migration, with the pragmas that make it durable', () => {
    const opened = openDatabase(join(folder, 'deep/inside'), noLog);
    const pragma = (name: string): unknown => opened.sqlite.pragma(name, { simple: true });
    expect(pragma('user_version')).toBe(migrations.length);
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    opened.close();
  });

  it('what was written is there after opening again, and migrations do not run twice', () => {
    const record = outgoingRecord();
    const first = openRegisters(folder, noLog);
    first.registers.tx('write', (stores) => stores.outgoing.insert(record, []));
    first.close();
    const second = openRegisters(folder, noLog);
    expect(second.registers.outgoing.find(record.id)).toEqual(record);
    second.close();
    expect(readdirSync(folder).filter((name) => name.includes('before-v'))).toEqual([]);
  });

  it('one of a newer version is refused and not touched', () => {
    filledDatabase();
    const sqlite = new Database(file());
    sqlite.pragma(`user_version = ${migrations.length + 1}`);
    sqlite.pragma('journal_mode = DELETE');
    sqlite.close();
    const before = readFileSync(file());
    expect(openCode()).toBe('DATABASE_NEWER');
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    [
      'overwritten in the middle',
      (bytes) => Buffer.concat([bytes.subarray(0, 8192), Buffer.alloc(bytes.length - 8192, 0xa5)]),
    ],
    ['without its header', (bytes) => Buffer.concat([Buffer.alloc(100), bytes.subarray(100)])],
    ['another kind of file', () => Buffer.from('%PDF-1.7\n'.repeat(1000))],
    ['cut off', (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2))],
  ])('one that is damaged (%s) is refused and kept byte for byte', (_, damage) => {
    filledDatabase();
    const before = damage(readFileSync(file()));
    writeFileSync(file(), before);
    expect(openCode()).toBe('DATABASE_DAMAGED');
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it('a damaged one is kept byte for byte also with work of a crash beside it', async () => {
    filledDatabase();
    const { child } = await openElsewhere();
    const sqlite = new Database(file());
    sqlite.exec("INSERT INTO setting VALUES ('a', 'b')");
    const wal = readFileSync(`${file()}-wal`);
    sqlite.close();
    child.kill('SIGKILL');
    await once(child, 'exit');
    const bytes = readFileSync(file());
    bytes.fill(0xa5, 8192);
    writeFileSync(file(), bytes);
    writeFileSync(`${file()}-wal`, wal);
    expect(openCode()).toBe('DATABASE_DAMAGED');
    expect(readFileSync(file()).equals(bytes)).toBe(true);
  });

  it.each<[string, () => void]>([
    ['is gone', () => rmSync(file())],
    ['is empty', () => writeFileSync(file(), '')],
  ])('registers whose file %s are not replaced by empty ones when documents are there', (_, lose) => {
    filledDatabase();
    mkdirSync(join(folder, 'files/ab'), { recursive: true });
    lose();
    const before = existsSync(file());
    expect(openCode()).toBe('DATABASE_DAMAGED');
    expect(existsSync(file())).toBe(before);
    if (before) expect(statSync(file()).size).toBe(0);
  });

  it('a first start that was cut off is simply done again', () => {
    writeFileSync(file(), '');
    expect(openCode()).toBe('no error');
  });
});

describe('how much of the database a start reads', () => {
  /** Whether all of it was read; opens and closes it. */
  function readsWhole(): unknown {
    let whole: unknown = null;
    const log = {
      ...noLog,
      info: (event: string, details?: Readonly<Record<string, unknown>>) => {
        if (event === 'database-checked') whole = details?.['whole'];
      },
    };
    openDatabase(folder, log).close();
    return whole;
  }
  /** Damage that leaves no trace in the file's times, as of a medium that forgets. */
  function rot(): Buffer {
    const before = Math.floor(statSync(file()).mtimeMs / 1000);
    utimesSync(file(), before, before);
    markClosed(file());
    const bytes = readFileSync(file());
    bytes.fill(0xa5, bytes.length - 8192);
    writeFileSync(file(), bytes);
    utimesSync(file(), before, before);
    return bytes;
  }

  it('is little when it is as the office closed it', () => {
    filledDatabase();
    expect(readsWhole()).toBe(false);
    expect(readsWhole()).toBe(false);
  });

  it.each<[string, () => void]>([
    ['somebody wrote into it', () => writeFileSync(file(), readFileSync(file()))],
    [
      'it is another file',
      () => {
        cpSync(file(), `${file()}.copy`, { preserveTimestamps: true });
        renameSync(`${file()}.copy`, file());
      },
    ],
    ['its log holds work', () => writeFileSync(`${file()}-wal`, 'x')],
    ['the mark is torn', () => writeFileSync(`${file()}.closed`, '{"size":"40')],
    ['the mark is gone', () => rmSync(`${file()}.closed`)],
    ['somebody who read it suspects it', () => suspectDatabase(file())],
  ])('is all of it when %s', (_, change) => {
    filledDatabase();
    expect(isAsClosed(file())).toBe(true);
    change();
    expect(readsWhole()).toBe(true);
    expect(readsWhole()).toBe(false);
  });

  it('is all of it after the office was killed', async () => {
    filledDatabase();
    const { child } = await openElsewhere();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(readsWhole()).toBe(true);
  });

  it('is all of it before it is given another form', () => {
    filledDatabase();
    const sqlite = new Database(file());
    sqlite.pragma(`user_version = ${migrations.length - 1}`);
    sqlite.pragma('wal_checkpoint(TRUNCATE)');
    sqlite.close();
    const before = rot();
    expect(isAsClosed(file())).toBe(true);
    expect(openCode()).toBe('DATABASE_DAMAGED');
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it('is found damaged by the daily check where a start could not see it, and kept from then on', async () => {
    filledDatabase();
    const before = rot();
    expect(isAsClosed(file())).toBe(true);
    expect(await keep({ what: 'check', dataDir: folder })).toEqual({ code: 'DATABASE_DAMAGED' });
    expect(openCode()).toBe('DATABASE_DAMAGED');
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  it('is checked beside the office that works with it', async () => {
    filledDatabase();
    const opened = openRegisters(folder, noLog);
    opened.registers.tx('write', (stores) => stores.outgoing.insert(outgoingRecord(), []));
    expect(await keep({ what: 'check', dataDir: folder })).toEqual({ value: null });
    opened.close();
    expect(readsWhole()).toBe(false);
  });
});

describe('the folder', () => {
  it('in use by another process is refused, and free again when that one is killed', async () => {
    const { said, child } = await openElsewhere();
    expect(said).toBe('open');
    expect(openCode()).toBe('FOLDER_IN_USE');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const opened = openRegisters(folder, noLog);
    expect((await openElsewhere()).said).toBe('FOLDER_IN_USE');
    opened.close();
  });

  it('that may not be written to is refused', async () => {
    chmodSync(folder, 0o555);
    expect((await openElsewhere('--as-nobody')).said).toBe('FOLDER_NOT_WRITABLE');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that is a file, or below one, is refused', () => {
    const path = join(folder, 'file');
    writeFileSync(path, 'x');
    expect(codeOf(() => openRegisters(path, noLog))).toBe('FOLDER_NOT_WRITABLE');
    expect(codeOf(() => openRegisters(join(path, 'below'), noLog))).toBe('FOLDER_NOT_WRITABLE');
    expect(readFileSync(path, 'utf8')).toBe('x');
  });
});

describe('a file that is no register', () => {
  it.each([
    ['of another program', 'CREATE TABLE document (x); PRAGMA user_version = 1'],
    ['of a trial before the first version', 'CREATE TABLE outgoing (id); PRAGMA user_version = 1'],
  ])('%s is not taken for one by its version alone, and not touched', (_, sql) => {
    const path = join(folder, 'vanthu.db');
    const sqlite = new Database(path);
    sqlite.exec(sql);
    sqlite.close();
    const before = readFileSync(path);
    expect(openCode()).toBe('DATABASE_DAMAGED');
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe('a full disk', () => {
  it('fails the transaction with DISK_FULL, keeps nothing of it, and later writes work', () => {
    const database = openDatabase(folder, noLog);
    const { registers, close } = registersOn(database, noLog);
    const kept = outgoingRecord();
    registers.tx('kept', (stores) => stores.outgoing.insert(kept, []));
    const pages = database.sqlite.pragma('page_count', { simple: true }) as number;
    database.sqlite.pragma(`max_page_count = ${pages + 2}`);
    const lost = outgoingRecord({ fields: { ...kept.fields, abstract: 'x'.repeat(500_000) } });
    const write = () =>
      registers.tx('lost', (stores) => {
        stores.commands.remember(lost.id, 'outgoing.create', {}, lost.createdAt);
        stores.outgoing.insert(lost, []);
        stores.books.take(givenNumber(lost.id, 1));
      });
    expect(codeOf(write)).toBe('DISK_FULL');
    expect(registers.outgoing.find(lost.id)).toBeNull();
    expect(registers.books.last('outgoing', 2026)).toBe(0);
    expect(registers.commands.result(lost.id, 'outgoing.create')).toBeNull();
    expect(registers.outgoing.find(kept.id)).toEqual(kept);
    database.sqlite.pragma('max_page_count = 1000000');
    write();
    expect(registers.outgoing.find(lost.id)).toMatchObject({ fields: lost.fields, numbered: { number: 1 } });
    close();
    expect(openCode()).toBe('no error');
  });
});

it('waits for the disk at each commit, but for one that has to outlive the program alone', () => {
  const database = openDatabase(folder, noLog);
  const { registers, close } = registersOn(database, noLog);
  const FULL = 2;
  const NORMAL = 1;
  const waits = () => database.sqlite.pragma('synchronous', { simple: true });
  try {
    expect(registers.tx('waits', waits)).toBe(FULL);
    expect(registers.tx('goes on', waits, 'program-end')).toBe(NORMAL);
    expect(registers.tx('waits', waits, 'power-cut')).toBe(FULL);
    const failing = () =>
      registers.tx(
        'fails',
        () => {
          throw new Error('in the middle');
        },
        'program-end',
      );
    expect(failing).toThrow('in the middle');
    expect(registers.tx('waits', waits)).toBe(FULL);
  } finally {
    close();
  }
});
