import type { TFunction } from 'i18next';
import { deliveryStateOfStatus } from '#shared/domain/delivery.ts';
import type { Direction } from '#shared/domain/direction.ts';
import { isExchangeStatusCode, nameExchangeStatus } from '#shared/domain/exchange-status.ts';
import { historyActions, type HistoryAction, type HistoryEntry } from '#shared/domain/history.ts';
import { describeReply } from './describe-reply.ts';
import { formatVnDate } from '#shared/domain/vn-date.ts';
import { callOutcomes } from '#shared/domain/watched-delivery.ts';
import { formatDateTime } from '../../i18n/format.ts';
import { describeError } from '../../i18n/describe-error.ts';

/** What a history entry tells, in one sentence without its subject (who did it stands beside). */
export function describeAction(t: TFunction, direction: Direction, entry: HistoryEntry): string {
  const { action, params } = entry;
  if (action === 'status-reported') return describeStatus(t, entry);
  const shown = { ...params, ...errorWords(t, entry), ...watchWords(t, entry) };
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
      return {
        from: hour(t, text('from')),
        to: hour(t, text('to')),
        until: hour(t, text('until')),
        because: text('reason') === '' ? '' : t('document.because', { reason: text('reason') }),
      };
    case 'invitation-answered':
      return { reply: describeReply(t, { answer: text('answer'), attendee: text('attendee'), note: text('note') }) };
    case 'paper-posted':
      return { day: formatVnDate(text('day')), item: text('item') === '' ? '' : `, ${text('item')}` };
    case 'statement-refused':
      return { event: t(`document.stated.${text('event')}` as 'document.stated.opened') };
    default:
      return {};
  }
}

const hour = (t: TFunction, instant: string): string =>
  instant === '' ? t('document.noHour') : formatDateTime(instant);

const warnings: readonly HistoryAction[] = [
  'cancelled',
  'returned',
  'discarded',
  'refused-by-exchange',
  'statement-refused',
  'extension-refused',
];

/** Entries that the eye should find: something was refused, cancelled or sent back. */
export function isWarning({ action, params }: HistoryEntry): boolean {
  if (action === 'status-reported') return deliveryStateOfStatus(String(params['status'])) === 'refused';
  return warnings.includes(action);
}

/** Who did it; a person without a name is the records office as a whole. */
export function nameActor(t: TFunction, { actor }: HistoryEntry): string {
  if (actor.kind === 'exchange') return t('document.history.exchange');
  return actor.kind === 'person' && actor.name === '' ? t('document.history.office') : actor.name;
}
