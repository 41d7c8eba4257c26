import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { wasIssued } from '#shared/domain/outgoing-state.ts';
import { useCommand } from '../../api/use-command.ts';
import { DateTimeField } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { formatDeadline } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { formatStamp } from '../document/format-stamp.ts';
import { ExpressHourChoices } from './express-hour-choices.tsx';
import dialogStyles from './dialogs.module.css';
import styles from './change-hour-dialog.module.css';

/** An issued letter with a fixed hour that somebody still has to deal with. */
export function mayChangeHour({ state, urgency, watched }: OutgoingDetail): boolean {
  const isOver =
    watched.length > 0 && watched.every(({ delivery }) => delivery.returnedAt !== null || delivery.finishedAt !== null);
  return wasIssued(state) && urgency === 'express-timed' && !isOver;
}

interface ChangeHourDialogProps {
  readonly detail: OutgoingDetail;
  readonly onClose: () => void;
}

/** Another hour of "hỏa tốc hẹn giờ" for a letter that is out. */
export function ChangeHourDialog({ detail, onClose }: ChangeHourDialogProps) {
  const { t } = useTranslation();
  const now = useNow();
  const notify = useNotify();
  const change = useCommand('outgoing.changeHour');
  const [expressAt, setExpressAt] = useState<string | null>(null);
  const isPast = expressAt !== null && Date.parse(expressAt) <= now;

  const run = async (): Promise<void> => {
    if (expressAt === null) return;
    const outcome = await change.run({ id: detail.id, revision: detail.revision, expressAt });
    if (!outcome.ok) return;
    notify({ tone: 'good', text: t('outgoing.hour.changed', { time: formatStamp(expressAt, now) }) });
    onClose();
  };

  return (
    <Dialog
      title={t('outgoing.hour.title', { code: detail.codeText })}
      consequence={t('outgoing.hour.text')}
      action={{
        label: t('outgoing.hour.change'),
        run: () => void run(),
        busy: change.busy,
        disabled: expressAt === null || isPast || expressAt === detail.expressAt,
      }}
      onClose={onClose}
    >
      <p className={dialogStyles.code}>
        {t('outgoing.hour.now')}
        <strong>{detail.expressAt === null ? t('document.noHour') : formatDeadline(t, detail.expressAt)}</strong>
      </p>
      <DateTimeField
        label={t('outgoing.hour.next')}
        value={expressAt}
        required
        error={isPast ? t('document.terms.past') : null}
        help={expressAt === null ? undefined : formatDeadline(t, expressAt)}
        onChange={(value) => setExpressAt(value)}
      />
      <ExpressHourChoices className={styles.choices} onChoose={setExpressAt} />
      {change.failure !== null && <ErrorNote failure={change.failure} />}
    </Dialog>
  );
}
