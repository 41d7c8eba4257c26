import type { ReceptionWarning } from '#shared/domain/reception-warnings.ts';
import { isExpress } from '#shared/domain/urgency.ts';
import { bookOf } from '../books/numbering.ts';
import { nowIso, type CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { find, type AttachmentRecord } from '../documents/document-record.ts';
import type { InboxItem } from '../ports/exchange.ts';
import type { ForeignDocument } from '../ports/foreign-reader.ts';
import { keepReferences } from '../relations/keep-references.ts';
import { RECALL } from '../relations/message-relations.ts';
import { referencesOf } from '../relations/message-references.ts';
import { keepRecallRequest } from './answer-recall.ts';
import { findEqualArrival } from './equal-arrival.ts';
import { proposeIncoming } from './incoming-fields.ts';
import { followTerms } from '../watching/follow-terms.ts';
import { withdrawPaperArrival } from '../reporting/paper-arrivals.ts';
import { queueStatement } from '../watching/queue-statement.ts';
import { identityOf } from './document-identity.ts';
import type { IncomingRecord } from './incoming-store.ts';
import { readPages, type ReadPages } from './read-pages.ts';
import { prepareStatus } from './report-status.ts';
import { isOtherName, senderWarnings } from './sender-warnings.ts';

/** What a received document adds to the registers; `apply` belongs into the transaction that moves the cursor. */
export interface ReceivedDocument {
  readonly id: string;
  readonly isNew: boolean;
  readonly express: boolean;
  /** The fixed hour of an express document, UTC; null for one without. */
  readonly expressAt: string | null;
  readonly codeText: string;
  readonly abstract: string;
  readonly senderName: string;
  apply(transaction: Transaction): void;
}

/** Has the signatures and pages of a document message checked and prepares its row and the report 01 (đã đến). */
export async function receiveDocument(
  ctx: CoreContext,
  item: InboxItem,
  edxmlFileId: string,
  message: ForeignDocument,
): Promise<ReceivedDocument> {
  const sender = provenAgency(ctx, item.from);
  const files = message.attachments;
  for (const { fileId } of files) await ctx.files.adopt(fileId);
  const warnings: ReceptionWarning[] = message.warnings.map(({ code }) => code);
  const isChange = (message.business?.docType ?? 0) !== 0;
  // One that was returned to its sender comes again, mended or not: a new arrival.
  const kept = ctx.registers.incoming
    .arrivalsOf(item.from, message.documentId)
    .filter((arrival) => arrival.state !== 'returned');
  if (kept.length > 0 && !isChange) {
    const fileIds = files.map(({ fileId }) => fileId);
    const equal = await findEqualArrival(ctx, kept, { message, edxmlFileId, fileIds });
    if (equal !== null) return receivedAgain(ctx, item, find(ctx.registers.incoming, equal.id));
    warnings.push('SAME_ID_OTHER_CONTENT');
  }

  const attachments: AttachmentRecord[] = [];
  let main: ReadPages | null = null;
  for (const { isPdf, ...file } of files) {
    const pages = isPdf ? await readPages(ctx, file.fileId, warnings) : null;
    // The first PDF is the document itself; the exchange marks no main attachment.
    const role = pages !== null && main === null ? 'main' : 'appendix';
    attachments.push({ ...file, role, pageCount: pages?.pageCount ?? null });
    main ??= pages;
  }
  if (isChange) warnings.push('CHANGES_EARLIER_DOCUMENT');
  if (main?.proposal?.secrecyMark != null) warnings.push('SECRET_DOCUMENT');
  if (main === null) warnings.push('NO_READABLE_PAGE');

  const page = main?.proposal ?? null;
  const misnamed = isOtherName(ctx, message.from.organName, sender);
  if (misnamed) warnings.push('SENDER_NAME_DIFFERS');
  warnings.push(...senderWarnings(ctx, sender, page, main?.verification ?? null));

  const { fields, reading, expressAt } = proposeIncoming(misnamed ? underName(message, sender.name) : message, page);
  const arrivedAt = nowIso(ctx);
  const record: IncomingRecord = {
    id: ctx.ids.next(),
    revision: 1,
    state: 'arrived',
    bookId: bookOf(ctx.registers, 'incoming', fields.documentType),
    fields,
    numbered: null,
    reason: null,
    source: 'exchange',
    received: {
      messageId: item.messageId,
      senderCode: item.from,
      senderName: sender.name,
      documentId: message.documentId,
      edxmlFileId,
    },
    paperSenderCode: null,
    reading,
    warnings: [...new Set(warnings)],
    verification: main?.verification ?? null,
    expressAt,
    opened: false,
    arrivedAt,
    createdAt: arrivedAt,
    changedAt: arrivedAt,
  };
  const status = await prepareStatus(ctx, record, '01');
  return {
    id: record.id,
    isNew: true,
    express: isExpress(fields.urgency),
    expressAt,
    codeText: fields.codeText,
    abstract: fields.abstract,
    senderName: sender.name,
    apply: (tx) => {
      const { stores, record: note } = tx;
      stores.incoming.insert(record, attachments);
      const named = { id: record.id, codeText: fields.codeText };
      const changed = (id: string) => stores.incoming.arrivalsOf(item.from, id).find((one) => one.id !== record.id);
      keepReferences(
        stores,
        ctx,
        named,
        referencesOf(message, sender.name, (id) => changed(id)?.id ?? null),
        'message',
      );
      keepRecall(tx, ctx, record, message, kept[0]?.id);
      keepReferences(stores, ctx, named, page?.references ?? [], 'page');
      // What was reported as having come on paper alone did not.
      for (const paperId of stores.incoming.paperTwins(identityOf(record))) withdrawPaperArrival(tx, ctx, paperId);
      if (status !== null) stores.outbox.add(status);
      note('incoming', record.id, 'arrived', { verdict: record.verification?.verdict ?? '' });
      // The exchange may have told of another hour while the message was still on its way.
      const watched = stores.watch.find(item.messageId, stores.office.agency()?.code ?? '');
      if (watched !== null) followTerms(tx, record, null, watched.delivery);
    },
  };
}

/**
 * A recall is the recalled document's own message once more: nothing else tells the two apart. One of a document that never
 * came is answered in its place.
 */
function keepRecall(
  tx: Transaction,
  { ids }: CoreContext,
  { id, fields }: IncomingRecord,
  { business }: ForeignDocument,
  recalledId: string | undefined,
): void {
  if (business?.docType !== RECALL) return;
  const { reason } = business;
  keepRecallRequest(tx, { documentId: recalledId ?? id, askedBy: recalledId === undefined ? null : id, reason });
  if (recalledId === undefined) return;
  const { codeText, date, agencyName } = fields;
  const said = { kind: 'recalls', passive: false, codeText, date, agencyName, source: 'message' } as const;
  tx.stores.relations.add({ id: ids.next(), documentId: id, ...said, otherId: recalledId });
}

/** The list shows what the form begins with, so a name that is another's does not get there. */
function underName(message: ForeignDocument, organName: string): ForeignDocument {
  return { ...message, from: { ...message.from, organName } };
}

/** The same document in another envelope adds no second row: the clerk registers a letter once. */
function receivedAgain(ctx: CoreContext, item: InboxItem, known: IncomingRecord): ReceivedDocument {
  return {
    id: known.id,
    isNew: false,
    express: false,
    expressAt: null,
    codeText: known.fields.codeText,
    abstract: known.fields.abstract,
    senderName: known.received?.senderName ?? item.from,
    apply: (tx) => {
      tx.record('incoming', known.id, 'received-again', { messageId: item.messageId });
      const { messageId } = item;
      const document = tx.stores.incoming.find(known.id);
      // Nobody will open this envelope, or get its paper: what was in it is open already, and its paper is here.
      if (document?.opened === true) queueStatement(tx, ctx, known.id, { event: 'opened', messageId, person: '' });
      if (document?.fields.paper === 'arrived') {
        queueStatement(tx, ctx, known.id, { event: 'paper-received', messageId, person: '' });
      }
    },
  };
}
