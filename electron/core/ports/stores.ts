import type { AccessReads, AccessWrites } from '../access/access-store.ts';
import type { TrailReads, TrailWrites } from '../audit/trail-store.ts';
import type { HistoryEntry } from '#shared/domain/history.ts';
import type { BoardReads } from '../board/board-store.ts';
import type { BookReads, BookWrites } from '../books/book-store.ts';
import type { CertificateReads, CertificateWrites } from '../certificates/certificate-store.ts';
import type { DirectoryReads, DirectoryWrites } from '../directory/directory-store.ts';
import type { DutyReads, DutyWrites } from '../duty/duty-store.ts';
import type { FeedbackReads, FeedbackWrites } from '../feedback/feedback-store.ts';
import type { FormReads, FormWrites } from '../forms/form-store.ts';
import type { HandlingReads, HandlingWrites } from '../handling/handling-store.ts';
import type { IncomingReads, IncomingWrites } from '../incoming/incoming-store.ts';
import type { OfficeReads, OfficeWrites } from '../office/office-store.ts';
import type { DecisionReads, DecisionWrites } from '../outgoing/decision-store.ts';
import type { OutgoingReads, OutgoingWrites } from '../outgoing/outgoing-store.ts';
import type { PeopleReads, PeopleWrites } from '../people/people-store.ts';
import type { OfficeReportReads, OfficeReportWrites } from '../reporting/report-store.ts';
import type { RelationReads, RelationWrites } from '../relations/relation-store.ts';
import type { SearchReads } from '../search/search-store.ts';
import type {
  InboxProblemReads,
  InboxProblemWrites,
  InboxReads,
  InboxWrites,
  OutboxReads,
  OutboxWrites,
} from '../sync/sync-stores.ts';
import type { PrintedFormReads } from '../printing/printed-form-store.ts';
import type { StatementReads, StatementWrites, WatchReads, WatchWrites } from '../watching/watching-stores.ts';

/** What can be read, inside or outside a transaction. Each store is described beside the use case that needs it. */
export interface ReadStores {
  readonly settings: { get(name: string): string | null };
  /** The answer of an earlier command. @throws CodedError INVALID_INPUT when the id was another command's */
  readonly commands: { result(commandId: string, name: string): { readonly value: unknown } | null };
  readonly office: OfficeReads;
  readonly people: PeopleReads;
  readonly agencies: DirectoryReads;
  readonly books: BookReads;
  readonly outgoing: OutgoingReads;
  readonly decisions: DecisionReads;
  readonly incoming: IncomingReads;
  readonly access: AccessReads;
  readonly handling: HandlingReads;
  readonly relations: RelationReads;
  readonly board: BoardReads;
  readonly certificates: CertificateReads;
  readonly history: { of(documentId: string): HistoryEntry[] };
  readonly audit: TrailReads;
  readonly outbox: OutboxReads;
  readonly search: SearchReads;
  readonly inbox: InboxReads;
  readonly inboxProblems: InboxProblemReads;
  readonly statements: StatementReads;
  readonly watch: WatchReads;
  readonly officeReports: OfficeReportReads;
  readonly feedback: FeedbackReads;
  readonly duty: DutyReads;
  readonly forms: FormReads;
  readonly printedForms: PrintedFormReads;
  /** Whether any row needs a stored file. Equal bytes are one file, so a refused import may be a received attachment. */
  readonly files: {
    isReferenced(fileId: string): boolean;
    /** Of files that are not known to be on the disk, the oldest first. */
    unflushed(): UnflushedFile[];
  };
}

/** What a transaction may do besides. */
export interface WriteStores extends ReadStores {
  readonly settings: ReadStores['settings'] & { set(name: string, value: string): void };
  readonly commands: ReadStores['commands'] & {
    remember(commandId: string, name: string, value: unknown, at: string): void;
    /** Drops answers older than `at`: no screen asks for them again. */
    forgetBefore(at: string): void;
  };
  readonly office: OfficeWrites;
  readonly people: PeopleWrites;
  readonly agencies: DirectoryWrites;
  readonly books: BookWrites;
  readonly outgoing: OutgoingWrites;
  readonly decisions: DecisionWrites;
  readonly incoming: IncomingWrites;
  readonly access: AccessWrites;
  readonly handling: HandlingWrites;
  readonly relations: RelationWrites;
  readonly certificates: CertificateWrites;
  readonly history: ReadStores['history'] & { add(documentId: string, entry: HistoryEntry): void };
  readonly audit: TrailWrites;
  readonly outbox: OutboxWrites;
  readonly inbox: InboxWrites;
  readonly inboxProblems: InboxProblemWrites;
  readonly statements: StatementWrites;
  readonly watch: WatchWrites;
  readonly officeReports: OfficeReportWrites;
  readonly feedback: FeedbackWrites;
  readonly duty: DutyWrites;
  readonly forms: FormWrites;
  readonly files: ReadStores['files'] & {
    /** Keeps a message as it came, also when no document row names it: a status, or a document that came again. */
    keepMessage(messageId: string, fileId: string): void;
    /** The file is on the disk: its bytes need not stand here any longer. */
    forgetUnflushed(seq: number): void;
  };
}

/** A small file whose bytes stand in the register until its own place on the disk is certain. */
export interface UnflushedFile {
  readonly seq: number;
  readonly fileId: string;
  readonly bytes: Uint8Array;
}

export interface Registers extends ReadStores {
  /** Runs `work` in one write transaction: all of it is kept, or nothing. */
  tx<T>(name: string, work: (stores: WriteStores) => T, durability?: Durability): T;
}

/** What a transaction outlives: also a power cut, for which the disk is waited for, or this program's end alone. */
export type Durability = 'power-cut' | 'program-end';
