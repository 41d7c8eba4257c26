import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '#shared/domain/history.ts';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from './format-stamp.ts';
import { Note } from './note.tsx';

/** The former hour of an express document beside the one that holds now; nothing when its sender never changed it. */
export function HourNote({ history }: { readonly history: readonly HistoryEntry[] }) {
  const { t } = useTranslation();
  const now = useNow();
  // The newest stands first.
  const change = history.find(({ action }) => action === 'hour-changed');
  if (change === undefined) return null;
  const hour = (name: string): string => {
    const instant = String(change.params[name] ?? '');
    return instant === '' ? t('document.noHour') : formatStamp(instant, now);
  };
  return (
    <Note title={t('document.hourChanged', { from: hour('from'), to: hour('to') })} icon="clock">
      {t('document.hourChangedText')}
    </Note>
  );
}
