import { useMemo } from 'react';
import type { MendedFrom, StoredFile } from '#shared/contract/common.ts';
import type { CallOutput } from '#shared/contract/contract.ts';
import type { OutgoingFieldName } from '#shared/domain/document-fields.ts';
import type { Proposal } from '#shared/domain/proposal.ts';
import type { FormName } from '#shared/contract/form-name.ts';
import { FormStore, useFormKeys, useStoredForm, type FormHandle } from '../forms/form-store.ts';
import { sameForm, type LetterAttachment, type LetterForm, type LetterSource } from './letter-form.ts';

/** An attachment that was just picked. */
export function pickedAttachment({ file, mended, obstacle }: CallOutput<'letters.attach'>): LetterAttachment {
  const { fileId, size } = file;
  return { ...(mended?.file ?? file), mended: mended && { fileId, size, mends: mended.mends }, obstacle };
}

/** The files of a letter that was just picked. */
export function pickedFiles({ file, mended }: CallOutput<'letters.propose'>): Pick<UnsavedLetter, 'file' | 'mended'> {
  if (mended === null) return { file, mended };
  const { fileId, size } = file;
  return { file: mended.file, mended: { fileId, size, mends: mended.mends } };
}

/** A letter being filled in. */
export interface UnsavedLetter {
  /** What is shown and signed: the picked file, or what it was mended into. */
  readonly file: StoredFile;
  /** The picked file, when another had to be made of it. Letters that an older version kept know of none. */
  readonly mended?: MendedFrom | null;
  /** What was read from the letter; null for a draft opened again. */
  readonly proposal: Proposal | null;
  /** The issuer that the page names, when it is not this office. */
  readonly otherAgency: string | null;
  readonly form: LetterForm;
  /** What the form started from: leaving without a change asks nothing. */
  readonly saved: LetterForm;
  readonly sources: Partial<Record<OutgoingFieldName, LetterSource>>;
  /** Whether the recipients have been proposed already; after that they are the clerk's. */
  readonly recipientsProposed: boolean;
  /** Another file took the place of the letter's; `offers` while what it says otherwise is still offered. */
  readonly replaced: 'no' | 'offers' | 'settled';
  /** The draft as it is in the register; null until the letter was saved once. */
  readonly draft: { readonly id: string; readonly revision: number } | null;
}

export type UnsavedLetterHandle = FormHandle<UnsavedLetter>;

/** A letter that is not in the register yet has a key of its own; a draft has its id. */
const NEW = 'new:';
export const newLetterKey = (): string => `${NEW}${crypto.randomUUID()}`;

const KIND = 'letter';
/** Something in it is in no register. */
export const isUnfinished = ({ draft, form, saved, replaced }: UnsavedLetter): boolean =>
  draft === null || replaced !== 'no' || !sameForm(form, saved);
const letters = new FormStore<UnsavedLetter>({
  kind: KIND,
  version: 3,
  isWorthKeeping: isUnfinished,
  filesOf: ({ file, mended, form }) => [
    file.fileId,
    ...(mended ? [mended.fileId] : []),
    ...form.attachments.flatMap(({ fileId, mended: from }) => [fileId, ...(from ? [from.fileId] : [])]),
  ],
});

export const letterForm = (key: string): FormName => ({ kind: KIND, key });

export function useUnsavedLetter(key: string): UnsavedLetterHandle {
  return useStoredForm(letters, key);
}

/** A draft that was only looked at need not be kept: the next time it is read afresh. */
export function forgetUnchangedLetter(key: string): void {
  const letter = letters.get(key);
  if (letter !== null && !isUnfinished(letter)) letters.delete(key);
}

/** What is being written: letters that are in no register yet, and drafts with changes that are not saved. */
export interface UnfinishedLetters {
  /** Keys, the one begun last first. */
  readonly begun: readonly string[];
  /** Ids. */
  readonly changedDrafts: readonly string[];
}

export function useUnfinishedLetters(): UnfinishedLetters {
  const keys = useFormKeys(letters);
  return useMemo(
    () => ({
      begun: keys.filter((key) => key.startsWith(NEW)).toReversed(),
      changedDrafts: keys.filter((key) => !key.startsWith(NEW)),
    }),
    [keys],
  );
}
