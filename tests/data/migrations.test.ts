import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '#data/connection/migrate.ts';
import { openDatabase } from '#data/connection/open-database.ts';
import { meetings } from '#data/migrations/0006-meetings.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import { issueTerms } from '#data/migrations/0004-issue-terms.ts';
import { paper } from '#data/migrations/0007-paper.ts';
import { migrations, type Migration } from '#data/migrations/migrations.ts';
import { registersOn } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { foldVietnamese } from '#shared/domain/vietnamese-text.ts';
import { givenNumber, incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-migrations-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const path = () => join(folder, 'vanthu.db');

/** An office's database as this version leaves it, with documents in it. */
function databaseInUse(): string {
  const database = openDatabase(folder, noLog);
  const { registers, close } = registersOn(database, noLog);
  const record = outgoingRecord({ state: 'numbered', codeText: '1/VPUBND-HCTC' });
  registers.tx('test', (stores) => {
    stores.outgoing.insert(record, [{ agencyCode: 'H15.02', agencyName: 'Sở Nội vụ' }]);
    stores.books.take(givenNumber(record.id, 1));
    stores.incoming.insert(incomingRecord(), []);
  });
  close();
  return record.id;
}

/** Takes the sixth migration back. */
const withoutMeetings = ['at', 'ends_at', 'place', 'chair', 'link', 'papers']
  .map((part) => `ALTER TABLE document DROP COLUMN meeting_${part};`)
  .join(' ');
/** Takes the fourth migration back. */
const withoutIssueTerms = 'DROP INDEX outgoing_type; ALTER TABLE document DROP COLUMN due_rule;';

/** Takes the fifth migration back. */
const withoutPaper = `DROP INDEX delivery_paper; ALTER TABLE delivery DROP COLUMN paper_needed;
  ALTER TABLE delivery DROP COLUMN paper_posted_on; ALTER TABLE delivery DROP COLUMN paper_item;
  ALTER TABLE delivery DROP COLUMN paper_received_at; ALTER TABLE document DROP COLUMN paper_sender_code; DROP TABLE office_report;`;

/** Runs `more` after the migrations that there are, as a later version would. */
function migrateWith(more: readonly Migration[]): void {
  const sqlite = new Database(path());
  try {
    sqlite.pragma('foreign_keys = ON');
    migrate(sqlite, path(), [...migrations, ...more], noLog);
  } finally {
    sqlite.close();
  }
}

describe('the first schema', () => {
  it('gives the register an identity of its own, which stays', () => {
    const identity = () => {
      openDatabase(folder, noLog).close();
      const sqlite = new Database(path(), { readonly: true });
      const row = sqlite.prepare<[], { id: string; epoch: number }>('SELECT id, epoch FROM register').get();
      sqlite.close();
      return row;
    };
    const first = identity();
    expect(first).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), epoch: 1 });
    expect(identity()).toEqual(first);
    rmSync(path());
    rmSync(join(folder, 'files'), { recursive: true, force: true });
    expect(identity()?.id).not.toBe(first?.id);
  });

  it('has no broken reference and passes its own checks', () => {
    databaseInUse();
    const sqlite = new Database(path(), { readonly: true });
    expect(sqlite.pragma('foreign_key_check')).toEqual([]);
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    sqlite.close();
  });
});

describe('the third schema', () => {
  it('takes whoever accepted or sent back a letter for one who opened it, and nobody else', () => {
    const id = databaseInUse();
    const sqlite = new Database(path());
    // As the version before left it.
    sqlite.exec(`${withoutPaper} ${withoutMeetings} ${withoutIssueTerms} DROP TABLE statement; DROP TABLE watched_delivery; DROP TABLE watch_position;
      ALTER TABLE delivery DROP COLUMN opened_at; DELETE FROM delivery;`);
    sqlite.pragma('user_version = 2');
    const add = sqlite.prepare(
      `INSERT INTO delivery (document_id, agency_code, agency_name, position, state, arrived_at, accepted_at, refused_at)
       VALUES (?, ?, 'Cơ quan', ?, ?, '2026-11-24T01:00:00.000Z', ?, ?)`,
    );
    add.run(id, 'A', 0, 'arrived', null, null);
    add.run(id, 'B', 1, 'accepted', '2026-11-24T02:00:00.000Z', null);
    add.run(id, 'C', 2, 'refused', null, '2026-11-24T03:00:00.000Z');
    sqlite.close();
    const database = openDatabase(folder, noLog);
    const { registers, close } = registersOn(database, noLog);
    expect(database.schemaVersion).toBe(migrations.length);
    expect(registers.outgoing.deliveries(id).map(({ agencyCode, openedAt }) => [agencyCode, openedAt])).toEqual([
      ['A', null],
      ['B', '2026-11-24T02:00:00.000Z'],
      ['C', '2026-11-24T03:00:00.000Z'],
    ]);
    expect(registers.watch.of(id)).toEqual([]);
    close();
  });
});

describe('a later migration', () => {
  /** Adds a column that may not be empty, which SQLite allows only by building the table anew. */
  const rebuildDeliveries: Migration = (sqlite) => {
    sqlite.exec(`
      CREATE TABLE fresh (
        document_id TEXT NOT NULL REFERENCES document (id), agency_code TEXT NOT NULL, note TEXT NOT NULL,
        PRIMARY KEY (document_id, agency_code)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO fresh SELECT document_id, agency_code, 'từ ' || agency_name FROM delivery;
      DROP TABLE delivery;
      ALTER TABLE fresh RENAME TO delivery;
    `);
  };
  /** Builds anew the table that most others refer to. */
  const rebuildDocuments: Migration = (sqlite) => {
    const { sql } = sqlite.prepare("SELECT sql FROM sqlite_schema WHERE name = 'document'").get() as { sql: string };
    sqlite.exec(sql.replace('CREATE TABLE document', 'CREATE TABLE fresh'));
    sqlite.exec('INSERT INTO fresh SELECT * FROM document; DROP TABLE document; ALTER TABLE fresh RENAME TO document;');
  };
  /** Words of the search, folded by another rule than before. */
  const foldAnew: Migration = (sqlite) => {
    const put = sqlite.prepare('INSERT OR REPLACE INTO search_words (rowid, code, body) VALUES (?, ?, ?)');
    const rows = sqlite.prepare('SELECT seq, code_text, abstract FROM document').all() as {
      seq: number;
      code_text: string;
      abstract: string;
    }[];
    for (const { seq, code_text, abstract } of rows)
      put.run(seq, foldVietnamese(code_text), `moi ${foldVietnamese(abstract)}`);
  };

  it('rebuilds a table, recomputes folded text, and keeps a copy of before', () => {
    const id = databaseInUse();
    migrateWith([rebuildDeliveries, rebuildDocuments, foldAnew]);
    const sqlite = new Database(path(), { readonly: true });
    expect(sqlite.pragma('user_version', { simple: true })).toBe(migrations.length + 3);
    expect(sqlite.prepare('SELECT document_id, agency_code, note FROM delivery').all()).toEqual([
      { document_id: id, agency_code: 'H15.02', note: 'từ Sở Nội vụ' },
    ]);
    expect(sqlite.prepare('SELECT number FROM book_number WHERE document_id = ?').pluck().get(id)).toBe(1);
    expect(sqlite.prepare("SELECT count(*) FROM search_words WHERE search_words MATCH 'moi'").pluck().get()).toBe(2);
    expect(sqlite.pragma('foreign_key_check')).toEqual([]);
    sqlite.close();
    const copy = `${path()}.before-v${migrations.length + 3}`;
    expect(existsSync(copy)).toBe(true);
    const before = new Database(copy, { readonly: true });
    expect(before.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(before.prepare('SELECT agency_name FROM delivery').pluck().all()).toEqual(['Sở Nội vụ']);
    before.close();
  });

  it.each<[string, Migration, RegExp]>([
    ['fails', (sqlite) => sqlite.exec('CREATE TABLE document (x)'), /already exists/],
    ['leaves a reference to nothing', (sqlite) => sqlite.exec('DELETE FROM document'), /broken references/],
  ])('that %s changes nothing, also at the second try', (_, migration, reason) => {
    const id = databaseInUse();
    for (let start = 0; start < 2; start += 1)
      expect(() => migrateWith([rebuildDeliveries, migration])).toThrow(reason);
    const sqlite = new Database(path(), { readonly: true });
    expect(sqlite.pragma('user_version', { simple: true })).toBe(migrations.length);
    expect(sqlite.prepare('SELECT agency_name FROM delivery').pluck().all()).toEqual(['Sở Nội vụ']);
    sqlite.close();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    expect(registers.outgoing.find(id)?.numbered).toMatchObject({ number: 1 });
    close();
  });

  it('leaves foreign keys on', () => {
    databaseInUse();
    const sqlite = new Database(path());
    migrate(sqlite, path(), [...migrations, rebuildDeliveries], noLog);
    expect(sqlite.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(() => sqlite.exec("INSERT INTO delivery VALUES ('no such document', 'A', '')")).toThrow(/FOREIGN KEY/);
    sqlite.close();
  });
});

describe('the terms set at issue', () => {
  it('of meetings leave documents from before without one, and keep those of new ones', () => {
    const id = databaseInUse();
    const sqlite = new Database(path());
    sqlite.exec(withoutMeetings);
    meetings(sqlite);
    sqlite.close();
    expect(migrations).toContain(meetings);
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    expect(registers.outgoing.find(id)?.fields).toMatchObject(noMeeting);
    const meeting = {
      meetingAt: '2026-12-01T01:00:00.000Z',
      meetingEndsAt: '2026-12-01T04:00:00.000Z',
      meetingPlace: 'Hội trường',
      meetingChair: 'Chủ tịch',
      meetingLink: 'https://hop.example.invalid',
      meetingPapers: 'Báo cáo',
    };
    const kept = outgoingRecord();
    const record = { ...kept, fields: { ...kept.fields, ...meeting } };
    registers.tx('test', (stores) => stores.outgoing.insert(record, []));
    expect(registers.outgoing.find(record.id)?.fields).toMatchObject(meeting);
    close();
  });

  it('leave documents from before without any, and keep those of new ones', () => {
    const id = databaseInUse();
    const sqlite = new Database(path());
    sqlite.exec(withoutIssueTerms);
    issueTerms(sqlite);
    sqlite.close();
    expect(migrations).toContain(issueTerms);
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    expect(registers.outgoing.find(id)?.fields.dueRule).toBeNull();
    const fields = { ...outgoingRecord().fields, dueRule: 'working-days:5' } as const;
    const record = outgoingRecord({ fields });
    registers.tx('test', (stores) => stores.outgoing.insert(record, []));
    expect(registers.outgoing.find(record.id)?.fields).toEqual(fields);
    close();
  });
});

describe('paper', () => {
  it('is asked for of no letter that was sent before, and can be noted of it', () => {
    const id = databaseInUse();
    const sqlite = new Database(path());
    sqlite.exec(withoutPaper);
    sqlite.exec('DELETE FROM delivery');
    sqlite
      .prepare(
        `INSERT INTO delivery (document_id, agency_code, agency_name, position, state)
         VALUES (?, 'A', 'Cơ quan', 0, 'delivered')`,
      )
      .run(id);
    paper(sqlite);
    sqlite.close();
    expect(migrations).toContain(paper);
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    expect(registers.outgoing.deliveries(id)).toMatchObject([
      { paperNeeded: false, paperPostedOn: null, paperItem: '' },
    ]);
    const posted = { paperPostedOn: '2026-03-12', paperItem: 'RR123456789VN' };
    registers.tx('test', (stores) => {
      expect(stores.outgoing.setPaper(id, 'A', posted)).toBe(true);
      expect(stores.outgoing.setPaper(id, 'B', posted)).toBe(false);
    });
    expect(registers.outgoing.deliveries(id)).toMatchObject([{ paperNeeded: false, ...posted }]);
    close();
  });
});
