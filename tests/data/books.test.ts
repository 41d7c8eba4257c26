import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FIRST_PERSON_ID } from '#shared/domain/roles.ts';
import { givenNumber, incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';
import { openTestRegisters, type OpenTestRegisters } from '#tests/support/office-registers.ts';

let open: OpenTestRegisters;
beforeEach(() => {
  open = openTestRegisters();
});
afterEach(() => open.close());

describe('books', () => {
  const take = (number: number) => {
    const record = outgoingRecord();
    open.tx((stores) => {
      stores.outgoing.insert(record, []);
      stores.books.take(givenNumber(record.id, number));
    });
  };

  it('give out only the next number', () => {
    expect(() => take(2)).toThrow(/not the next/);
    take(1);
    for (const wrong of [0, 1, 3, -1]) expect(() => take(wrong)).toThrow(/not the next/);
    take(2);
    expect(open.registers.books.last('outgoing', 2026)).toBe(2);
    expect(open.registers.books.last('outgoing', 2027)).toBe(0);
    expect(open.registers.books.last('incoming', 2026)).toBe(0);
  });

  it('continued from paper: the next number follows, and only an unused book has another start', () => {
    open.tx((stores) => stores.books.startFrom('outgoing', 2026, 240));
    expect(open.registers.books.isUsed('outgoing', 2026)).toBe(false);
    expect(() => take(1)).toThrow(/not the next/);
    take(241);
    expect(open.registers.books.isUsed('outgoing', 2026)).toBe(true);
  });

  it('never hold a number twice, whatever the program does', () => {
    open.insertNumbered(1);
    open.insertNumbered(1, 2027);
    const second = open.insertNumbered(2, 2026, { state: 'cancelled' });
    const give = (documentId: string, number: number, bookId = 'outgoing') =>
      open.database.sqlite
        .prepare(
          `INSERT INTO book_number (book_id, year, number, state, document_id, person_id, at)
           VALUES (?, 2026, ?, 'given', ?, (SELECT id FROM person), '2026-11-24T02:00:00.000Z')`,
        )
        .run(bookId, number, documentId);
    const other = outgoingRecord();
    open.insert(other);
    expect(() => give(other.id, 1)).toThrow(/UNIQUE/);
    expect(() => give(other.id, 2)).toThrow(/UNIQUE/);
    // Nor does a document get a second number.
    expect(() => give(second.id, 3)).toThrow(/UNIQUE/);
    expect(() => give('no such document', 3)).toThrow(/FOREIGN KEY/);
    open.insertArrival(incomingRecord({ state: 'registered' }), 1);
    const arrival = incomingRecord();
    open.insertArrival(arrival);
    expect(() => give(arrival.id, 1, 'incoming')).toThrow(/UNIQUE/);
  });

  it('keep numbers for documents to come, which are given or dropped once, with who and why', () => {
    const by = { at: '2026-11-24T02:00:00.000Z', personId: FIRST_PERSON_ID };
    take(1);
    const first = open.tx((stores) => stores.books.reserve('outgoing', 2026, 3, 'Phòng Nội chính', by));
    expect(first).toBe(2);
    expect(
      open.registers.books.reserved('outgoing', 2026).map(({ number, reservedFor }) => [number, reservedFor]),
    ).toEqual([2, 3, 4].map((number) => [number, 'Phòng Nội chính']));
    expect(() => take(2)).toThrow(/not the next/);
    take(5);
    const record = outgoingRecord();
    open.insert(record);
    const taken = open.tx((stores) => [
      stores.books.takeReserved(givenNumber(record.id, 3)),
      stores.books.takeReserved(givenNumber(record.id, 3)),
      stores.books.takeReserved(givenNumber(record.id, 1)),
    ]);
    expect(taken).toEqual([true, false, false]);
    const drop = (number: number) =>
      open.tx((stores) =>
        stores.books.dropReserved({ bookId: 'outgoing', year: 2026, number, suffix: '' }, 'không dùng đến', by),
      );
    expect([drop(2), drop(2), drop(3), drop(5), drop(9)]).toEqual([true, false, false, false, false]);
    const { entries, total } = open.registers.books.entries({
      bookId: 'outgoing',
      year: 2026,
      ascending: false,
      limit: 10,
    });
    expect(total).toBe(5);
    expect(entries.map(({ number, state, reason, reservedFor }) => [number, state, reason, reservedFor])).toEqual([
      [5, 'given', null, null],
      [4, 'reserved', null, 'Phòng Nội chính'],
      [3, 'given', null, 'Phòng Nội chính'],
      [2, 'void', 'không dùng đến', 'Phòng Nội chính'],
      [1, 'given', null, null],
    ]);
    expect(open.registers.books.years().find(({ id }) => id === 'outgoing')).toMatchObject({ last: 5, reserved: 1 });
  });

  it('explain every number: one that is not given has a reason, one that is given a document', () => {
    const put = (number: number, state: string, reason: string | null) =>
      open.database.sqlite
        .prepare(
          `INSERT INTO book_number (book_id, year, number, state, reason, person_id, at)
           VALUES ('outgoing', 2026, ?, ?, ?, (SELECT id FROM person), '2026-11-24T02:00:00.000Z')`,
        )
        .run(number, state, reason);
    expect(() => put(1, 'void', null)).toThrow(/CHECK/);
    expect(() => put(1, 'given', null)).toThrow(/CHECK/);
  });

  it('give a số phụ only beside a number that a document has, each letter once', () => {
    take(1);
    const beside = (number: number, suffix: string) => {
      const record = outgoingRecord();
      open.tx((stores) => {
        stores.outgoing.insert(record, []);
        stores.books.takeSuffix(givenNumber(record.id, number, { suffix }));
      });
      return record;
    };
    expect(() => beside(2, 'a')).toThrow(/beside no number/);
    expect(() => beside(1, '')).toThrow(/beside no number/);
    const record = beside(1, 'a');
    expect(() => beside(1, 'a')).toThrow(/UNIQUE/);
    expect(open.registers.books.suffixesOf('outgoing', 2026, 1)).toEqual(['a']);
    expect(open.registers.books.suffixesOf('outgoing', 2026, 2)).toBeNull();
    expect(open.registers.outgoing.find(record.id)?.numbered).toMatchObject({ number: 1, suffix: 'a' });
    // The series goes on as if it were not there.
    take(2);
  });

  it('a transaction that fails takes no number', () => {
    const record = outgoingRecord();
    open.insert(record);
    expect(() =>
      open.tx((stores) => {
        stores.books.take(givenNumber(record.id, 1));
        throw new Error('later');
      }),
    ).toThrow('later');
    expect(open.registers.books.last('outgoing', 2026)).toBe(0);
    expect(open.registers.outgoing.find(record.id)?.numbered).toBeNull();
  });
});
