import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/icon.tsx';
import styles from './hidden-text.module.css';

/** "(phạm vi hẹp)" with a lock, in the place of words that are not for whoever looks. */
export function HiddenText() {
  const { t } = useTranslation();
  return (
    <span className={styles.hidden}>
      <Icon name="lock" size={13} /> {t('access.hidden')}
    </span>
  );
}
