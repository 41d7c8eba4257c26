import { useTranslation } from 'react-i18next';
import type { InvitationReply } from '#shared/contract/incoming.ts';
import type { CallFailure } from '../../api/call-failure.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { TextArea, TextField } from '../../components/text-field.tsx';
import type { KeptForm } from '../forms/use-kept-form.ts';

/** What is typed into either dialog. */
export const emptyReply = { reason: '', attendee: '', title: '', phone: '' };

interface ReplyDialogProps {
  readonly form: KeptForm<typeof emptyReply>;
  /** Name of the agency that invited. */
  readonly sender: string;
  readonly busy: boolean;
  readonly failure: CallFailure | null;
  readonly onSend: (reply: InvitationReply) => void;
  readonly onClose: () => void;
}

/** Nobody comes, and why. */
export function DeclineDialog({ form, sender, busy, failure, onSend, onClose }: ReplyDialogProps) {
  const { t } = useTranslation();
  const { reason } = form.values;
  return (
    <Dialog
      title={t('incoming.invitation.noTitle')}
      consequence={t('incoming.invitation.noText', { sender })}
      action={{
        label: t('incoming.invitation.send'),
        run: () => onSend({ answer: 'no', reason }),
        busy,
        disabled: reason.trim() === '',
      }}
      onClose={onClose}
    >
      <TextArea
        label={t('incoming.invitation.reason')}
        value={reason}
        onChange={(text) => form.change({ reason: text })}
        rows={2}
        maxLength={500}
        required
        autoFocus
      />
      {failure !== null && <ErrorNote failure={failure} />}
    </Dialog>
  );
}

/** Somebody else comes: name, title and a number to reach them under. */
export function SubstituteDialog({ form, sender, busy, failure, onSend, onClose }: ReplyDialogProps) {
  const { t } = useTranslation();
  const { attendee, title, phone } = form.values;
  return (
    <Dialog
      title={t('incoming.invitation.substituteTitle')}
      consequence={t('incoming.invitation.substituteText', { sender })}
      action={{
        label: t('incoming.invitation.send'),
        run: () => onSend({ answer: 'substitute', attendee, title, phone }),
        busy,
        disabled: attendee.trim() === '',
      }}
      onClose={onClose}
    >
      <TextField
        label={t('incoming.invitation.attendee')}
        value={attendee}
        onChange={(text) => form.change({ attendee: text })}
        maxLength={200}
        required
        autoFocus
      />
      <TextField
        label={t('incoming.invitation.title')}
        value={title}
        onChange={(text) => form.change({ title: text })}
        maxLength={200}
      />
      <TextField
        label={t('incoming.invitation.phone')}
        value={phone}
        onChange={(text) => form.change({ phone: text })}
        maxLength={30}
      />
      {failure !== null && <ErrorNote failure={failure} />}
    </Dialog>
  );
}
