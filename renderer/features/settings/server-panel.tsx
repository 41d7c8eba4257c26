import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfficeIdentity } from '#shared/contract/office.ts';
import { call } from '../../api/api.ts';
import { toCallFailure } from '../../api/call-failure.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
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

/** What only a person may decide: the books go on under another agency, or take the place of those it has. */
type Decision = 'merge' | 'replace';

function decisionAfter(code: string | undefined): Decision | null {
  if (code === 'AGENCY_DIFFERS') return 'merge';
  return code === 'REGISTER_EXISTS' || code === 'REGISTER_OUTDATED' ? 'replace' : null;
}

/** Address of the exchange, a test of it, and enrolment of this workstation by its one-time code. */
export function ServerPanel({ office, onDone }: ServerPanelProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const [url, setUrl] = useState(office.serverUrl ?? '');
  const [code, setCode] = useState('');
  const [workstation, setWorkstation] = useState('');
  const [tried, setTried] = useState(false);
  const [check, setCheck] = useState<Check>({ state: 'none' });
  const [asking, setAsking] = useState<Decision | null>(null);
  const [merging, setMerging] = useState(false);
  const enrol = useCommand('exchange.enrol');
  const refused = useCall('exchange.line', {}).data?.state === 'blocked';
  const isOpen = !office.enrolled || refused;
  const decision = decisionAfter(enrol.failure?.code);
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
  const send = async (decided: Decision | null = null) => {
    setTried(true);
    if (serverUrl === null || code.trim().length < 4 || workstation.trim() === '') return;
    const outcome = await enrol.run({
      serverUrl,
      code: code.trim(),
      workstationName: workstation.trim(),
      // A decision is for the question that was asked; one that follows asks anew, and keeps the first.
      mergeAgency: decided === 'merge' || merging,
      replaceRegister: decided === 'replace',
    });
    setMerging(decided === 'merge' || merging);
    setAsking(null);
    if (!outcome.ok) return;
    notify({ text: t('settings.server.done', { name: outcome.value.agency.name }), tone: 'good' });
    onDone?.();
  };
  const urlError = tried && serverUrl === null ? t('settings.server.urlWrong') : null;

  return (
    <Panel
      title={t('settings.server.title')}
      text={
        refused
          ? t('settings.server.refused')
          : office.enrolled
            ? t('settings.server.enrolled', { name: office.agency?.name ?? '' })
            : t('settings.server.text')
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
          help={!isOpen ? undefined : t('settings.server.urlHelp')}
          type="url"
          value={url}
          onChange={(value) => {
            setUrl(value);
            setCheck({ state: 'none' });
          }}
          maxLength={300}
          readOnly={!isOpen}
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
        {isOpen ? (
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
              {decision === null ? null : (
                <Button onClick={() => setAsking(decision)}>{t(`settings.server.${decision}`)}</Button>
              )}
            </div>
          </>
        ) : null}
      </form>
      {asking === null ? null : (
        <Dialog
          title={t(`settings.server.${asking}Title`)}
          consequence={t(`settings.server.${asking}Text`)}
          action={{
            label: t(`settings.server.${asking}Confirm`),
            run: () => void send(asking),
            busy: enrol.busy,
            danger: true,
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </Panel>
  );
}
