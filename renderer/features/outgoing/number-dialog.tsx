import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { formatNumber, isPrintedNumber } from '#shared/domain/notation.ts';
import { urgencyStampText, type UrgencyStampOutlook } from '#shared/domain/urgency-stamp.ts';
import { useCall } from '../../api/use-call.ts';
import { useCommand } from '../../api/use-command.ts';
import { CheckBox } from '../../components/check-box.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { ProgressLine } from '../../components/progress-line.tsx';
import { Note } from '../document/note.tsx';
import styles from './dialogs.module.css';

interface NumberDialogProps {
  readonly detail: OutgoingDetail;
  readonly onClose: () => void;
}

/** Asks before a number is taken: shows which it will be, and that it cannot be used again. */
export function NumberDialog({ detail, onClose }: NumberDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const next = useCall('outgoing.nextNumber', { id: detail.id });
  const assign = useCommand('outgoing.assignNumber');
  const [stamped, setStamped] = useState(true);
  const printed = detail.fields.printedNumber;
  const number = next.data === undefined ? null : formatNumber(next.data.number);
  const differs = next.data !== undefined && printed !== '' && !isPrintedNumber(printed, next.data.number);

  const run = async (): Promise<void> => {
    const outcome = await assign.run({ id: detail.id, revision: detail.revision, urgencyStamp: stamped });
    if (!outcome.ok) {
      void next.refetch();
      return;
    }
    notify({ tone: 'good', text: t('outgoing.pane.toast.numbered', { code: outcome.value.codeText }) });
    onClose();
  };

  return (
    <Dialog
      title={t('outgoing.number.title')}
      consequence={
        next.data === undefined
          ? undefined
          : t('outgoing.number.consequence', { book: next.data.bookName, year: next.data.year })
      }
      action={{
        label: number === null ? t('outgoing.number.title') : t('outgoing.number.confirm', { number }),
        run: () => void run(),
        busy: assign.busy,
        disabled: number === null,
      }}
      onClose={onClose}
    >
      {next.error !== null && <ErrorNote failure={next.error} onRetry={() => void next.refetch()} />}
      {next.data === undefined && next.error === null && <ProgressLine label={t('outgoing.number.loading')} />}
      {next.data !== undefined && (
        <p className={styles.code}>
          <span>{t('outgoing.number.lead')}</span>
          <strong>{next.data.codeText}</strong>
        </p>
      )}
      {differs && <Note title={t('outgoing.number.printed', { printed, next: number })} />}
      {next.data !== undefined && (
        <UrgencyStampChoice detail={detail} outlook={next.data.urgencyStamp} stamped={stamped} onChange={setStamped} />
      )}
      {assign.failure !== null && <ErrorNote failure={assign.failure} />}
    </Dialog>
  );
}

interface UrgencyStampChoiceProps {
  readonly detail: OutgoingDetail;
  readonly outlook: UrgencyStampOutlook;
  readonly stamped: boolean;
  readonly onChange: (stamped: boolean) => void;
}

/** Whether the stamp of urgency goes on the page with the number, or why it cannot. */
function UrgencyStampChoice({ detail, outlook, stamped, onChange }: UrgencyStampChoiceProps) {
  const { t } = useTranslation();
  const stamp = urgencyStampText(detail.urgency, detail.fields.expressAt);
  if (stamp === null || outlook === 'none' || outlook === 'printed') return null;
  if (outlook !== 'will-be-put') return <Note title={t(`outgoing.number.stamp.${outlook}`)} />;
  return (
    <CheckBox
      label={t('outgoing.number.stamp.put', { ...stamp, text: stamp.lines.join(', ') })}
      checked={stamped}
      onChange={onChange}
    />
  );
}
