import { useTranslation } from 'react-i18next';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import type { CallFailure } from '../../api/call-failure.ts';
import { useCommand } from '../../api/use-command.ts';
import { useNotify } from '../../components/notices.tsx';

interface DraftSteps {
  readonly approve: () => void;
  readonly reopen: () => void;
  readonly discard: () => void;
  readonly restore: () => void;
  readonly busy: boolean;
  readonly failure: CallFailure | null;
}

/** The steps of a draft that can be taken back: they happen at once and offer to be undone. */
export function useDraftSteps(detail: OutgoingDetail): DraftSteps {
  const { t } = useTranslation();
  const notify = useNotify();
  const approve = useCommand('outgoing.approve');
  const reopen = useCommand('outgoing.reopen');
  const discard = useCommand('outgoing.discard');
  const restore = useCommand('outgoing.restore');
  const target = { id: detail.id, revision: detail.revision };

  const doReopen = async (at: { id: string; revision: number }): Promise<void> => {
    const outcome = await reopen.run(at);
    if (outcome.ok) notify({ text: t('outgoing.pane.toast.reopened') });
  };
  const doRestore = async (at: { id: string; revision: number }): Promise<void> => {
    const outcome = await restore.run(at);
    if (outcome.ok) notify({ text: t('outgoing.pane.toast.restored') });
  };
  const doApprove = async (): Promise<void> => {
    const outcome = await approve.run(target);
    if (!outcome.ok) return;
    const { id, revision } = outcome.value;
    notify({
      tone: 'good',
      text: t('outgoing.pane.toast.approved'),
      action: { label: t('common.undo'), undo: true, run: () => void doReopen({ id, revision }) },
    });
  };
  const doDiscard = async (): Promise<void> => {
    const outcome = await discard.run(target);
    if (!outcome.ok) return;
    const { id, revision } = outcome.value;
    notify({
      text: t('outgoing.pane.toast.discarded'),
      action: { label: t('common.undo'), undo: true, run: () => void doRestore({ id, revision }) },
    });
  };

  return {
    approve: () => void doApprove(),
    reopen: () => void doReopen(target),
    discard: () => void doDiscard(),
    restore: () => void doRestore(target),
    busy: approve.busy || reopen.busy || discard.busy || restore.busy,
    failure: approve.failure ?? reopen.failure ?? discard.failure ?? restore.failure,
  };
}
