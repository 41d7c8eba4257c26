import type { Handlers } from '#shared/contract/contract.ts';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { CodedError } from '../coded-error.ts';
import type { CoreContext } from '../core-context.ts';

type IncomingQueries = Pick<Handlers<'core'>, 'incoming.list' | 'incoming.get'>;

export function incomingQueries(ctx: CoreContext): IncomingQueries {
  const { registers } = ctx;
  return {
    'incoming.list': (input) => registers.incoming.list({ ...input, text: input.text, now: ctx.clock.now() }),
    'incoming.get': (input): IncomingDetail => {
      const record = registers.incoming.find(input.id);
      if (record === null) throw new CodedError('NOT_FOUND', { id: input.id });
      const { fields } = record;
      // The first PDF is the document itself; the exchange marks no main attachment.
      const files = registers.incoming
        .attachments(record.id)
        .map(({ fileId, name, size, pageCount }) => ({ fileId, name, size, pageCount }));
      const main = files.find((file) => file.pageCount !== null) ?? null;
      return {
        id: record.id,
        revision: record.revision,
        state: record.state,
        arrivalNumber: record.arrivalNumber,
        codeText: fields.codeText,
        agencyName: fields.agencyName,
        abstract: fields.abstract,
        urgency: fields.urgency,
        expressAt: record.expressAt,
        arrivedAt: record.arrivedAt,
        dueAt: fields.dueAt,
        paper: fields.paper,
        opened: record.opened,
        verdict: record.verdict,
        fields,
        fieldSources: { ...record.fieldSources },
        regions: { ...record.regions },
        year: record.year,
        registeredAt: record.registeredAt,
        senderCode: record.senderCode,
        senderName: record.senderName,
        documentId: record.documentId,
        file: main,
        attachments: files.filter((file) => file !== main),
        edxmlFileId: record.edxmlFileId,
        verification: record.verification,
        warnings: [...record.warnings],
        duplicates: registers.incoming.duplicates(record),
        statusesSent: registers.outbox
          .of(record.id)
          .filter((row) => row.kind === 'status')
          .map((row) => ({ code: row.statusCode ?? '', at: row.createdAt, delivered: row.state === 'done' })),
        history: registers.history.of(record.id),
      };
    },
  };
}
