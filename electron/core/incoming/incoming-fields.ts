import type { IncomingFields } from '#shared/contract/incoming.ts';
import { SURE_CONFIDENCE, type Proposal, type ProposalField } from '#shared/domain/proposal.ts';
import { urgencyFromRank, type Urgency } from '#shared/domain/urgency.ts';
import { END_OF_OFFICE_HOURS, vietnamInstant } from '#shared/domain/vn-date.ts';
import type { EdxmlDocument } from '#shared/edxml/edxml-message.ts';
import { comparableName } from '../office/comparable-name.ts';
import type { IncomingRecord } from '../ports/stores.ts';

type Sources = Record<string, 'header' | 'page' | 'check' | 'none'>;

export interface ProposedIncoming {
  readonly fields: IncomingFields;
  readonly sources: Sources;
  readonly regions: IncomingRecord['regions'];
  readonly expressAt: string | null;
}

/** Which field of a proposal shows where a field of the incoming form stands on the page. */
const regionFields: readonly (readonly [keyof IncomingFields, ProposalField])[] = [
  ['agencyName', 'agency'],
  ['codeText', 'number'],
  ['date', 'date'],
  ['documentType', 'documentType'],
  ['abstract', 'abstract'],
  ['signerName', 'signerName'],
  ['signerTitle', 'signerTitle'],
  ['urgency', 'urgency'],
  ['dueAt', 'dueDate'],
];

/**
 * What the register form starts with: the message's header where it says something, else the page. Where both speak
 * and differ, the header's value stands and the field asks to be checked.
 */
export function proposeIncoming(message: EdxmlDocument, page: Proposal | null): ProposedIncoming {
  const sources: Sources = {};
  const choose = (
    field: keyof IncomingFields,
    header: string | null,
    read: string | null,
    from: ProposalField,
  ): string => {
    // White space says nothing, and would leave a required field empty.
    if (header !== null && header.trim() !== '') {
      sources[field] = read === null || sameText(read, header) ? 'header' : 'check';
      return header;
    }
    if (read === null || read.trim() === '') {
      sources[field] = 'none';
      return '';
    }
    sources[field] = (page?.confidence[from] ?? 0) >= SURE_CONFIDENCE ? 'page' : 'check';
    return read;
  };

  const headerCode = [message.codeNumber, message.codeNotation].filter((part) => part !== '').join('/');
  const pageCode = page?.number == null || page.notation === null ? null : `${page.number}/${page.notation}`;
  const date = choose('date', message.promulgationDate, page?.date ?? null, 'date');
  const due = choose('dueAt', message.dueDate, page?.dueDate ?? null, 'dueDate');
  const urgency = chooseUrgency(message, page, sources);
  const fields: IncomingFields = {
    agencyName: choose('agencyName', message.from.organName, page?.agency ?? null, 'agency') || message.from.organId,
    codeText: choose('codeText', headerCode, pageCode, 'number'),
    date: date === '' ? null : date,
    documentType:
      choose('documentType', message.documentType.typeName, page?.documentType ?? null, 'documentType') || 'Công văn',
    abstract:
      choose('abstract', message.subject.trim() || message.content, page?.abstract ?? null, 'abstract') ||
      headerCode.trim() ||
      '—',
    signerName: choose('signerName', message.signer.fullName, page?.signerName ?? null, 'signerName'),
    signerTitle: choose('signerTitle', message.signer.position, page?.signerTitle ?? null, 'signerTitle'),
    urgency,
    dueAt: due === '' ? null : toUtc(vietnamInstant(due, END_OF_OFFICE_HOURS)),
    forwardTo: '',
    paper: message.business?.paper === true ? 'expected' : 'none',
  };
  const regions: Record<string, IncomingRecord['regions'][string]> = {};
  for (const [field, from] of regionFields) {
    const region = page?.regions[from];
    if (region !== undefined) regions[field] = region;
  }
  return { fields: capped(fields), sources, regions, expressAt: expressAt(urgency, page, fields.date) };
}

function chooseUrgency(message: EdxmlDocument, page: Proposal | null, sources: Sources): Urgency {
  const header = message.otherInfo.priority === null ? null : urgencyFromRank(message.otherInfo.priority);
  sources['urgency'] = header === null ? 'page' : 'header';
  const read = page?.urgency ?? 'normal';
  if (header === null) return read;
  // A stamp on the page that the header forgot must not get lost.
  if (header === 'normal' && read !== 'normal') {
    sources['urgency'] = 'check';
    return read;
  }
  return header;
}

function expressAt(urgency: Urgency, page: Proposal | null, date: string | null): string | null {
  if (urgency !== 'express-timed' || page?.expressHour == null || date === null) return null;
  return toUtc(vietnamInstant(date, page.expressHour));
}

const toUtc = (instant: string): string => new Date(instant).toISOString();

/** "UBND" on the page and "Ủy ban nhân dân" in the header say the same. */
const sameText = (a: string, b: string): boolean => comparableName(a) === comparableName(b);

/** Others' messages may be longer than any form allows; the message itself is kept whole. */
function capped(fields: IncomingFields): IncomingFields {
  const cut = (text: string, max: number) => text.normalize('NFC').trim().slice(0, max);
  return {
    ...fields,
    agencyName: cut(fields.agencyName, 200),
    codeText: cut(fields.codeText, 80),
    documentType: cut(fields.documentType, 200),
    abstract: cut(fields.abstract, 2000),
    signerName: cut(fields.signerName, 200),
    signerTitle: cut(fields.signerTitle, 200),
  };
}
