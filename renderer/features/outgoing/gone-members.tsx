import { useTranslation } from 'react-i18next';
import type { AgencyGroup } from '#shared/contract/directory.ts';
import { Icon } from '../../components/icon.tsx';
import styles from './recipients.module.css';

/** Says which members of a list are no longer in the directory, and so get nothing; nothing when all are. */
export function GoneMembers({ group: { name, gone } }: { readonly group: Pick<AgencyGroup, 'name' | 'gone'> }) {
  const { t } = useTranslation();
  if (gone.length === 0) return null;
  return (
    <div className={styles.unmatched} role="note">
      <Icon name="warning" />
      <div>
        <p>
          <b>{t('outgoing.recipients.goneTitle', { count: gone.length, name })}</b> {t('outgoing.recipients.goneText')}
        </p>
        <ul>
          {gone.map((member) => (
            <li key={member.code}>{member.name}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
