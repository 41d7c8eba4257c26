import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callOutcomes, type CallOutcome } from '#shared/domain/watched-delivery.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Select } from '../../components/select.tsx';
import { TextArea, TextField } from '../../components/text-field.tsx';
import type { Watched } from './watched.ts';

interface RecordCallDialogProps {
  readonly id: string;
  readonly watched: Watched;
  readonly onClose: () => void;
}

/** What came of a call to a recipient. */
export function RecordCallDialog({ id, watched, onClose }: RecordCallDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const record = useCommand('outgoing.recordCall');
  const { call, recipient } = watched.delivery;
  const [outcome, setOutcome] = useState<CallOutcome>('reached');
  const [spokeTo, setSpokeTo] = useState(call?.askFor ?? '');
  const [phone, setPhone] = useState(call?.phone ?? '');
  const [note, setNote] = useState('');
  const name = watched.agencyName;

  const run = async (): Promise<void> => {
    // Whom she was to ask for is nobody she spoke to when nobody answered.
    const heard = outcome === 'reached' ? spokeTo : '';
    const done = await record.run({ id, recipient, phone, spokeTo: heard, outcome, note });
    if (!done.ok) return;
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
        onChange={setOutcome}
      />
      {outcome === 'reached' && (
        <TextField
          label={t('outgoing.watch.spokeTo')}
          value={spokeTo}
          onChange={setSpokeTo}
          maxLength={200}
          autoFocus
        />
      )}
      <TextField label={t('outgoing.watch.phone')} value={phone} onChange={setPhone} maxLength={30} />
      <TextArea label={t('outgoing.watch.note')} value={note} onChange={setNote} rows={2} maxLength={500} />
      {record.failure !== null && <ErrorNote failure={record.failure} />}
    </Dialog>
  );
}
