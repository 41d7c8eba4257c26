import type { ExchangeStatusCode } from '#shared/domain/exchange-status.ts';
import { STATUS_PRIORITY } from '#shared/domain/outbox.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { organ } from '#shared/edxml/edxml-message.ts';
import { writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import type { CoreContext } from '../core-context.ts';
import { newOutboxRow } from '../sync/outbox-row.ts';
import type { OutboxRecord } from '../sync/sync-stores.ts';
import type { IncomingRecord } from './incoming-store.ts';

/**
 * A status of this office about a document it received, stored and ready for the outbox. The row must be added in the
 * transaction that makes the status true. Null for a document that came on paper: nobody on the exchange waits for it.
 */
export async function prepareStatus(
  ctx: CoreContext,
  record: Pick<IncomingRecord, 'id' | 'received' | 'fields'>,
  code: ExchangeStatusCode,
  description = '',
): Promise<OutboxRecord | null> {
  if (record.received === null) return null;
  const agency = ctx.registers.office.agency();
  if (agency === null) throw new Error('a status needs an office');
  const now = ctx.clock.now();
  const bytes = writeEdxmlStatus({
    from: organ(agency.code, agency.name),
    responseFor: {
      organId: record.received.senderCode,
      code: record.fields.codeText,
      promulgationDate: record.fields.date,
      documentId: record.received.documentId,
    },
    staff: { department: '', staff: '', mobile: '', email: '' },
    statusCode: code,
    description,
    timestamp: vietnamTimestamp(now.getTime()),
  });
  const { fileId } = await ctx.files.write(bytes);
  return newOutboxRow({
    messageId: ctx.ids.next(),
    kind: 'status',
    documentId: record.id,
    statusCode: code,
    fileId,
    priority: STATUS_PRIORITY,
    at: now.toISOString(),
  });
}
