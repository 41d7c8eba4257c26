import { useTranslation } from 'react-i18next';
import type { Direction } from '#shared/domain/direction.ts';
import { useCommand } from '../../api/use-command.ts';
import { useSaveMade } from '../../api/use-save-made.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import styles from './signature-panel.module.css';

interface SaveReportProps {
  readonly direction: Direction;
  readonly id: string;
}

/** Checks the signatures again, now, and saves what that says: on paper, or for another program. */
export function SaveReport({ direction, id }: SaveReportProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const make = useCommand('printing.verification');
  const { save, ...saving } = useSaveMade();
  const run = async (format: 'pdf' | 'json'): Promise<void> => {
    if (await save(await make.run({ direction, id, format })))
      notify({ tone: 'good', text: t('signatures.panel.reportSaved') });
  };
  const busy = make.busy || saving.busy;
  const failure = make.failure ?? saving.failure;
  return (
    <div className={styles.report}>
      <Button busy={busy} onClick={() => void run('pdf')}>
        {t('signatures.panel.saveReport')}
      </Button>
      <Button variant="quiet" disabled={busy} onClick={() => void run('json')}>
        {t('signatures.panel.saveJson')}
      </Button>
      {failure === null ? null : <ErrorNote failure={failure} />}
    </div>
  );
}
