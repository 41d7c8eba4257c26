import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { RegisterPaperDialog } from './register-paper-dialog.tsx';
import styles from './take-in-bar.module.css';
import { useTakeIn } from './use-take-in.ts';

/** The ways in besides the exchange, above what waits to be registered. */
export function TakeInBar() {
  const { t } = useTranslation();
  const { choose, busy } = useTakeIn();
  const [onPaper, setOnPaper] = useState(false);
  return (
    <div className={styles.bar}>
      <Button variant="quiet" icon="plus" busy={busy} onClick={() => void choose()}>
        {t('incoming.takeIn.open')}
      </Button>
      <Button variant="quiet" icon="file" onClick={() => setOnPaper(true)}>
        {t('paper.register')}
      </Button>
      {onPaper ? <RegisterPaperDialog onClose={() => setOnPaper(false)} /> : null}
    </div>
  );
}
