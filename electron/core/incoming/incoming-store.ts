import type { ArrivalSource } from '#shared/domain/arrival-source.ts';
import type { ForwardChoice, IncomingRow, LaneLetter, Reading, ReceivedMessage } from '#shared/contract/incoming.ts';
import type { PaperState } from '#shared/domain/document-fields.ts';
import type { IncomingBox, IncomingState } from '#shared/domain/incoming-state.ts';
import type { MailFormat } from '#shared/domain/mail-format.ts';
import type { RecallAnswer } from '#shared/domain/recall.ts';
import type { ReceptionWarning } from '#shared/domain/reception-warnings.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import type { AttachmentRecord, DocumentRecord } from '../documents/document-record.ts';
import type { ListPage, ListRequest, ListValues } from '../documents/list-request.ts';

/** Văn bản đến. */
export interface IncomingRecord extends DocumentRecord<'incoming', IncomingState> {
  /** How it came first; what came of it another way afterwards is in its history. */
  readonly source: ArrivalSource;
  /** The message that brought it; null when nothing of it came through the exchange. */
  readonly received: ReceivedMessage | null;
  /** The agency of the directory that sent what came another way; null when nobody said which. */
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

/** A document that looks like another one: in the book by sender, number and date, in the book or waiting by its page. */
export interface RegisteredTwin {
  readonly id: string;
  /** Null while it waits to be registered. */
  readonly arrivalNumber: number | null;
  readonly codeText: string;
  readonly date: string | null;
  /** Nothing of it came through the exchange: what did can join it. */
  readonly onPaper: boolean;
  /** Its page is the same file, whatever is written of it. */
  readonly sameFile: boolean;
}

/** An e-mail that brought a document, or came of it. */
export interface MailRecord {
  /** The file as it was taken in. */
  readonly fileId: string;
  readonly format: MailFormat;
  readonly senderName: string;
  readonly senderAddress: string;
  readonly subject: string;
  readonly sentAt: string | null;
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

/** A sender's wish to have a document back (thu hồi, lấy lại), and what this office said. */
export interface RecallRequest {
  readonly documentId: string;
  /** The arrival that brought it; null where a status did, or where the document itself never came. */
  readonly askedBy: string | null;
  readonly askedAt: string;
  readonly reason: string;
  readonly answer: RecallAnswer | null;
  readonly answeredAt: string | null;
  readonly answerReason: string;
  /** The state that agreeing ended; null when nothing was left to end. */
  readonly endedFrom: 'arrived' | 'registered' | null;
  /** What went with the answer that the sender was told before this one; empty when this is the first. */
  readonly earlierReason: string;
  /** The answer took the arrival that brought the request out of the boxes. */
  readonly settledRequest: boolean;
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
  recallOf(documentId: string): RecallRequest | null;
  /** The request that an arrival brought. */
  recallAskedBy(id: string): RecallRequest | null;
  list(request: ListRequest<IncomingBox>): ListPage<IncomingRow>;
  /** `me`: the person at this workstation, for what is hers. */
  counts(now: Date, me?: string): Record<IncomingBox, number>;
  listValues(hidden: ReadonlySet<string>): ListValues;
  /** What waits for its arrival number, express first, and how much that is. */
  lane(now: Date, limit: number): { readonly letters: LaneLetter[]; readonly total: number };
  /** To whom documents that arrived since an instant were passed on, the most frequent first. */
  forwardChoices(since: string, limit: number): ForwardChoice[];
  /** Where the last document of an issuing agency was passed on to, and how many of it went there since the instant. */
  lastForward(agencyName: string, since: string): ForwardChoice | null;
  attachments(id: string): AttachmentRecord[];
  mails(id: string): MailRecord[];
  /** Documents with an arrival number that are the same by sender, number and date, and all whose page is the same file. */
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
  /** One request a document: the last one counts. */
  putRecall(request: RecallRequest): void;
  markOpened(id: string): boolean;
  /** Replaces the files of a document. */
  setFiles(id: string, files: readonly AttachmentRecord[]): void;
  addMail(id: string, mail: MailRecord): void;
  /** Another instant than the one at which it was taken in. */
  setArrival(id: string, arrivedAt: string): void;
  /** Gives e-mails and history of a document that waits to another one; the first is gone, its files too. */
  attach(fromId: string, toId: string): void;
  /**
   * Gives the message, files, warnings and history of one document to another that came on paper; the first is gone. The
   * other must be updated in the same transaction.
   */
  join(fromId: string, toId: string): void;
  /** A paper copy is on its way to a document of which none was expected. Whoever has its form open may go on. */
  expectPaper(id: string): void;
}
