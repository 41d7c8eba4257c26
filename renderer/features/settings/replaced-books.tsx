import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplacedRegister } from '#shared/contract/backup.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { formatDateTime, formatSize } from '../../i18n/format.ts';
import styles from './settings.module.css';

interface ReplacedBooksProps {
  readonly replaced: readonly ReplacedRegister[];
  readonly busy: boolean;
}

/** Registers that restores put aside, each with the way back; nothing when there are none. */
export function ReplacedBooks({ replaced, busy }: ReplacedBooksProps) {
  const { t, i18n } = useTranslation();
  const notify = useNotify();
  const [chosen, setChosen] = useState<ReplacedRegister | null>(null);
  const undo = useCommand('backup.undoRestore');
  const run = async (id: string) => {
    const outcome = await undo.run({ id });
    if (!outcome.ok) return;
    setChosen(null);
    notify({ text: t('settings.backup.undone'), tone: 'good' });
  };
  if (replaced.length === 0) return null;
  return (
    <>
      <h3 className={styles.cardTitle}>{t('settings.backup.replaced')}</h3>
      <ul className={styles.cards}>
        {replaced.map((one) => {
          const time = formatDateTime(one.at);
          return (
            <li key={one.id} className={styles.card}>
              <div className={styles.cardText}>
                <p>{t('settings.backup.replacedAt', { time, size: formatSize(one.bytes, i18n.language) })}</p>
                {one.readable ? null : <p className={styles.soft}>{t('settings.backup.damaged')}</p>}
              </div>
              {one.readable ? (
                <Button
                  label={t('settings.backup.undoFor', { time })}
                  disabled={busy}
                  onClick={() => {
                    undo.clear();
                    setChosen(one);
                  }}
                >
                  {t('settings.backup.undo')}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {chosen === null ? null : (
        <Dialog
          title={t('settings.backup.undoTitle', { time: formatDateTime(chosen.at) })}
          consequence={t('settings.backup.undoText')}
          action={{ label: t('settings.backup.undoAction'), run: () => void run(chosen.id), busy: undo.busy }}
          onClose={() => setChosen(null)}
        >
          {undo.failure ? <ErrorNote failure={undo.failure} /> : null}
        </Dialog>
      )}
    </>
  );
}
