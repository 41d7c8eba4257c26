import type { MendedFrom, StoredFile } from '#shared/contract/common.ts';
import type { DirectoryAgency } from '#shared/contract/directory.ts';
import type { OutgoingDetail, Placement } from '#shared/contract/outgoing.ts';
import {
  fieldDescription,
  fieldsOf,
  type OutgoingFieldName,
  type OutgoingFields,
} from '#shared/domain/document-fields.ts';
import { expressInstant, proposedText, SURE_CONFIDENCE, type Proposal } from '#shared/domain/proposal.ts';
import { endOfOfficeDay } from '#shared/domain/vn-date.ts';
import type { OtherTarget } from '#shared/domain/other-recipient.ts';
import { emptyValues, fieldsFrom, linesOf, valuesOf, type FormValues } from '../document/form-values.ts';

/** A file that goes with a letter. Forms that an older version kept know only which file it is. */
export interface LetterAttachment extends StoredFile {
  /** The picked file, when another had to be made of it. */
  readonly mended?: MendedFrom | null;
  /** Why the agency cannot sign it, the code of the refusal. */
  readonly obstacle?: string | null;
}

/** What the form holds while it is being filled in. */
export interface LetterForm extends FormValues<'outgoing'> {
  /** Agencies that get it over the network. */
  readonly recipients: readonly DirectoryAgency[];
  /** One name a line: who gets it inside the office, and outside on paper alone. */
  readonly inside: string;
  readonly onPaper: string;
  /** What goes with it, in its order. */
  readonly attachments: readonly LetterAttachment[];
}

/**
 * Where a value came from: `page` was read from the letter, `check` was read but may be wrong, `last` stands until the
 * clerk changes it: what the last letter of the same type had.
 */
export type LetterSource = 'page' | 'check' | 'last';

export const emptyLetterForm: LetterForm = {
  ...emptyValues('outgoing'),
  documentType: 'Công văn',
  recipients: [],
  inside: '',
  onPaper: '',
  attachments: [],
};

/** The form as the letter's text fills it; `agencyName` is the office's own, for a letter that does not say. */
export function formFromProposal(proposal: Proposal, agencyName: string): LetterForm {
  const pageAmount = proposal.pageCount;
  if (!proposal.textFound) return { ...emptyLetterForm, pageAmount };
  const read = fieldsOf('outgoing').flatMap((name) => {
    const value = proposedValue(proposal, name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    ...emptyLetterForm,
    agencyName,
    pageAmount,
    expressAt: expressInstant(proposal.expressHour, proposal.date),
    ...Object.fromEntries(read),
  };
}

/** What was read for a field, as the form holds it; null when nothing was. */
function proposedValue(proposal: Proposal, name: OutgoingFieldName): string | null {
  const { kind, proposal: source } = fieldDescription(name);
  const read = source === undefined ? null : proposedText(proposal, source);
  if (read === null || kind !== 'instant') return read;
  // A deadline is read as a day: it ends with the office hours.
  return source === 'dueDate' ? endOfOfficeDay(read) : new Date(read).toISOString();
}

export function sourcesFromProposal(proposal: Proposal): Partial<Record<OutgoingFieldName, LetterSource>> {
  const sources: Partial<Record<OutgoingFieldName, LetterSource>> = {};
  for (const name of fieldsOf('outgoing')) {
    const source = fieldDescription(name).proposal;
    const confidence = source === undefined ? 0 : proposal.confidence[source];
    if (confidence > 0) sources[name] = confidence >= SURE_CONFIDENCE ? 'page' : 'check';
  }
  // A deadline that the letter states is the sender's own; else what the last one of its type had is a good start.
  if (proposal.dueDate === null) sources.dueRule = 'last';
  return sources;
}

/** Place on the page of the form's field, if the letter's text showed one. */
export function regionOf(proposal: Proposal | null, field: OutgoingFieldName | null) {
  const source = field === null ? undefined : fieldDescription(field).proposal;
  return (source === undefined ? undefined : proposal?.regions[source]) ?? null;
}

export function placementFromProposal(proposal: Proposal): Placement {
  return {
    signature: proposal.signatureAnchor,
    number: proposal.numberBlank,
    date: proposal.dateBlank,
    urgency: { printed: proposal.urgency, rooms: [...proposal.urgencyRooms] },
  };
}

/** The form of a saved draft. */
export function formFromDetail(detail: OutgoingDetail): LetterForm {
  const recipients = detail.deliveries.map((delivery) => ({
    code: delivery.agencyCode,
    name: delivery.agencyName,
    parentName: null,
    group: null,
  }));
  const names = (wanted: OtherTarget['kind']) =>
    detail.otherRecipients
      .filter(({ kind }) => kind === wanted)
      .map(({ name }) => name)
      .join('\n');
  return {
    ...valuesOf('outgoing', detail.fields),
    recipients,
    inside: names('inside'),
    onPaper: names('paper'),
    attachments: detail.attachments,
  };
}

/** Those of the form that the exchange does not reach. */
export function othersOf({ inside, onPaper }: Pick<LetterForm, 'inside' | 'onPaper'>): OtherTarget[] {
  return [
    ...linesOf(inside).map((name) => ({ kind: 'inside' as const, name })),
    ...linesOf(onPaper).map((name) => ({ kind: 'paper' as const, name })),
  ];
}

/** What another file says otherwise than the form, as the form would hold it: offered, never put in unasked. */
export function offersOf(
  proposal: Proposal,
  form: LetterForm,
): readonly { readonly name: OutgoingFieldName; readonly value: string }[] {
  if (!proposal.textFound) return [];
  return fieldsOf('outgoing').flatMap((name) => {
    const value = proposedValue(proposal, name);
    const held = form[name];
    return value === null || value.trim() === '' || value === (held === null ? '' : String(held))
      ? []
      : [{ name, value }];
  });
}

export function fieldsFromForm(form: LetterForm): OutgoingFields {
  return fieldsFrom('outgoing', form);
}

/** Whether nothing was changed. */
export function sameForm(one: LetterForm, other: LetterForm): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
