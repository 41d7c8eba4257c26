import { useTranslation } from 'react-i18next';
import type { Look } from '#shared/contract/last-look.ts';
import { Icon } from '../../../components/icon.tsx';
import { shownDifference } from '../../document/shown-difference.ts';
import styles from './issue.module.css';

/** What was compared and is the same: small, for whoever wants to know. */
export function Matches({ matches }: Pick<Look, 'matches'>) {
  const { t } = useTranslation();
  if (matches.length === 0) return null;
  return (
    <section aria-label={t('outgoing.issue.same')}>
      <h2 className={styles.part}>
        {t('outgoing.issue.same')} <span>{matches.length}</span>
      </h2>
      <dl className={styles.matches}>
        {matches.map(({ kind, value }) => (
          <div key={kind}>
            <Icon name="check" size={14} />
            <dt>{t(`document.questions.${kind}`)}</dt>
            <dd title={shownDifference(value)}>{shownDifference(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
