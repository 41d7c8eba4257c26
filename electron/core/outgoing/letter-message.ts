import type { Delivery } from '#shared/domain/delivery.ts';
import { writeEdxmlDocumentInPieces } from '#shared/edxml/write-edxml.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { StoredBytes } from '../ports/file-store.ts';
import { type AttachedFile, outgoingEdxml } from './outgoing-edxml.ts';
import { withPaper } from '../paper/paper-rules.ts';
import { messageRelations, type MessageRelations } from '../relations/message-relations.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/**
 * Stores the message that brings a document to these recipients; no attachment is whole in memory.
 * @throws CodedError NOT_ENROLLED, FILE_MISSING, FILE_DAMAGED, DISK_FULL
 */
export async function storeMessage(
  ctx: CoreContext,
  record: OutgoingRecord,
  recipients: readonly Delivery[],
  says: MessageRelations = messageRelations(
    ctx.registers,
    record,
    recipients.map(({ agencyCode }) => agencyCode),
  ),
): Promise<StoredBytes> {
  const agency = ctx.registers.office.agency();
  if (agency === null) throw new CodedError('NOT_ENROLLED');
  const files: AttachedFile[] = [];
  for (const attachment of record.attachments) {
    files.push({ name: attachment.name, source: await ctx.files.source(attachment.fileId) });
  }
  const deliveries = withPaper(ctx.registers, record, recipients);
  const message = outgoingEdxml(record, agency, deliveries, files, ctx.clock.now(), says);
  return ctx.files.writePieces(writeEdxmlDocumentInPieces(message));
}
