import type { TFunction } from 'i18next';
import type { TrailRow } from '#shared/contract/audit.ts';
import type { HistoryAction } from '#shared/domain/history.ts';
import { describeDetails, nameAct, type ActWords } from '#shared/messages/act-words.ts';
import { describeAction } from '../document/describe-action.ts';

/** What was done, and what the row tells besides. What a history tells is one sentence, as in the history. */
export function describeRow(t: TFunction, words: ActWords, row: TrailRow): { act: string; details: string } {
  const act = nameAct(words, row.action, row.direction);
  if (row.hidden) return { act, details: '' };
  if (row.direction === null) return { act, details: describeDetails(words, row.params) };
  const entry = {
    at: row.at,
    actor: { kind: 'person', id: '', name: '' },
    action: row.action as HistoryAction,
    params: row.params,
  } as const;
  return { act: describeAction(t, row.direction, entry), details: '' };
}
