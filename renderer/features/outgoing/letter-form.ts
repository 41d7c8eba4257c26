import type { DirectoryAgency } from '#shared/contract/office.ts';
import type { OutgoingDetail, OutgoingFields, Placement } from '#shared/contract/outgoing.ts';
import { SURE_CONFIDENCE, type Proposal, type ProposalField } from '#shared/domain/proposal.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import { END_OF_OFFICE_HOURS, vietnamInstant } from '#shared/domain/vn-date.ts';

/** What the form holds while it is being filled in. Lists are texts of one line per entry, as they are typed. */
export interface LetterForm {
  readonly documentType: string;
  readonly notation: string;
  readonly printedNumber: string;
  readonly date: string | null;
  readonly place: string;
  readonly agencyName: string;
  readonly abstract: string;
  readonly authority: string;
  readonly signerTitle: string;
  readonly signerName: string;
  readonly urgency: Urgency;
  readonly expressAt: string | null;
  readonly dueAt: string | null;
  readonly addressees: string;
  readonly recipientLines: string;
  readonly paperFollows: boolean;
  readonly recipients: readonly DirectoryAgency[];
}

export type LetterField = Exclude<keyof LetterForm, 'recipients' | 'paperFollows'>;

/** Where a value came from: `page` was read from the letter, `check` was read but may be wrong. */
export type FieldSource = 'page' | 'check';

const proposalFieldOf: Readonly<Partial<Record<LetterField, ProposalField>>> = {
  documentType: 'documentType',
  notation: 'notation',
  printedNumber: 'number',
  date: 'date',
  place: 'place',
  agencyName: 'agency',
  abstract: 'abstract',
  authority: 'authority',
  signerTitle: 'signerTitle',
  signerName: 'signerName',
  urgency: 'urgency',
  dueAt: 'dueDate',
  addressees: 'addressees',
  recipientLines: 'recipients',
};

export const emptyLetterForm: LetterForm = {
  documentType: 'Công văn',
  notation: '',
  printedNumber: '',
  date: null,
  place: '',
  agencyName: '',
  abstract: '',
  authority: '',
  signerTitle: '',
  signerName: '',
  urgency: 'normal',
  expressAt: null,
  dueAt: null,
  addressees: '',
  recipientLines: '',
  paperFollows: false,
  recipients: [],
};

/** The form as the letter's text fills it; `agencyName` is the office's own, for a letter that does not say. */
export function formFromProposal(proposal: Proposal, agencyName: string): LetterForm {
  if (!proposal.textFound) return emptyLetterForm;
  return {
    ...emptyLetterForm,
    documentType: proposal.documentType ?? emptyLetterForm.documentType,
    notation: proposal.notation ?? '',
    printedNumber: proposal.number ?? '',
    date: proposal.date,
    place: proposal.place ?? '',
    agencyName: proposal.agency ?? agencyName,
    abstract: proposal.abstract ?? '',
    authority: proposal.authority ?? '',
    signerTitle: proposal.signerTitle ?? '',
    signerName: proposal.signerName ?? '',
    urgency: proposal.urgency,
    expressAt: expressInstant(proposal),
    dueAt: proposal.dueDate === null ? null : utc(vietnamInstant(proposal.dueDate, END_OF_OFFICE_HOURS)),
    addressees: proposal.addressees.join('\n'),
    recipientLines: proposal.recipients.join('\n'),
  };
}

// The hour of "hỏa tốc hẹn giờ" is of the letter's own day; without a day the clerk has to say.
function expressInstant(proposal: Proposal): string | null {
  if (proposal.expressHour === null || proposal.date === null) return null;
  return utc(vietnamInstant(proposal.date, proposal.expressHour));
}

function utc(instant: string): string {
  return new Date(instant).toISOString();
}

export function sourcesFromProposal(proposal: Proposal): Partial<Record<LetterField, FieldSource>> {
  const sources: Partial<Record<LetterField, FieldSource>> = {};
  for (const [field, source] of Object.entries(proposalFieldOf) as [LetterField, ProposalField][]) {
    const confidence = proposal.confidence[source];
    if (confidence > 0) sources[field] = confidence >= SURE_CONFIDENCE ? 'page' : 'check';
  }
  return sources;
}

/** Place on the page of the form's field, if the letter's text showed one. */
export function regionOf(proposal: Proposal | null, field: LetterField | null) {
  const source = field === null ? undefined : proposalFieldOf[field];
  return (source === undefined ? undefined : proposal?.regions[source]) ?? null;
}

export function placementFromProposal(proposal: Proposal): Placement {
  return { signature: proposal.signatureAnchor, number: proposal.numberBlank, date: proposal.dateBlank };
}

/** The form of a saved draft. */
export function formFromDetail(detail: OutgoingDetail): LetterForm {
  const { fields } = detail;
  return {
    ...fields,
    addressees: fields.addressees.join('\n'),
    recipientLines: fields.recipientLines.join('\n'),
    recipients: detail.deliveries.map((delivery) => ({
      code: delivery.agencyCode,
      name: delivery.agencyName,
      parentName: null,
      group: null,
    })),
  };
}

/** Lines of a text as entries: empty ones and leading dashes go. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/^\s*[-–+•]\s*/u, '').trim())
    .filter((line) => line !== '');
}

export function fieldsFromForm(form: LetterForm): OutgoingFields {
  const { recipients: _, ...fields } = form;
  return {
    ...fields,
    expressAt: form.urgency === 'express-timed' ? form.expressAt : null,
    addressees: linesOf(form.addressees),
    recipientLines: linesOf(form.recipientLines),
  };
}

/** Fields that saving needs and that are still empty, in the order of the form. */
export function missingFields(form: LetterForm): readonly LetterField[] {
  const needed = ['documentType', 'notation', 'agencyName', 'abstract', 'signerName'] as const;
  const missing: LetterField[] = needed.filter((field) => form[field].trim() === '');
  if (form.urgency === 'express-timed' && form.expressAt === null) missing.push('expressAt');
  return missing;
}

/** Whether nothing was changed. */
export function sameForm(one: LetterForm, other: LetterForm): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
