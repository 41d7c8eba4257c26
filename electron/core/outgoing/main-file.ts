import type { AttachmentRecord } from '../documents/document-record.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/** The letter itself, as its file is now. */
export function mainFile(record: OutgoingRecord): AttachmentRecord {
  const main = record.attachments.find((attachment) => attachment.role === 'main');
  if (main === undefined) throw new Error(`outgoing ${record.id} has no file`);
  return main;
}

/** The attachments with another file in the place of the letter's. */
export function withMainFile(
  record: Pick<OutgoingRecord, 'attachments'>,
  file: { readonly fileId: string; readonly size: number },
): readonly AttachmentRecord[] {
  return record.attachments.map((attachment) => (attachment.role === 'main' ? { ...attachment, ...file } : attachment));
}
