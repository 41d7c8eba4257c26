import { useTranslation } from 'react-i18next';
import type { CallInput } from '#shared/contract/contract.ts';
import type { FormName } from '#shared/contract/form-name.ts';
import type { IncomingDetail } from '#shared/contract/incoming.ts';
import type { CallFailure } from '../../api/call-failure.ts';
import { useCommand } from '../../api/use-command.ts';
import { useNotify } from '../../components/notices.tsx';

interface Finish {
  /** Whether it is finished now. */
  readonly finish: (outcome?: CallInput<'incoming.complete'>['outcome'], endsForm?: FormName) => Promise<boolean>;
  readonly busy: boolean;
  readonly failure: CallFailure | null;
}

/** Ends the work on a document; the notice takes it back while the sender has not been told. */
export function useFinish({ id, revision, codeText }: IncomingDetail): Finish {
  const { t } = useTranslation();
  const notify = useNotify();
  const complete = useCommand('incoming.complete');
  const reopen = useCommand('handling.reopen');

  const undo = async (done: number): Promise<void> => {
    const outcome = await reopen.run({ id, revision: done, reason: '' });
    if (outcome.ok) notify({ tone: 'good', text: t('handling.finish.undone', { code: codeText }) });
    else notify({ tone: 'warn', text: t('handling.finish.tell') });
  };
  const finish: Finish['finish'] = async (outcome, endsForm) => {
    const answer = await complete.run({
      id,
      revision,
      ...(outcome === undefined ? {} : { outcome }),
      ...(endsForm === undefined ? {} : { endsForm }),
    });
    if (!answer.ok) return false;
    notify({
      tone: 'good',
      text: t('handling.finish.done', { code: codeText }),
      action: { label: t('handling.finish.undo'), run: () => void undo(answer.value.revision), undo: true },
    });
    return true;
  };
  return { finish, busy: complete.busy, failure: complete.failure };
}
