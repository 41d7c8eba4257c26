import type { EdxmlAttachment } from './edxml-message.ts';
import type { NodeReader } from './edxml-node-reader.ts';
import { type Payload, payloadOf } from './payload.ts';

/**
 * The one entry of a ZIP archive, or null when it holds several entries or is an Office document ([Content_Types].xml).
 * @throws Error when the archive is broken or unpacks to more than is reasonable
 */
export type UnzipSingle = (archive: Uint8Array) => Uint8Array | null;

/** Bytes that all zipped attachments of a message may unpack to before the rest stay zipped: 1 MB of ZIP can hold 1 GB. */
const MAX_UNPACKED_BYTES = 200 * 1024 * 1024;

/** An attachment of a message that is being read. */
export interface ReadAttachment extends Omit<EdxmlAttachment, 'bytes'> {
  readonly payload: Payload;
}

/** Enough to tell a PDF whose bytes went through text. */
const LOOKED_AT = 1024 * 1024;

/** Attachments in the order of AttachmentEncoded; the first is by custom the main document. */
export function readAttachments(root: NodeReader, unzipSingle: UnzipSingle | undefined): ReadAttachment[] {
  const listed = new Map(
    (root.child('edXMLEnvelope')?.child('edXMLBody')?.child('edXMLManifest')?.children('Reference') ?? []).map(
      (reference) => [bareContentId(reference.text('ContentId')), reference] as const,
    ),
  );
  let unpacked = 0;
  const attachments = (root.child('AttachmentEncoded')?.children('Attachment') ?? []).map((attachment, index) => {
    const contentId = bareContentId(attachment.text('ContentId'));
    const reference = listed.get(contentId);
    listed.delete(contentId);
    const name = attachment.text('AttachmentName') || reference?.text('AttachmentName') || `${index + 1}`;
    if (!reference) root.warn('ATTACHMENT_UNLISTED', name);
    const encoded = attachment.child('ContentTransferEncoded')?.payload() ?? payloadOf(new Uint8Array(0));
    const payload = unwrap(encoded, name, unpacked < MAX_UNPACKED_BYTES ? unzipSingle : refuseToUnzip, root);
    if (payload !== encoded) unpacked += payload.size;
    if (isPdfPassedThroughText(payload.head(LOOKED_AT))) root.warn('ATTACHMENT_PDF_CORRUPTED', name);
    return {
      contentId,
      name,
      contentType: attachment.text('ContentType') || reference?.text('ContentType') || '',
      description: attachment.text('Description') || reference?.text('Description') || '',
      payload,
    };
  });
  for (const [contentId, reference] of listed) {
    root.warn('ATTACHMENT_MISSING', reference.text('AttachmentName') || contentId);
  }
  return attachments;
}

function refuseToUnzip(): never {
  throw new RangeError('unpacked enough');
}

/** Labels cannot be trusted (a ZIP has come as application/pdf), so the bytes and the name decide. */
function unwrap(packed: Payload, name: string, unzipSingle: UnzipSingle | undefined, reader: NodeReader): Payload {
  if (!startsWith(packed.head(4), [0x50, 0x4b, 0x03, 0x04]) || /\.zip$/i.test(name)) return packed;
  const isOffice = /\.(docx|xlsx|pptx|odt|ods|odp|docm|xlsm|pptm)$/i.test(name);
  if (!unzipSingle) {
    if (!isOffice) reader.warn('ATTACHMENT_ZIPPED', name);
    return packed;
  }
  try {
    const entry = unzipSingle(packed.bytes());
    if (entry) return payloadOf(entry);
    if (!isOffice) reader.warn('ATTACHMENT_ZIPPED', name);
  } catch {
    reader.warn('ATTACHMENT_UNZIP_FAILED', name);
  }
  return packed;
}

/**
 * A PDF whose bytes went through a UTF-8 string has U+FFFD (EF BF BD) wherever a byte was no character, beginning with
 * the binary comment of its second line. Compressed data holds the three bytes by chance once in 16 MB.
 */
function isPdfPassedThroughText(bytes: Uint8Array): boolean {
  if (!startsWith(bytes, [0x25, 0x50, 0x44, 0x46])) return false;
  const end = bytes.length;
  let found = 0;
  for (let i = bytes.indexOf(0xef); i >= 0 && i + 2 < end; i = bytes.indexOf(0xef, i + 1)) {
    if (bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) found++;
  }
  return found >= Math.max(4, end / 4096);
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function bareContentId(contentId: string): string {
  return contentId.replace(/^cid:/i, '').trim();
}
