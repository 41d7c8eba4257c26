import type { CallOutput } from '#shared/contract/contract.ts';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import type { FigureSource, LetterPage } from '#shared/domain/reminder-letter.ts';
import { linesOf } from '../document/form-values.ts';
import { FormStore } from '../forms/form-store.ts';

/** The letter while it is edited. A paragraph that is emptied is left out. */
export interface ReminderForm {
  readonly head: Omit<LetterPage, 'paragraphs' | 'addressees' | 'recipientLines'>;
  /** A line each. */
  readonly addressees: string;
  readonly recipientLines: string;
  readonly paragraphs: readonly { readonly text: string; readonly sources: readonly FigureSource[] }[];
  readonly recipients: readonly DirectoryAgency[];
}

/** By period: looking at something else in between loses nothing. */
export const reminderForms = new FormStore<ReminderForm>({ kind: 'reminder', version: 1, isWorthKeeping: () => true });

export function reminderForm({ page, recipients }: CallOutput<'oversight.reminder'>): ReminderForm {
  const { paragraphs, addressees, recipientLines, ...head } = page;
  return {
    head,
    addressees: addressees.join('\n'),
    recipientLines: recipientLines.join('\n'),
    paragraphs,
    recipients,
  };
}

export function pageOf({ head, paragraphs, addressees, recipientLines }: ReminderForm): LetterPage {
  return {
    ...head,
    addressees: [...linesOf(addressees)],
    recipientLines: [...linesOf(recipientLines)],
    paragraphs: paragraphs.map(({ text }) => text.trim()).filter((text) => text !== ''),
  };
}
