import { useCommand } from '../../api/use-command.ts';
import type { CallFailure } from '../../api/call-failure.ts';
import { pickedFiles, type UnsavedLetterHandle } from './unsaved-letters.ts';

interface ReplaceFile {
  /** Asks for a PDF and puts it in the place of the letter's; what was typed stays. */
  readonly run: () => Promise<void>;
  readonly busy: boolean;
  readonly failure: CallFailure | null;
}

/** Another PDF for a letter that is being filled in. What it says otherwise is offered beside the form. */
export function useReplaceFile({ change }: UnsavedLetterHandle): ReplaceFile {
  const pick = useCommand('files.pick');
  const propose = useCommand('letters.propose');
  const run = async (): Promise<void> => {
    const picked = await pick.run({ purpose: 'letter' });
    const file = picked.ok ? picked.value.files[0] : undefined;
    if (file === undefined) return;
    const read = await propose.run({ token: file.token });
    if (!read.ok) return;
    const { proposal, otherAgency } = read.value;
    change((old) => ({ ...old, ...pickedFiles(read.value), proposal, otherAgency, replaced: 'offers' }));
  };
  return { run, busy: pick.busy || propose.busy, failure: pick.failure ?? propose.failure };
}
