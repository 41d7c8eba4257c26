import type { Handlers } from '#shared/contract/contract.ts';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { CodedError } from '../coded-error.ts';
import type { CoreContext } from '../core-context.ts';
import type { OutboxRecord } from '../ports/stores.ts';

type OutgoingQueries = Pick<Handlers<'core'>, 'outgoing.list' | 'outgoing.get'>;

export function outgoingQueries(ctx: CoreContext): OutgoingQueries {
  const { registers } = ctx;
  return {
    'outgoing.list': (input) => registers.outgoing.list({ ...input, text: input.text, now: ctx.clock.now() }),
    'outgoing.get': (input): OutgoingDetail => {
      const record = registers.outgoing.find(input.id);
      if (record === null) throw new CodedError('NOT_FOUND', { id: input.id });
      const deliveries = registers.outgoing.deliveries(record.id);
      const count = (keep: (delivery: OutgoingDetail['deliveries'][number]) => boolean) =>
        deliveries.filter(keep).length;
      return {
        id: record.id,
        revision: record.revision,
        state: record.state,
        codeText: record.codeText,
        numbered: record.number !== null,
        documentType: record.fields.documentType,
        abstract: record.fields.abstract,
        urgency: record.fields.urgency,
        dueAt: record.fields.dueAt,
        changedAt: record.changedAt,
        recipients: {
          total: deliveries.length,
          arrived: count((delivery) => delivery.arrivedAt !== null),
          accepted: count((delivery) => delivery.acceptedAt !== null),
          refused: count((delivery) => delivery.state === 'refused'),
          blocked: count((delivery) => delivery.state === 'unknown-recipient'),
        },
        fields: record.fields,
        number: record.number,
        year: record.year,
        file: { fileId: record.fileId, name: record.fileName, size: record.fileSize, pageCount: record.pageCount },
        originalFileId: record.originalFileId,
        placement: record.placement,
        deliveries,
        verification: record.verification,
        sending: sendingOf(registers.outbox.of(record.id)),
        sentAt: record.sentAt,
        history: registers.history.of(record.id),
      };
    },
  };
}

function sendingOf(rows: readonly OutboxRecord[]): OutgoingDetail['sending'] {
  const row = rows.find((candidate) => candidate.state !== 'done') ?? rows.at(-1);
  if (row === undefined) return { state: 'none', attempts: 0, nextAttemptAt: null, errorCode: null };
  return {
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.state === 'waiting' ? row.nextAttemptAt : null,
    errorCode: row.errorCode,
  };
}
