import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase, type Sqlite } from '#data/connection/open-database.ts';
import { registersOn, type OpenRegisters } from '#data/open-registers.ts';
import { incomingQueries } from '#data/queries/incoming.ts';
import { outgoingQueries } from '#data/queries/outgoing.ts';
import { outboxQueries } from '#data/queries/history-and-outbox.ts';
import { searchIndex } from '#data/queries/search.ts';
import { incomingBoxes } from '#shared/contract/incoming.ts';
import { outgoingBoxes } from '#shared/contract/outgoing.ts';
import { deliveryStates } from '#shared/domain/outgoing-state.ts';
import { noLog } from '#entries/machine-ports.ts';
import type { OutgoingRecord } from '#core/ports/stores.ts';
import { agency } from '#tests/support/office-hub.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { fileIdOf, incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';

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
const numbered = (number: number, change: Partial<OutgoingRecord> = {}) =>
  outgoingRecord({ state: 'numbered', bookId: 'outgoing', year: 2026, number, codeText: `${number}/VP`, ...change });

describe('books', () => {
  test('give out only the next number', () => {
    expect(() => tx((stores) => stores.books.take('outgoing', 2026, 2))).toThrow(/not the next/);
    tx((stores) => stores.books.take('outgoing', 2026, 1));
    for (const wrong of [0, 1, 3, -1])
      expect(() => tx((stores) => stores.books.take('outgoing', 2026, wrong))).toThrow(/not the next/);
    tx((stores) => stores.books.take('outgoing', 2026, 2));
    expect(opened.registers.books.last('outgoing', 2026)).toBe(2);
    expect(opened.registers.books.last('outgoing', 2027)).toBe(0);
    expect(opened.registers.books.last('incoming', 2026)).toBe(0);
  });

  test('continued from paper: the next number follows, and only an unused book has another start', () => {
    tx((stores) => stores.books.startFrom('outgoing', 2026, 240));
    expect(opened.registers.books.isUsed('outgoing', 2026)).toBe(false);
    expect(() => tx((stores) => stores.books.take('outgoing', 2026, 1))).toThrow(/not the next/);
    tx((stores) => stores.books.take('outgoing', 2026, 241));
    expect(opened.registers.books.isUsed('outgoing', 2026)).toBe(true);
  });

  test('never hold a number twice, whatever the program does', () => {
    insert(numbered(1));
    expect(() => insert(numbered(1))).toThrow(/UNIQUE/);
    expect(() => insert(numbered(1, { state: 'cancelled' }))).toThrow(/UNIQUE/);
    insert(numbered(1, { year: 2027 }), numbered(2));
    expect(() => insert(outgoingRecord({ year: 2026, number: null }))).toThrow(/CHECK/);
    const arrived = (arrivalNumber: number) => incomingRecord({ state: 'registered', year: 2026, arrivalNumber });
    tx((stores) => stores.incoming.insert(arrived(1), []));
    expect(() => tx((stores) => stores.incoming.insert(arrived(1), []))).toThrow(/UNIQUE/);
  });

  test('a transaction that fails takes no number', () => {
    expect(() =>
      tx((stores) => {
        stores.books.take('outgoing', 2026, 1);
        throw new Error('later');
      }),
    ).toThrow('later');
    expect(opened.registers.books.last('outgoing', 2026)).toBe(0);
  });
});

describe('records', () => {
  test('come back as they went in', () => {
    const out = numbered(7, {
      fields: { ...plainFields, expressAt: '2026-11-24T07:00:00.000Z', addressees: ['Đ"ắk', "O'"] },
    });
    const inc = incomingRecord({
      warnings: ['NO_READABLE_PAGE'],
      regions: { date: { page: 0, x: 1, y: 2, width: 3, height: 4 } },
    });
    insert(out);
    tx((stores) =>
      stores.incoming.insert(inc, [{ fileId: fileIdOf('f'), name: '../x.pdf', size: 5, pageCount: null }]),
    );
    expect(opened.registers.outgoing.find(out.id)).toEqual(out);
    expect(opened.registers.incoming.find(inc.id)).toEqual(inc);
    expect(opened.registers.incoming.findByMessage(inc.messageId)).toEqual(inc);
    expect(opened.registers.incoming.findByDocument(inc.senderCode, inc.documentId)).toEqual(inc);
    expect(opened.registers.outgoing.findByCode('7/VP', '')).toBeNull();
  });

  test('are replaced only by the revision that follows', () => {
    const record = outgoingRecord();
    insert(record);
    expect(() => tx((stores) => stores.outgoing.update({ ...record, revision: 3 }))).toThrow(/not at/);
    expect(() => tx((stores) => stores.outgoing.update(record))).toThrow(/not at/);
    tx((stores) => stores.outgoing.update({ ...record, revision: 2, state: 'approved' }));
    expect(opened.registers.outgoing.find(record.id)?.state).toBe('approved');
  });

  test('answer whether a stored file is needed', () => {
    const ids = ['out', 'original', 'message', 'attached'].map(fileIdOf);
    const [out = '', original = '', message = '', attached = ''] = ids;
    insert(outgoingRecord({ fileId: out, originalFileId: original }));
    tx((stores) =>
      stores.incoming.insert(incomingRecord({ edxmlFileId: message }), [
        { fileId: attached, name: 'a', size: 1, pageCount: 1 },
      ]),
    );
    for (const id of ids) expect(opened.registers.files.isReferenced(id)).toBe(true);
    expect(opened.registers.files.isReferenced(fileIdOf('nobody'))).toBe(false);
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
  test('never go back, keep each first time, and leave others alone', () => {
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

  test.each([
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

  test('a changed text is found by its new words only', () => {
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

  test('no text that anyone can type breaks it', () => {
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
  test('put express first, then the latest, page by page without gap or repetition', () => {
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

  test('count what they show, box by box', () => {
    const due = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString();
    const base = incomingRecord();
    const withFields = (fields: object, change: object = {}) =>
      incomingRecord({ fields: { ...base.fields, ...fields }, ...change });
    const all = [
      withFields({}),
      withFields({ urgency: 'express' }),
      withFields({ dueAt: due(5) }),
      withFields({ dueAt: due(-5) }, { state: 'registered', year: 2026, arrivalNumber: 1 }),
      withFields({ dueAt: due(200) }, { state: 'registered', year: 2026, arrivalNumber: 2 }),
      withFields({ dueAt: due(-5) }, { state: 'done', year: 2026, arrivalNumber: 3 }),
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

  test('lists, counts and the outbox search by an index and scan no table', () => {
    const { sqlite, statements } = recording(database.sqlite);
    const search = searchIndex(database.sqlite);
    const outgoing = outgoingQueries(sqlite, search);
    const incoming = incomingQueries(sqlite, search);
    outboxQueries(sqlite);
    for (const box of outgoingBoxes)
      for (const text of [undefined, 'dak lak', '41/VPU']) outgoing.list({ box, text, offset: 0, limit: 5, now });
    for (const box of incomingBoxes)
      for (const text of [undefined, '41/VPU']) incoming.list({ box, text, offset: 0, limit: 5, now });
    incoming.counts(now);
    const selects = statements.filter((sql) => sql.trimStart().startsWith('SELECT'));
    for (const sql of selects) {
      // Every parameter gets a null: plans do not depend on values.
      const plain = sql.replaceAll(/[@:]\w+|\?/g, 'NULL');
      const plan = database.sqlite.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${plain}`).all();
      for (const { detail } of plan) {
        const scan =
          /^SCAN (?!CONSTANT|search_(words|code) VIRTUAL)/.test(detail) && !/USING (COVERING )?INDEX/.test(detail);
        expect(scan ? `${detail} in ${sql}` : '').toBe('');
      }
    }
  });
});

describe('the directory', () => {
  test('holds an agency up to its last day, and forgets none that documents name', () => {
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
