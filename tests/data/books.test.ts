import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

  it('keep a number that was reserved, or will never be given, with its reason', () => {
    const put = (number: number, state: string, reason: string | null) =>
      open.database.sqlite
        .prepare(
          `INSERT INTO book_number (book_id, year, number, state, reason, person_id, at)
           VALUES ('outgoing', 2026, ?, ?, ?, (SELECT id FROM person), '2026-11-24T02:00:00.000Z')`,
        )
        .run(number, state, reason);
    expect(() => put(1, 'void', null)).toThrow(/CHECK/);
    expect(() => put(1, 'given', null)).toThrow(/CHECK/);
    put(1, 'void', 'Viết sai số');
    put(2, 'reserved', null);
    open.tx((stores) => stores.books.startFrom('outgoing', 2026, 2));
    const given = open.insertNumbered(3);
    const { entries, total } = open.registers.books.entries('outgoing', 2026, 0, 10);
    expect(total).toBe(3);
    expect(entries.map(({ number, state, reason, documentId }) => [number, state, reason, documentId])).toEqual([
      [3, 'given', null, given.id],
      [2, 'reserved', null, null],
      [1, 'void', 'Viết sai số', null],
    ]);
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
