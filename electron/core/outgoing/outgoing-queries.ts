import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { countRecipients } from '#shared/domain/delivery.ts';
import { listedValues } from '#shared/domain/document-fields.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find } from '../documents/document-record.ts';
import { asStoredFile } from '../documents/stored-file.ts';
import type { OutboxRecord } from '../sync/sync-stores.ts';
import { mainFile } from './main-file.ts';

type OutgoingQueries = Pick<CoreHandlers, 'outgoing.list' | 'outgoing.get'>;

export function outgoingQueries(ctx: CoreContext): OutgoingQueries {
  const { registers } = ctx;
  return {
    'outgoing.list': (input) => registers.outgoing.list({ ...input, text: input.text, now: ctx.clock.now() }),
    'outgoing.get': (input): OutgoingDetail => {
      const record = find(registers.outgoing, input.id);
      const { fields, numbered } = record;
      const deliveries = registers.outgoing.deliveries(record.id);
      const main = mainFile(record);
      return {
        id: record.id,
        revision: record.revision,
        state: record.state,
        codeText: record.codeText,
        numbered: numbered !== null,
        ...listedValues('outgoing', fields),
        changedAt: record.changedAt,
        recipients: countRecipients(deliveries),
        fields,
        number: numbered?.number ?? null,
        year: numbered?.year ?? null,
        file: asStoredFile(main),
        originalFileId: record.originalFileId,
        attachments: record.attachments.filter((file) => file !== main).map(asStoredFile),
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
