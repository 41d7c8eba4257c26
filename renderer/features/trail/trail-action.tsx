import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button.tsx';
import { useNavigation } from '../navigation/navigation.tsx';
import { useIsAdministrator } from './use-is-administrator.ts';
import styles from './trail.module.css';

/** From the history of a document to its rows in the trail, for an administrator. */
export function TrailAction({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  if (!useIsAdministrator()) return null;
  return (
    <div className={styles.action}>
      <Button
        variant="quiet"
        icon="clock"
        onClick={() => go({ screen: 'settings', section: 'audit', trail: { documentId: id } })}
      >
        {t('trail.ofDocument')}
      </Button>
    </div>
  );
}
