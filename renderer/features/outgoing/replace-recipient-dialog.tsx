import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import type { Delivery } from '#shared/domain/delivery.ts';
import { useCommand } from '../../api/use-command.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ErrorNote } from '../../components/error-note.tsx';
import { useNotify } from '../../components/notices.tsx';
import { RecipientSearch } from './recipient-search.tsx';

interface ReplaceRecipientDialogProps {
  readonly detail: OutgoingDetail;
  readonly recipient: Delivery;
  readonly onClose: () => void;
}

/** Asks who gets the letter in the place of a recipient that the exchange does not know, or whether nobody does. */
export function ReplaceRecipientDialog({ detail, recipient, onClose }: ReplaceRecipientDialogProps) {
  const { t } = useTranslation();
  const notify = useNotify();
  const replace = useCommand('outgoing.replaceRecipient');
  const [chosen, setChosen] = useState<DirectoryAgency | null>(null);
  const isLast = detail.deliveries.length === 1;

  const run = async (replaceBy: DirectoryAgency | null): Promise<void> => {
    const { id, revision } = detail;
    const { agencyCode, agencyName: from } = recipient;
    const outcome = await replace.run({ id, revision, agencyCode, replaceBy: replaceBy?.code ?? null });
    if (!outcome.ok) return;
    notify({
      tone: 'good',
      text:
        replaceBy === null
          ? t('outgoing.replace.dropped', { name: from })
          : t('outgoing.replace.done', { name: replaceBy.name }),
    });
    onClose();
  };

  return (
    <Dialog
      title={t('outgoing.replace.title', { name: recipient.agencyName })}
      consequence={t('outgoing.replace.text')}
      action={{
        label: chosen === null ? t('outgoing.replace.send') : t('outgoing.replace.sendTo', { name: chosen.name }),
        run: () => void run(chosen),
        busy: replace.busy,
        disabled: chosen === null,
      }}
      onClose={onClose}
      width="wide"
    >
      <RecipientSearch
        label={t('outgoing.replace.search')}
        autoFocus
        chosen={new Set(detail.deliveries.map(({ agencyCode }) => agencyCode))}
        onAdd={(agency) => setChosen(agency)}
      />
      {isLast ? null : (
        <div>
          <Button disabled={replace.busy} onClick={() => void run(null)}>
            {t('outgoing.replace.drop')}
          </Button>
        </div>
      )}
      {replace.failure !== null && <ErrorNote failure={replace.failure} />}
    </Dialog>
  );
}
