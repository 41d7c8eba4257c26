import type { Log } from '#core/ports/system.ts';
import type { ReadStores, Registers, WriteStores } from '#core/ports/stores.ts';
import { openDatabase, timed, type OpenDatabase } from './connection/open-database.ts';
import { agencyQueries } from './queries/agencies.ts';
import { bookQueries } from './queries/books.ts';
import { certificateQueries } from './queries/certificates.ts';
import { fileQueries } from './queries/files.ts';
import { historyQueries, inboxProblemQueries, outboxQueries } from './queries/history-and-outbox.ts';
import { incomingQueries } from './queries/incoming.ts';
import { outgoingQueries } from './queries/outgoing.ts';
import { searchIndex } from './queries/search.ts';
import { commandQueries, settingQueries } from './queries/settings-and-commands.ts';

export interface OpenRegisters {
  readonly registers: Registers;
  readonly sqliteVersion: string;
  readonly schemaVersion: number;
  close(): void;
}

/**
 * The office's registers on disk.
 * @throws CodedError FOLDER_IN_USE, DATABASE_NEWER, DATABASE_DAMAGED, FOLDER_NOT_WRITABLE, DISK_FULL
 */
export function openRegisters(dataDir: string, log: Log): OpenRegisters {
  return registersOn(openDatabase(dataDir, log), log);
}

/** The registers in a database that is already open. */
export function registersOn(database: OpenDatabase, log: Log): OpenRegisters {
  const { sqlite } = database;
  const search = searchIndex(sqlite);
  const stores: WriteStores = {
    settings: settingQueries(sqlite),
    commands: commandQueries(sqlite),
    agencies: agencyQueries(sqlite),
    books: bookQueries(sqlite),
    outgoing: outgoingQueries(sqlite, search),
    incoming: incomingQueries(sqlite, search),
    certificates: certificateQueries(sqlite),
    history: historyQueries(sqlite),
    outbox: outboxQueries(sqlite),
    inboxProblems: inboxProblemQueries(sqlite),
    search: { find: search.find },
    files: fileQueries(sqlite),
  };
  const reads: ReadStores = stores;
  return {
    registers: {
      ...reads,
      tx: (name, work) => timed(log, name, sqlite.transaction(() => work(stores)).immediate),
    },
    sqliteVersion: database.sqliteVersion,
    schemaVersion: database.schemaVersion,
    close: database.close,
  };
}
