import type { MailFormat } from '#shared/domain/mail-format.ts';
import { isCompoundFile } from './compound-file.ts';
import { openMime } from './open-mime.ts';
import { isOutlookMessage, openOutlookMessage } from './open-outlook-message.ts';
import { isTnef, openTnef } from './open-tnef.ts';
import type { AsPart, OpenedMail } from './opened-mail.ts';

/** By its first bytes; what a file is called cannot be trusted. */
export function mailFormat(bytes: Uint8Array): MailFormat {
  if (isCompoundFile(bytes)) return 'msg';
  return isTnef(bytes) ? 'tnef' : 'eml';
}

/** Opens a mail of any format that mail programs write. @throws CodedError MAIL_UNREADABLE */
export async function openMail(bytes: Uint8Array): Promise<OpenedMail> {
  switch (mailFormat(bytes)) {
    case 'msg':
      return openOutlookMessage(bytes, asPart);
    case 'tnef':
      return openTnef(bytes, asPart);
    case 'eml':
      return openMime(bytes, asPart);
  }
}

/** What Outlook keeps of a signed mail, text and files, is one attachment that is a mail. */
const mailTypes: ReadonlySet<string> = new Set(['message/rfc822', 'multipart/signed']);

const asPart: AsPart = ({ mimeType, ...part }) => {
  const isMail = mailTypes.has(mimeType) || isTnef(part.bytes) || isOutlookMessage(part.bytes);
  return { ...part, open: isMail ? () => openMail(part.bytes) : null };
};
