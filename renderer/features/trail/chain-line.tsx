import { useTranslation } from 'react-i18next';
import type { CallOutput } from '#shared/contract/contract.ts';
import { showInstant } from '#shared/messages/act-words.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { formatNumber } from '../../i18n/format.ts';
import styles from './trail.module.css';

/** Whether the trail is whole, as of the last check; and the check that runs. */
export function ChainLine({ state: { check, running } }: { readonly state: CallOutput<'audit.state'> }) {
  const { t, i18n } = useTranslation();
  const verify = useCommand('audit.verify');
  const busy = verify.busy || running !== null;
  const number = (value: number): string => formatNumber(value, i18n.language);
  const standing = () => {
    if (busy) {
      const { done, total } = running ?? { done: 0, total: 0 };
      const label = t('trail.checking', { done: number(done), total: number(total) });
      return <ProgressLine label={label} {...(total === 0 ? {} : { value: done / total })} />;
    }
    if (check === null) return <p>{t('trail.unchecked')}</p>;
    const { rows, fault } = check;
    const time = showInstant(check.at);
    if (fault === null) {
      return (
        <p className={styles.whole}>
          <Icon name="check" /> {t('trail.whole', { row: number(rows), time })}
        </p>
      );
    }
    return (
      <div role="alert" className={styles.broken}>
        <p>
          <Icon name="warning" />
          <b>{t('trail.broken', { row: number(fault.seq), time, what: t(`trail.faults.${fault.what}`) })}</b>
        </p>
        <p>{t('trail.brokenNext')}</p>
      </div>
    );
  };
  return (
    <>
      <div className={styles.chain}>
        <div role="status" className={styles.standing}>
          {standing()}
        </div>
        <Button busy={busy} onClick={() => void verify.run({})}>
          {t('trail.check')}
        </Button>
      </div>
      {verify.failure ? <ErrorNote failure={verify.failure} /> : null}
    </>
  );
}
