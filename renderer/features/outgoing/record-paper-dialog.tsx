import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { isPaperToPost } from '#shared/domain/delivery.ts';
import { isOtherToPost, postingWays, type PostingWay } from '#shared/domain/other-recipient.ts';
import { capitalizeFirst } from '#shared/domain/vietnamese-text.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { DateField } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Select } from '../../components/select.tsx';
import { Tag } from '../../components/tag.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';
import styles from './paper-copies.module.css';

interface RecordPaperDialogProps {
  readonly detail: OutgoingDetail;
  readonly onClose: () => void;
}

interface PostedForm {
  /** Codes of recipients; names of those that get paper alone. */
  readonly chosen: readonly string[];
  readonly day: string | null;
  readonly item: string;
  readonly way: PostingWay;
  readonly copies: string;
}

/** Names of those that get paper alone stand beside codes. */
const NAME = 'name:';

/** When and under which number paper copies were posted, for one recipient, some, or all at once. */
export function RecordPaperDialog({ detail, onClose }: RecordPaperDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const record = useCommand('outgoing.recordPaper');
  const rows = [
    ...detail.deliveries.map((one) => ({ key: one.agencyCode, name: one.agencyName, isDue: isPaperToPost(one) })),
    ...detail.otherRecipients
      .filter(({ kind }) => kind === 'paper')
      .map((one) => ({ key: `${NAME}${one.name}`, name: one.name, isDue: isOtherToPost(one) })),
  ];
  const due = rows.filter(({ isDue }) => isDue).map(({ key }) => key);
  const { values, change, forget, endsForm } = useKeptForm<PostedForm>('paper-posted', detail.id, () => ({
    chosen: due,
    day: vietnamDay(Date.now()),
    item: '',
    way: 'post',
    copies: '1',
  }));
  const { day, item, way } = values;
  const copies = /^[1-9]\d{0,2}$/.test(values.copies.trim()) ? Number(values.copies) : null;
  const chosen: ReadonlySet<string> = new Set(values.chosen);
  const setChosen = (codes: ReadonlySet<string>): void => change({ chosen: [...codes] });

  const toggle = (code: string): void => {
    const next = new Set(chosen);
    if (!next.delete(code)) next.add(code);
    setChosen(next);
  };
  const run = async (): Promise<void> => {
    if (day === null || copies === null) return;
    const done = await record.run({
      id: detail.id,
      recipients: [...chosen].filter((key) => !key.startsWith(NAME)),
      others: [...chosen].filter((key) => key.startsWith(NAME)).map((key) => key.slice(NAME.length)),
      day,
      item: way === 'by-hand' ? '' : item,
      way,
      copies,
      endsForm,
    });
    if (!done.ok) return;
    forget();
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
        disabled: day === null || copies === null || chosen.size === 0,
      }}
      onClose={onClose}
    >
      <DateField label={t('paper.day')} value={day} onChange={(chosenDay) => change({ day: chosenDay })} required />
      <Select
        label={t('paper.way')}
        value={way}
        options={postingWays.map((each) => ({ value: each, label: capitalizeFirst(t(`paper.ways.${each}`)) }))}
        onChange={(chosenWay) => change({ way: chosenWay })}
      />
      <TextField
        label={t('paper.item')}
        help={t('paper.itemHelp')}
        value={item}
        onChange={(text) => change({ item: text })}
        maxLength={60}
        disabled={way === 'by-hand'}
        autoFocus
      />
      <TextField
        label={t('paper.copies')}
        value={values.copies}
        onChange={(text) => change({ copies: text })}
        maxLength={3}
        error={copies === null ? t('paper.copiesWrong') : null}
      />
      <div className={styles.all}>
        <Button
          variant="quiet"
          onClick={() => setChosen(new Set(rows.map(({ key }) => key)))}
          disabled={chosen.size === rows.length}
        >
          {t('paper.chooseAll', { count: rows.length })}
        </Button>
        <Button variant="quiet" onClick={() => setChosen(new Set())} disabled={chosen.size === 0}>
          {t('paper.chooseNone')}
        </Button>
      </div>
      <div className={styles.list} role="group" aria-label={t('paper.recipients')} tabIndex={0}>
        {rows.map(({ key, name, isDue }) => (
          <CheckBox
            key={key}
            label={
              <>
                {name} {isDue ? <Tag tone="warn">{t('paper.needed')}</Tag> : null}
              </>
            }
            checked={chosen.has(key)}
            onChange={() => toggle(key)}
          />
        ))}
      </div>
      {record.failure !== null && <ErrorNote failure={record.failure} />}
    </Dialog>
  );
}
