import type { ForeignAttachment, ForeignMail } from '#core/ports/foreign-reader.ts';
import type { SpoolingStore } from '#files/content-store.ts';
import { plainText } from '#shared/domain/plain-text.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { mailFormat, openMail } from './mail/open-mail.ts';
import { type OpenedMail, unreadable } from './mail/opened-mail.ts';

const PDF_MARK = '%PDF';
/** Mails in mails. */
const MOST_NESTED = 4;
const MOST_ATTACHMENTS = 100;
const MOST_CHARS = { subject: 2000, name: 200, address: 320 };

interface MailFile {
  readonly name: string | null;
  readonly bytes: Uint8Array;
}

/**
 * Reads a stored e-mail (.eml, Outlook's .msg, winmail.dat) and stores the files that came with it, also those of mails inside
 * it; pictures that belong to its text are left out.
 * @throws CodedError MAIL_UNREADABLE, MAIL_WITHOUT_PDF, FILE_MISSING, FILE_DAMAGED, DISK_FULL
 */
export async function readMailFile(store: SpoolingStore, fileId: string): Promise<ForeignMail> {
  const bytes = await store.read(fileId);
  const mail = await openMail(bytes);
  const files = await filesOf(mail, 0);
  if (!files.some(isPdf)) throw new CodedError('MAIL_WITHOUT_PDF');
  if (files.length > MOST_ATTACHMENTS) throw unreadable('attachments');
  const attachments: ForeignAttachment[] = [];
  for (const [at, file] of files.entries()) {
    const stored = await store.write(file.bytes);
    attachments.push({ ...stored, name: nameOf(file, at), isPdf: isPdf(file) });
  }
  return {
    format: mailFormat(bytes),
    senderName: oneLine(mail.senderName, MOST_CHARS.name),
    senderAddress: oneLine(mail.senderAddress, MOST_CHARS.address),
    subject: oneLine(mail.subject, MOST_CHARS.subject),
    sentAt: instantOf(mail.date),
    attachments,
  };
}

async function filesOf(mail: OpenedMail, depth: number): Promise<MailFile[]> {
  const found: MailFile[] = [];
  for (const { name, bytes, belongsToText, open } of mail.parts) {
    if (open !== null && depth < MOST_NESTED) found.push(...(await filesOf(await open(), depth + 1)));
    else if (bytes === null) throw unreadable('nested');
    else if (isPdf({ bytes }) || !belongsToText) found.push({ name, bytes });
    // Looked at again above; a mail of a million parts must not be copied first.
    if (found.length > MOST_ATTACHMENTS) break;
  }
  return found;
}

/** By its first bytes; what a sender calls it cannot be trusted. */
function isPdf({ bytes }: Pick<MailFile, 'bytes'>): boolean {
  return Buffer.from(bytes.subarray(0, PDF_MARK.length)).toString('latin1') === PDF_MARK;
}

/** A name, never a way: what stands before the last separator leads nowhere here. */
function nameOf({ name: written }: MailFile, at: number): string {
  const last = (written ?? '').split(/[/\\]/).at(-1) ?? '';
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

function instantOf(date: string | null): string | null {
  const time = Date.parse(date ?? '');
  // Years that no calendar here shows are a joke of the sender's clock.
  return Number.isNaN(time) || time < 0 || time > Date.UTC(9000, 0) ? null : new Date(time).toISOString();
}
