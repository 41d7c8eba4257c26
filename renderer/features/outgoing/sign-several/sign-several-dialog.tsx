import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingRow } from '#shared/contract/outgoing.ts';
import { useCall } from '../../../api/use-call.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { ErrorNote } from '../../../components/error-note.tsx';
import { Icon } from '../../../components/icon.tsx';
import { useNotify } from '../../../components/notices.tsx';
import { ProgressLine } from '../../../components/progress-line.tsx';
import { describeError } from '../../../i18n/describe-error.ts';
import { useNavigation } from '../../navigation/navigation.tsx';
import { keyChoice } from '../issue/key-choice.ts';
import { KeyFields } from '../issue/key-fields.tsx';
import { useSignSeveral, type RowProgress, type SeveralStep } from './use-sign-several.ts';
import styles from './sign-several.module.css';

interface SignSeveralDialogProps {
  readonly step: SeveralStep;
  readonly rows: readonly OutgoingRow[];
  readonly onClose: () => void;
}

/** Signs or seals the chosen documents with one password, and says of each that was not signed why. */
export function SignSeveralDialog({ step, rows, onClose }: SignSeveralDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const { go } = useNavigation();
  const signing = useSignSeveral(step, rows);
  const certificates = useCall('certificates.list', {}).data?.certificates;
  const [now] = useState(() => Date.now());
  const [wanted, setWanted] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const kind = step === 'sign' ? 'person' : 'seal';
  const choice = keyChoice(kind, undefined, certificates, wanted, now);
  // Of one there is nothing to choose.
  const keyId = wanted ?? (choice.usable.length === 1 ? (choice.usable[0]?.id ?? null) : null);
  const { progress, busy, failure } = signing;
  const taken = rows.filter(({ id }) => progress.get(id) === 'taken').length;
  const left = rows.length - taken;

  // What is left to type is the password, at first and after a wrong one.
  const keys = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!busy && keyId !== null) keys.current?.querySelector<HTMLElement>('input[type="password"]')?.focus();
  }, [busy, keyId]);

  const run = async (): Promise<void> => {
    if (keyId === null) return;
    const open = await signing.run({ id: keyId, password });
    if (open === null) setPassword('');
    if (open !== 0) return;
    notify({ tone: 'good', text: t(`outgoing.several.done.${step}`, { count: rows.length }) });
    onClose();
  };

  return (
    <Dialog
      title={t(`outgoing.several.title.${step}`, { count: rows.length })}
      consequence={t('outgoing.several.text')}
      width="wide"
      action={{
        label: t(`outgoing.several.${taken > 0 ? 'goOn' : 'title'}.${step}`, { count: left }),
        run: () => void run(),
        busy,
        disabled: keyId === null || password === '' || left === 0,
      }}
      closeLabel={t('common.close')}
      onClose={onClose}
    >
      <div ref={keys} className={styles.keys}>
        <KeyFields
          kind={kind}
          choice={choice}
          chosenId={keyId}
          password={password}
          disabled={busy}
          onChoose={setWanted}
          onPassword={setPassword}
          onOpenCertificates={() => {
            onClose();
            go({ screen: 'settings', section: 'certificates' });
          }}
        />
      </div>
      {failure !== null && <ErrorNote failure={failure} />}
      {busy && (
        <div className={styles.running}>
          <ProgressLine
            label={t(`outgoing.several.running.${step}`, { done: taken, count: rows.length })}
            value={taken / rows.length}
          />
          <Button onClick={signing.stop}>{t('outgoing.several.stop')}</Button>
        </div>
      )}
      <ol className={styles.rows} aria-live="polite">
        {rows.map((row) => (
          <li key={row.id}>
            <b>{row.codeText}</b>
            <span className={styles.abstract}>{row.abstract}</span>
            <Progress step={step} progress={progress.get(row.id) ?? 'waiting'} />
          </li>
        ))}
      </ol>
    </Dialog>
  );
}

function Progress({ step, progress }: { readonly step: SeveralStep; readonly progress: RowProgress }) {
  const { t } = useTranslation();
  if (progress === 'waiting') return <span className={styles.state}>{t('outgoing.several.waiting')}</span>;
  if (progress === 'running') return <span className={styles.state}>{t(`outgoing.several.working.${step}`)}</span>;
  if (progress === 'taken') {
    return (
      <span className={styles.state} data-tone="good">
        <Icon name="check" size={14} /> {t(`outgoing.several.taken.${step}`)}
      </span>
    );
  }
  const { what, next } = describeError(t, progress);
  return (
    <span className={styles.why}>
      <Icon name="warning" size={14} /> {what} {next}
    </span>
  );
}
