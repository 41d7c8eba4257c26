import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickedFile } from '#shared/contract/shell.ts';
import type { CallFailure } from '../../api/call-failure.ts';
import { useCommand } from '../../api/use-command.ts';
import { useNotify } from '../../components/notices.tsx';
import { describeError } from '../../i18n/describe-error.ts';
import { useNavigation } from '../navigation/navigation.tsx';

export interface TakeIn {
  /** Reads a PDF or an e-mail that was dropped and opens it in the lane; a letter of this office is one to be issued. */
  readonly drop: (file: PickedFile) => Promise<void>;
  /** The same with what the dialog of the system answers; of several the first opens, and the others wait behind it. */
  readonly choose: () => Promise<void>;
  readonly busy: boolean;
}

/** What came as a file or with an e-mail becomes a document that waits to be registered. */
export function useTakeIn(): TakeIn {
  const { t } = useTranslation();
  const notify = useNotify();
  const { go } = useNavigation();
  const pick = useCommand('files.pick');
  const takeIn = useCommand('incoming.takeIn');
  const failed = useCallback(
    (name: string, failure: CallFailure) =>
      notify({ tone: 'warn', text: t('incoming.takeIn.failed', { name, what: describeError(t, failure).what }) }),
    [notify, t],
  );
  const { run: runTakeIn } = takeIn;
  const take = useCallback(
    async (file: PickedFile, { unlessOwn, opens }: { unlessOwn: boolean; opens: boolean }): Promise<boolean> => {
      const { token, name } = file;
      notify({ text: t('incoming.takeIn.reading', { name }) });
      const done = await runTakeIn({ token, unlessOwn });
      if (!done.ok && done.failure.code === 'OWN_LETTER') go({ screen: 'new-outgoing', file });
      else if (!done.ok) failed(name, done.failure);
      else if (opens) go({ screen: 'incoming', box: 'to-register', id: done.value.id, registering: true });
      return done.ok;
    },
    [failed, go, notify, runTakeIn, t],
  );
  const choose = async (): Promise<void> => {
    const picked = await pick.run({ purpose: 'arrival' });
    if (!picked.ok) failed('', picked.failure);
    let isOpen = false;
    for (const file of picked.ok ? picked.value.files : []) {
      const isTaken = await take(file, { unlessOwn: false, opens: !isOpen });
      isOpen ||= isTaken;
    }
  };
  const drop = useCallback(
    async (file: PickedFile): Promise<void> => {
      await take(file, { unlessOwn: true, opens: true });
    },
    [take],
  );
  return { drop, choose, busy: pick.busy || takeIn.busy };
}
