import type { MendedFrom, StoredFile } from '#shared/contract/common.ts';
import type { PageReading } from '#shared/contract/last-look.ts';
import type { OutgoingRow, Placement } from '#shared/contract/outgoing.ts';
import type {
  Delivery,
  DeliveryPaper,
  DeliveryRecall,
  DeliveryProgress,
  DeliveryTarget,
} from '#shared/domain/delivery.ts';
import type { DueRule } from '#shared/domain/due-rule.ts';
import type { OtherRecipient, OtherTarget, PostingResult, PostingWay } from '#shared/domain/other-recipient.ts';
import type { OutgoingBox, OutgoingState } from '#shared/domain/outgoing-state.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import type { AttachmentRecord, DocumentRecord } from '../documents/document-record.ts';
import type { ListPage, ListRequest, ListValues } from '../documents/list-request.ts';

/** Văn bản đi. */
export interface OutgoingRecord extends DocumentRecord<'outgoing', OutgoingState> {
  /** `241/VPUBND-HCTC` once numbered, else the bare notation. */
  readonly codeText: string;
  readonly placement: Placement;
  /** What its page says; null when an older version took it in. */
  readonly page: PageReading | null;
  /** As it was taken in, before number and signatures. */
  readonly originalFileId: string;
  /** The file that was imported, when another was made of it that can be signed; null when it was taken as it is. */
  readonly mended: MendedFrom | null;
  /** The first is `main`: the file as it is now; appendices follow. */
  readonly attachments: readonly AttachmentRecord[];
  readonly verification: VerificationReport | null;
  readonly sentAt: string | null;
  /** Why the draft was sent back, and by whom; null once it is submitted again. */
  readonly sentBackReason: string | null;
  readonly sentBackBy: string | null;
  /** The cancelled letter that this one was made of anew. */
  readonly madeFrom: string | null;
  /** Files that were the letter's before, the oldest first. */
  readonly replaced: readonly ReplacedFile[];
}

/** A file that was a draft's letter until another took its place. */
export interface ReplacedFile extends StoredFile {
  readonly replacedAt: string;
  readonly mended: MendedFrom | null;
}

export interface OutgoingReads {
  find(id: string): OutgoingRecord | null;
  list(request: ListRequest<OutgoingBox>): ListPage<OutgoingRow>;
  /** As `list` gives them, in the order of the ids. */
  rows(ids: readonly string[]): OutgoingRow[];
  counts(now: Date): Record<OutgoingBox, number>;
  listValues(hidden: ReadonlySet<string>): ListValues;
  deliveries(id: string): Delivery[];
  /** Recipients that the exchange does not reach, in their order. */
  otherRecipients(id: string): OtherRecipient[];
  /** Letters that were made of a cancelled one, the newest last. */
  madeInto(id: string): { readonly id: string; readonly codeText: string }[];
  /** Of the document of a type that was made last; null when it had none. */
  lastDueRule(documentType: string): DueRule | null;
  /**
   * By what a recipient quotes: its number and notation, and the day. Two books may give one number under one notation:
   * then the one that was sent to this recipient.
   */
  findByCode(codeText: string, date: string, recipientCode: string): OutgoingRecord | null;
}

export interface OutgoingWrites extends OutgoingReads {
  /** `numbered` is not written: the book gives it. */
  insert(record: OutgoingRecord, targets: readonly DeliveryTarget[]): void;
  /** Replaces the record of `record.id`, which must be at `record.revision - 1`. */
  update(record: OutgoingRecord): void;
  setTargets(id: string, targets: readonly DeliveryTarget[]): void;
  /** Those that stay keep what is known of their paper. */
  setOtherTargets(id: string, targets: readonly OtherTarget[]): void;
  /** Puts another recipient, not sent to yet, in the place of one; null drops it. */
  replaceTarget(id: string, agencyCode: string, target: DeliveryTarget | null): void;
  /** False when the document does not go to that agency. */
  advanceDelivery(id: string, agencyCode: string, progress: DeliveryProgress): boolean;
  /** What is known of the paper copy; false when the document does not go to that agency. */
  setPaper(id: string, agencyCode: string, paper: Partial<DeliveryPaper>): boolean;
  setRecallAnswer(id: string, agencyCode: string, said: DeliveryRecall): boolean;
  /** Paper went to one outside that gets nothing else; false when the document does not go there. */
  setOtherPosted(id: string, name: string, posted: PostedPaper): boolean;
  setOtherResult(id: string, name: string, said: PostedResult): boolean;
}

/** What was handed to the post. */
export interface PostedPaper {
  readonly day: string;
  readonly item: string;
  readonly way: PostingWay | null;
  readonly copies: number;
}

/** What became of it. */
export interface PostedResult {
  readonly result: PostingResult;
  readonly day: string;
  readonly note: string;
}
