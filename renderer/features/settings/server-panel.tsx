import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfficeIdentity } from '#shared/contract/office.ts';
import { call } from '../../api/api.ts';
import { toCallFailure } from '../../api/call-failure.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextField } from '../../components/text-field.tsx';
import type { FailureLike } from '../../i18n/describe-error.ts';
import { Panel } from './panel.tsx';
import { normaliseServerUrl } from './server-url.ts';
import styles from './settings.module.css';

interface ServerPanelProps {
  readonly office: OfficeIdentity;
  readonly onDone?: () => void;
}

type Check =
  { readonly state: 'none' | 'checking' | 'good' } | { readonly state: 'bad'; readonly failure: FailureLike };

/** Address of the exchange, a test of it, and enrolment of this workstation by its one-time code. */
export function ServerPanel({ office, onDone }: ServerPanelProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const [url, setUrl] = useState(office.serverUrl ?? '');
  const [code, setCode] = useState('');
  const [workstation, setWorkstation] = useState('');
  const [tried, setTried] = useState(false);
  const [check, setCheck] = useState<Check>({ state: 'none' });
  const enrol = useCommand('exchange.enrol');
  const serverUrl = normaliseServerUrl(url);

  const test = async () => {
    if (serverUrl === null) {
      setTried(true);
      return;
    }
    setCheck({ state: 'checking' });
    try {
      const { reachable, code: reason } = await call('exchange.check', { serverUrl });
      setCheck(reachable ? { state: 'good' } : { state: 'bad', failure: { code: reason ?? 'EXCHANGE_UNREACHABLE' } });
    } catch (thrown) {
      setCheck({ state: 'bad', failure: toCallFailure(thrown) });
    }
  };
  const send = async () => {
    setTried(true);
    if (serverUrl === null || code.trim().length < 4 || workstation.trim() === '') return;
    const outcome = await enrol.run({ serverUrl, code: code.trim(), workstationName: workstation.trim() });
    if (!outcome.ok) return;
    notify({ text: t('settings.server.done', { name: outcome.value.agency.name }), tone: 'good' });
    onDone?.();
  };
  const urlError = tried && serverUrl === null ? t('settings.server.urlWrong') : null;

  return (
    <Panel
      title={t('settings.server.title')}
      text={
        office.enrolled ? t('settings.server.enrolled', { name: office.agency?.name ?? '' }) : t('settings.server.text')
      }
    >
      <form
        className={styles.form}
        noValidate
        // Enter in a field does nothing: only the button acts.
        onSubmit={(event) => event.preventDefault()}
      >
        <TextField
          label={t('settings.server.url')}
          help={office.enrolled ? undefined : t('settings.server.urlHelp')}
          type="url"
          value={url}
          onChange={(value) => {
            setUrl(value);
            setCheck({ state: 'none' });
          }}
          maxLength={300}
          readOnly={office.enrolled}
          required
          error={urlError}
          wide
        />
        <div className={styles.actions}>
          <Button onClick={() => void test()} busy={check.state === 'checking'}>
            {t(check.state === 'checking' ? 'settings.server.checking' : 'settings.server.check')}
          </Button>
          <span role="status" className={styles.result}>
            {check.state === 'good' ? (
              <>
                <Icon name="check" /> {t('settings.server.good')}
              </>
            ) : null}
          </span>
        </div>
        {check.state === 'bad' ? <ErrorNote failure={check.failure} /> : null}
        {office.enrolled ? null : (
          <>
            <TextField
              label={t('settings.server.code')}
              help={t('settings.server.codeHelp')}
              value={code}
              onChange={setCode}
              maxLength={200}
              required
              error={tried && code.trim().length < 4 ? t('common.required') : null}
              wide
            />
            <TextField
              label={t('settings.server.workstation')}
              help={t('settings.server.workstationHelp')}
              value={workstation}
              onChange={setWorkstation}
              maxLength={200}
              required
              error={tried && workstation.trim() === '' ? t('common.required') : null}
              wide
            />
            {enrol.failure ? <ErrorNote failure={enrol.failure} /> : null}
            <div className={styles.actions}>
              <Button variant="main" busy={enrol.busy} onClick={() => void send()}>
                {t('settings.server.enrol')}
              </Button>
            </div>
          </>
        )}
      </form>
    </Panel>
  );
}
