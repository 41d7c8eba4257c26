import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { isPaperToPost } from '#shared/domain/delivery.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { DateField } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Tag } from '../../components/tag.tsx';
import { TextField } from '../../components/text-field.tsx';
import styles from './paper-copies.module.css';

interface RecordPaperDialogProps {
  readonly detail: OutgoingDetail;
  readonly onClose: () => void;
}

/** When and under which number paper copies were posted, for one recipient, some, or all at once. */
export function RecordPaperDialog({ detail, onClose }: RecordPaperDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const record = useCommand('outgoing.recordPaper');
  const { deliveries } = detail;
  const due = deliveries.filter(isPaperToPost).map(({ agencyCode }) => agencyCode);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(due));
  const [day, setDay] = useState<string | null>(() => vietnamDay(Date.now()));
  const [item, setItem] = useState('');

  const toggle = (code: string): void => {
    const next = new Set(chosen);
    if (!next.delete(code)) next.add(code);
    setChosen(next);
  };
  const run = async (): Promise<void> => {
    if (day === null) return;
    const done = await record.run({ id: detail.id, recipients: [...chosen], day, item });
    if (!done.ok) return;
    notify({ tone: 'good', text: t('paper.recorded', { count: done.value.recorded }) });
    onClose();
  };

  return (
    <Dialog
      title={t('paper.recordTitle')}
      consequence={t('paper.recordText')}
      action={{
        label: t('paper.recordConfirm', { count: chosen.size }),
        run: () => void run(),
        busy: record.busy,
        disabled: day === null || chosen.size === 0,
      }}
      onClose={onClose}
    >
      <DateField label={t('paper.day')} value={day} onChange={setDay} required />
      <TextField
        label={t('paper.item')}
        help={t('paper.itemHelp')}
        value={item}
        onChange={setItem}
        maxLength={60}
        autoFocus
      />
      <div className={styles.all}>
        <Button
          variant="quiet"
          onClick={() => setChosen(new Set(deliveries.map(({ agencyCode }) => agencyCode)))}
          disabled={chosen.size === deliveries.length}
        >
          {t('paper.chooseAll', { count: deliveries.length })}
        </Button>
        <Button variant="quiet" onClick={() => setChosen(new Set())} disabled={chosen.size === 0}>
          {t('paper.chooseNone')}
        </Button>
      </div>
      <div className={styles.list} role="group" aria-label={t('paper.recipients')} tabIndex={0}>
        {deliveries.map((delivery) => (
          <CheckBox
            key={delivery.agencyCode}
            label={
              <>
                {delivery.agencyName} {isPaperToPost(delivery) ? <Tag tone="warn">{t('paper.needed')}</Tag> : null}
              </>
            }
            checked={chosen.has(delivery.agencyCode)}
            onChange={() => toggle(delivery.agencyCode)}
          />
        ))}
      </div>
      {record.failure !== null && <ErrorNote failure={record.failure} />}
    </Dialog>
  );
}
