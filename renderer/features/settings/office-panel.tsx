import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfficeIdentity } from '#shared/contract/office.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextField } from '../../components/text-field.tsx';
import { Panel } from './panel.tsx';
import styles from './settings.module.css';

interface OfficePanelProps {
  readonly office: OfficeIdentity;
  readonly onDone?: () => void;
}

/** Name and code of the agency. An enrolled office has them from the exchange and cannot change them. */
export function OfficePanel({ office, onDone }: OfficePanelProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const [name, setName] = useState(office.agency?.name ?? '');
  const [code, setCode] = useState(office.agency?.code ?? '');
  const [tried, setTried] = useState(false);
  const setUp = useCommand('office.setUp');
  const fixed = office.enrolled;

  const save = async () => {
    setTried(true);
    if (name.trim() === '' || code.trim() === '') return;
    const outcome = await setUp.run({ agencyName: name.trim(), agencyCode: code.trim() });
    if (!outcome.ok) return;
    // The next step of the set-up says enough.
    if (onDone) onDone();
    else notify({ text: t('settings.office.saved'), tone: 'good' });
  };
  const missing = (value: string) => (tried && value.trim() === '' ? t('common.required') : null);
  return (
    <Panel title={t('settings.office.title')} text={t(fixed ? 'settings.office.fixed' : 'settings.office.text')}>
      <form
        className={styles.form}
        noValidate
        // Enter in a field does nothing: only the button acts.
        onSubmit={(event) => event.preventDefault()}
      >
        <TextField
          label={t('settings.office.name')}
          value={name}
          onChange={setName}
          maxLength={200}
          readOnly={fixed}
          required
          error={missing(name)}
          wide
        />
        <TextField
          label={t('settings.office.code')}
          help={t('settings.office.codeHelp')}
          value={code}
          onChange={setCode}
          maxLength={50}
          readOnly={fixed}
          required
          error={missing(code)}
          wide
        />
        {setUp.failure ? <ErrorNote failure={setUp.failure} /> : null}
        {fixed ? null : (
          <div className={styles.actions}>
            <Button variant={onDone ? 'main' : 'plain'} busy={setUp.busy} onClick={() => void save()}>
              {t(onDone ? 'settings.office.start' : 'common.save')}
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
