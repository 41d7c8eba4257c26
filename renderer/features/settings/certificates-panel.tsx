import { formatInstantDay } from '#shared/domain/vn-date.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Certificate } from '#shared/contract/certificates.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { Icon } from '../../components/icon.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Tag } from '../../components/tag.tsx';
import { useNow } from '../../i18n/use-now.ts';
import { AddCertificate } from './add-certificate.tsx';
import { Panel } from './panel.tsx';
import styles from './settings.module.css';

/** The signing certificates of persons and of the agency: where their files are, never the keys. */
export function CertificatesPanel() {
  const { t } = useTranslation();
  const list = useCall('certificates.list', {});
  const [adding, setAdding] = useState<Certificate['role'] | null>(null);
  const [removing, setRemoving] = useState<Certificate | null>(null);
  const certificates = list.data?.certificates ?? [];
  return (
    <Panel title={t('settings.certificates.title')} text={t('settings.certificates.text')}>
      {list.error ? <ErrorNote failure={list.error} onRetry={() => void list.refetch()} /> : null}
      {certificates.length > 0 ? (
        <ul className={styles.cards}>
          {certificates.map((certificate) => (
            <CertificateLine key={certificate.id} certificate={certificate} onRemove={() => setRemoving(certificate)} />
          ))}
        </ul>
      ) : null}
      {list.data && certificates.length === 0 ? <p className={styles.none}>{t('settings.certificates.none')}</p> : null}
      <div className={styles.actions}>
        <Button icon="plus" onClick={() => setAdding('person')}>
          {t('settings.certificates.addPerson')}
        </Button>
        <Button icon="plus" onClick={() => setAdding('seal')}>
          {t('settings.certificates.addSeal')}
        </Button>
      </div>
      {adding ? <AddCertificate role={adding} onClose={() => setAdding(null)} /> : null}
      {removing ? <RemoveCertificate certificate={removing} onClose={() => setRemoving(null)} /> : null}
    </Panel>
  );
}

interface CertificateLineProps {
  readonly certificate: Certificate;
  readonly onRemove: () => void;
}

const WARN_DAYS = 30;
const DAY_MS = 86_400_000;

function CertificateLine({ certificate, onRemove }: CertificateLineProps) {
  const { t } = useTranslation();
  const left = (Date.parse(certificate.notAfter) - useNow()) / DAY_MS;
  const until = t('settings.certificates.until', { date: formatInstantDay(certificate.notAfter) });
  return (
    <li className={styles.card}>
      <Icon name={certificate.role === 'seal' ? 'agencies' : 'pen'} />
      <div className={styles.cardText}>
        <p className={styles.cardTitle}>{certificate.subject}</p>
        <p className={styles.soft}>
          {t(`settings.certificates.role.${certificate.role}`)} · {certificate.organisation || certificate.issuer}
        </p>
        <p className={styles.soft}>
          {certificate.fileName} ·{' '}
          {t(certificate.hasImage ? 'settings.certificates.image' : 'settings.certificates.noImage')}
        </p>
        {left < 0 ? <Tag tone="urgent">{t('settings.certificates.expired')}</Tag> : null}
        {left >= 0 ? <Tag tone={left < WARN_DAYS ? 'warn' : 'plain'}>{until}</Tag> : null}
      </div>
      <Button onClick={onRemove}>{t('settings.certificates.remove')}</Button>
    </li>
  );
}

function RemoveCertificate({
  certificate,
  onClose,
}: {
  readonly certificate: Certificate;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const notify = useNotify();
  const remove = useCommand('certificates.remove');
  const run = async () => {
    const outcome = await remove.run({ id: certificate.id });
    if (!outcome.ok) return;
    notify({ text: t('settings.certificates.removed', { name: certificate.subject }) });
    onClose();
  };
  return (
    <Dialog
      title={t('settings.certificates.removeTitle', { name: certificate.subject })}
      consequence={t('settings.certificates.removeText')}
      action={{
        label: t('settings.certificates.removeAction'),
        run: () => void run(),
        busy: remove.busy,
        danger: true,
      }}
      onClose={onClose}
    >
      {remove.failure ? <ErrorNote failure={remove.failure} /> : null}
    </Dialog>
  );
}
