import type { IncomingRow, Reading, ReceivedMessage } from '#shared/contract/incoming.ts';
import type { IncomingBox, IncomingState } from '#shared/domain/incoming-state.ts';
import type { ReceptionWarning } from '#shared/domain/reception-warnings.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import type { AttachmentRecord, DocumentRecord } from '../documents/document-record.ts';
import type { ListPage, ListRequest } from '../documents/list-request.ts';

/** Văn bản đến. */
export interface IncomingRecord extends DocumentRecord<'incoming', IncomingState> {
  /** The message that brought it; null when it came on paper. */
  readonly received: ReceivedMessage | null;
  readonly reading: Reading;
  readonly warnings: readonly ReceptionWarning[];
  readonly verification: VerificationReport | null;
  /** The hour that an express-with-fixed-hour document names. */
  readonly expressAt: string | null;
  /** Whether a person has opened it. */
  readonly opened: boolean;
  readonly arrivedAt: string;
}

/** What makes two arrivals the same document. */
export interface DocumentIdentity {
  readonly id: string;
  readonly codeText: string;
  readonly date: string | null;
  /** Null when it came on paper. */
  readonly senderCode: string | null;
  readonly agencyName: string;
}

export interface RegisteredTwin {
  readonly id: string;
  readonly arrivalNumber: number;
  readonly codeText: string;
  readonly date: string | null;
}

/** An arrival of a sender under one of its document ids. */
export interface EarlierArrival {
  readonly id: string;
  readonly state: IncomingState;
  readonly edxmlFileId: string;
}

export interface IncomingReads {
  find(id: string): IncomingRecord | null;
  findByMessage(messageId: string): IncomingRecord | null;
  /** All that came from this sender under this document id, the newest first. */
  arrivalsOf(senderCode: string, documentId: string): EarlierArrival[];
  list(request: ListRequest<IncomingBox>): ListPage<IncomingRow>;
  counts(now: Date): Record<IncomingBox, number>;
  attachments(id: string): AttachmentRecord[];
  /** Documents with an arrival number that are the same by sender, number and date. */
  duplicates(identity: DocumentIdentity): RegisteredTwin[];
}

export interface IncomingWrites extends IncomingReads {
  /** `numbered` is not written: the book gives it. */
  insert(record: IncomingRecord, attachments: readonly AttachmentRecord[]): void;
  /** Replaces the record of `record.id`, which must be at `record.revision - 1`; what it came with stays. */
  update(record: IncomingRecord): void;
  markOpened(id: string): boolean;
  /** A paper copy is on its way to a document of which none was expected. Whoever has its form open may go on. */
  expectPaper(id: string): void;
}
