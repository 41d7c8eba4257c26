import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FeedbackRecord } from '#core/feedback/feedback-store.ts';
import { verifyAudit } from '#data/audit/verify-audit.ts';
import { migrate } from '#data/connection/migrate.ts';
import { openDatabase } from '#data/connection/open-database.ts';
import { meetings } from '#data/migrations/0006-meetings.ts';
import { noMeeting } from '#shared/domain/meeting.ts';
import { issueTerms } from '#data/migrations/0004-issue-terms.ts';
import { paper } from '#data/migrations/0007-paper.ts';
import { watching } from '#data/migrations/0003-watching.ts';
import { books } from '#data/migrations/0008-books.ts';
import { feedback } from '#data/migrations/0009-feedback.ts';
import { comparableCodes } from '#data/migrations/0010-comparable-codes.ts';
import { people } from '#data/migrations/0011-people.ts';
import { lists } from '#data/migrations/0014-lists.ts';
import { handling } from '#data/migrations/0017-handling.ts';
import { sources } from '#data/migrations/0019-sources.ts';
import { mailFormatsAndPages } from '#data/migrations/0025-mail-formats-and-pages.ts';
import { recallAnswers } from '#data/migrations/0027-recall-answers.ts';
import { mendedDrafts } from '#data/migrations/0029-mended-drafts.ts';
import { signedAttachments } from '#data/migrations/0031-signed-attachments.ts';
import { relations } from '#data/migrations/0020-relations.ts';
import { auditOrder } from '#data/migrations/0024-audit-order.ts';
import { migrations, type Migration } from '#data/migrations/migrations.ts';
import { registersOn } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { comparableCode } from '#shared/domain/notation.ts';
import { FIRST_PERSON_ID, roles } from '#shared/domain/roles.ts';
import { codeOrder, vietnameseOrder } from '#shared/domain/vietnamese-order.ts';
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

/** What documents consist of; the rest of a database is made by its migrations. */
const documentTables = [
  'document',
  'delivery',
  'document_report',
  'attachment',
  'file_reference',
  'received_message',
  'book_year',
  'book_number',
];

/** An office's database as the version before a migration left it, with the documents of `databaseInUse` in it. */
function databaseBefore(migration: Migration): string {
  const at = migrations.indexOf(migration);
  expect(at).toBeGreaterThan(0);
  const id = databaseInUse();
  const newer = join(folder, 'newer.db');
  renameSync(path(), newer);
  const sqlite = new Database(path());
  migrate(sqlite, path(), migrations.slice(0, at), noLog);
  sqlite.pragma('foreign_keys = OFF');
  sqlite.prepare('ATTACH ? AS newer').run(newer);
  const columns = (schema: string, table: string) =>
    sqlite.prepare<[string, string], string>('SELECT name FROM pragma_table_info(?, ?)').pluck().all(table, schema);
  for (const table of documentTables) {
    const both = columns('main', table).filter((column) => columns('newer', table).includes(column));
    sqlite.exec(`INSERT INTO main.${table} (${both.join()}) SELECT ${both.join()} FROM newer.${table}`);
  }
  sqlite.close();
  return id;
}

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
    const id = databaseBefore(watching);
    const sqlite = new Database(path());
    sqlite.exec('DELETE FROM delivery');
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

describe('comparable codes', () => {
  it('know documents by what their number means, and find those whose Đ is another letter', () => {
    databaseBefore(comparableCodes);
    const sqlite = new Database(path());
    const write = sqlite.prepare("UPDATE document SET code_text = ?, abstract = ? WHERE direction = 'incoming'");
    write.run('07/Q\u00d0 – SNV', 'Giám \u00f0ốc');
    sqlite.close();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    for (const text of ['giám đốc', 'giam doc', 'QĐ – SNV'])
      expect(registers.search.find(text, 9, new Set())).toHaveLength(1);
    close();
    const read = new Database(path(), { readonly: true });
    const keys = read.prepare("SELECT code_key FROM document WHERE direction = 'incoming'").pluck().all();
    expect(keys).toEqual(['7/QĐ-SNV']);
    read.close();
  });
});

describe('relations', () => {
  it('begin with the letters that finished the handling of documents', () => {
    const letter = databaseBefore(relations);
    const sqlite = new Database(path());
    const incoming = sqlite.prepare("SELECT id FROM document WHERE direction = 'incoming'").pluck().get() as string;
    sqlite.exec("UPDATE document SET code_text = '07/SNV', code_key = '7/SNV' WHERE direction = 'incoming'");
    const finish = sqlite.prepare(
      `INSERT OR REPLACE INTO handling (document_id, stage, directed, started, finished_at, outcome, answer_id, answer_code, answer_date)
       VALUES (?, 'finished', 0, 0, '2026-11-24T01:00:00.000Z', ?, ?, ?, '2026-11-24')`,
    );
    finish.run(incoming, 'letter', letter, '1/VPUBND-HCTC');
    sqlite.prepare("INSERT INTO relation VALUES (?, 'based-on', '15 / QĐ-UBND', '2026-01-05', NULL)").run(letter);
    sqlite.close();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    expect(registers.relations.of(letter)).toMatchObject([
      { kind: 'refers-to', passive: false, codeText: '15 / QĐ-UBND', date: '2026-01-05', otherId: null },
      { kind: 'answers', passive: false, codeText: '07/SNV', otherId: incoming, source: 'register' },
    ]);
    expect(registers.relations.pinnedTo(incoming).map(({ documentId }) => documentId)).toEqual([letter]);
    expect(registers.relations.naming('015/QĐ-UBND', '2026-01-05')).toHaveLength(1);
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
    const id = databaseBefore(meetings);
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
    const id = databaseBefore(issueTerms);
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
    const id = databaseBefore(paper);
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    expect(registers.outgoing.deliveries(id)).toMatchObject([
      { paperNeeded: false, paperPostedOn: null, paperItem: '' },
    ]);
    const posted = { paperPostedOn: '2026-03-12', paperItem: 'RR123456789VN' };
    registers.tx('test', (stores) => {
      expect(stores.outgoing.setPaper(id, 'H15.02', posted)).toBe(true);
      expect(stores.outgoing.setPaper(id, 'B', posted)).toBe(false);
    });
    expect(registers.outgoing.deliveries(id)).toMatchObject([{ paperNeeded: false, ...posted }]);
    close();
  });
});

describe('the books', () => {
  it('get one for copies, and what was given before stays as it was', () => {
    const id = databaseBefore(books);
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    expect(registers.outgoing.find(id)?.numbered).toMatchObject({ number: 1, suffix: '' });
    expect(registers.books.all().map((book) => [book.id, book.documentTypes, book.active])).toEqual([
      ['incoming', [], true],
      ['outgoing', [], true],
      ['copies', ['Sao lục', 'Sao y', 'Trích sao'], true],
    ]);
    expect(registers.books.reserved('outgoing', 2026)).toEqual([]);
    expect(registers.books.isYearClosed('outgoing', 2026)).toBe(false);
    close();
  });
});

describe('people', () => {
  it('of before keep their roles, and new ones stand in the office’s order', () => {
    databaseBefore(people);
    const sqlite = new Database(path());
    sqlite.exec("UPDATE person SET name = 'Lê Thị Bình', title = 'Chuyên viên'");
    sqlite.exec("INSERT INTO unit (id, name, abbreviation) VALUES ('u', 'Phòng Hành chính', 'HC')");
    sqlite.close();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    const binh = { id: FIRST_PERSON_ID, name: 'Lê Thị Bình', title: 'Chuyên viên', unitId: null, position: 0 };
    expect(registers.people.list()).toEqual({
      units: [{ id: 'u', name: 'Phòng Hành chính', abbreviation: 'HC', active: true, position: 0 }],
      people: [{ ...binh, roles: [...roles], active: true }],
    });
    const an = { id: randomUUID(), name: 'An', title: '', unitId: 'u', roles: ['leader'], position: 0 } as const;
    registers.tx('test', (stores) => stores.people.putPerson({ ...an, roles: ['leader'], windowsAccount: 'an' }));
    expect(registers.people.list().people.map(({ name }) => name)).toEqual(['An', 'Lê Thị Bình']);
    expect(registers.people.accounts()).toEqual([{ personId: an.id, windowsAccount: 'an' }]);
    close();
  });
});

describe('handling', () => {
  it('begins with documents that nobody has, and with messages that may have left', () => {
    databaseBefore(handling);
    const sqlite = new Database(path());
    const [id] = sqlite.prepare("SELECT id FROM document WHERE direction = 'incoming'").pluck().all() as string[];
    sqlite.exec("INSERT INTO unit (id, name) VALUES ('u', 'Phòng Hành chính')");
    sqlite
      .prepare(
        `INSERT INTO assignment (document_id, part, unit_id, assigned_by, assigned_at)
         VALUES (?, 'lead', 'u', '${FIRST_PERSON_ID}', '2026-11-24T02:00:00.000Z')`,
      )
      .run(id);
    sqlite
      .prepare(
        `INSERT INTO outbox (message_id, kind, document_id, status_code, file_id, lane, priority, state, attempts,
           next_attempt_at, created_at)
         VALUES ('m', 'status', ?, '06', 'f', 'fast', 2, 'waiting', 0, '', '')`,
      )
      .run(id);
    sqlite.close();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    expect(registers.handling.assignments(id ?? '')).toMatchObject([{ part: 'lead', kind: 'unit', closedAt: null }]);
    expect(registers.handling.find(id ?? '')).toBeNull();
    expect(registers.outbox.hasLeft('m')).toBe(true);
    close();
  });
});

describe('reports of clerks', () => {
  it('find a place beside what an office has, and stay', () => {
    const id = databaseBefore(feedback);
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    expect(registers.outgoing.find(id)).not.toBeNull();
    const at = '2026-11-28T01:00:00.000Z';
    const report: FeedbackRecord = {
      id: randomUUID(),
      kind: 'question',
      text: 'Làm thế nào?',
      person: 'Trần Thị B',
      appVersion: '0.1.0',
      bundle: null,
      state: 'waiting',
      takenBy: null,
      attempts: 0,
      nextAttemptAt: at,
      errorCode: null,
      createdAt: at,
      settledAt: null,
    };
    const answer = {
      id: randomUUID(),
      reportId: report.id,
      agencyCode: null,
      person: '',
      text: 'Bấm Sửa',
      at,
      readAt: null,
    };
    registers.tx('test', ({ feedback: store }) => {
      store.add(report);
      expect([store.addAnswer(answer), store.addAnswer(answer)]).toEqual([true, false]);
      store.markRead(report.id, at);
    });
    expect(registers.feedback.next()).toEqual(report);
    expect(registers.feedback.answers(report.id)).toEqual([{ ...answer, readAt: at }]);
    expect(registers.feedback.readHere(9)).toEqual([answer.id]);
    registers.tx('test', ({ feedback: store }) => store.noteKnown([answer.id], at));
    expect([registers.feedback.readHere(9), registers.feedback.unread()]).toEqual([[], 0]);
    close();
  });
});

describe('the migration to lists of years', () => {
  it('fills the orders of what there is, and counts the states', () => {
    const id = databaseBefore(lists);
    const database = openDatabase(folder, noLog);
    const orders = database.sqlite
      .prepare('SELECT agency_order, signer_order, code_order FROM document WHERE id = ?')
      .get(id);
    const record = outgoingRecord();
    expect(orders).toEqual({
      agency_order: vietnameseOrder(record.fields.agencyName),
      signer_order: vietnameseOrder(record.fields.signerName),
      code_order: codeOrder(comparableCode('1/VPUBND-HCTC')),
    });
    const counts = () =>
      database.sqlite.prepare('SELECT direction, state, total FROM document_count WHERE total > 0 ORDER BY 1, 2').all();
    expect(counts()).toEqual([
      { direction: 'incoming', state: 'arrived', total: 1 },
      { direction: 'outgoing', state: 'numbered', total: 1 },
    ]);
    database.sqlite.prepare("UPDATE document SET state = 'signed' WHERE id = ?").run(id);
    database.sqlite.prepare('DELETE FROM received_message').run();
    database.sqlite.prepare('DELETE FROM document_report').run();
    database.sqlite.prepare("DELETE FROM document WHERE direction = 'incoming'").run();
    expect(counts()).toEqual([{ direction: 'outgoing', state: 'signed', total: 1 }]);
    database.close();
  });
});

describe('the migration to the order of the trail', () => {
  it('leaves every row as it was, and lists them by time, act and actor', () => {
    const id = databaseBefore(auditOrder);
    const before = new Database(path());
    const rows = (sqlite: Database.Database) => sqlite.prepare('SELECT * FROM audit ORDER BY seq').all();
    const kept = rows(before);
    before.close();
    const database = openDatabase(folder, noLog);
    expect(kept.length).toBeGreaterThan(0);
    expect(rows(database.sqlite)).toEqual(kept);
    expect(verifyAudit(database.sqlite, []).fault).toBeNull();
    const { registers } = registersOn(database, noLog);
    const all = { actorId: null, actions: null, from: null, before: null, documents: null, upTo: null, after: null };
    const page = registers.audit.page({ ...all, newestFirst: true, limit: 1_000 });
    expect(page.length).toBe(kept.length);
    const ofLetter = registers.audit.page({ ...all, documents: [id], newestFirst: true, limit: 1_000 });
    expect(ofLetter).toEqual(page.filter(({ row }) => row.subject === id));
    database.close();
  });
});

describe('sources', () => {
  it('says of what is there how it came: by the exchange, as a scan, as paper alone', () => {
    databaseBefore(sources);
    const sqlite = new Database(path());
    const [id] = sqlite.prepare("SELECT id FROM document WHERE direction = 'incoming'").pluck().all() as string[];
    const columns = (sqlite.prepare("SELECT name FROM pragma_table_info('document')").pluck().all() as string[]).filter(
      (name) => name !== 'id' && name !== 'seq',
    );
    for (const other of ['scan', 'paper']) {
      sqlite
        .prepare(
          `INSERT INTO document (id, ${columns.join(', ')}) SELECT ?, ${columns.join(', ')} FROM document WHERE id = ?`,
        )
        .run(other, id);
    }
    sqlite.exec("INSERT INTO attachment VALUES ('scan', 0, 'paper-scan', 'f', 'quet.pdf', 1, 1)");
    const isReceived = sqlite.prepare('SELECT count(*) FROM received_message WHERE document_id = ?').pluck().get(id);
    sqlite.close();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    const sourceOf = (documentId: string) => registers.incoming.find(documentId)?.source;
    expect(isReceived).toBe(1);
    expect([id ?? '', 'scan', 'paper'].map(sourceOf)).toEqual(['exchange', 'scan', 'paper']);
    close();
  });
});

describe('pages', () => {
  it('are those of the file until somebody counts them', () => {
    const letter = databaseBefore(mailFormatsAndPages);
    const sqlite = new Database(path());
    const incoming = sqlite.prepare("SELECT id FROM document WHERE direction = 'incoming'").pluck().get() as string;
    sqlite.exec('DELETE FROM attachment');
    const add = sqlite.prepare("INSERT INTO attachment VALUES (?, ?, ?, ?, 'a.pdf', 1, ?)");
    add.run(letter, 0, 'main', 'f', 3);
    add.run(letter, 1, 'appendix', 'g', 40);
    // A page that could not be read.
    add.run(incoming, 0, 'main', 'f', 0);
    sqlite.close();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    expect(registers.outgoing.find(letter)?.fields.pageAmount).toBe(3);
    expect(registers.incoming.find(incoming)?.fields.pageAmount).toBeNull();
    close();
  });
});

describe('the formats of e-mails', () => {
  it('are that of all until now, and each its own from now on', () => {
    databaseBefore(mailFormatsAndPages);
    const sqlite = new Database(path());
    const [id = ''] = sqlite.prepare("SELECT id FROM document WHERE direction = 'incoming'").pluck().all() as string[];
    sqlite.prepare("INSERT INTO mail_arrival VALUES (?, 'f1', 'A', 'a@b.vn', 'V/v', NULL)").run(id);
    sqlite.close();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    const mail = { senderName: 'A', senderAddress: 'a@b.vn', subject: 'V/v', sentAt: null };
    registers.tx('test', (stores) => stores.incoming.addMail(id, { fileId: 'f2', format: 'msg', ...mail }));
    expect(registers.incoming.mails(id)).toEqual([
      { fileId: 'f1', format: 'eml', ...mail },
      { fileId: 'f2', format: 'msg', ...mail },
    ]);
    close();
  });
});

describe('recalls', () => {
  it('that were asked for can be answered, and what recipients said stands beside them', () => {
    const letter = databaseBefore(recallAnswers);
    const sqlite = new Database(path());
    const [arrival = ''] = sqlite
      .prepare("SELECT id FROM document WHERE direction = 'incoming'")
      .pluck()
      .all() as string[];
    sqlite
      .prepare("INSERT INTO relation VALUES ('r', ?, 'recalls', 0, '1/A', '1/A', NULL, 'A', ?, 'message')")
      .run(arrival, arrival);
    sqlite.prepare('DELETE FROM delivery').run();
    const add = sqlite.prepare(
      "INSERT INTO delivery (document_id, position, agency_code, agency_name, state) VALUES (?, ?, ?, 'Sở', 'arrived')",
    );
    ['H15.02', 'H15.03'].forEach((code, position) => add.run(letter, position, code));
    const note = sqlite.prepare(
      `INSERT INTO history (document_id, at, actor_kind, actor_id, actor_name, action, version, params)
       VALUES (?, ?, 'agency', ?, 'Sở', ?, 1, ?)`,
    );
    const said = (status: string, reason: string) => JSON.stringify({ status, reason });
    note.run(letter, '2026-11-01T00:00:00.000Z', '', 'recalled', '{"reason":"x","recipients":1}');
    note.run(letter, '2026-11-02T00:00:00.000Z', 'H15.02', 'status-reported', said('16', 'Đã giải quyết'));
    note.run(letter, '2026-11-03T00:00:00.000Z', 'H15.02', 'status-reported', said('15', ''));
    sqlite.close();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    expect(registers.incoming.recallOf(arrival)).toMatchObject({ askedBy: arrival, answer: null });
    expect(
      registers.outgoing.deliveries(letter).map((one) => [one.agencyCode, one.recallAnswer, one.recallAnsweredAt]),
    ).toEqual([
      ['H15.02', 'agreed', '2026-11-03T00:00:00.000Z'],
      ['H15.03', null, null],
    ]);
    close();
  });
});

describe('originals of mended drafts', () => {
  it('have none until now, and stay from now on', () => {
    const id = databaseBefore(mendedDrafts);
    const sqlite = new Database(path());
    sqlite.prepare("INSERT INTO replaced_file VALUES (?, 0, 'f', 'a.pdf', 1, 1, '2026-11-24T02:00:00.000Z')").run(id);
    sqlite.close();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    const before = registers.outgoing.find(id);
    expect(before).toMatchObject({ mended: null, replaced: [{ fileId: 'f', mended: null }] });
    if (before === null) throw new Error('the letter is gone');
    const mended = { fileId: 'original', size: 9, mends: ['structure', 'scripts'] as const };
    const file = { fileId: 'g', name: 'b.pdf', size: 2, pageCount: 1, replacedAt: before.changedAt };
    const next = {
      ...before,
      revision: before.revision + 1,
      mended: { ...mended, mends: [...mended.mends] },
      replaced: [...before.replaced, { ...file, mended: { fileId: 'older', size: 8, mends: ['pages' as const] } }],
    };
    registers.tx('test', (stores) => stores.outgoing.update(next));
    expect(registers.outgoing.find(id)).toEqual(next);
    for (const needed of ['original', 'older', 'f', 'g']) expect(registers.files.isReferenced(needed)).toBe(true);
    close();
  });
});

describe('attachments that the agency signs', () => {
  it('were not looked through until now', () => {
    const id = databaseBefore(signedAttachments);
    const sqlite = new Database(path());
    sqlite.prepare("INSERT INTO attachment VALUES (?, 1, 'appendix', 'f', 'a.pdf', 1, 1)").run(id);
    sqlite.close();
    const { registers, close } = registersOn(openDatabase(folder, noLog), noLog);
    const before = registers.outgoing.find(id);
    if (before === null) throw new Error('the letter is gone');
    const [main, appendix] = before.attachments;
    if (main === undefined || appendix === undefined) throw new Error('its files are gone');
    expect(appendix).toEqual({ role: 'appendix', fileId: 'f', name: 'a.pdf', size: 1, pageCount: 1 });
    const signing = { mended: null, obstacle: null, unsigned: { fileId: 'f', size: 1 } };
    const attachments = [main, { ...appendix, fileId: 'signed', size: 2, signing }];
    registers.tx('test', (stores) => stores.outgoing.update({ ...before, revision: before.revision + 1, attachments }));
    expect(registers.outgoing.find(id)?.attachments).toEqual(attachments);
    for (const needed of ['f', 'signed']) expect(registers.files.isReferenced(needed)).toBe(true);
    close();
  });
});
