import { useTranslation } from 'react-i18next';
import { CheckBox } from '../../components/check-box.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Panel } from './panel.tsx';
import { useChangeSettings, useSettings } from './use-settings.ts';

const switches = ['expressSound', 'staysInTray'] as const;

/** How an express document makes itself felt at this machine. */
export function AlertsPanel() {
  const { t } = useTranslation();
  const settings = useSettings();
  const { change, command } = useChangeSettings();
  return (
    <Panel title={t('settings.alerts.title')} text={t('settings.alerts.text')}>
      <div>
        {switches.map((name) => (
          <CheckBox
            key={name}
            label={t(`settings.alerts.${name}`)}
            checked={settings[name]}
            onChange={(checked) => void change({ [name]: checked })}
          />
        ))}
      </div>
      {command.failure ? <ErrorNote failure={command.failure} /> : null}
    </Panel>
  );
}
