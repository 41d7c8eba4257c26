import type { ExchangeStatusCode } from '#shared/domain/exchange-status.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import type { CoreContext } from '../core-context.ts';
import { readAgency } from '../office/agency.ts';
import { organ } from '../outgoing/outgoing-edxml.ts';
import type { IncomingRecord, OutboxRecord } from '../ports/stores.ts';

/** Statuses are small and people wait for them: they go before documents that are not express. */
const STATUS_PRIORITY = 2;

/**
 * A status of this office about a document it received, stored and ready for the outbox. The row must be added in the
 * transaction that makes the status true.
 */
export async function prepareStatus(
  ctx: CoreContext,
  record: Pick<IncomingRecord, 'id' | 'senderCode' | 'documentId' | 'fields'>,
  code: ExchangeStatusCode,
  description = '',
): Promise<OutboxRecord> {
  const agency = readAgency(ctx.registers);
  if (agency === null) throw new Error('a status needs an office');
  const now = ctx.clock.now();
  const bytes = writeEdxmlStatus({
    from: organ(agency.code, agency.name),
    responseFor: {
      organId: record.senderCode,
      code: record.fields.codeText,
      promulgationDate: record.fields.date,
      documentId: record.documentId,
    },
    staff: { department: '', staff: '', mobile: '', email: '' },
    statusCode: code,
    description,
    timestamp: vietnamTimestamp(now.getTime()),
  });
  const { fileId } = await ctx.files.write(bytes);
  return {
    messageId: ctx.ids.next(),
    kind: 'status',
    subjectId: record.id,
    statusCode: code,
    fileId,
    priority: STATUS_PRIORITY,
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: now.toISOString(),
    errorCode: null,
    createdAt: now.toISOString(),
    doneAt: null,
  };
}
