import { useTranslation } from 'react-i18next';
import type { Settings } from '#shared/contract/shell.ts';
import { ErrorNote } from '../../components/error-note.tsx';
import { Select } from '../../components/select.tsx';
import { Panel } from './panel.tsx';
import { useChangeSettings, useSettings } from './use-settings.ts';
import styles from './settings.module.css';

const locales: readonly Settings['locale'][] = ['vi', 'en'];
const themes: readonly Settings['theme'][] = ['system', 'light', 'dark', 'high-contrast'];

export function AppearancePanel() {
  const { t } = useTranslation();
  const settings = useSettings();
  const { change, command } = useChangeSettings();
  return (
    <Panel title={t('settings.appearance.title')}>
      <div className={styles.form}>
        <Select
          label={t('settings.appearance.language')}
          value={settings.locale}
          options={locales.map((value) => ({ value, label: t(`settings.appearance.locale.${value}`) }))}
          onChange={(locale) => void change({ locale })}
          wide
        />
        <Select
          label={t('settings.appearance.theme')}
          value={settings.theme}
          options={themes.map((value) => ({
            value,
            label: t(`settings.appearance.themes.${value}`),
          }))}
          onChange={(theme) => void change({ theme })}
          wide
        />
        {command.failure ? <ErrorNote failure={command.failure} /> : null}
      </div>
    </Panel>
  );
}
