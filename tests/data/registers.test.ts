import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type OpenDatabase } from '#data/connection/open-database.ts';
import type { Sqlite } from '#data/connection/sqlite.ts';
import { registersOn, type OpenRegisters } from '#data/open-registers.ts';
import { fileHolders } from '#data/queries/files.ts';
import { deliveryStates } from '#shared/domain/delivery.ts';
import { incomingBoxes } from '#shared/domain/incoming-state.ts';
import { outgoingBoxes } from '#shared/domain/outgoing-state.ts';
import { noLog } from '#entries/machine-ports.ts';
import type { IncomingRecord } from '#core/incoming/incoming-store.ts';
import type { OutgoingRecord } from '#core/outgoing/outgoing-store.ts';
import { agency } from '#tests/support/office-hub.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import {
  attachmentRecord,
  fileIdOf,
  givenNumber,
  incomingRecord,
  outgoingRecord,
} from '#tests/support/office-records.ts';

let folder: string;
let database: OpenDatabase;
let opened: OpenRegisters;
const now = new Date('2026-11-24T02:00:00Z');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-registers-'));
  database = openDatabase(folder, noLog);
  opened = registersOn(database, noLog);
});
afterEach(() => {
  opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const tx = <T>(work: Parameters<typeof opened.registers.tx<T>>[1]): T => opened.registers.tx('test', work);
const insert = (...records: OutgoingRecord[]) =>
  tx((stores) => records.forEach((one) => stores.outgoing.insert(one, [])));
/** A document with this number of the book, as a command would make it. */
const insertNumbered = (number: number, year = 2026, change: Partial<OutgoingRecord> = {}): OutgoingRecord => {
  const record = outgoingRecord({ state: 'numbered', codeText: `${number}/VP`, ...change });
  insert(record);
  tx((stores) => stores.books.take(givenNumber(record.id, number, { year })));
  return record;
};
const insertArrival = (record: IncomingRecord, number?: number) =>
  tx((stores) => {
    stores.incoming.insert(record, []);
    if (number !== undefined) stores.books.take(givenNumber(record.id, number, { bookId: 'incoming' }));
  });

describe('books', () => {
  const take = (number: number) => {
    const record = outgoingRecord();
    tx((stores) => {
      stores.outgoing.insert(record, []);
      stores.books.take(givenNumber(record.id, number));
    });
  };

  it('give out only the next number', () => {
    expect(() => take(2)).toThrow(/not the next/);
    take(1);
    for (const wrong of [0, 1, 3, -1]) expect(() => take(wrong)).toThrow(/not the next/);
    take(2);
    expect(opened.registers.books.last('outgoing', 2026)).toBe(2);
    expect(opened.registers.books.last('outgoing', 2027)).toBe(0);
    expect(opened.registers.books.last('incoming', 2026)).toBe(0);
  });

  it('continued from paper: the next number follows, and only an unused book has another start', () => {
    tx((stores) => stores.books.startFrom('outgoing', 2026, 240));
    expect(opened.registers.books.isUsed('outgoing', 2026)).toBe(false);
    expect(() => take(1)).toThrow(/not the next/);
    take(241);
    expect(opened.registers.books.isUsed('outgoing', 2026)).toBe(true);
  });

  it('never hold a number twice, whatever the program does', () => {
    insertNumbered(1);
    insertNumbered(1, 2027);
    const second = insertNumbered(2, 2026, { state: 'cancelled' });
    const give = (documentId: string, number: number, bookId = 'outgoing') =>
      database.sqlite
        .prepare(
          `INSERT INTO book_number (book_id, year, number, state, document_id, person_id, at)
           VALUES (?, 2026, ?, 'given', ?, (SELECT id FROM person), '2026-11-24T02:00:00.000Z')`,
        )
        .run(bookId, number, documentId);
    const other = outgoingRecord();
    insert(other);
    expect(() => give(other.id, 1)).toThrow(/UNIQUE/);
    expect(() => give(other.id, 2)).toThrow(/UNIQUE/);
    // Nor does a document get a second number.
    expect(() => give(second.id, 3)).toThrow(/UNIQUE/);
    expect(() => give('no such document', 3)).toThrow(/FOREIGN KEY/);
    insertArrival(incomingRecord({ state: 'registered' }), 1);
    const arrival = incomingRecord();
    insertArrival(arrival);
    expect(() => give(arrival.id, 1, 'incoming')).toThrow(/UNIQUE/);
  });

  it('keep a number that was reserved, or will never be given, with its reason', () => {
    const put = (number: number, state: string, reason: string | null) =>
      database.sqlite
        .prepare(
          `INSERT INTO book_number (book_id, year, number, state, reason, person_id, at)
           VALUES ('outgoing', 2026, ?, ?, ?, (SELECT id FROM person), '2026-11-24T02:00:00.000Z')`,
        )
        .run(number, state, reason);
    expect(() => put(1, 'void', null)).toThrow(/CHECK/);
    expect(() => put(1, 'given', null)).toThrow(/CHECK/);
    put(1, 'void', 'Viết sai số');
    put(2, 'reserved', null);
    tx((stores) => stores.books.startFrom('outgoing', 2026, 2));
    const given = insertNumbered(3);
    const { entries, total } = opened.registers.books.entries('outgoing', 2026, 0, 10);
    expect(total).toBe(3);
    expect(entries.map(({ number, state, reason, documentId }) => [number, state, reason, documentId])).toEqual([
      [3, 'given', null, given.id],
      [2, 'reserved', null, null],
      [1, 'void', 'Viết sai số', null],
    ]);
  });

  it('a transaction that fails takes no number', () => {
    const record = outgoingRecord();
    insert(record);
    expect(() =>
      tx((stores) => {
        stores.books.take(givenNumber(record.id, 1));
        throw new Error('later');
      }),
    ).toThrow('later');
    expect(opened.registers.books.last('outgoing', 2026)).toBe(0);
    expect(opened.registers.outgoing.find(record.id)?.numbered).toBeNull();
  });
});

describe('records', () => {
  it('of two books with one number and notation, the one that a recipient reports on is the one that it got', () => {
    database.sqlite.exec("INSERT INTO book (id, direction, name, position) VALUES ('legal', 'outgoing', 'Sổ', 1)");
    const [first, second] = ['outgoing', 'legal'].map((bookId) => {
      const record = outgoingRecord({
        state: 'sent',
        codeText: '1/VP',
        bookId,
        fields: { ...plainFields, date: '2026-11-24' },
      });
      tx((stores) => {
        stores.outgoing.insert(record, [{ agencyCode: `to-${bookId}`, agencyName: 'Nơi nhận' }]);
        stores.books.take(givenNumber(record.id, 1, { bookId }));
      });
      return record;
    });
    const { findByCode } = opened.registers.outgoing;
    expect(findByCode('1/VP', '2026-11-24', 'to-outgoing')?.id).toBe(first?.id);
    expect(findByCode('1/VP', '2026-11-24', 'to-legal')?.id).toBe(second?.id);
  });

  it('come back as they went in', () => {
    const out = insertNumbered(1, 2026, {
      fields: { ...plainFields, expressAt: '2026-11-24T07:00:00.000Z', addressees: ['Đ"ắk', "O'"] },
      attachments: [
        attachmentRecord(),
        attachmentRecord({ role: 'appendix', fileId: fileIdOf('b'), name: 'Phụ lục.xlsx' }),
      ],
    });
    const inc = incomingRecord({
      warnings: ['NO_READABLE_PAGE', 'FIELD_MISSING'],
      reading: { sources: { date: 'check' }, regions: { date: { page: 0, x: 1, y: 2, width: 3, height: 4 } } },
    });
    const file = attachmentRecord({ role: 'appendix', name: '../x.pdf', pageCount: null });
    tx((stores) => stores.incoming.insert(inc, [file]));
    const { at } = givenNumber(out.id, 1);
    expect(opened.registers.outgoing.find(out.id)).toEqual({ ...out, numbered: { year: 2026, number: 1, at } });
    expect(opened.registers.incoming.find(inc.id)).toEqual(inc);
    expect(opened.registers.incoming.attachments(inc.id)).toEqual([file]);
    expect(opened.registers.incoming.findByMessage(inc.received?.messageId ?? '')).toEqual(inc);
    expect(opened.registers.incoming.arrivalsOf('H15.02', inc.received?.documentId ?? '')).toEqual([
      { id: inc.id, state: inc.state, edxmlFileId: inc.received?.edxmlFileId },
    ]);
    expect(opened.registers.outgoing.findByCode('1/VP', '', 'H15.02')).toBeNull();
    // Each is of its direction.
    expect(opened.registers.incoming.find(out.id)).toBeNull();
    expect(opened.registers.outgoing.find(inc.id)).toBeNull();
  });

  it('whatever the fields hold comes back as it was', () => {
    const text = fc
      .string({ maxLength: 60, unit: 'binary' })
      .filter((value) => !/[\ud800-\udfff]/u.test(value) && !value.includes('\0'));
    const line = text.map((value) => value.replaceAll(/[\r\n]/g, ' ').trim()).filter((value) => value !== '');
    fc.assert(
      fc.property(text, text, fc.array(line, { maxLength: 4 }), fc.boolean(), (abstract, place, addressees, paper) => {
        const fields = { ...plainFields, abstract, place, addressees, paperFollows: paper };
        const record = outgoingRecord({ fields });
        insert(record);
        expect(opened.registers.outgoing.find(record.id)?.fields).toEqual(fields);
      }),
      { numRuns: 60 },
    );
  });

  it('hold paper that came without any message, and give it a number like any other', () => {
    const paper = incomingRecord({ received: null });
    const scan = attachmentRecord({ role: 'paper-scan' });
    tx((stores) => stores.incoming.insert(paper, [scan]));
    expect(opened.registers.incoming.find(paper.id)).toEqual(paper);
    expect(opened.registers.incoming.attachments(paper.id)).toEqual([scan]);
    tx((stores) => stores.books.take(givenNumber(paper.id, 1, { bookId: 'incoming' })));
    const { id, ...twin } = {
      id: paper.id,
      codeText: '12/SNV-VP',
      date: '2026-11-20',
      senderCode: null,
      agencyName: paper.fields.agencyName,
    };
    expect(opened.registers.incoming.duplicates({ ...twin, id: 'another' })).toEqual([
      { id, arrivalNumber: 1, codeText: '12/SNV-VP', date: '2026-11-20' },
    ]);
    expect(opened.registers.incoming.duplicates({ ...twin, id })).toEqual([]);
  });

  it('have one document file at most', () => {
    expect(() => insert(outgoingRecord({ attachments: [attachmentRecord(), attachmentRecord()] }))).toThrow(/UNIQUE/);
  });

  it('a report in a form of another version is not taken for one of this', () => {
    const record = outgoingRecord();
    insert(record);
    database.sqlite.prepare("UPDATE document_report SET version = 9 WHERE kind = 'placement'").run();
    expect(() => opened.registers.outgoing.find(record.id)).toThrow(/form 9/);
    database.sqlite.prepare(`UPDATE document_report SET version = 1, body = '{"signature":7}'`).run();
    expect(() => opened.registers.outgoing.find(record.id)).toThrow(/signature/);
  });

  it('are replaced only by the revision that follows', () => {
    const record = outgoingRecord();
    insert(record);
    expect(() => tx((stores) => stores.outgoing.update({ ...record, revision: 3 }))).toThrow(/not at/);
    expect(() => tx((stores) => stores.outgoing.update(record))).toThrow(/not at/);
    tx((stores) => stores.outgoing.update({ ...record, revision: 2, state: 'approved' }));
    expect(opened.registers.outgoing.find(record.id)?.state).toBe('approved');
  });

  it('answer whether a stored file is needed', () => {
    const ids = ['out', 'appendix', 'original', 'message', 'attached'].map(fileIdOf);
    const [out = '', appendix = '', original = '', message = '', attached = ''] = ids;
    const record = outgoingRecord({
      originalFileId: original,
      attachments: [attachmentRecord({ fileId: out }), attachmentRecord({ role: 'appendix', fileId: appendix })],
    });
    const arrival = incomingRecord();
    insert(record);
    tx((stores) =>
      stores.incoming.insert({ ...arrival, received: { ...arrival.received!, edxmlFileId: message } }, [
        attachmentRecord({ fileId: attached }),
      ]),
    );
    for (const id of ids) expect(opened.registers.files.isReferenced(id)).toBe(true);
    expect(opened.registers.files.isReferenced(fileIdOf('nobody'))).toBe(false);
    // A file that gave way to the one with the number is needed no more; what was imported stays.
    const stamped = attachmentRecord({ fileId: fileIdOf('stamped') });
    tx((stores) => stores.outgoing.update({ ...record, revision: 2, attachments: [stamped] }));
    expect([out, appendix, original, stamped.fileId].map((id) => opened.registers.files.isReferenced(id))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('every column that names a stored file is among the references', () => {
    const columns = database.sqlite
      .prepare<[], { place: string }>(
        `SELECT m.name || '.' || c.name AS place FROM sqlite_schema m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND c.name LIKE '%file_id' AND m.name <> 'file_reference' ORDER BY place`,
      )
      .all();
    expect(columns.map(({ place }) => place)).toEqual([
      'attachment.file_id',
      'certificate.image_file_id',
      'document.original_file_id',
      'inbox_problem.file_id',
      'outbox.file_id',
      'received_message.edxml_file_id',
    ]);
    // And messages that no row names: a status, or a document that came again.
    expect(fileHolders).toHaveLength(columns.length + 1);
  });
});

describe('deliveries', () => {
  const progress = fc.record({
    state: fc.constantFrom(...deliveryStates),
    at: fc
      .date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
      .map((at) => at.toISOString()),
    reason: fc.constantFrom(null, 'Gửi nhầm'),
  });
  it('never go back, keep each first time, and leave others alone', () => {
    fc.assert(
      fc.property(fc.array(progress, { maxLength: 12 }), (steps) => {
        const record = outgoingRecord();
        tx((stores) =>
          stores.outgoing.insert(record, [
            { agencyCode: 'A', agencyName: 'A' },
            { agencyCode: 'B', agencyName: 'B' },
          ]),
        );
        let furthest = 0;
        let arrivedAt: string | null = null;
        for (const step of steps) {
          tx((stores) => stores.outgoing.advanceDelivery(record.id, 'A', step));
          furthest = Math.max(furthest, deliveryStates.indexOf(step.state));
          const [mine, other] = opened.registers.outgoing.deliveries(record.id);
          expect(mine?.state).toBe(deliveryStates[furthest]);
          expect(other).toMatchObject({ agencyCode: 'B', state: 'planned', arrivedAt: null });
          if (arrivedAt !== null) expect(mine?.arrivedAt).toBe(arrivedAt);
          arrivedAt = mine?.arrivedAt ?? null;
          if (mine?.acceptedAt != null) expect(mine.arrivedAt).not.toBeNull();
        }
        expect(
          tx((stores) => stores.outgoing.advanceDelivery(record.id, 'C', { state: 'arrived', at: '', reason: null })),
        ).toBe(false);
      }),
      { numRuns: 25 },
    );
  });
});

describe('search', () => {
  beforeEach(() => {
    insert(
      outgoingRecord({
        codeText: '241/VPUBND-HCTC',
        fields: {
          ...plainFields,
          abstract: 'V/v tăng cường gửi, nhận văn bản điện tử',
          agencyName: 'Văn phòng UBND tỉnh Đắk Lắk',
        },
      }),
      outgoingRecord({
        codeText: '12/SYT',
        fields: { ...plainFields, abstract: 'Thông báo lịch họp', agencyName: 'Sở Y tế' },
      }),
      outgoingRecord({ codeText: '241/XX', state: 'discarded' }),
    );
    tx((stores) => stores.incoming.insert(incomingRecord(), []));
  });
  const hits = (text: string) =>
    opened.registers.search
      .find(text, 20)
      .map(({ codeText }) => codeText)
      .toSorted();

  it.each([
    ['dak lak', ['12/SNV-VP', '241/VPUBND-HCTC']],
    ['Đắk Lắk', ['12/SNV-VP', '241/VPUBND-HCTC']],
    ['ĐẮK', ['12/SNV-VP', '241/VPUBND-HCTC']],
    ['Đắk Lắk'.normalize('NFD'), ['12/SNV-VP', '241/VPUBND-HCTC']],
    ['241/VP', ['241/VPUBND-HCTC']],
    ['41/VPU', ['241/VPUBND-HCTC']],
    ['vpubnd-hctc', ['241/VPUBND-HCTC']],
    ['van ban dien t', ['241/VPUBND-HCTC']],
    ['bien che hoa', ['12/SNV-VP']],
    ['hop khong co', []],
    ['   ', []],
    ['"', []],
  ])('%j finds %j', (text, expected) => {
    expect(hits(text)).toEqual(expected);
  });

  it('a changed text is found by its new words only', () => {
    const record = outgoingRecord({ codeText: '77/ABC', fields: { ...plainFields, abstract: 'cũ kỹ' } });
    insert(record);
    tx((stores) =>
      stores.outgoing.update({
        ...record,
        revision: 2,
        codeText: '78/ABC',
        fields: { ...plainFields, abstract: 'mới tinh' },
      }),
    );
    expect(hits('cu ky')).toEqual([]);
    expect(hits('77/A')).toEqual([]);
    expect(hits('moi tinh')).toEqual(['78/ABC']);
  });

  it('no text that anyone can type breaks it', () => {
    const nasty = fc.oneof(
      fc.string({ maxLength: 200, unit: 'binary' }),
      fc.string({
        maxLength: 40,
        unit: fc.constantFrom(
          '"',
          '*',
          '(',
          ')',
          '-',
          '/',
          ':',
          '^',
          '+',
          '\0',
          '1',
          'a',
          ' ',
          'đ',
          '%',
          '_',
          '\\',
          "'",
        ),
      }),
      fc.constantFrom('NEAR(a b)', 'a AND', 'NOT', 'code:1', 'a*b*', '1/"2', '241\0/VP', '\ud800/1'),
    );
    fc.assert(
      fc.property(nasty, (text) => {
        opened.registers.search.find(text, 5);
        opened.registers.outgoing.list({ box: 'drafts', text, offset: 0, limit: 5, now });
        opened.registers.incoming.list({ box: 'due', text, offset: 0, limit: 5, now });
        opened.registers.agencies.search(text, 5);
      }),
      { numRuns: 300 },
    );
  });
});

describe('lists', () => {
  it('put express first, then the latest, page by page without gap or repetition', () => {
    const records = Array.from({ length: 45 }, (_, at) =>
      outgoingRecord({
        fields: { ...plainFields, urgency: at % 10 === 0 ? 'express' : at % 10 === 1 ? 'express-timed' : 'normal' },
        // Some share their instant, so that only the id orders them.
        changedAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(at / 3))).toISOString(),
      }),
    );
    insert(...records);
    const ids: string[] = [];
    for (let offset = 0; offset < 60; offset += 7) {
      const page = opened.registers.outgoing.list({ box: 'drafts', text: undefined, offset, limit: 7, now });
      expect(page.total).toBe(45);
      ids.push(...page.rows.map(({ id }) => id));
    }
    const byId = new Map(records.map((one) => [one.id, one]));
    const rank = (one: OutgoingRecord) => (one.fields.urgency.startsWith('express') ? 1 : 0);
    const expected = records.toSorted(
      (a, b) => rank(b) - rank(a) || b.changedAt.localeCompare(a.changedAt) || a.id.localeCompare(b.id),
    );
    expect(ids.map((id) => byId.get(id)?.id)).toEqual(expected.map(({ id }) => id));
  });

  it('count what they show, box by box', () => {
    const due = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString();
    const base = incomingRecord();
    const withFields = (fields: object, change: object = {}) =>
      incomingRecord({ fields: { ...base.fields, ...fields }, ...change });
    const all = [
      withFields({}),
      withFields({ urgency: 'express' }),
      withFields({ dueAt: due(5) }),
      withFields({ dueAt: due(-5) }, { state: 'registered' }),
      withFields({ dueAt: due(200) }, { state: 'registered' }),
      withFields({ dueAt: due(-5) }, { state: 'done' }),
      withFields({}, { state: 'returned' }),
    ];
    tx((stores) => all.forEach((one) => stores.incoming.insert(one, [])));
    const counts = opened.registers.incoming.counts(now);
    expect(counts).toEqual({ 'to-register': 3, express: 1, 'in-progress': 2, due: 1, overdue: 1, done: 2 });
    for (const box of incomingBoxes) {
      expect(opened.registers.incoming.list({ box, text: undefined, offset: 0, limit: 50, now }).total).toBe(
        counts[box],
      );
    }
    const out = opened.registers.outgoing.counts();
    for (const box of outgoingBoxes) {
      expect(opened.registers.outgoing.list({ box, text: undefined, offset: 0, limit: 50, now }).total).toBe(out[box]);
    }
  });
});

describe('query plans', () => {
  /** Remembers every statement that is prepared. */
  function recording(sqlite: Sqlite): { sqlite: Sqlite; statements: string[] } {
    const statements: string[] = [];
    const proxy = new Proxy(sqlite, {
      get: (target, key) => {
        if (key !== 'prepare') return Reflect.get(target, key) as unknown;
        return (sql: string) => {
          statements.push(sql);
          return target.prepare(sql);
        };
      },
    });
    return { sqlite: proxy, statements };
  }

  it('lists, counts, records, books and the outbox search by an index and scan no table', () => {
    const { sqlite, statements } = recording(database.sqlite);
    const { registers } = registersOn({ ...database, sqlite }, noLog);
    const { incoming, outgoing } = registers;
    for (const box of outgoingBoxes)
      for (const text of [undefined, 'dak lak', '41/VPU']) outgoing.list({ box, text, offset: 0, limit: 5, now });
    for (const box of incomingBoxes)
      for (const text of [undefined, '41/VPU']) incoming.list({ box, text, offset: 0, limit: 5, now });
    incoming.counts(now);
    outgoing.counts();
    registers.search.find('41/VPU', 5);
    // Small by nature, or read whole on purpose: books, agencies and keys of one office.
    const small = /FROM (book|book_type|book_year|agency|agency_group|certificate|inbox_problem|person)\b/;
    const selects = statements.filter((sql) => sql.trimStart().startsWith('SELECT') && !small.test(sql));
    expect(selects.length).toBeGreaterThan(40);
    for (const sql of selects) {
      // Every parameter gets a null: plans do not depend on values.
      const plain = sql.replaceAll(/[@:]\w+|\?/g, 'NULL');
      const plan = database.sqlite.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${plain}`).all();
      for (const { detail } of plan) {
        const scan =
          /^SCAN (?!CONSTANT|search_(words|code) VIRTUAL|\()/.test(detail) && !/USING (COVERING )?INDEX/.test(detail);
        expect(scan ? `${detail} in ${sql}` : '').toBe('');
      }
    }
  });

  it('the boxes of daily work are read in their order, without sorting', () => {
    const { sqlite, statements } = recording(database.sqlite);
    const { incoming, outgoing } = registersOn({ ...database, sqlite }, noLog).registers;
    statements.length = 0;
    for (const box of ['to-register', 'in-progress', 'done'] as const)
      incoming.list({ box, text: undefined, offset: 0, limit: 5, now });
    for (const box of ['drafts', 'sent'] as const) outgoing.list({ box, text: undefined, offset: 0, limit: 5, now });
    for (const sql of statements.filter((one) => one.includes('ORDER BY'))) {
      const plan = database.sqlite
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', 'NULL')}`)
        .all();
      expect(plan.map(({ detail }) => detail).join('\n')).not.toContain('TEMP B-TREE FOR ORDER BY');
      expect(plan[0]?.detail).toMatch(/USING INDEX (incoming_box|incoming_finished|outgoing_box)/);
    }
  });
});

describe('the directory', () => {
  it('holds an agency up to its last day, and forgets none that documents name', () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
    tx((stores) =>
      stores.agencies.put([
        agency('A', 'Sở còn mãi'),
        agency('B', 'Sở sắp hết', { validTo: day(2) }),
        agency('C', 'Sở đã hết', { validTo: day(-2) }),
      ]),
    );
    expect(
      opened.registers.agencies
        .search('so', 10)
        .agencies.map(({ code }) => code)
        .toSorted(),
    ).toEqual(['A', 'B']);
    expect(
      opened.registers.agencies
        .all()
        .map(({ code }) => code)
        .toSorted(),
    ).toEqual(['A', 'B']);
    expect(opened.registers.agencies.find('B')?.name).toBe('Sở sắp hết');
    expect(opened.registers.agencies.find('C')).toBeNull();
    tx((stores) => stores.agencies.put([agency('A', 'Sở đổi tên')]));
    expect(opened.registers.agencies.search('doi ten', 10).total).toBe(1);
  });
});
