import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Tag } from '../../components/tag.tsx';
import { Note } from '../document/note.tsx';
import styles from './dialogs.module.css';

interface SendDialogProps {
  readonly detail: OutgoingDetail;
  readonly onClose: () => void;
}

const NAMES_SHOWN = 5;

/** Asks before the document leaves: to whom, and what happens when there is no connection. */
export function SendDialog({ detail, onClose }: SendDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const line = useCall('exchange.line', {}).data;
  const send = useCommand('outgoing.send');
  const count = detail.deliveries.length;
  // Those that need paper first: they are what she must still do something for.
  const shown = detail.deliveries
    .toSorted((one, other) => Number(other.paperNeeded) - Number(one.paperNeeded))
    .slice(0, NAMES_SHOWN);
  const papers = detail.deliveries.filter(({ paperNeeded }) => paperNeeded).length;

  const run = async (): Promise<void> => {
    const outcome = await send.run({ id: detail.id, revision: detail.revision });
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('outgoing.pane.toast.queued', { count }) });
    onClose();
  };

  return (
    <Dialog
      title={t('outgoing.send.title', { code: detail.codeText })}
      consequence={t('outgoing.send.text', { count })}
      action={{ label: t('outgoing.send.confirm', { count }), run: () => void run(), busy: send.busy }}
      onClose={onClose}
    >
      <ul className={styles.names}>
        {shown.map(({ agencyCode, agencyName, paperNeeded }) => (
          <li key={agencyCode}>
            {agencyName} {paperNeeded ? <Tag tone="warn">{t('paper.needed')}</Tag> : null}
          </li>
        ))}
        {count > shown.length && <li>{t('outgoing.send.andMore', { count: count - shown.length })}</li>}
      </ul>
      {papers > 0 && <p>{t('paper.sendNeeds', { count: papers })}</p>}
      {line?.state === 'offline' && (
        <Note tone="plain" icon="offline" title={t('outgoing.send.offlineTitle')}>
          {t('outgoing.send.offline')}
        </Note>
      )}
      {line?.state === 'not-enrolled' && (
        <Note title={t('outgoing.send.notEnrolledTitle')}>{t('outgoing.send.notEnrolled')}</Note>
      )}
      {send.failure !== null && <ErrorNote failure={send.failure} />}
    </Dialog>
  );
}
