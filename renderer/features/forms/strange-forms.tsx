import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { Note } from '../document/note.tsx';
import { formKeeper, type StrangeForm } from './form-keeper.ts';
import { textsOf } from './texts-of.ts';
import styles from './strange-forms.module.css';

/** What another version of the program kept and this one cannot fill in: its text can be read and copied, until it is dropped. */
export function StrangeForms() {
  const { t } = useTranslation();
  const strange = useSyncExternalStore(formKeeper.subscribe, formKeeper.strange);
  const [shown, setShown] = useState<StrangeForm | null>(null);
  const first = strange[0];
  if (first === undefined) return null;
  const drop = (form: StrangeForm): void => {
    setShown(null);
    // It stays listed when it could not be dropped.
    void formKeeper.drop(form).catch(() => undefined);
  };
  return (
    <>
      <Note
        title={t('frame.strangeForms.title', { count: strange.length })}
        action={<Button onClick={() => setShown(first)}>{t('frame.strangeForms.show')}</Button>}
      >
        {t('frame.strangeForms.text')}
      </Note>
      {shown !== null && (
        <Dialog
          width="wide"
          title={t('frame.strangeForms.of', { at: formatDateTime(shown.keptAt) })}
          consequence={t('frame.strangeForms.copy')}
          closeLabel={t('frame.strangeForms.keep')}
          action={{ label: t('frame.strangeForms.drop'), danger: true, run: () => drop(shown) }}
          onClose={() => setShown(null)}
        >
          <pre className={styles.texts} tabIndex={0}>
            {textsOf(shown.body).join('\n')}
          </pre>
        </Dialog>
      )}
    </>
  );
}
