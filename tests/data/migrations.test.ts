import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrations } from '#data/migrations/migrations.ts';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { outgoingRecord } from '#tests/support/office-records.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-migrations-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const path = () => join(folder, 'vanthu.db');

/** A database as the version before `version` left it, with a document in it. */
function databaseAt(version: number): void {
  const sqlite = new Database(path());
  sqlite.pragma('journal_mode = WAL');
  for (const sql of migrations.slice(0, version)) sqlite.exec(sql);
  sqlite.pragma(`user_version = ${version}`);
  const { fields, placement } = outgoingRecord();
  sqlite
    .prepare(
      `INSERT INTO outgoing (id, revision, state, fields, placement, file_id, file_name, file_size, original_file_id, book_id,
         year, number, code_text, created_at, changed_at)
       VALUES ('6f1f8f2e-3c52-4b5e-9d58-0d3a3f0f7f01', 1, 'numbered', ?, ?, 'f', 'a.pdf', 1, 'f', 'outgoing', 2026, 241,
         '241/VPUBND-HCTC', '2026-11-24T02:00:00.000Z', '2026-11-24T02:00:00.000Z')`,
    )
    .run(JSON.stringify({ ...fields, date: '2026-11-24' }), JSON.stringify(placement));
  sqlite.close();
}

test.each(migrations.map((_, at) => at).filter((version) => version > 0))(
  'from version %i: what was there is there, and a copy of before is kept',
  (version) => {
    databaseAt(version);
    const opened = openRegisters(folder, noLog);
    expect(opened.schemaVersion).toBe(migrations.length);
    expect(opened.registers.outgoing.findByCode('241/VPUBND-HCTC', '2026-11-24')).toMatchObject({ number: 241 });
    opened.close();
    const copy = `${path()}.before-v${migrations.length}`;
    expect(existsSync(copy)).toBe(true);
    const before = new Database(copy, { readonly: true });
    expect(before.pragma('user_version', { simple: true })).toBe(version);
    expect(before.prepare('SELECT number FROM outgoing').pluck().all()).toEqual([241]);
    before.close();
  },
);

test('2: a document is found by its code through an index', () => {
  openRegisters(folder, noLog).close();
  const sqlite = new Database(path(), { readonly: true });
  const plan = sqlite
    .prepare<[], { detail: string }>("EXPLAIN QUERY PLAN SELECT id FROM outgoing WHERE code_text = 'x' AND date = 'y'")
    .all();
  sqlite.close();
  expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH outgoing USING INDEX outgoing_code (code_text=?)']);
});

test('3: what is done is read newest first without sorting it', () => {
  databaseAt(2);
  openRegisters(folder, noLog).close();
  const sqlite = new Database(path(), { readonly: true });
  const plan = sqlite
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT id, abstract FROM incoming INDEXED BY incoming_finished WHERE state IN ('done', 'returned')
       ORDER BY changed_at DESC, id LIMIT 100`,
    )
    .all();
  sqlite.close();
  expect(plan.map(({ detail }) => detail)).toEqual(['SCAN incoming USING INDEX incoming_finished']);
});

test('one that fails leaves the database as it was', () => {
  databaseAt(1);
  const sqlite = new Database(path());
  // The index is there already: the migration cannot make it.
  sqlite.exec('CREATE INDEX outgoing_code ON outgoing (state)');
  sqlite.close();
  // Also the second time, when the copy of before is there already.
  for (let start = 0; start < 2; start += 1)
    expect(() => openRegisters(folder, noLog)).toThrow(/index outgoing_code already exists/);
  const after = new Database(path(), { readonly: true });
  expect(after.pragma('user_version', { simple: true })).toBe(1);
  after.close();
});
