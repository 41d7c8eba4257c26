import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { noLog } from '#entries/machine-ports.ts';
import { reportDamage } from '#entries/report-damage.ts';

function reportsOf(error: unknown): number {
  let reports = 0;
  reportDamage(noLog, () => (reports += 1)).error('call-failed', error);
  return reports;
}

it('reports what SQLite says of a file that became damaged while it was open, and no other failure', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vanthu-damage-'));
  const file = join(folder, 'a.db');
  const sqlite = new Database(file);
  try {
    sqlite.exec('CREATE TABLE a (text TEXT)');
    const add = sqlite.prepare('INSERT INTO a VALUES (?)');
    sqlite.transaction(() => {
      for (let at = 0; at < 1_000; at += 1) add.run('x'.repeat(500));
    })();
    sqlite.pragma('cache_size = 1');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xa5, 4096));
    let damage: unknown;
    try {
      sqlite.prepare('SELECT sum(length(text)) FROM a').get();
    } catch (error) {
      damage = error;
    }
    expect(damage).toMatchObject({ code: expect.stringMatching(/^SQLITE_CORRUPT/) as string });
    expect(reportsOf(damage)).toBe(1);
    expect(reportsOf(new Error('outer', { cause: damage }))).toBe(1);
  } finally {
    sqlite.close();
    rmSync(folder, { recursive: true });
  }
  expect(reportsOf(new Error('other'))).toBe(0);
  expect(reportsOf(Object.assign(new Error('index'), { code: 'SQLITE_CORRUPT_VTAB' }))).toBe(0);
  expect(reportsOf('text')).toBe(0);
});
