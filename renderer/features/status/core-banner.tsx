import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEvent } from '../../api/api-provider.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import styles from './core-banner.module.css';

/** A quiet line while the process that keeps the registers restarts; it goes away by itself. */
export function CoreBanner() {
  const { t } = useTranslation();
  const [available, setAvailable] = useState(true);
  useEvent('core.available', (payload) => setAvailable(payload.available));
  return (
    <div role="status">
      {available ? null : (
        <div className={styles.banner}>
          <ProgressLine label={t('status.restarting')} />
        </div>
      )}
    </div>
  );
}
