import { useTranslation } from 'react-i18next';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import { isOpenExtension } from '#shared/domain/extension.ts';
import { isIncomingSettled } from '#shared/domain/incoming-state.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { TextArea } from '../../components/text-field.tsx';
import { formatDateTime } from '../../i18n/format.ts';
import { useNow } from '../../i18n/use-now.ts';
import { UntilField, untilProblem } from '../document/until-field.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';

/** A deadline that its sender could make longer, and is not being asked about already. */
export function mayAskExtension({ received, dueAt, state, extension }: IncomingDetail): boolean {
  if (received === null || dueAt === null || isIncomingSettled(state)) return false;
  return extension === null || !isOpenExtension(extension.state);
}

interface QuestionForm {
  readonly until: string | null;
  readonly reason: string;
}

const emptyQuestion: QuestionForm = { until: null, reason: '' };

interface ExtensionDialogProps {
  readonly detail: IncomingDetail;
  readonly dueAt: string;
  /** Name of the agency that is asked. */
  readonly sender: string;
  readonly onClose: () => void;
}

/** Asks the sender for a longer time than the deadline leaves. */
export function ExtensionDialog({ detail, dueAt, sender, onClose }: ExtensionDialogProps) {
  const { t } = useTranslation();
  const now = useNow();
  const notify = useNotify();
  const ask = useCommand('incoming.askExtension');
  const { values, change, forget, endsForm } = useKeptForm('extension', detail.id, emptyQuestion);
  const { until, reason } = values;

  const run = async (): Promise<void> => {
    if (until === null) return;
    const outcome = await ask.run({ id: detail.id, until, reason, endsForm });
    if (!outcome.ok) return;
    forget();
    notify({ tone: 'good', text: t('incoming.extension.sent', { until: formatDateTime(until) }) });
    onClose();
  };

  return (
    <Dialog
      title={t('incoming.extension.title', { code: detail.codeText })}
      consequence={t('incoming.extension.text', { sender, due: formatDateTime(dueAt) })}
      action={{
        label: t('incoming.extension.send'),
        run: () => void run(),
        busy: ask.busy,
        disabled: until === null || untilProblem(until, dueAt, now) !== null || reason.trim() === '',
      }}
      onClose={onClose}
    >
      <UntilField value={until} after={dueAt} onChange={(hour) => change({ until: hour })} />
      <TextArea
        label={t('document.terms.reason')}
        hint={t('incoming.extension.reasonHint')}
        value={reason}
        onChange={(text) => change({ reason: text })}
        rows={2}
        maxLength={500}
        required
      />
      {ask.failure !== null && <ErrorNote failure={ask.failure} />}
    </Dialog>
  );
}
