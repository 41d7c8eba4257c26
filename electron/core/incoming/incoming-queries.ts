import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { listedValues } from '#shared/domain/document-fields.ts';
import type { Sight } from '../access/sight.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { asStoredFile } from '../documents/stored-file.ts';
import { find } from '../documents/document-record.ts';
import { ownExtension } from '../watching/extension.ts';
import type { IncomingRecord } from './incoming-store.ts';
import { handlingDetail } from '../handling/handled-document.ts';
import type { Session } from '../people/session.ts';
import { recallDetail } from './answer-recall.ts';
import { replyOf } from './invitation.ts';
import { identityOf } from './document-identity.ts';

type IncomingQueries = Pick<
  CoreHandlers,
  'incoming.list' | 'incoming.get' | 'incoming.lane' | 'incoming.forwardChoices'
>;

/** Letters that the register lane shows at once. */
const LANE_LETTERS = 200;
/** "Of late", for what is offered in "Chuyển tới". */
const FORWARDED_OF_LATE_MS = 90 * 24 * 3600 * 1000;
const FORWARD_CHOICES = 200;

export function incomingQueries(ctx: CoreContext, session: Session, sight: Sight): IncomingQueries {
  const { registers } = ctx;
  return {
    'incoming.list': (input) =>
      registers.incoming.list({
        ...input,
        now: ctx.clock.now(),
        me: session.caller()?.personId ?? '',
        hidden: sight.hidden(),
      }),
    'incoming.lane': () => registers.incoming.lane(ctx.clock.now(), LANE_LETTERS),
    'incoming.forwardChoices': ({ agencyName }) => {
      const since = new Date(ctx.clock.now().getTime() - FORWARDED_OF_LATE_MS).toISOString();
      return {
        last: registers.incoming.lastForward(agencyName, since),
        choices: registers.incoming.forwardChoices(since, FORWARD_CHOICES),
      };
    },
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
        source: record.source,
        limited: registers.access.limitOf(record.id) !== null,
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
        mails: registers.incoming.mails(record.id),
        statusesSent: registers.outbox
          .of(record.id)
          .filter((row) => row.kind === 'status')
          .map((row) => ({ code: row.statusCode ?? '', at: row.createdAt, delivered: row.state === 'done' })),
        handling: handlingDetail(registers, record, ctx.clock.now().toISOString()),
        watch,
        openedReport: openedReportOf(ctx, record),
        extension: ownExtension(registers.statements.of(record.id), watch),
        reply: replyOf(ctx, record, watch),
        recall: recallDetail(registers, record.id),
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
