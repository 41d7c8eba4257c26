import type { IncomingFields } from '#shared/domain/document-fields.ts';
import type { ExchangeStatusCode } from '#shared/domain/exchange-status.ts';
import { vietnamTimestamp } from '#shared/domain/vn-date.ts';
import { organ } from '#shared/edxml/edxml-message.ts';
import { writeEdxmlStatus } from '#shared/edxml/write-edxml.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import { newOutboxRow } from '../sync/outbox-row.ts';
import type { OutboxRecord } from '../sync/sync-stores.ts';
import { proposeIncoming } from './incoming-fields.ts';
import type { IncomingRecord } from './incoming-store.ts';

/** A status that waits to be sent, with its bytes: it is as durable as the transaction that adds it. */
export type StatusMessage = OutboxRecord & { readonly unflushed: Uint8Array };

/**
 * A status of this office about a document it received, stored and ready for the outbox. The row must be added in the
 * transaction that makes the status true. Null for a document that came on paper: nobody on the exchange waits for it.
 */
export async function prepareStatus(
  ctx: CoreContext,
  record: Pick<IncomingRecord, 'id' | 'received' | 'fields' | 'numbered'>,
  code: ExchangeStatusCode,
  description = '',
): Promise<StatusMessage | null> {
  if (record.received === null) return null;
  const agency = ctx.registers.office.agency();
  if (agency === null) throw new Error('a status needs an office');
  const now = ctx.clock.now();
  const { codeText, date } = await namedBySender(ctx, record);
  const bytes = writeEdxmlStatus({
    from: organ(agency.code, agency.name),
    responseFor: {
      organId: record.received.senderCode,
      code: codeText,
      promulgationDate: date,
      documentId: record.received.documentId,
    },
    staff: { department: '', staff: '', mobile: '', email: '' },
    statusCode: code,
    description,
    timestamp: vietnamTimestamp(now.getTime()),
  });
  const file = await ctx.files.writeUnflushed(bytes);
  ctx.flushSoon();
  const row = newOutboxRow({
    messageId: ctx.ids.next(),
    documentId: record.id,
    statusCode: code,
    file,
    urgency: null,
    at: now.toISOString(),
  });
  return { ...row, unflushed: bytes };
}

/**
 * Number and date as the sender knows them: its id alone does not tell two of its documents apart when it gave one id
 * twice. Once in the book they may be the clerk's corrections, so they are read from the message again.
 */
async function namedBySender(
  ctx: CoreContext,
  { received, numbered, fields }: Pick<IncomingRecord, 'received' | 'fields' | 'numbered'>,
): Promise<Pick<IncomingFields, 'codeText' | 'date'>> {
  if (received === null || numbered === null) return fields;
  try {
    const message = await ctx.reader.readEnvelope(received.edxmlFileId);
    if (message.kind !== 'document') return fields;
    const sent = proposeIncoming(message, null).fields;
    return { codeText: sent.codeText || fields.codeText, date: sent.date ?? fields.date };
  } catch (error) {
    if (!isCodedError(error)) throw error;
    return fields;
  }
}
