import type { EdxmlDocument } from '#shared/edxml/edxml-message.ts';
import type { Proposal } from '#shared/domain/proposal.ts';
import type { VerificationReport } from '#shared/domain/verification.ts';
import { nowIso, type CoreContext } from '../core-context.ts';
import { expectedFailure } from '../dispatch/answer-call.ts';
import type { InboxItem } from '../ports/exchange.ts';
import type { AttachmentRecord, IncomingRecord, OutboxRecord, WriteStores } from '../ports/stores.ts';
import { proposeFields } from '../reading/propose-fields.ts';
import { proposeIncoming } from './incoming-fields.ts';
import { prepareStatus } from './report-status.ts';

/** What a received document adds to the registers; `apply` belongs into the transaction that moves the cursor. */
export interface ReceivedDocument {
  readonly id: string;
  readonly isNew: boolean;
  readonly express: boolean;
  readonly codeText: string;
  readonly abstract: string;
  readonly senderName: string;
  apply(stores: WriteStores): void;
}

interface MainPage {
  readonly proposal: Proposal | null;
  readonly verification: VerificationReport | null;
}

/** Unpacks a document message, checks its signatures and prepares its row and the report 01 (đã đến). */
export async function receiveDocument(
  ctx: CoreContext,
  item: InboxItem,
  edxmlFileId: string,
  message: EdxmlDocument,
): Promise<ReceivedDocument> {
  const known = ctx.registers.incoming.findByDocument(item.from, message.documentId);
  const isChange = (message.business?.docType ?? 0) !== 0;
  // One that was returned to its sender comes again mended: a new arrival.
  if (known !== null && known.state !== 'returned' && !isChange) return receivedAgain(ctx, item, known);

  const warnings = message.warnings.map((warning) => warning.code as string);
  const attachments: AttachmentRecord[] = [];
  let main: MainPage | null = null;
  for (const attachment of message.attachments) {
    const { fileId, size } = await ctx.files.write(attachment.bytes);
    const pages = isPdf(attachment.bytes) ? await readPages(ctx, attachment.bytes, warnings) : null;
    attachments.push({ fileId, name: attachment.name, size, pageCount: pages?.pageCount ?? null });
    main ??= pages;
  }
  if (isChange) warnings.push('CHANGES_EARLIER_DOCUMENT');
  if (main?.proposal?.secrecyMark != null) warnings.push('SECRET_DOCUMENT');
  if (main === null) warnings.push('NO_READABLE_PAGE');

  const { fields, sources, regions, expressAt } = proposeIncoming(message, main?.proposal ?? null);
  const arrivedAt = nowIso(ctx);
  const record: IncomingRecord = {
    id: ctx.ids.next(),
    revision: 1,
    state: 'arrived',
    messageId: item.messageId,
    senderCode: item.from,
    senderName: message.from.organName || item.from,
    documentId: message.documentId,
    edxmlFileId,
    fields,
    fieldSources: sources,
    regions,
    warnings: [...new Set(warnings)],
    verification: main?.verification ?? null,
    verdict: main?.verification?.verdict ?? null,
    expressAt,
    opened: false,
    arrivedAt,
    changedAt: arrivedAt,
    registeredAt: null,
    returnReason: null,
    year: null,
    arrivalNumber: null,
  };
  const status = await prepareStatus(ctx, record, '01');
  return {
    id: record.id,
    isNew: true,
    express: fields.urgency === 'express' || fields.urgency === 'express-timed',
    codeText: fields.codeText,
    abstract: fields.abstract,
    senderName: record.senderName,
    apply: (stores) => addDocument(stores, record, attachments, status),
  };
}

function addDocument(
  stores: WriteStores,
  record: IncomingRecord,
  attachments: readonly AttachmentRecord[],
  status: OutboxRecord,
): void {
  stores.incoming.insert(record, attachments);
  stores.outbox.add(status);
  stores.history.add(record.id, {
    at: record.arrivedAt,
    actor: record.senderName,
    action: 'arrived',
    params: { verdict: record.verdict ?? '' },
  });
}

/** The same document in another envelope adds no second row: the clerk registers a letter once. */
function receivedAgain(ctx: CoreContext, item: InboxItem, known: IncomingRecord): ReceivedDocument {
  const at = nowIso(ctx);
  return {
    id: known.id,
    isNew: false,
    express: false,
    codeText: known.fields.codeText,
    abstract: known.fields.abstract,
    senderName: known.senderName,
    apply: (stores) =>
      stores.history.add(known.id, {
        at,
        actor: known.senderName,
        action: 'received-again',
        params: { messageId: item.messageId },
      }),
  };
}

async function readPages(
  ctx: CoreContext,
  bytes: Uint8Array,
  warnings: string[],
): Promise<MainPage & { pageCount: number }> {
  const verification = attempt(ctx, () => ctx.pdf.verify(bytes, ctx.clock.now()), warnings);
  try {
    const text = await ctx.pdf.readText(bytes);
    return { proposal: proposeFields(text), verification, pageCount: text.pageCount };
  } catch (error) {
    warnings.push(codeOf(ctx, error));
    return { proposal: null, verification, pageCount: 0 };
  }
}

function attempt<T>(ctx: CoreContext, work: () => T, warnings: string[]): T | null {
  try {
    return work();
  } catch (error) {
    warnings.push(codeOf(ctx, error));
    return null;
  }
}

/** A page that cannot be read is still a document that arrived, also when reading it meets a bug of ours. */
function codeOf(ctx: CoreContext, error: unknown): string {
  const expected = expectedFailure(error);
  if (expected === null) ctx.log.error('page-broke', error);
  return expected?.code ?? 'PDF_BROKEN';
}

const isPdf = (bytes: Uint8Array): boolean =>
  bytes.length > 4 && bytes[0] === 0x25 && bytes[1] === 0x50 && bytes[2] === 0x44 && bytes[3] === 0x46;
