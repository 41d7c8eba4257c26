import { useTranslation } from 'react-i18next';
import type { PickedFile } from '#shared/contract/shell.ts';
import type { CallFailure } from '../../api/call-failure.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { TitleBar } from '../../components/screen-frame.tsx';
import { useShortcut } from '../../components/use-shortcut.tsx';
import { BegunLetters } from './begun-letters.tsx';
import styles from './letter-start.module.css';

interface LetterStartProps {
  readonly reading: boolean;
  /** Why the last file was not taken. */
  readonly failure: CallFailure | null;
  readonly onFile: (file: PickedFile) => void;
  /** One that was begun before. */
  readonly onGoOn: (key: string) => void;
  readonly onClose: () => void;
}

/** Where a letter comes in: by the dialog, or dropped anywhere on the window. */
export function LetterStart({ reading, failure, onFile, onGoOn, onClose }: LetterStartProps) {
  const { t } = useTranslation();
  const pick = useCommand('files.pick');
  useShortcut('Escape', onClose);

  const choose = async (): Promise<void> => {
    const outcome = await pick.run({ purpose: 'letter' });
    const file = outcome.ok ? outcome.value.files[0] : undefined;
    if (file !== undefined) onFile(file);
  };
  const shown = pick.failure ?? failure;

  return (
    <section className={styles.start} aria-label={t('outgoing.form.newTitle')}>
      <TitleBar>
        <h1>{t('outgoing.form.newTitle')}</h1>
      </TitleBar>
      {!reading && <BegunLetters onGoOn={onGoOn} />}
      {shown !== null && !reading && <ErrorNote failure={shown} />}
      {reading ? (
        <div className={styles.reading}>
          <ProgressLine label={t('outgoing.form.start.reading')} />
        </div>
      ) : (
        <EmptyState icon="file" title={t('outgoing.form.start.title')} text={t('outgoing.form.start.text')}>
          <Button variant="main" autoFocus busy={pick.busy} onClick={() => void choose()}>
            {t('outgoing.form.start.pick')}
          </Button>
          <Button kbd="Escape" onClick={onClose}>
            {t('outgoing.form.close')}
          </Button>
        </EmptyState>
      )}
    </section>
  );
}
