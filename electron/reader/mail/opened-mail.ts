import { CodedError } from '#shared/errors/coded-error.ts';

/** What a mail program wrote, in whichever format, before anything of it is made plain or stored. */
export interface OpenedMail {
  readonly senderName: string;
  readonly senderAddress: string;
  readonly subject: string;
  /** A date as its program wrote it; null when it wrote none. */
  readonly date: string | null;
  /** In the order of the message. Read one at a time: of a mail of a million parts only the first are looked at. */
  readonly parts: Iterable<MailPart>;
}

/** A file that goes with a mail, or a mail inside it. */
export interface MailPart {
  readonly name: string | null;
  /** Pictures of a signature and the like. */
  readonly belongsToText: boolean;
  /** The bytes of the part; null when it is a mail that its format keeps in pieces. */
  readonly bytes: Uint8Array | null;
  /** The mail that the part is; null when it is a file. */
  readonly open: (() => Promise<OpenedMail>) | null;
}

/** Makes a part of the bytes of an attachment, which may be a mail again. */
export type AsPart = (
  part: Pick<MailPart, 'name' | 'belongsToText'> & { readonly bytes: Uint8Array; readonly mimeType: string },
) => MailPart;

/** @param reason for the log, no text of the mail. */
export function unreadable(reason: string): CodedError {
  return new CodedError('MAIL_UNREADABLE', { reason });
}
