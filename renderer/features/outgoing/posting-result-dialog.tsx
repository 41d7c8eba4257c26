import { useTranslation } from 'react-i18next';
import { postingResults, type OtherRecipient, type PostingResult } from '#shared/domain/other-recipient.ts';
import { formatVnDate, vietnamDay } from '#shared/domain/vn-date.ts';
import { useCommand } from '../../api/use-command.ts';
import { DateField } from '../../components/date-field.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { RadioGroup } from '../../components/radio-group.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';

interface PostingResultDialogProps {
  readonly id: string;
  readonly recipient: OtherRecipient;
  readonly onClose: () => void;
}

interface ResultForm {
  readonly result: PostingResult;
  readonly day: string | null;
  readonly note: string;
}

/** What became of the paper for a recipient of which the exchange tells nothing: signed for, or back. */
export function PostingResultDialog({ id, recipient, onClose }: PostingResultDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const record = useCommand('outgoing.recordPaperResult');
  const { name, postedOn } = recipient;
  const { values, change, forget, endsForm } = useKeptForm<ResultForm>('paper-result', `${id} ${name}`, () => ({
    result: recipient.result ?? 'delivered',
    day: recipient.resultOn ?? vietnamDay(Date.now()),
    note: recipient.resultNote,
  }));
  const { result, day, note } = values;
  const isBefore = day !== null && postedOn !== null && day < postedOn;
  const run = async (): Promise<void> => {
    if (day === null) return;
    const done = await record.run({ id, others: [name], result, day, note, endsForm });
    if (!done.ok) return;
    forget();
    notify({ tone: 'good', text: t('paper.result.recorded', { name }) });
    onClose();
  };
  return (
    <Dialog
      title={t('paper.result.title', { name })}
      consequence={t('paper.result.text')}
      action={{
        label: t('paper.result.record'),
        run: () => void run(),
        busy: record.busy,
        disabled: day === null || isBefore,
      }}
      onClose={onClose}
    >
      <RadioGroup
        legend={t('paper.result.which')}
        value={result}
        onChange={(chosen: PostingResult) => change({ result: chosen })}
        options={postingResults.map((each) => ({ value: each, label: t(`paper.result.${each}`) }))}
      />
      <DateField
        label={t('paper.result.day')}
        value={day}
        error={isBefore ? t('paper.result.before', { day: formatVnDate(postedOn) }) : null}
        onChange={(chosenDay) => change({ day: chosenDay })}
        required
      />
      <TextField
        label={t(result === 'delivered' ? 'paper.result.signedBy' : 'paper.result.why')}
        value={note}
        onChange={(text) => change({ note: text })}
        maxLength={200}
        autoFocus
      />
      {record.failure !== null && <ErrorNote failure={record.failure} />}
    </Dialog>
  );
}
