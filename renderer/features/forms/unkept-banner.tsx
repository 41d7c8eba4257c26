import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { describeError } from '../../i18n/describe-error.ts';
import { Note } from '../document/note.tsx';
import { formKeeper } from './form-keeper.ts';

/** What shows itself. */
const quiet: ReadonlySet<string> = new Set(['CORE_UNAVAILABLE', 'SIGNED_OUT']);

/** Says that what is being typed is not on disk, and why, for as long as that is so. A restart of core says so itself. */
export function UnkeptBanner() {
  const { t } = useTranslation();
  const failure = useSyncExternalStore(formKeeper.subscribe, formKeeper.failure);
  if (failure === null || quiet.has(failure.code)) return null;
  const { what, next } = describeError(t, failure);
  return (
    <Note title={t('frame.unkept')}>
      {what} {next}
    </Note>
  );
}
