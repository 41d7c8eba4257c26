import type { Reading } from '#shared/contract/incoming.ts';
import {
  documentFields,
  fieldDescription,
  fieldsOf,
  type IncomingFieldName,
  type IncomingFields,
} from '#shared/domain/document-fields.ts';
import { isInvitation, noMeeting } from '#shared/domain/meeting.ts';
import { comparableCode } from '#shared/domain/notation.ts';
import { saysNothing } from '#shared/domain/says-nothing.ts';
import { expressInstant, SURE_CONFIDENCE, type Proposal, type ProposalField } from '#shared/domain/proposal.ts';
import { urgencyFromRank, type Urgency } from '#shared/domain/urgency.ts';
import { normalizeText } from '#shared/domain/vietnamese-text.ts';
import { endOfOfficeDay } from '#shared/domain/vn-date.ts';
import { comparableName } from '../directory/comparable-name.ts';
import type { ForeignEnvelope } from '../ports/foreign-reader.ts';

export interface ProposedIncoming {
  readonly fields: IncomingFields;
  readonly reading: Reading;
  readonly expressAt: string | null;
}

/**
 * What the register form starts with: the message's header where it says something, else the page. Where both speak
 * and differ, the header's value stands and the field asks to be checked.
 */
export function proposeIncoming(message: ForeignEnvelope, page: Proposal | null): ProposedIncoming {
  const sources: Reading['sources'] = {};
  const choose = (field: IncomingFieldName, header: string | null, read: string | null): string => {
    // White space and "N/A" say nothing, and would stand in the way of the page.
    if (header !== null && !saysNothing(header)) {
      sources[field] = read === null || sameText(read, header) ? 'header' : 'check';
      return header;
    }
    if (read === null || read.trim() === '') {
      sources[field] = 'none';
      return '';
    }
    sources[field] = confidenceOf(page, field) >= SURE_CONFIDENCE ? 'page' : 'check';
    return read;
  };

  const headerCode = codeOf(message);
  const pageCode = page?.number == null || page.notation === null ? null : `${page.number}/${page.notation}`;
  const date = choose('date', message.promulgationDate, page?.date ?? null);
  const due = choose('dueAt', message.dueDate, page?.dueDate ?? null);
  const urgency = chooseUrgency(message, page, sources);
  const documentType = choose('documentType', message.documentType.typeName, page?.documentType ?? null) || 'Công văn';
  const meeting = isInvitation(documentType) ? chooseMeeting(message, page, choose) : noMeeting;
  const fields: IncomingFields = {
    agencyName: choose('agencyName', message.from.organName, page?.agency ?? null) || message.from.organId,
    codeText: choose('codeText', headerCode, pageCode),
    date: date === '' ? null : date,
    documentType,
    abstract:
      choose('abstract', said(message.subject) || said(message.content), page?.abstract ?? null) || headerCode || '—',
    signerName: choose('signerName', message.signer.fullName, page?.signerName ?? null),
    signerTitle: choose('signerTitle', message.signer.position, page?.signerTitle ?? null),
    pageAmount: choosePageAmount(message, page, sources),
    ...meeting,
    urgency,
    dueAt: due === '' ? null : dueInstant(due, message.timing?.dueAt ?? null),
    forwardTo: '',
    paper: message.business?.paper === true ? 'expected' : 'none',
  };
  return {
    fields: capped(fields),
    reading: { sources, regions: regionsOf(page) },
    expressAt: urgency === 'express-timed' ? expressHour(message, page, fields.date) : null,
  };
}

const said = (text: string): string => (saysNothing(text) ? '' : text.trim());

/** Some programs write the whole into the number, and the notation besides or not. */
function codeOf({ codeNumber, codeNotation }: ForeignEnvelope): string {
  const [number, notation] = [said(codeNumber), said(codeNotation)];
  const whole = notation === '' || comparableCode(number).endsWith(`/${comparableCode(notation)}`);
  return whole ? number : [number, notation].filter((part) => part !== '').join('/');
}

/** What the sender says of it, which may count appendices too, is its own matter; else what the file has. */
function choosePageAmount(
  { otherInfo }: ForeignEnvelope,
  page: Proposal | null,
  sources: Reading['sources'],
): number | null {
  const isCount = (count: number | null): count is number =>
    count !== null && count >= 1 && count <= documentFields.pageAmount.max;
  const counted = [otherInfo.pageAmount, page?.pageCount ?? null];
  const [stated, read] = counted.map((count) => (isCount(count) ? count : null));
  sources['pageAmount'] = stated != null ? 'header' : read != null ? 'page' : 'none';
  return stated ?? read ?? null;
}

type Choose = (field: IncomingFieldName, header: string | null, read: string | null) => string;
type MeetingFields = Pick<IncomingFields, keyof typeof noMeeting>;

function chooseMeeting({ meeting }: ForeignEnvelope, page: Proposal | null, choose: Choose): MeetingFields {
  const read = page?.meeting ?? null;
  const instant = (text: string): string | null => (text === '' ? null : new Date(text).toISOString());
  const start = choose('meetingAt', meeting?.startsAt ?? null, read?.startsAt ?? null);
  // An end belongs to its start: that of the page says nothing of another hour in the header.
  const sameStart = instant(start) === instant(read?.startsAt ?? '');
  return {
    meetingAt: instant(start),
    meetingEndsAt: instant(choose('meetingEndsAt', meeting?.endsAt ?? null, sameStart ? (read?.endsAt ?? null) : null)),
    meetingPlace: choose('meetingPlace', meeting?.place ?? null, read?.place ?? null),
    meetingChair: choose('meetingChair', meeting?.chair ?? null, read?.chair ?? null),
    meetingLink: choose('meetingLink', meeting?.link ?? null, read?.link ?? null),
    meetingPapers: choose('meetingPapers', meeting?.papers ?? null, read?.papers ?? null),
  };
}

/** The hour that the header names for this very day; else the end of the day's office hours. */
function dueInstant(day: string, at: string | null): string {
  return at !== null && at.startsWith(day) ? new Date(at).toISOString() : endOfOfficeDay(day);
}

/** What the sender's program says counts more than what its stamp was read as. */
function expressHour(message: ForeignEnvelope, page: Proposal | null, date: string | null): string | null {
  const at = message.timing?.expressAt ?? null;
  return at === null ? expressInstant(page?.expressHour ?? null, date) : new Date(at).toISOString();
}

function confidenceOf(page: Proposal | null, field: IncomingFieldName): number {
  const from = proposedBy(field);
  return page === null || from === undefined ? 0 : page.confidence[from];
}

/** Where on the page each field of the form stands. */
function regionsOf(page: Proposal | null): Reading['regions'] {
  const regions: Reading['regions'] = {};
  for (const field of fieldsOf('incoming')) {
    const from = proposedBy(field);
    const region = from === undefined ? undefined : page?.regions[from];
    if (region !== undefined) regions[field] = region;
  }
  return regions;
}

const proposedBy = (field: IncomingFieldName): ProposalField | undefined => fieldDescription(field).proposal;

function chooseUrgency(message: ForeignEnvelope, page: Proposal | null, sources: Reading['sources']): Urgency {
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

/** "UBND" on the page and "Ủy ban nhân dân" in the header say the same. */
const sameText = (a: string, b: string): boolean => comparableName(a) === comparableName(b);

/** Others' messages may be longer than any form allows; the message itself is kept whole. */
function capped(fields: IncomingFields): IncomingFields {
  const entries = Object.entries(fields).map(([name, value]) => {
    const { max } = fieldDescription(name as IncomingFieldName);
    return [name, typeof value === 'string' && max !== undefined ? normalizeText(value).trim().slice(0, max) : value];
  });
  return Object.fromEntries(entries) as IncomingFields;
}
