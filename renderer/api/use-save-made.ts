import { useCommand } from './use-command.ts';
import type { StoredFile } from '#shared/contract/common.ts';

interface SaveMade {
  /** Lets the user say where a file that was just made goes; true once it is there. */
  readonly save: (
    made: { readonly ok: true; readonly value: { readonly file: StoredFile } } | { readonly ok: false },
  ) => Promise<boolean>;
  readonly busy: boolean;
  readonly failure: ReturnType<typeof useCommand<'files.saveCopy'>>['failure'];
}

/** For files that a command makes (workbooks, letters): saves what it answered, and nothing when it was refused. */
export function useSaveMade(): SaveMade {
  const saveCopy = useCommand('files.saveCopy');
  return {
    save: async (made) => {
      if (!made.ok) return false;
      const { fileId, name } = made.value.file;
      const saved = await saveCopy.run({ fileId, suggestedName: name });
      return saved.ok && saved.value.saved;
    },
    busy: saveCopy.busy,
    failure: saveCopy.failure,
  };
}
