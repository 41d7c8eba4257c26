import { useCallback, useState } from 'react';
import type { StoredFile } from '#shared/contract/common.ts';
import type { CallFailure } from '../../api/call-failure.ts';
import { useCommand } from '../../api/use-command.ts';

export interface SignedRevision {
  readonly of: string;
  readonly index: number;
  readonly file: StoredFile;
}

export interface SignedRevisionHandle {
  /** What is shown instead of the file as it now is; null for the file itself. */
  readonly shown: SignedRevision | null;
  readonly show: (index: number) => Promise<boolean>;
  readonly leave: () => void;
  readonly busy: boolean;
  readonly failure: CallFailure | null;
}

/** "Xem bản đã ký": fetches exactly the bytes that a signature covers, as a file of its own. */
export function useSignedRevision(fileId: string | null): SignedRevisionHandle {
  const { run, busy, failure } = useCommand('letters.signedRevision');
  const [revision, setRevision] = useState<SignedRevision | null>(null);
  const show = useCallback(
    async (index: number) => {
      if (fileId === null) return false;
      const outcome = await run({ fileId, index });
      if (outcome.ok) setRevision({ of: fileId, index, file: outcome.value.file });
      return outcome.ok;
    },
    [run, fileId],
  );
  const leave = useCallback(() => setRevision(null), []);
  // Another document, or a newer state of this one: the old revision no longer belongs here.
  return { shown: revision?.of === fileId ? revision : null, show, leave, busy, failure };
}
