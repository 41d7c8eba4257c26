import type { ReactNode } from 'react';
import type { CommandName } from '#shared/contract/contract.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { TextArea } from '../../components/text-field.tsx';
import { useKeptForm } from './use-kept-form.ts';

/** Steps of one document that want a reason. */
type ReasonCommand = Extract<
  CommandName,
  'incoming.discard' | 'incoming.return' | 'outgoing.cancel' | 'outgoing.recall' | 'outgoing.sendBack'
>;

interface ReasonDialogProps {
  readonly command: ReasonCommand;
  /** Under which what is typed is kept. */
  readonly form: string;
  readonly target: { readonly id: string; readonly revision: number };
  readonly title: string;
  readonly consequence: string;
  readonly action: { readonly label: string; readonly danger?: boolean };
  readonly closeLabel?: string;
  readonly reason: {
    readonly label: string;
    readonly hint?: string;
    readonly rows?: number;
    readonly maxLength: number;
  };
  /** Under the field; `choose` puts a reason into it. */
  readonly under?: (choose: (reason: string) => void) => ReactNode;
  /** The step was taken; the dialog closes after it. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks why before a step is taken: the history keeps the reason, and what is typed is on disk meanwhile. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { command, form, target, title, consequence, action, closeLabel, reason, under, onDone, onClose } = props;
  const step = useCommand(command);
  const { values, change, forget, endsForm } = useKeptForm(form, target.id, { reason: '' });
  const choose = (text: string): void => change({ reason: text });

  const run = async (): Promise<void> => {
    const { id, revision } = target;
    const outcome = await step.run({ id, revision, reason: values.reason, endsForm });
    if (!outcome.ok) return;
    forget();
    onDone();
    onClose();
  };

  return (
    <Dialog
      title={title}
      consequence={consequence}
      action={{ ...action, run: () => void run(), busy: step.busy, disabled: values.reason.trim() === '' }}
      {...(closeLabel === undefined ? {} : { closeLabel })}
      onClose={onClose}
    >
      <TextArea rows={2} {...reason} value={values.reason} onChange={choose} required autoFocus />
      {under?.(choose)}
      {step.failure !== null && <ErrorNote failure={step.failure} />}
    </Dialog>
  );
}
