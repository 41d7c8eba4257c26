import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { type AsPart, type OpenedMail, unreadable } from './opened-mail.ts';

/** Parts in parts: more than any program writes. */
const LIMITS = { maxNestingDepth: 64, maxRfc822NestingDepth: 4, maxHeadersSize: 2 * 1024 * 1024 };

/** An e-mail as it is sent (RFC 5322, MIME). @throws CodedError MAIL_UNREADABLE */
export async function openMime(bytes: Uint8Array, asPart: AsPart): Promise<OpenedMail> {
  const mail = await parse(bytes);
  const [from] = [mail.from, mail.sender].flatMap((one) => (one === undefined ? [] : (one.group ?? [one])));
  return {
    senderName: from?.name ?? '',
    senderAddress: from?.address ?? '',
    subject: mail.subject ?? '',
    date: mail.date ?? null,
    parts: partsOf(mail, asPart),
  };
}

function* partsOf(mail: Email, asPart: AsPart) {
  for (const part of mail.attachments) {
    const { filename: name, mimeType } = part;
    yield asPart({ name, mimeType, bytes: bytesOf(part), belongsToText: belongsToText(part) });
  }
}

async function parse(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, LIMITS);
  } catch (error) {
    // Too deep, or headers without end; what the library stumbles over is no mail either.
    throw unreadable(error instanceof Error ? error.message.slice(0, 200) : '');
  }
}

const belongsToText = ({ related, disposition, mimeType }: Attachment): boolean =>
  related === true ||
  disposition === 'inline' ||
  mimeType.startsWith('text/') ||
  mimeType === 'application/pgp-signature';

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content, 'utf8');
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}
