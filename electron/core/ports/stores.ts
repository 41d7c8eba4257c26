import type { HistoryEntry } from '#shared/contract/common.ts';
import type { IncomingBox, IncomingFields, IncomingRow } from '#shared/contract/incoming.ts';
import type { Book, BookEntry, Certificate, DirectoryAgency, SearchHit } from '#shared/contract/office.ts';
import type { Delivery, OutgoingBox, OutgoingFields, OutgoingRow, Placement } from '#shared/contract/outgoing.ts';
import type { IncomingState } from '#shared/domain/incoming-state.ts';
import type { DeliveryState, OutgoingState } from '#shared/domain/outgoing-state.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import type { Agency } from './exchange.ts';

export interface ListRequest<Box extends string> {
  readonly box: Box;
  /** Words to look for, as typed; undefined lists everything. */
  readonly text: string | undefined;
  readonly offset: number;
  readonly limit: number;
  readonly now: Date;
}

export interface OutgoingRecord {
  readonly id: string;
  readonly revision: number;
  readonly state: OutgoingState;
  readonly fields: OutgoingFields;
  readonly placement: Placement;
  readonly fileId: string;
  readonly fileName: string;
  readonly fileSize: number;
  readonly pageCount: number | null;
  readonly originalFileId: string;
  readonly verification: VerificationReport | null;
  readonly bookId: string | null;
  readonly year: number | null;
  readonly number: number | null;
  readonly codeText: string;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly numberedAt: string | null;
  readonly sentAt: string | null;
  readonly cancelReason: string | null;
}

export interface DeliveryTarget {
  readonly agencyCode: string;
  readonly agencyName: string;
}

/** One step of a delivery: only later states overwrite earlier ones; times are set once. */
export interface DeliveryProgress {
  readonly state: DeliveryState;
  readonly at: string;
  readonly reason: string | null;
}

export interface IncomingRecord {
  readonly id: string;
  readonly revision: number;
  readonly state: IncomingState;
  readonly messageId: string;
  readonly senderCode: string;
  readonly senderName: string;
  readonly documentId: string;
  readonly edxmlFileId: string;
  readonly fields: IncomingFields;
  readonly fieldSources: Readonly<Record<string, 'header' | 'page' | 'check' | 'none'>>;
  readonly regions: Readonly<Record<string, { page: number; x: number; y: number; width: number; height: number }>>;
  readonly warnings: readonly string[];
  readonly verification: VerificationReport | null;
  readonly verdict: string | null;
  readonly expressAt: string | null;
  readonly opened: boolean;
  readonly arrivedAt: string;
  readonly changedAt: string;
  readonly registeredAt: string | null;
  readonly returnReason: string | null;
  readonly year: number | null;
  readonly arrivalNumber: number | null;
}

export interface AttachmentRecord {
  readonly fileId: string;
  readonly name: string;
  readonly size: number;
  readonly pageCount: number | null;
}

export interface OutboxRecord {
  readonly messageId: string;
  readonly kind: 'document' | 'status';
  readonly subjectId: string;
  readonly statusCode: string | null;
  readonly fileId: string;
  readonly priority: number;
  readonly state: 'waiting' | 'blocked' | 'done';
  readonly attempts: number;
  readonly nextAttemptAt: string;
  readonly errorCode: string | null;
  readonly createdAt: string;
  readonly doneAt: string | null;
}

export interface CertificateRecord extends Omit<Certificate, 'hasImage'> {
  readonly path: string;
  readonly chain: readonly Uint8Array[];
  readonly imageFileId: string | null;
}

/** A message that came and could not be taken in. */
export interface InboxProblem {
  readonly messageId: string;
  readonly seq: number;
  readonly senderCode: string;
  readonly fileId: string | null;
  readonly code: string;
  readonly at: string;
}

/** What can be read, inside or outside a transaction. */
export interface ReadStores {
  readonly settings: { get(name: string): string | null };
  /** The answer of an earlier command. @throws CodedError INVALID_INPUT when the id was another command's */
  readonly commands: { result(commandId: string, name: string): { readonly value: unknown } | null };
  readonly agencies: {
    find(code: string): DirectoryAgency | null;
    search(text: string, limit: number): { agencies: DirectoryAgency[]; total: number };
    all(): DirectoryAgencyGroups[];
  };
  readonly books: {
    last(bookId: string, year: number): number;
    list(): Book[];
    entries(bookId: string, year: number, offset: number, limit: number): { entries: BookEntry[]; total: number };
    isUsed(bookId: string, year: number): boolean;
    name(bookId: string): string;
    exists(bookId: string): boolean;
  };
  readonly outgoing: {
    find(id: string): OutgoingRecord | null;
    list(request: ListRequest<OutgoingBox>): { rows: OutgoingRow[]; total: number };
    counts(): Record<OutgoingBox, number>;
    deliveries(id: string): Delivery[];
    /** By what the recipient quotes: its number and notation, and the day. */
    findByCode(codeText: string, date: string): OutgoingRecord | null;
  };
  readonly incoming: {
    find(id: string): IncomingRecord | null;
    findByMessage(messageId: string): IncomingRecord | null;
    /** The same document sent again under another message id: its newest arrival. */
    findByDocument(senderCode: string, documentId: string): IncomingRecord | null;
    list(request: ListRequest<IncomingBox>): { rows: IncomingRow[]; total: number };
    counts(now: Date): Record<IncomingBox, number>;
    attachments(id: string): AttachmentRecord[];
    duplicates(record: IncomingRecord): { id: string; arrivalNumber: number; codeText: string; date: string | null }[];
  };
  readonly certificates: {
    list(): CertificateRecord[];
    find(id: string): CertificateRecord | null;
  };
  readonly history: { of(subjectId: string): HistoryEntry[] };
  readonly outbox: {
    /**
     * The row to send next. One planned for after `latest` counts as due: no pause is that long, so the clock was ahead
     * when it was planned.
     */
    due(now: Date, latest: Date): OutboxRecord | null;
    nextAttemptAt(): string | null;
    of(subjectId: string): OutboxRecord[];
    counts(): { documents: number; statuses: number; blocked: number };
  };
  readonly search: { find(text: string, limit: number): SearchHit[] };
  readonly inboxProblems: { list(): InboxProblem[]; count(): number };
  /** Whether any row needs a stored file. Equal bytes are one file, so a refused import may be a received attachment. */
  readonly files: { isReferenced(fileId: string): boolean };
}

export interface DirectoryAgencyGroups {
  readonly code: string;
  readonly name: string;
  readonly folded: string;
  readonly parentCode: string | null;
  readonly groups: readonly string[];
}

/** What a transaction may do besides. */
export interface WriteStores extends ReadStores {
  readonly settings: ReadStores['settings'] & { set(name: string, value: string): void };
  readonly commands: ReadStores['commands'] & {
    remember(commandId: string, name: string, value: unknown, at: string): void;
  };
  readonly agencies: ReadStores['agencies'] & { put(agencies: readonly Agency[]): void };
  readonly books: ReadStores['books'] & {
    /** Takes the number after the last one; throws when `expected` is not that number. */
    take(bookId: string, year: number, expected: number): void;
    startFrom(bookId: string, year: number, last: number): void;
  };
  readonly outgoing: ReadStores['outgoing'] & {
    insert(record: OutgoingRecord, targets: readonly DeliveryTarget[]): void;
    /** Replaces the record of `record.id`, which must be at `record.revision - 1`. */
    update(record: OutgoingRecord): void;
    setTargets(id: string, targets: readonly DeliveryTarget[]): void;
    advanceDelivery(id: string, agencyCode: string, progress: DeliveryProgress): boolean;
  };
  readonly incoming: ReadStores['incoming'] & {
    insert(record: IncomingRecord, attachments: readonly AttachmentRecord[]): void;
    update(record: IncomingRecord): void;
    markOpened(id: string): boolean;
  };
  readonly certificates: ReadStores['certificates'] & {
    insert(record: CertificateRecord): void;
    remove(id: string): boolean;
  };
  readonly history: ReadStores['history'] & { add(subjectId: string, entry: HistoryEntry): void };
  readonly outbox: ReadStores['outbox'] & {
    add(record: OutboxRecord): void;
    update(
      messageId: string,
      change: Pick<OutboxRecord, 'state' | 'attempts' | 'nextAttemptAt' | 'errorCode' | 'doneAt'>,
    ): void;
  };
  readonly inboxProblems: ReadStores['inboxProblems'] & { add(problem: InboxProblem): void };
}

export interface Registers extends ReadStores {
  /** Runs `work` in one write transaction: all of it is kept, or nothing. */
  tx<T>(name: string, work: (stores: WriteStores) => T): T;
}
