import PostalMime, { type Attachment, type Email } from 'postal-mime';
import type { ForeignAttachment, ForeignMail } from '#core/ports/foreign-reader.ts';
import type { SpoolingStore } from '#files/content-store.ts';
import { plainText } from '#shared/domain/plain-text.ts';
import { CodedError } from '#shared/errors/coded-error.ts';

const PDF_MARK = '%PDF';
/** Messages that were forwarded inside others. */
const MOST_NESTED = 4;
const MOST_ATTACHMENTS = 100;
const MOST_CHARS = { subject: 2000, name: 200, address: 320 };
/** Parts in parts: more than any program writes. */
const LIMITS = { maxNestingDepth: 64, maxRfc822NestingDepth: MOST_NESTED, maxHeadersSize: 2 * 1024 * 1024 };

/**
 * Reads a stored e-mail (RFC 5322, MIME) and stores the files that came with it, also those of messages inside it;
 * pictures that belong to its text are left out.
 * @throws CodedError MAIL_UNREADABLE, MAIL_WITHOUT_PDF, FILE_MISSING, FILE_DAMAGED, DISK_FULL
 */
export async function readMailFile(store: SpoolingStore, fileId: string): Promise<ForeignMail> {
  const mail = await parse(await store.read(fileId));
  const parts = await filesOf(mail, 0);
  if (!parts.some(isPdf)) throw new CodedError('MAIL_WITHOUT_PDF');
  if (parts.length > MOST_ATTACHMENTS) throw new CodedError('MAIL_UNREADABLE', { reason: 'attachments' });
  const attachments: ForeignAttachment[] = [];
  for (const [at, part] of parts.entries()) {
    const stored = await store.write(bytesOf(part));
    attachments.push({ ...stored, name: nameOf(part, at), isPdf: isPdf(part) });
  }
  const [from] = [mail.from, mail.sender].flatMap((one) => (one === undefined ? [] : (one.group ?? [one])));
  return {
    senderName: oneLine(from?.name ?? '', MOST_CHARS.name),
    senderAddress: oneLine(from?.address ?? '', MOST_CHARS.address),
    subject: oneLine(mail.subject ?? '', MOST_CHARS.subject),
    sentAt: instantOf(mail.date),
    attachments,
  };
}

async function parse(bytes: Uint8Array): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, LIMITS);
  } catch (error) {
    // Too deep, or headers without end; what the library stumbles over is no mail either.
    throw new CodedError('MAIL_UNREADABLE', { reason: error instanceof Error ? error.message.slice(0, 200) : '' });
  }
}

async function filesOf(mail: Email, depth: number): Promise<Attachment[]> {
  const found: Attachment[] = [];
  for (const part of mail.attachments) {
    if (part.mimeType === 'message/rfc822' && depth < MOST_NESTED) {
      found.push(...(await filesOf(await parse(bytesOf(part)), depth + 1)));
    } else if (isPdf(part) || !belongsToText(part)) {
      found.push(part);
    }
    // Looked at again above; a mail of a million parts must not be copied first.
    if (found.length > MOST_ATTACHMENTS) break;
  }
  return found;
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

/** By its first bytes; what a sender calls it cannot be trusted. */
function isPdf(part: Attachment): boolean {
  return Buffer.from(bytesOf(part).subarray(0, PDF_MARK.length)).toString('latin1') === PDF_MARK;
}

/** A name, never a way: what stands before the last separator leads nowhere here. */
function nameOf({ filename }: Attachment, at: number): string {
  const last = (filename ?? '').split(/[/\\]/).at(-1) ?? '';
  const name = oneLine(last, MOST_CHARS.name).replaceAll(/[<>:"|?*]/g, '_');
  return /^\.*$/.test(name) ? `tep-${at + 1}` : name;
}

function oneLine(text: string, max: number): string {
  return plainText(text.replaceAll(/\p{Cs}/gu, ''))
    .replaceAll(/\s+/g, ' ')
    .normalize('NFC')
    .trim()
    .slice(0, max)
    .trim();
}

function instantOf(date: string | undefined): string | null {
  const time = Date.parse(date ?? '');
  // Years that no calendar here shows are a joke of the sender's clock.
  return Number.isNaN(time) || time < 0 || time > Date.UTC(9000, 0) ? null : new Date(time).toISOString();
}
