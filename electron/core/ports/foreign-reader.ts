import type { MailFormat } from '#shared/domain/mail-format.ts';
import type { Mend } from '#shared/domain/mend.ts';
import type { Proposal } from '#shared/domain/proposal.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import type { EdxmlDocument, EdxmlStatus } from '#shared/edxml/edxml-message.ts';
import type { StoredBytes } from './file-store.ts';

/** An attachment of a message from outside; its bytes are in the file store. */
export interface ForeignAttachment extends StoredBytes {
  readonly name: string;
  /** By its first bytes; labels cannot be trusted. */
  readonly isPdf: boolean;
}

/** What a document message says, without what it brings. */
export type ForeignEnvelope = Omit<EdxmlDocument, 'attachments'>;

export interface ForeignDocument extends ForeignEnvelope {
  readonly attachments: readonly ForeignAttachment[];
}

/** An e-mail from outside, as far as the register keeps it. */
export interface ForeignMail {
  /** By its first bytes. */
  readonly format: MailFormat;
  readonly senderName: string;
  readonly senderAddress: string;
  readonly subject: string;
  /** As its sender's program says, UTC; null when it says nothing that can be read. */
  readonly sentAt: string | null;
  /** In the order of the message; at least one is a PDF. */
  readonly attachments: readonly ForeignAttachment[];
}

/** What is to be signed: a letter gets its number, a person's signature and the seal; an attachment the agency's signature. */
export type SignableAs = 'letter' | 'attachment';

export interface SignableFile {
  readonly pageCount: number;
  /** Null when the file can be signed as it is. */
  readonly mended: (StoredBytes & { readonly mends: readonly Mend[] }) | null;
}

/**
 * Reads files of the store that were made outside: messages and PDFs. It works in a process of its own with limits of
 * time and memory, so that no file can hold up or fill the process that keeps the registers. One call at a time.
 *
 * Each call may throw CodedError FILE_MISSING, FILE_DAMAGED; READING_LIMIT when the file would take more time or memory
 * than a file may, or ended the process; READER_UNAVAILABLE when there is no such process at the moment, which says
 * nothing of the file.
 */
export interface ForeignReader {
  /**
   * The message with its texts made plain, all that the office keeps or shows of it. Its attachments are stored.
   * @throws EdxmlError when it is none, CodedError DISK_FULL
   */
  readMessage(fileId: string): Promise<ForeignDocument | EdxmlStatus>;
  /** The same without its attachments, of which nothing is stored. */
  readEnvelope(fileId: string): Promise<ForeignEnvelope | EdxmlStatus>;
  /** The e-mail of a file (.eml, .msg, winmail.dat). Its files are stored. @throws CodedError MAIL_UNREADABLE, MAIL_WITHOUT_PDF, DISK_FULL */
  readMail(fileId: string): Promise<ForeignMail>;
  /** What the signatures of a PDF prove at an instant. @throws CodedError of the PDF_ family */
  verify(fileId: string, at: Date): Promise<VerificationReport>;
  /** What the pages of a PDF say. @throws CodedError of the PDF_ family */
  readPage(fileId: string): Promise<Proposal>;
  /**
   * Whether a PDF, a letter unless it is said otherwise, can be numbered, signed and sealed later: as it is, or as the stored file that it was written into anew
   * with pages that look the same.
   * @throws CodedError of the PDF_ and SIGN_ families, DISK_FULL
   */
  makeSignable(fileId: string, as?: SignableAs): Promise<SignableFile>;
  /** Stores the bytes that signature `index` covers. @throws CodedError of the PDF_ family, DISK_FULL */
  signedRevision(fileId: string, index: number): Promise<StoredBytes>;
}
