import type { TFunction } from 'i18next';
import type { HistoryEntry } from '#shared/contract/common.ts';
import { isExchangeStatusCode, nameExchangeStatus } from '#shared/domain/exchange-status.ts';
import { describeError } from '../../i18n/describe-error.ts';
import { document } from '../../i18n/vi/document.ts';

type Direction = 'incoming' | 'outgoing';
type Actions = typeof document.actions;

/** What a history entry tells, in one sentence without its subject (who did it stands beside). */
export function describeAction(t: TFunction, direction: Direction, entry: HistoryEntry): string {
  const status = /^status-(\d\d)$/.exec(entry.action)?.[1];
  if (status !== undefined) return describeStatus(t, status, entry);
  const actions = document.actions[direction];
  if (!Object.hasOwn(actions, entry.action)) return t('document.history.unknown', { action: entry.action });
  const params = { ...entry.params, ...errorWords(t, entry) };
  if (direction === 'incoming')
    return t(`document.actions.incoming.${entry.action as keyof Actions['incoming']}`, params);
  return t(`document.actions.outgoing.${entry.action as keyof Actions['outgoing']}`, params);
}

function describeStatus(t: TFunction, code: string, entry: HistoryEntry): string {
  const name = isExchangeStatusCode(code) ? t(`document.statuses.${code}`) : nameExchangeStatus(code, 'vi');
  const reason = entry.params['reason'];
  return reason === undefined || reason === '' ? name : t('document.statusReason', { name, reason });
}

// A code means nothing to the reader: its first sentence does.
function errorWords(t: TFunction, entry: HistoryEntry): { readonly error?: string } {
  const code = entry.params['code'];
  if (typeof code !== 'string') return {};
  return { error: describeError(t, { code }).what };
}

/** Entries that the eye should find: something was refused, cancelled or sent back. */
export function isWarning(entry: HistoryEntry): boolean {
  return ['cancelled', 'returned', 'discarded', 'status-02', 'refused-by-exchange'].includes(entry.action);
}
