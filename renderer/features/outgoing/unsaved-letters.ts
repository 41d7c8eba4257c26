import { useSyncExternalStore } from 'react';
import type { StoredFile } from '#shared/contract/common.ts';
import type { OutgoingFieldName } from '#shared/domain/document-fields.ts';
import type { Proposal } from '#shared/domain/proposal.ts';
import { FormStore, useStoredForm, type FormHandle } from '../document/form-store.ts';
import { sameForm, type LetterForm, type LetterSource } from './letter-form.ts';

/** A letter being filled in. */
export interface UnsavedLetter {
  readonly file: StoredFile;
  /** What was read from the letter; null for a draft opened again. */
  readonly proposal: Proposal | null;
  readonly form: LetterForm;
  /** What the form started from: leaving without a change asks nothing. */
  readonly saved: LetterForm;
  readonly sources: Partial<Record<OutgoingFieldName, LetterSource>>;
  /** Whether the recipients have been proposed already; after that they are the clerk's. */
  readonly recipientsProposed: boolean;
  /** The draft as it is in the register; null until the letter was saved once. */
  readonly draft: { readonly id: string; readonly revision: number } | null;
}

export type UnsavedLetterHandle = FormHandle<UnsavedLetter>;

/** Key of the letter that is not saved yet; drafts have their id. */
export const NEW_LETTER = 'new';

const letters = new FormStore<UnsavedLetter>();

export function useUnsavedLetter(key: string): UnsavedLetterHandle {
  return useStoredForm(letters, key);
}

/** A draft that was only looked at need not be kept: the next time it is read afresh. */
export function forgetUnchangedLetter(key: string): void {
  const letter = letters.get(key);
  if (letter !== null && letter.draft !== null && sameForm(letter.form, letter.saved)) letters.delete(key);
}

/** Whether a new letter is half filled in, for a mark beside "Văn bản mới". */
export function useHasUnsavedNewLetter(): boolean {
  return useSyncExternalStore(letters.subscribe, () => letters.get(NEW_LETTER) !== null);
}
