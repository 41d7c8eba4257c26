import { useTranslation } from 'react-i18next';
import { callOutcomes, type CallOutcome } from '#shared/domain/watched-delivery.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Select } from '../../components/select.tsx';
import { TextArea, TextField } from '../../components/text-field.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';
import type { Watched } from './watched.ts';

interface RecordCallDialogProps {
  readonly id: string;
  readonly watched: Watched;
  readonly onClose: () => void;
}

interface CallForm {
  readonly outcome: CallOutcome;
  readonly spokeTo: string;
  readonly phone: string;
  readonly note: string;
}

/** What came of a call to a recipient. */
export function RecordCallDialog({ id, watched, onClose }: RecordCallDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const record = useCommand('outgoing.recordCall');
  const { call, recipient } = watched.delivery;
  const { values, change, forget, endsForm } = useKeptForm<CallForm>('call', `${id} ${recipient}`, {
    outcome: 'reached',
    spokeTo: call?.askFor ?? '',
    phone: call?.phone ?? '',
    note: '',
  });
  const { outcome, spokeTo, phone, note } = values;
  const name = watched.agencyName;

  const run = async (): Promise<void> => {
    // Whom she was to ask for is nobody she spoke to when nobody answered.
    const heard = outcome === 'reached' ? spokeTo : '';
    const done = await record.run({ id, recipient, phone, spokeTo: heard, outcome, note, endsForm });
    if (!done.ok) return;
    forget();
    notify({ tone: 'good', text: t('outgoing.watch.recorded', { name }) });
    onClose();
  };

  return (
    <Dialog
      title={t('outgoing.watch.recordFor', { name })}
      consequence={t('outgoing.watch.callText')}
      action={{ label: t('outgoing.watch.saveCall'), run: () => void run(), busy: record.busy }}
      onClose={onClose}
    >
      <Select
        label={t('outgoing.watch.outcome')}
        value={outcome}
        options={callOutcomes.map((value) => ({ value, label: t(`outgoing.watch.outcomes.${value}`) }))}
        onChange={(chosen) => change({ outcome: chosen })}
      />
      {outcome === 'reached' && (
        <TextField
          label={t('outgoing.watch.spokeTo')}
          value={spokeTo}
          onChange={(text) => change({ spokeTo: text })}
          maxLength={200}
          autoFocus
        />
      )}
      <TextField
        label={t('outgoing.watch.phone')}
        value={phone}
        onChange={(text) => change({ phone: text })}
        maxLength={30}
      />
      <TextArea
        label={t('outgoing.watch.note')}
        value={note}
        onChange={(text) => change({ note: text })}
        rows={2}
        maxLength={500}
      />
      {record.failure !== null && <ErrorNote failure={record.failure} />}
    </Dialog>
  );
}
