import { useTranslation } from 'react-i18next';
import type { Overview } from '#shared/contract/office.ts';
import { useCall } from '../../api/use-call.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { settingsSections } from '../navigation/places.ts';
import type { SettingsSection } from '../navigation/places.ts';
import { AboutPanel } from './about-panel.tsx';
import { AppearancePanel } from './appearance-panel.tsx';
import { BooksPanel } from './books-panel.tsx';
import { CertificatesPanel } from './certificates-panel.tsx';
import { OfficePanel } from './office-panel.tsx';
import { ServerPanel } from './server-panel.tsx';
import { SetAsidePanel } from './set-aside-panel.tsx';
import styles from './settings.module.css';

interface SettingsScreenProps {
  readonly section: SettingsSection;
  readonly onSection: (section: SettingsSection) => void;
}

export function SettingsScreen({ section, onSection }: SettingsScreenProps) {
  const { t } = useTranslation();
  const overview = useCall('office.overview', {});
  return (
    <div className={styles.screen}>
      <div className={styles.side}>
        <h1>{t('frame.settings')}</h1>
        <ul aria-label={t('settings.sections')}>
          {settingsSections.map((each) => (
            <li key={each}>
              <button
                type="button"
                className={styles.link}
                aria-current={each === section ? 'page' : undefined}
                onClick={() => onSection(each)}
              >
                {t(`settings.${each}.title`)}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <div className={styles.content}>
        {overview.error ? <ErrorNote failure={overview.error} onRetry={() => void overview.refetch()} /> : null}
        {overview.data ? <SectionPanel section={section} overview={overview.data} /> : null}
      </div>
    </div>
  );
}

function SectionPanel({ section, overview }: { readonly section: SettingsSection; readonly overview: Overview }) {
  switch (section) {
    case 'office':
      return <OfficePanel key={overview.agency?.code} overview={overview} />;
    case 'server':
      return (
        <>
          <SetAsidePanel />
          <ServerPanel key={overview.serverUrl} overview={overview} />
        </>
      );
    case 'certificates':
      return <CertificatesPanel />;
    case 'books':
      return <BooksPanel />;
    case 'appearance':
      return <AppearancePanel />;
    case 'about':
      return <AboutPanel />;
  }
}
