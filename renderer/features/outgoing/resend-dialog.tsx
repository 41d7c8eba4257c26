import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import { useCommand } from '../../api/use-command.ts';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { RadioGroup } from '../../components/radio-group.tsx';
import { TextArea } from '../../components/text-field.tsx';
import { useKeptForm } from '../forms/use-kept-form.ts';
import { Note } from '../document/note.tsx';
import { RecipientSearch } from './recipient-search.tsx';

interface ResendDialogProps {
  readonly detail: OutgoingDetail;
  readonly recipient: Delivery;
  readonly onClose: () => void;
}

/** Sends a letter once more to the recipient that sent it back, or to another in its place, with what was corrected. */
export function ResendDialog({ detail, recipient, onClose }: ResendDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const replace = useCommand('outgoing.replaceRecipient');
  const [to, setTo] = useState<'same' | 'other'>('same');
  const [other, setOther] = useState<DirectoryAgency | null>(null);
  const { values, change, forget, endsForm } = useKeptForm('resend', `${detail.id} ${recipient.agencyCode}`, {
    correction: '',
  });
  const { agencyCode, agencyName, reason } = recipient;
  const target = to === 'same' ? { code: agencyCode, name: agencyName } : other;

  const run = async (): Promise<void> => {
    if (target === null) return;
    const { id, revision } = detail;
    const { correction } = values;
    const outcome = await replace.run({ id, revision, agencyCode, replaceBy: target.code, correction, endsForm });
    if (!outcome.ok) return;
    forget();
    notify({ tone: 'good', text: t('outgoing.resend.done', { name: target.name }) });
    onClose();
  };

  return (
    <Dialog
      title={t('outgoing.resend.title', { code: detail.codeText })}
      consequence={t('outgoing.resend.text')}
      action={{
        label: target === null ? t('outgoing.resend.send') : t('outgoing.resend.sendTo', { name: target.name }),
        run: () => void run(),
        busy: replace.busy,
        disabled: target === null || values.correction.trim() === '',
      }}
      onClose={onClose}
      width="wide"
    >
      <Note title={t('outgoing.resend.returned', { name: agencyName })}>{reason ?? ''}</Note>
      <RadioGroup
        legend={t('outgoing.resend.to')}
        value={to}
        options={[
          { value: 'same', label: t('outgoing.resend.same', { name: agencyName }) },
          { value: 'other', label: t('outgoing.resend.other') },
        ]}
        onChange={setTo}
      />
      {to === 'other' && (
        <RecipientSearch
          label={t('outgoing.replace.search')}
          autoFocus
          chosen={new Set(detail.deliveries.map((delivery) => delivery.agencyCode))}
          onAdd={(agency) => setOther(agency)}
        />
      )}
      <TextArea
        label={t('outgoing.resend.correction')}
        help={t('outgoing.resend.correctionHelp')}
        value={values.correction}
        onChange={(correction) => change({ correction })}
        rows={2}
        maxLength={500}
        required
      />
      {replace.failure !== null && <ErrorNote failure={replace.failure} />}
    </Dialog>
  );
}
