import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInRules } from '#shared/contract/people.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Panel } from './panel.tsx';

/** Whether people sign in, and how. Shown to those who may decide it. */
export function SignInPanel() {
  const { t } = useTranslation();
  const accounts = useCall('people.accounts', {});
  if (accounts.error?.code === 'NOT_ALLOWED') return null;
  return (
    <Panel title={t('people.signIn')} text={t('people.signInText')}>
      {accounts.error ? <ErrorNote failure={accounts.error} onRetry={() => void accounts.refetch()} /> : null}
      {accounts.data ? <RulesForm key={JSON.stringify(accounts.data.rules)} kept={accounts.data.rules} /> : null}
    </Panel>
  );
}

const isMinutes = (text: string): boolean => /^\d{1,3}$/u.test(text) && Number(text) >= 1 && Number(text) <= 480;

function RulesForm({ kept }: { readonly kept: SignInRules }) {
  const { t } = useTranslation();
  const notify = useNotify();
  const save = useCommand('people.saveSignIn');
  const [required, setRequired] = useState(kept.required);
  const [byAccount, setByAccount] = useState(kept.byAccount);
  const [idle, setIdle] = useState(kept.idleMinutes === null ? '' : String(kept.idleMinutes));
  const minutes = idle.trim();
  const isWrong = minutes !== '' && !isMinutes(minutes);
  const run = async (): Promise<void> => {
    const idleMinutes = minutes === '' ? null : Number(minutes);
    const outcome = await save.run({ required, byAccount, idleMinutes });
    if (outcome.ok) notify({ tone: 'good', text: t('people.signInSaved') });
  };
  return (
    <>
      <CheckBox label={t('people.required')} checked={required} onChange={setRequired} />
      {required ? (
        <>
          <CheckBox label={t('people.byAccount')} checked={byAccount} onChange={setByAccount} />
          <TextField
            label={t('people.idleMinutes')}
            help={t('people.idleHelp')}
            value={idle}
            onChange={setIdle}
            maxLength={3}
            {...(isWrong ? { error: t('people.idleWrong') } : {})}
          />
        </>
      ) : null}
      <div>
        <Button busy={save.busy} disabled={isWrong} onClick={() => void run()}>
          {t('people.saveSignIn')}
        </Button>
      </div>
      {save.failure === null ? null : <ErrorNote failure={save.failure} />}
    </>
  );
}
