import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#shared/domain/history.ts';
import { describeError } from '../../i18n/describe-error.ts';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from './format-stamp.ts';
import { Note } from './note.tsx';

interface HourNoteProps {
  readonly history: readonly HistoryEntry[];
  /** False while the exchange has told of no recipient that could hear of the change. */
  readonly isTold?: boolean;
}

/**
 * The former hour of an express document beside the one that holds now, or the one that the exchange did not take; nothing
 * when its sender never changed it.
 */
export function HourNote({ history, isTold = true }: HourNoteProps) {
  const { t } = useTranslation();
  const now = useNow();
  // The newest stands first.
  const change = history.find(({ action }) => action === 'hour-changed' || action === 'hour-kept');
  if (change === undefined) return null;
  const hour = (name: string): string => {
    const instant = String(change.params[name] ?? '');
    return instant === '' ? t('document.noHour') : formatStamp(instant, now);
  };
  if (change.action === 'hour-kept') {
    const error = describeError(t, { code: String(change.params['code']) }).what;
    return (
      <Note title={t('document.hourKept', { refused: hour('refused') })} icon="clock">
        {t('document.hourKeptText', { error, to: hour('to') })}
      </Note>
    );
  }
  return (
    <Note title={t('document.hourChanged', { from: hour('from'), to: hour('to') })} icon="clock">
      {t(isTold ? 'document.hourChangedText' : 'document.hourWaits')}
    </Note>
  );
}
