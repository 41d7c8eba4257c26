import { useState } from 'react';
import type { CallOutput } from '#shared/contract/contract.ts';
import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import type { CallFailure } from '../../api/call-failure.ts';
import { useCommand } from '../../api/use-command.ts';
import { fieldsFromForm, othersOf, placementFromProposal } from './letter-form.ts';
import { letterForm, type UnsavedLetter, type UnsavedLetterHandle } from './unsaved-letters.ts';

type SavedLetter = CallOutput<'outgoing.approve'>;

export interface SaveLetter {
  /** Saves, and approves if asked to. The document as the last step left it, or null when a step failed. */
  readonly run: (approve: boolean) => Promise<SavedLetter | null>;
  readonly busy: boolean;
  readonly failure: CallFailure | null;
}

const MAX_FILE_NAME = 200;

/** The file as it was picked: core mends it again by itself. */
const pickedId = ({ file, mended }: Pick<UnsavedLetter, 'file' | 'mended'>): string => mended?.fileId ?? file.fileId;

/** Create or update, then approve: each step remembers what was reached, so that doing it again does not do it twice. */
export function useSaveLetter(
  key: string,
  handle: UnsavedLetterHandle,
  letter: UnsavedLetter,
  detail: OutgoingDetail | null,
): SaveLetter {
  const create = useCommand('outgoing.create');
  const update = useCommand('outgoing.update');
  const approve = useCommand('outgoing.approve');
  const [failure, setFailure] = useState<CallFailure | null>(null);

  const save = async (): Promise<SavedLetter | null> => {
    const fields = fieldsFromForm(letter.form);
    const recipients = letter.form.recipients.map((agency) => agency.code);
    const { draft, proposal, replaced } = letter;
    const beside = {
      otherRecipients: othersOf(letter.form),
      attachments: letter.form.attachments.map((file) => ({
        fileId: pickedId({ file, mended: file.mended ?? null }),
        name: file.name,
        pageCount: file.pageCount,
      })),
    };
    if (draft === null && proposal !== null) {
      const created = await create.run({
        fileId: pickedId(letter),
        fileName: letter.file.name.slice(0, MAX_FILE_NAME),
        fields,
        placement: placementFromProposal(proposal),
        recipients,
        ...beside,
        endsForm: letterForm(key),
      });
      if (!created.ok) setFailure(created.failure);
      return created.ok ? created.value : null;
    }
    if (draft === null) throw new Error('a letter without a draft has a proposal');
    // The screen has said that the register holds something newer; saving again means to write over it.
    const revision = Math.max(draft.revision, detail?.revision ?? 0);
    const file =
      replaced === 'no' || proposal === null
        ? {}
        : {
            file: {
              fileId: pickedId(letter),
              fileName: letter.file.name.slice(0, MAX_FILE_NAME),
              placement: placementFromProposal(proposal),
            },
          };
    const updated = await update.run({
      id: draft.id,
      revision,
      fields,
      recipients,
      ...beside,
      ...file,
      endsForm: letterForm(key),
    });
    if (!updated.ok) setFailure(updated.failure);
    return updated.ok ? updated.value : null;
  };

  const run = async (andApprove: boolean): Promise<SavedLetter | null> => {
    setFailure(null);
    const saved = await save();
    if (saved === null) return null;
    handle.change((old) => ({
      ...old,
      saved: old.form,
      replaced: 'no',
      draft: { id: saved.id, revision: saved.revision },
    }));
    if (!andApprove) {
      handle.forget();
      return saved;
    }
    const approved = await approve.run({ id: saved.id, revision: saved.revision });
    if (!approved.ok) {
      setFailure(approved.failure);
      return null;
    }
    handle.forget();
    return approved.value;
  };

  return {
    run,
    busy: create.busy || update.busy || approve.busy,
    failure,
  };
}
