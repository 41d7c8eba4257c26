import type { PostingResult, PostingWay } from '#shared/domain/other-recipient.ts';

/** An incoming document with what the follow-up book asks for. */
export interface FollowedDocument {
  readonly documentId: string;
  readonly number: number;
  readonly suffix: string;
  readonly documentType: string;
  readonly codeText: string;
  /** yyyy-MM-dd. */
  readonly date: string | null;
  readonly agencyName: string;
  /** The unit or person that leads; where nobody was assigned, to whom the clerk handed it on. */
  readonly holder: string;
  readonly registeredAt: string;
  /** The earlier of the sender's deadline and the one that the office gave. */
  readonly dueAt: string | null;
  readonly finishedAt: string | null;
  /** Numbers of the documents that answer it. */
  readonly answers: string;
  /** Why it was finished without one; empty for any other. */
  readonly noAnswerWhy: string;
}

/** What was handed to the post for one recipient. */
export interface PostedItem {
  readonly documentId: string;
  /** yyyy-MM-dd. */
  readonly postedOn: string;
  readonly codeText: string;
  readonly agencyName: string;
  /** Its number at the post; empty for a courier. */
  readonly item: string;
  /** Copies in the envelope. */
  readonly copies: number;
  readonly receivedAt: string | null;
  readonly way: PostingWay | null;
  /** What became of it, where the recipient itself says nothing. */
  readonly result: PostingResult | null;
  readonly resultOn: string | null;
  readonly resultNote: string;
}

/** What became of the documents of a type that were issued in a period. */
export interface IssuedOfType {
  readonly documentType: string;
  readonly documents: number;
  readonly cancelled: number;
  readonly recipients: number;
  readonly arrived: number;
  readonly accepted: number;
  readonly completed: number;
  readonly returned: number;
}

/** What forms other than the registers are made of. Periods are instants, the end excluded, or days, both included. */
export interface PrintedFormReads {
  followed(from: string, to: string): readonly FollowedDocument[];
  posted(fromDay: string, toDay: string): readonly PostedItem[];
  issued(fromDay: string, toDay: string): readonly IssuedOfType[];
}
