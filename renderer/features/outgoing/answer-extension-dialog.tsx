import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Select } from '../../components/select.tsx';
import { TextArea } from '../../components/text-field.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { UntilField, untilProblem } from '../document/until-field.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';
import type { Watched } from './watched.ts';

interface AnswerExtensionDialogProps {
  readonly id: string;
  readonly watched: Watched;
  readonly onClose: () => void;
}

const decisions = ['grant', 'refuse'] as const;

interface AnswerForm {
  readonly decision: (typeof decisions)[number];
  readonly until: string | null;
  readonly reason: string;
}

/** Grants a recipient the time that it asked for, or another, or none. */
export function AnswerExtensionDialog({ id, watched, onClose }: AnswerExtensionDialogProps) {
  const { t } = useTranslation();
  const now = useNow();
  const notify = useNotify();
  const answer = useCommand('outgoing.answerExtension');
  const { recipient, extension } = watched.delivery;
  const name = watched.agencyName;
  const { values, change, forget, endsForm } = useKeptForm<AnswerForm>('answer-extension', extension?.id ?? '', {
    decision: 'grant',
    until: extension?.until ?? null,
    reason: '',
  });
  const { decision, until, reason } = values;
  const isGranted = decision === 'grant';
  if (extension === null) return null;

  const run = async (): Promise<void> => {
    const done = await answer.run({
      id,
      recipient,
      question: extension.id,
      granted: isGranted,
      until: until ?? extension.until,
      reason,
      endsForm,
    });
    if (!done.ok) return;
    forget();
    const text = isGranted
      ? t('outgoing.extension.granted', { name, until: formatDateTime(until ?? extension.until) })
      : t('outgoing.extension.refused', { name });
    notify({ tone: 'good', text });
    onClose();
  };

  return (
    <Dialog
      title={t('outgoing.extension.answerFor', { name })}
      consequence={t('outgoing.extension.text')}
      action={{
        label: t('outgoing.extension.send'),
        run: () => void run(),
        busy: answer.busy,
        disabled: isGranted ? until === null || untilProblem(until, null, now) !== null : reason.trim() === '',
      }}
      onClose={onClose}
    >
      <Select
        label={t('outgoing.extension.decision')}
        value={decision}
        options={decisions.map((value) => ({ value, label: t(`outgoing.extension.${value}`) }))}
        onChange={(chosen) => change({ decision: chosen })}
      />
      {isGranted && <UntilField value={until} onChange={(hour) => change({ until: hour })} />}
      <TextArea
        label={t(isGranted ? 'outgoing.extension.note' : 'outgoing.extension.whyNot')}
        value={reason}
        onChange={(text) => change({ reason: text })}
        rows={2}
        maxLength={500}
        required={!isGranted}
      />
      {answer.failure !== null && <ErrorNote failure={answer.failure} />}
    </Dialog>
  );
}
