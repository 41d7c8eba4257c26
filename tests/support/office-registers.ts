import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IncomingRecord } from '#core/incoming/incoming-store.ts';
import type { OutgoingRecord } from '#core/outgoing/outgoing-store.ts';
import type { Registers, WriteStores } from '#core/ports/stores.ts';
import { openDatabase, type OpenDatabase } from '#data/connection/open-database.ts';
import { registersOn } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { givenNumber, outgoingRecord } from './office-records.ts';

/** Registers on a real file of their own, without an office around them. */
export interface OpenTestRegisters {
  readonly database: OpenDatabase;
  readonly registers: Registers;
  tx<T>(work: (stores: WriteStores) => T): T;
  insert(...records: readonly OutgoingRecord[]): void;
  /** A document with this number of the book, as a command would make it. */
  insertNumbered(number: number, year?: number, change?: Partial<OutgoingRecord>): OutgoingRecord;
  insertArrival(record: IncomingRecord, number?: number): void;
  close(): void;
}

export function openTestRegisters(): OpenTestRegisters {
  const folder = mkdtempSync(join(tmpdir(), 'vanthu-registers-'));
  const database = openDatabase(folder, noLog);
  const { registers, close } = registersOn(database, noLog);
  const open: OpenTestRegisters = {
    database,
    registers,
    tx: (work) => registers.tx('test', work),
    insert: (...records) => open.tx((stores) => records.forEach((one) => stores.outgoing.insert(one, []))),
    insertNumbered: (number, year = 2026, change = {}) => {
      const record = outgoingRecord({ state: 'numbered', codeText: `${number}/VP`, ...change });
      open.insert(record);
      open.tx((stores) => stores.books.take(givenNumber(record.id, number, { year })));
      return record;
    },
    insertArrival: (record, number) =>
      open.tx((stores) => {
        stores.incoming.insert(record, []);
        if (number !== undefined) stores.books.take(givenNumber(record.id, number, { bookId: 'incoming' }));
      }),
    close: () => {
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return open;
}
