import type { ForeignAttachment, ForeignDocument, ForeignEnvelope } from '#core/ports/foreign-reader.ts';
import type { SpoolingStore } from '#files/content-store.ts';
import type { SpooledFile } from '#files/spooled-file.ts';
import { unzipSingleEntry } from './unzip-single-entry.ts';
import { plainTexts } from '#shared/domain/plain-text.ts';
import { EdxmlError } from '#shared/edxml/edxml-error.ts';
import type { EdxmlStatus } from '#shared/edxml/edxml-message.ts';
import { dropContent, type OpenPayload, type Payload } from '#shared/edxml/payload.ts';
import type { ReadAttachment } from '#shared/edxml/read-attachments.ts';
import { EdxmlReader, type ReadDocument } from '#shared/edxml/read-edxml.ts';

const PDF_MARK = '%PDF';

/**
 * Reads a stored message and stores its attachments, none of which is ever whole in memory but a zipped one.
 * @throws EdxmlError, CodedError FILE_MISSING, FILE_DAMAGED, DISK_FULL
 */
export async function readMessageFile(store: SpoolingStore, fileId: string): Promise<ForeignDocument | EdxmlStatus> {
  const spools = new Map<Payload, SpooledFile>();
  const opened: SpooledFile[] = [];
  const openSpool: OpenPayload = () => {
    const spool = store.spool();
    opened.push(spool);
    return {
      write: (bytes) => spool.write(bytes),
      finish: () => {
        spool.close();
        spools.set(spool, spool);
        return spool;
      },
    };
  };
  try {
    const message = await readPieces(store, fileId, openSpool);
    if (message.kind === 'status') return plainTexts(message);
    const attachments: ForeignAttachment[] = [];
    for (const attachment of message.attachments) attachments.push(await keep(store, attachment, spools));
    return plainTexts({ ...message, attachments });
  } finally {
    // What was kept is no longer there under this name.
    for (const spool of opened) await spool.discard();
  }
}

/** @throws EdxmlError, CodedError FILE_MISSING, FILE_DAMAGED */
export async function readEnvelopeFile(store: SpoolingStore, fileId: string): Promise<ForeignEnvelope | EdxmlStatus> {
  const message = await readPieces(store, fileId, dropContent);
  if (message.kind === 'status') return plainTexts(message);
  const { attachments: _, ...envelope } = message;
  return plainTexts(envelope);
}

async function readPieces(
  store: SpoolingStore,
  fileId: string,
  openPayload: OpenPayload,
): Promise<ReadDocument | EdxmlStatus> {
  const reader = new EdxmlReader(openPayload, { unzipSingle: unzipSingleEntry });
  let defect: EdxmlError | null = null;
  // Read to its end in any case: of a damaged file, that it is damaged is what counts.
  for await (const piece of store.pieces(fileId)) {
    defect ??= defectIn(() => reader.write(piece));
  }
  if (defect !== null) throw defect;
  return reader.end();
}

function defectIn(work: () => void): EdxmlError | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof EdxmlError) return error;
    throw error;
  }
}

async function keep(
  store: SpoolingStore,
  { name, payload }: ReadAttachment,
  spools: ReadonlyMap<Payload, SpooledFile>,
): Promise<ForeignAttachment> {
  const isPdf = Buffer.from(payload.head(PDF_MARK.length)).toString('latin1') === PDF_MARK;
  const spool = spools.get(payload);
  const stored = spool === undefined ? await store.write(payload.bytes()) : await spool.keep();
  return { ...stored, name, isPdf };
}
