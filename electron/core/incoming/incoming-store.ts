import type { IncomingRow, Reading, ReceivedMessage } from '#shared/contract/incoming.ts';
import type { PaperState } from '#shared/domain/document-fields.ts';
import type { IncomingBox, IncomingState } from '#shared/domain/incoming-state.ts';
import type { ReceptionWarning } from '#shared/domain/reception-warnings.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import type { AttachmentRecord, DocumentRecord } from '../documents/document-record.ts';
import type { ListPage, ListRequest } from '../documents/list-request.ts';

/** Văn bản đến. */
export interface IncomingRecord extends DocumentRecord<'incoming', IncomingState> {
  /** The message that brought it; null when it came on paper. */
  readonly received: ReceivedMessage | null;
  /** The agency of the directory that sent what came on paper; null when nobody said which. */
  readonly paperSenderCode: string | null;
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
  /** Null when it came on paper and nobody said which agency of the directory sent it. */
  readonly senderCode: string | null;
  readonly agencyName: string;
}

export interface RegisteredTwin {
  readonly id: string;
  readonly arrivalNumber: number;
  readonly codeText: string;
  readonly date: string | null;
  /** It came on paper, and nothing of it through the exchange. */
  readonly onPaper: boolean;
}

/** What came through the exchange and looks like a paper document. */
export interface ElectronicTwin {
  readonly id: string;
  readonly revision: number;
  readonly state: IncomingState;
  readonly arrivalNumber: number | null;
  readonly codeText: string;
  readonly date: string | null;
  readonly paper: PaperState;
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
  /** What came through the exchange and is the same by sender, number and date, registered or not, returned ones left out. */
  electronicTwins(identity: DocumentIdentity): ElectronicTwin[];
  /** What came on paper alone and is the same by sender, number and date. */
  paperTwins(identity: DocumentIdentity): string[];
}

export interface IncomingWrites extends IncomingReads {
  /** `numbered` is not written: the book gives it. */
  insert(record: IncomingRecord, attachments: readonly AttachmentRecord[]): void;
  /** Replaces the record of `record.id`, which must be at `record.revision - 1`; what it came with stays. */
  update(record: IncomingRecord): void;
  markOpened(id: string): boolean;
  /**
   * Gives the message, files, warnings and history of one document to another that came on paper; the first is gone. The
   * other must be updated in the same transaction.
   */
  join(fromId: string, toId: string): void;
  /** A paper copy is on its way to a document of which none was expected. Whoever has its form open may go on. */
  expectPaper(id: string): void;
}
