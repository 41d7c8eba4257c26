import type { ReadStores, Registers, WriteStores } from '#core/ports/stores.ts';
import type { Log } from '#core/ports/system.ts';
import { auditAppender } from './audit/append-audit.ts';
import { openDatabase, timed, type OpenDatabase } from './connection/open-database.ts';
import type { Sqlite } from './connection/sqlite.ts';
import { accessQueries } from './queries/access.ts';
import { attachmentQueries } from './queries/attachments.ts';
import { auditQueries } from './queries/audit.ts';
import { boardQueries } from './queries/board.ts';
import { bookQueries } from './queries/books.ts';
import { certificateQueries } from './queries/certificates.ts';
import { commandQueries } from './queries/commands.ts';
import { decisionQueries } from './queries/decisions.ts';
import { directoryQueries } from './queries/directory.ts';
import { dutyQueries } from './queries/duty.ts';
import { feedbackQueries } from './queries/feedback.ts';
import { formQueries } from './queries/forms.ts';
import { fileQueries, fileReferences, unflushedFiles } from './queries/files.ts';
import { handlingQueries } from './queries/handling.ts';
import { printedFormQueries } from './queries/printed-forms.ts';
import { historyQueries } from './queries/history.ts';
import { inboxQueries } from './queries/inbox.ts';
import { inboxProblemQueries } from './queries/inbox-problems.ts';
import { incomingQueries } from './queries/incoming.ts';
import { officeQueries } from './queries/office.ts';
import { officeReportQueries } from './queries/office-reports.ts';
import { outboxQueries } from './queries/outbox.ts';
import { outgoingQueries } from './queries/outgoing.ts';
import { peopleQueries } from './queries/people.ts';
import { relationQueries } from './queries/relations.ts';
import { reportQueries } from './queries/reports.ts';
import { searchIndex } from './queries/search.ts';
import { settingQueries } from './queries/settings.ts';
import { statementQueries } from './queries/statements.ts';
import { watchQueries } from './queries/watched.ts';

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
  const references = fileReferences(sqlite);
  const settings = settingQueries(sqlite);
  const audit = auditAppender(sqlite);
  const parts = {
    search,
    references,
    reports: reportQueries(sqlite),
    attachments: attachmentQueries(sqlite, references),
  };
  const stores: WriteStores = {
    settings,
    commands: commandQueries(sqlite),
    office: officeQueries(sqlite, settings),
    people: peopleQueries(sqlite, settings),
    agencies: directoryQueries(sqlite),
    books: bookQueries(sqlite),
    outgoing: outgoingQueries(sqlite, parts),
    decisions: decisionQueries(sqlite),
    incoming: incomingQueries(sqlite, parts),
    access: accessQueries(sqlite),
    handling: handlingQueries(sqlite, search),
    relations: relationQueries(sqlite),
    board: boardQueries(sqlite),
    certificates: certificateQueries(sqlite, references),
    history: historyQueries(sqlite, audit.append),
    audit: auditQueries(sqlite, audit),
    outbox: outboxQueries(sqlite, references, unflushedFiles(sqlite)),
    inbox: inboxQueries(sqlite),
    inboxProblems: inboxProblemQueries(sqlite, references),
    statements: statementQueries(sqlite),
    watch: watchQueries(sqlite),
    officeReports: officeReportQueries(sqlite),
    feedback: feedbackQueries(sqlite),
    forms: formQueries(sqlite, references),
    duty: dutyQueries(settings),
    printedForms: printedFormQueries(sqlite),
    search: { find: search.find },
    files: fileQueries(sqlite, references),
  };
  const reads: ReadStores = stores;
  return {
    registers: {
      ...reads,
      tx: (name, work, durability) => {
        const transaction = sqlite.transaction(() => work(stores)).immediate;
        const run = durability === 'program-end' ? () => withoutSync(sqlite, transaction) : transaction;
        const value = timed(log, name, run);
        database.committed();
        return value;
      },
    },
    sqliteVersion: database.sqliteVersion,
    schemaVersion: database.schemaVersion,
    close: database.close,
  };
}

/**
 * Commits without waiting for the disk (SQLite, "PRAGMA synchronous", NORMAL with a write-ahead log): the next commit that
 * waits makes it durable with its own, in order.
 */
function withoutSync<T>(sqlite: Sqlite, transaction: () => T): T {
  sqlite.pragma('synchronous = NORMAL');
  try {
    return transaction();
  } finally {
    sqlite.pragma('synchronous = FULL');
  }
}
