import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '#shared/contract/certificates.ts';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { Select } from '../../components/select.tsx';
import { TextField } from '../../components/text-field.tsx';
import { formatInstantDay } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { Note } from '../document/note.tsx';
import styles from './dialogs.module.css';

interface SignDialogProps {
  readonly detail: OutgoingDetail;
  /** `sign` with a person's certificate, `seal` with the agency's. */
  readonly step: 'sign' | 'seal';
  readonly onClose: () => void;
  readonly onOpenCertificates: () => void;
}

/** Asks for certificate and password. The password lives in this dialog only, and is emptied when it was wrong. */
export function SignDialog({ detail, step, onClose, onOpenCertificates }: SignDialogProps) {
  const { t } = useTranslation();
  const now = useNow();
  const notify = useNotify();
  const body = useRef<HTMLDivElement>(null);
  const role = step === 'sign' ? 'person' : 'seal';
  const kind = step === 'sign' ? 'Person' : 'Seal';
  const list = useCall('certificates.list', {});
  const sign = useCommand('outgoing.sign');
  const seal = useCommand('outgoing.seal');
  const command = step === 'sign' ? sign : seal;
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [password, setPassword] = useState('');

  const certificates = (list.data?.certificates ?? []).filter((certificate) => certificate.role === role);
  const expired = (certificate: Certificate): boolean => Date.parse(certificate.notAfter) < now;
  const chosen =
    certificates.find(({ id }) => id === chosenId) ?? certificates.find((each) => !expired(each)) ?? certificates[0];

  const run = async (): Promise<void> => {
    if (chosen === undefined) return;
    const outcome = await command.run({ id: detail.id, revision: detail.revision, certificateId: chosen.id, password });
    setPassword('');
    if (!outcome.ok) {
      body.current?.querySelector<HTMLElement>('input[type="password"]')?.focus();
      return;
    }
    notify({
      tone: 'good',
      text: t(step === 'sign' ? 'outgoing.pane.toast.signed' : 'outgoing.pane.toast.sealed', { code: detail.codeText }),
    });
    onClose();
  };

  const title = t(`outgoing.sign.title${kind}`, { code: detail.codeText });
  if (list.data !== undefined && chosen === undefined) {
    return (
      <Dialog title={title} onClose={onClose} closeLabel={t('common.close')}>
        <p>{t(`outgoing.sign.none${kind}`)}</p>
        <p>{t('outgoing.sign.noneNext')}</p>
        <div>
          <Button
            icon="key"
            onClick={() => {
              onClose();
              onOpenCertificates();
            }}
          >
            {t('outgoing.sign.openCertificates')}
          </Button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog
      title={title}
      consequence={t(`outgoing.sign.consequence${kind}`)}
      action={{
        label: t(command.busy ? `outgoing.sign.working${kind}` : `outgoing.sign.confirm${kind}`),
        run: () => void run(),
        busy: command.busy,
        disabled: chosen === undefined || password === '',
      }}
      onClose={onClose}
    >
      {list.error !== null && <ErrorNote failure={list.error} onRetry={() => void list.refetch()} />}
      {list.data === undefined && list.error === null && <ProgressLine label={t('common.loading')} />}
      {chosen !== undefined && (
        <div ref={body} className={styles.fields}>
          <Select
            label={t('outgoing.sign.certificate')}
            value={chosen.id}
            options={certificates.map((certificate) => ({
              value: certificate.id,
              label: `${certificate.subject} · ${t(
                expired(certificate) ? 'outgoing.sign.expired' : 'outgoing.sign.validUntil',
                {
                  date: formatInstantDay(certificate.notAfter),
                },
              )}`,
            }))}
            onChange={setChosenId}
            help={[chosen.organisation, chosen.issuer].filter((part) => part !== '').join(' · ')}
            disabled={command.busy}
          />
          {expired(chosen) && <Note title={t('outgoing.sign.expiredNote')} />}
          <TextField
            label={t('outgoing.sign.password')}
            type="password"
            value={password}
            onChange={setPassword}
            help={t('outgoing.sign.passwordHint')}
            maxLength={200}
            autoFocus
            readOnly={command.busy}
          />
          {command.failure !== null && <ErrorNote failure={command.failure} />}
        </div>
      )}
    </Dialog>
  );
}
