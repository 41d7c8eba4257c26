import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { useNavigation } from '../navigation/navigation.tsx';
import { Panel } from './panel.tsx';
import styles from './settings.module.css';

export function AboutPanel() {
  const { t } = useTranslation();
  const notify = useNotify();
  const { go } = useNavigation();
  const info = useCall('app.info', {}).data;
  const diagnostics = useCommand('app.exportDiagnostics');
  const run = async () => {
    const outcome = await diagnostics.run({});
    if (outcome.ok && outcome.value.saved) notify({ text: t('frame.broken.saved'), tone: 'good' });
  };
  return (
    <Panel title={t('settings.about.title')} text={t('settings.about.text')}>
      {info ? <p>{t('settings.about.version', { version: info.version, electron: info.electron })}</p> : null}
      <div className={styles.actions}>
        <Button onClick={() => go({ screen: 'feedback', writes: true })}>{t('feedback.write')}</Button>
        <Button onClick={() => void run()} busy={diagnostics.busy}>
          {t('frame.broken.diagnostics')}
        </Button>
      </div>
      {diagnostics.failure ? <ErrorNote failure={diagnostics.failure} /> : null}
    </Panel>
  );
}
