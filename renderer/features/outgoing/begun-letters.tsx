import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useUnfinishedLetters, useUnsavedLetter } from './unsaved-letters.ts';
import styles from './begun-letters.module.css';

interface BegunLettersProps {
  readonly onGoOn: (key: string) => void;
}

/** Letters that were begun and are in no register yet, each with the way back to its form. Nothing when there is none. */
export function BegunLetters({ onGoOn }: BegunLettersProps) {
  const { t } = useTranslation();
  const { begun } = useUnfinishedLetters();
  if (begun.length === 0) return null;
  return (
    <section className={styles.begun} aria-label={t('outgoing.form.begun.title', { count: begun.length })}>
      <h2>{t('outgoing.form.begun.title', { count: begun.length })}</h2>
      <ul>
        {begun.map((key) => (
          <BegunLetter key={key} letterKey={key} onGoOn={() => onGoOn(key)} />
        ))}
      </ul>
    </section>
  );
}

function BegunLetter({ letterKey, onGoOn }: { readonly letterKey: string; readonly onGoOn: () => void }) {
  const { t } = useTranslation();
  const { form: letter } = useUnsavedLetter(letterKey);
  if (letter === null) return null;
  const name = letter.form.abstract.trim() || letter.file.name;
  return (
    <li>
      <Icon name="pen" />
      <span className={styles.name}>
        <span title={name}>{name}</span>
        <span className={styles.file}>{letter.file.name}</span>
      </span>
      <Button label={t('outgoing.form.begun.goOnWith', { name })} onClick={onGoOn}>
        {t('outgoing.form.begun.goOn')}
      </Button>
    </li>
  );
}
