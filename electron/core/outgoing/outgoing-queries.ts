import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { countRecipients, isPaperToPost } from '#shared/domain/delivery.ts';
import { isOtherToPost } from '#shared/domain/other-recipient.ts';
import { listedValues } from '#shared/domain/document-fields.ts';
import type { Sight } from '../access/sight.ts';
import type { CoreContext } from '../core-context.ts';
import type { CoreHandlers } from '../dispatch/handlers.ts';
import { find, type AttachmentRecord } from '../documents/document-record.ts';
import { asStoredFile } from '../documents/stored-file.ts';
import { provenAgency } from '../directory/proven-name.ts';
import { withPaper } from '../paper/paper-rules.ts';
import type { WatchedRecord } from '../watching/watching-stores.ts';
import { vietnamDay, vietnamInstant } from '#shared/domain/vn-date.ts';
import { isAnsweredHere } from '../watching/extension.ts';
import type { OutboxRecord } from '../sync/sync-stores.ts';
import { mainFile } from './main-file.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/** Of one day, folded away: more than anybody reads. */
const MOST_OPENED_TODAY = 200;

type OutgoingQueries = Pick<
  CoreHandlers,
  'outgoing.list' | 'outgoing.get' | 'outgoing.openedToday' | 'outgoing.lastDueRule'
>;

export function outgoingQueries(ctx: CoreContext, sight: Sight): OutgoingQueries {
  const { registers } = ctx;
  return {
    'outgoing.list': (input) => registers.outgoing.list({ ...input, now: ctx.clock.now(), hidden: sight.hidden() }),
    'outgoing.openedToday': () => {
      const ids = registers.watch.completedSince(startOfDay(ctx.clock.now()), MOST_OPENED_TODAY);
      return { rows: registers.outgoing.rows(ids) };
    },
    'outgoing.lastDueRule': (input) => ({ rule: registers.outgoing.lastDueRule(input.documentType) }),
    'outgoing.get': (input): OutgoingDetail => {
      const record = find(registers.outgoing, input.id);
      const { fields, numbered } = record;
      const deliveries = withPaper(registers, record, registers.outgoing.deliveries(record.id));
      const others = registers.outgoing.otherRecipients(record.id);
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
        suffix: numbered?.suffix ?? '',
        year: numbered?.year ?? null,
        file: asStoredFile(main),
        originalFileId: record.originalFileId,
        mended: record.mended,
        attachments: record.attachments.filter((file) => file !== main).map(asLetterAttachment),
        replacedFiles: [...record.replaced],
        returned:
          record.sentBackReason === null ? null : { reason: record.sentBackReason, by: record.sentBackBy ?? '' },
        madeFrom: madeFromOf(ctx, record),
        madeInto: registers.outgoing.madeInto(record.id),
        placement: record.placement,
        otherRecipients: others,
        deliveries,
        verification: record.verification,
        sending: sendingOf(registers.outbox.of(record.id)),
        expressAt: fields.expressAt,
        sentAt: record.sentAt,
        paperToPost:
          record.sentAt === null ? 0 : deliveries.filter(isPaperToPost).length + others.filter(isOtherToPost).length,
        inside: others.filter(({ kind }) => kind === 'inside').length,
        onPaper: others.filter(({ kind }) => kind === 'paper').length,
        reason: record.reason,
        sentBack: record.sentBackReason !== null,
        limited: registers.access.limitOf(record.id) !== null,
        watch: registers.outgoing.rows([record.id])[0]?.watch ?? null,
        ...watchedParts(ctx, record.id),
        history: registers.history.of(record.id),
      };
    },
  };
}

function asLetterAttachment(file: AttachmentRecord): OutgoingDetail['attachments'][number] {
  const { signing } = file;
  return {
    ...asStoredFile(file),
    mended: signing?.mended ?? null,
    obstacle: signing?.obstacle ?? null,
    signed: signing?.unsigned != null,
  };
}

function madeFromOf({ registers }: CoreContext, { madeFrom }: OutgoingRecord): OutgoingDetail['madeFrom'] {
  const before = madeFrom === null ? null : registers.outgoing.find(madeFrom);
  return before === null ? null : { id: before.id, codeText: before.codeText, reason: before.reason ?? '' };
}

/** Midnight in Vietnam, UTC. */
const startOfDay = (now: Date): string => new Date(vietnamInstant(vietnamDay(now.getTime()), '00:00')).toISOString();

function watchedParts(ctx: CoreContext, id: string): Pick<OutgoingDetail, 'watched' | 'statements'> {
  const statements = ctx.registers.statements.of(id);
  /** Recorded after the exchange last told of this recipient, by one clock: it cannot know of the call yet. */
  const isRecorded = ({ delivery, takenAt }: WatchedRecord): boolean =>
    statements.some(
      ({ statement, state, settledAt }) =>
        statement.event === 'call-recorded' &&
        statement.messageId === delivery.messageId &&
        statement.recipient === delivery.recipient &&
        (state === 'waiting' || (state === 'done' && settledAt !== null && settledAt >= takenAt)),
    );
  return {
    watched: latestOfEach(ctx.registers.watch.of(id)).map((record) => ({
      delivery: record.delivery,
      agencyName: provenAgency(ctx, record.delivery.recipient).name,
      callRecorded: isRecorded(record),
      extensionAnswered: isAnsweredHere(statements, record.delivery),
    })),
    statements: statements
      .filter(({ state }) => state !== 'done')
      .map(({ statement, state, errorCode }) => ({
        recipient: 'recipient' in statement ? statement.recipient : '',
        event: statement.event,
        at: statement.at,
        state,
        errorCode,
      })),
  };
}

/** One that sent the letter back and got it again is followed by the message that it has now. */
function latestOfEach(watched: readonly WatchedRecord[]): WatchedRecord[] {
  const latest = new Map<string, WatchedRecord>();
  for (const record of watched) {
    const known = latest.get(record.delivery.recipient);
    if (known === undefined || known.delivery.availableAt <= record.delivery.availableAt)
      latest.set(record.delivery.recipient, record);
  }
  return [...latest.values()];
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
