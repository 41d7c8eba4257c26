import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { listedValues } from '#shared/domain/document-fields.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { asStoredFile } from '../documents/stored-file.ts';
import { find } from '../documents/document-record.ts';
import { ownExtension } from '../watching/extension.ts';
import type { IncomingRecord } from './incoming-store.ts';
import { replyOf } from './invitation.ts';
import { identityOf } from './document-identity.ts';

type IncomingQueries = Pick<CoreHandlers, 'incoming.list' | 'incoming.get'>;

export function incomingQueries(ctx: CoreContext): IncomingQueries {
  const { registers } = ctx;
  return {
    'incoming.list': (input) => registers.incoming.list({ ...input, text: input.text, now: ctx.clock.now() }),
    'incoming.get': (input): IncomingDetail => {
      const record = find(registers.incoming, input.id);
      const { fields, numbered } = record;
      const attachments = registers.incoming.attachments(record.id);
      const watch = watchOf(ctx, record);
      const main = attachments.find(({ role }) => role === 'main');
      return {
        id: record.id,
        revision: record.revision,
        state: record.state,
        arrivalNumber: numbered?.number ?? null,
        ...listedValues('incoming', fields),
        expressAt: record.expressAt,
        arrivedAt: record.arrivedAt,
        opened: record.opened,
        verdict: record.verification?.verdict ?? null,
        fields,
        fieldSources: record.reading.sources,
        regions: record.reading.regions,
        year: numbered?.year ?? null,
        registeredAt: numbered?.at ?? null,
        received: record.received,
        file: main === undefined ? null : asStoredFile(main),
        attachments: attachments.filter((file) => file !== main).map(asStoredFile),
        verification: record.verification,
        warnings: [...record.warnings],
        duplicates: registers.incoming.duplicates(identityOf(record)),
        statusesSent: registers.outbox
          .of(record.id)
          .filter((row) => row.kind === 'status')
          .map((row) => ({ code: row.statusCode ?? '', at: row.createdAt, delivered: row.state === 'done' })),
        watch,
        openedReport: openedReportOf(ctx, record),
        extension: ownExtension(registers.statements.of(record.id), watch),
        reply: replyOf(ctx, record, watch),
        history: registers.history.of(record.id),
      };
    },
  };
}

function watchOf({ registers }: CoreContext, { received }: IncomingRecord): IncomingDetail['watch'] {
  const agency = registers.office.agency();
  if (received === null || agency === null) return null;
  return registers.watch.find(received.messageId, agency.code)?.delivery ?? null;
}

function openedReportOf({ registers }: CoreContext, { id, received }: IncomingRecord): IncomingDetail['openedReport'] {
  const report = registers.statements
    .of(id)
    .find(({ statement }) => statement.event === 'opened' && statement.messageId === received?.messageId);
  if (report === undefined) return null;
  return { at: report.settledAt ?? report.createdAt, state: report.state, errorCode: report.errorCode };
}
