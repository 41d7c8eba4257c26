import type { TFunction } from 'i18next';
import { postingWays, type PostingWay } from '#shared/domain/other-recipient.ts';
import { fieldsOf } from '#shared/domain/document-fields.ts';
import { arrivalSources } from '#shared/domain/arrival-source.ts';
import { deliveryStateOfStatus } from '#shared/domain/delivery.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { isExchangeStatusCode, nameExchangeStatus } from '#shared/domain/exchange-status.ts';
import { historyActions, type HistoryAction, type HistoryEntry } from '#shared/domain/history.ts';
import { differenceKinds } from '#shared/domain/last-look.ts';
import { nameField } from './name-field.ts';
import { showField } from './show-field.ts';
import { nameRelation, sideOf } from '../relations/relation-words.ts';
import { shownDifference } from './shown-difference.ts';
import { describeReply } from './describe-reply.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { callOutcomes } from '#shared/domain/watched-delivery.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { describeError } from '../../i18n/describe-error.ts';

/** What a history entry tells, in one sentence without its subject (who did it stands beside). */
export function describeAction(t: TFunction, direction: Direction, entry: HistoryEntry): string {
  const { action, params } = entry;
  if (action === 'status-reported') return describeStatus(t, entry);
  const shown = {
    ...params,
    ...errorWords(t, entry),
    ...watchWords(t, entry),
    ...lookWords(t, entry),
    ...draftWords(t, entry),
  };
  if (direction === 'incoming' && isActionOf('incoming', action)) {
    return t(`document.actions.incoming.${action}`, shown);
  }
  if (direction === 'outgoing' && isActionOf('outgoing', action)) {
    return t(`document.actions.outgoing.${action}`, shown);
  }
  // Written by a newer version of the program.
  return t('document.history.unknown', { action });
}

function isActionOf<D extends Direction>(direction: D, action: string): action is HistoryAction<D> {
  return Object.hasOwn(historyActions[direction], action);
}

function describeStatus(t: TFunction, { params }: HistoryEntry): string {
  const code = String(params['status'] ?? '');
  const name = isExchangeStatusCode(code) ? t(`document.statuses.${code}`) : nameExchangeStatus(code, 'vi');
  const reason = params['reason'];
  if (reason === undefined || reason === '') return t('document.actions.outgoing.status-reported', { name });
  return t('document.statusReason', { name, reason });
}

// A code means nothing to the reader: its first sentence does.
function errorWords(t: TFunction, entry: HistoryEntry): { readonly error?: string } {
  const code = entry.params['code'];
  if (typeof code !== 'string') return {};
  return { error: describeError(t, { code }).what };
}

/** Words for what is kept as a code, and for what may be missing. */
function watchWords(t: TFunction, { action, params }: HistoryEntry): Readonly<Record<string, string>> {
  const text = (name: string): string => String(params[name] ?? '');
  switch (action) {
    case 'opened':
      return { by: text('person') === '' ? '' : t('document.openedBy', { person: text('person') }) };
    case 'called': {
      const outcome = callOutcomes.find((known) => known === text('outcome'));
      return {
        outcome: outcome === undefined ? text('outcome') : t(`document.calls.${outcome}`),
        with: text('spokeTo') === '' ? '' : t('document.calledWith', { name: text('spokeTo') }),
      };
    }
    case 'extension-asked':
    case 'extension-granted':
    case 'extension-refused':
    case 'hour-changed':
    case 'hour-kept':
      return {
        from: hour(t, text('from')),
        to: hour(t, text('to')),
        refused: hour(t, text('refused')),
        until: hour(t, text('until')),
        because: text('reason') === '' ? '' : t('document.because', { reason: text('reason') }),
      };
    case 'called-back':
    case 'recall-asked':
    case 'recall-agreed':
    case 'reopened':
      return { because: text('reason') === '' ? '' : t('document.because', { reason: text('reason') }) };
    case 'taken-in':
    case 'attached': {
      const source = arrivalSources.find((known) => known === text('source'));
      return {
        source: source === undefined ? text('source') : t(`document.arrivedFrom.${source}`),
        from: text('from') === '' ? '' : t('document.sentBy', { from: text('from') }),
      };
    }
    case 'corrected': {
      const name = fieldsOf('incoming').find((known) => known === text('field'));
      if (name === undefined) return {};
      return {
        field: nameField(t, 'incoming', name),
        from: showField(t, name, text('from') || null),
        to: showField(t, name, text('to') || null),
      };
    }
    case 'assigned':
      return {
        support: text('support') === '' ? '' : t('document.assignedPart.support', { names: text('support') }),
        inform: text('inform') === '' ? '' : t('document.assignedPart.inform', { names: text('inform') }),
        due: text('due') === '' ? '' : t('document.assignedPart.due', { time: formatDateTime(text('due')) }),
      };
    case 'related':
    case 'unrelated':
      return { relation: relationWord(t, text('relation')) };
    case 'put-aside':
      return { until: formatVnDate(text('until')) };
    case 'invitation-answered':
      return { reply: describeReply(t, { answer: text('answer'), attendee: text('attendee'), note: text('note') }) };
    case 'paper-posted':
      return {
        day: formatVnDate(text('day')),
        item: text('item') === '' ? '' : `, ${text('item')}`,
        way: isWay(text('way')) ? `, ${t(`paper.ways.${text('way') as PostingWay}`)}` : '',
      };
    case 'paper-delivered':
    case 'paper-returned':
      return { day: formatVnDate(text('day')), note: text('note') === '' ? '' : ` (${text('note')})` };
    case 'statement-refused':
      return { event: t(`document.stated.${text('event')}` as 'document.stated.opened') };
    default:
      return {};
  }
}

/** What was decided before a letter was issued, and with which certificate it was signed: older entries name none. */
function lookWords(t: TFunction, { action, params }: HistoryEntry): Readonly<Record<string, string>> {
  const text = (name: string): string => String(params[name] ?? '');
  switch (action) {
    case 'signed':
    case 'sealed': {
      const named = { subject: text('subject'), serial: text('serial'), issuer: text('issuer') };
      const count = Number(params['attachments'] ?? 0);
      return {
        certificate: named.serial === '' ? '' : t('document.byCertificate', named),
        attachments: count === 0 ? '' : t('document.withAttachments', { count }),
      };
    }
    case 'difference-accepted':
    case 'difference-corrected': {
      const kind = differenceKinds.find((known) => known === text('difference'));
      const shown = (name: string): string => shownDifference(text(name));
      return {
        difference: kind === undefined ? text('difference') : t(`document.questions.${kind}`),
        page: shown('page'),
        other: shown('other'),
        from: shown('from'),
        to: shown('to'),
      };
    }
    case 'line-decided': {
      const because = text('reason') === '' ? '' : t('document.because', { reason: text('reason') });
      const way = lineWays.find((known) => known === text('way'));
      return {
        way: way === undefined ? text('way') : t(`document.lineWays.${way}`, { agencies: text('agencies'), because }),
      };
    }
    default:
      return {};
  }
}

function relationWord(t: TFunction, value: string): string {
  const side = sideOf(value);
  return side === undefined ? value : nameRelation(t, side);
}

/** What happened to a draft, and how a letter was issued without the exchange. */
function draftWords(t: TFunction, { action, params }: HistoryEntry): Readonly<Record<string, string>> {
  switch (action) {
    case 'sent-back':
      return { to: params['to'] === '' ? '' : ` ${String(params['to'])}` };
    case 'issued':
      return { how: t(`document.issueWays.${params['how'] === 'by-hand' ? 'by-hand' : 'signed'}`) };
    default:
      return {};
  }
}

const isWay = (way: string): boolean => postingWays.some((known) => known === way);
const lineWays = ['sent-to', 'on-paper', 'not-sent'] as const;

const hour = (t: TFunction, instant: string): string =>
  instant === '' ? t('document.noHour') : formatDateTime(instant);

const warnings: readonly HistoryAction[] = [
  'recalled',
  'paper-returned',
  'recall-asked',
  'recall-refused',
  'cancelled',
  'sent-back',
  'returned',
  'discarded',
  'refused-by-exchange',
  'statement-refused',
  'extension-refused',
  'hour-kept',
];

/** Entries that the eye should find: something was refused, cancelled or sent back. */
export function isWarning({ action, params }: HistoryEntry): boolean {
  if (action === 'status-reported') return deliveryStateOfStatus(String(params['status'])) === 'refused';
  return warnings.includes(action);
}

/** Who did it; a person without a name is the records office as a whole. */
export function nameActor(t: TFunction, { actor }: HistoryEntry): string {
  if (actor.kind === 'exchange') return t('document.history.exchange');
  const name = actor.kind === 'person' && actor.name === '' ? t('document.history.office') : actor.name;
  return actor.onBehalfOf === undefined ? name : t('session.actsFor', { name, for: actor.onBehalfOf.name });
}
