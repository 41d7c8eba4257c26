import { useTranslation } from 'react-i18next';
import type { TrailFilter } from '#shared/contract/audit.ts';
import type { OfficeIdentity } from '#shared/contract/office.ts';
import { useCall } from '../../api/use-call.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { settingsSections } from '../navigation/places.ts';
import type { SettingsSection } from '../navigation/places.ts';
import { TrailPanel } from '../trail/trail-panel.tsx';
import { useIsAdministrator } from '../trail/use-is-administrator.ts';
import { AboutPanel } from './about-panel.tsx';
import { AlertsPanel } from './alerts-panel.tsx';
import { AppearancePanel } from './appearance-panel.tsx';
import { BackupPanel } from './backup-panel.tsx';
import { BooksPanel } from './books-panel.tsx';
import { CertificatesPanel } from './certificates-panel.tsx';
import { NotationsPanel } from './notations-panel.tsx';
import { OfficePanel } from './office-panel.tsx';
import { PaperPanel } from './paper-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { ServerPanel } from './server-panel.tsx';
import { SetAsidePanel } from './set-aside-panel.tsx';
import { StoragePanel } from './storage-panel.tsx';
import styles from './settings.module.css';

interface SettingsScreenProps {
  readonly section: SettingsSection;
  readonly onSection: (section: SettingsSection) => void;
  readonly trail: TrailFilter;
  readonly onTrail: (filter: TrailFilter) => void;
}

export function SettingsScreen({ section, onSection, trail, onTrail }: SettingsScreenProps) {
  const { t } = useTranslation();
  const identity = useCall('office.identity', {});
  const isAdministrator = useIsAdministrator();
  return (
    <div className={styles.screen}>
      <div className={styles.side}>
        <h1>{t('frame.settings')}</h1>
        <ul aria-label={t('settings.sections')}>
          {settingsSections
            .filter((each) => each !== 'audit' || isAdministrator)
            .map((each) => (
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
      {section === 'audit' ? (
        <div className={styles.whole}>
          <TrailPanel filter={trail} onFilter={onTrail} />
        </div>
      ) : (
        <div className={styles.content}>
          {identity.error ? <ErrorNote failure={identity.error} onRetry={() => void identity.refetch()} /> : null}
          {identity.data ? <SectionPanel section={section} office={identity.data} /> : null}
        </div>
      )}
    </div>
  );
}

interface SectionPanelProps {
  readonly section: Exclude<SettingsSection, 'audit'>;
  readonly office: OfficeIdentity;
}

function SectionPanel({ section, office }: SectionPanelProps) {
  switch (section) {
    case 'office':
      return <OfficePanel key={office.agency?.code} office={office} />;
    case 'people':
      return <PeoplePanel />;
    case 'server':
      return (
        <>
          <ServerPanel key={office.serverUrl} office={office} />
          <SetAsidePanel />
        </>
      );
    case 'certificates':
      return <CertificatesPanel />;
    case 'books':
      return (
        <>
          <BooksPanel />
          <NotationsPanel />
        </>
      );
    case 'paper':
      return <PaperPanel />;
    case 'backup':
      return (
        <>
          <BackupPanel />
          <StoragePanel />
        </>
      );
    case 'appearance':
      return (
        <>
          <AppearancePanel />
          <AlertsPanel />
        </>
      );
    case 'about':
      return <AboutPanel />;
  }
}
