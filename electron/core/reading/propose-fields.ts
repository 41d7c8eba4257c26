import { documentTypeByAbbreviation } from '#shared/domain/document-types.ts';
import { isInvitation } from '#shared/domain/meeting.ts';
import { comparableCode, parseNotation } from '#shared/domain/notation.ts';
import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import { plainTexts } from '#shared/domain/plain-text.ts';
import type { Proposal, ProposalField } from '#shared/domain/proposal.ts';
import { detectLegacyEncoding } from '#shared/domain/vietnamese-legacy.ts';
import type { PdfText, PdfWord } from '../ports/pdf-text.ts';
import { readAddressees } from './addressees.ts';
import { readAgency } from './agency-name.ts';
import { readDueDate } from './body.ts';
import {
  agencyLines,
  type CodeReading,
  type DateReading,
  type Header,
  readCode,
  readDate,
  readHeader,
  startsSubject,
} from './header.ts';
import { readMeeting } from './meeting.ts';
import { findReferences } from './references.ts';
import { isRule, joinText, type Line, regionOf, rowsOf, runBelow, splitColumns } from './lines.ts';
import { readClosing } from './signature.ts';
import { findRunningMark, findSecrecyMark, findUrgencyStamp, isStamp } from './stamps.ts';
import { textOfPdf } from './text-of-pdf.ts';
import { findUrgencyRooms } from './urgency-room.ts';
import { findTitle, tidyAbstract, type Title } from './title.ts';

/**
 * Proposes the fields of the registration form from a letter's text, by the layout that Nghị định 30/2020, Phụ lục I
 * prescribes. Reads what is printed and invents nothing; never throws, whatever the text.
 */
export function proposeFields(read: PdfText): Proposal {
  const text = withoutDegenerateWords(read);
  const first = text.pages.find((page) => page.items.length > 0);
  if (!first) return emptyProposal(text.pageCount);

  const rows = rowsOf(first);
  const parts = rows.flatMap(splitColumns);
  const upperParts = parts.filter((line) => line.y > first.height * 0.45);
  const header = readHeader(first);
  const code = header.numberLine ? readCode(header.numberLine) : noCode;
  const date = header.dateLine ? readDate(header.dateLine) : noDate;
  const agency = readAgency(agencyLines(header));
  const titleZone = header.numberLine ?? header.dateLine;
  const title = findTitle(
    rows.filter((row) => row.y > first.height * 0.35 && (titleZone === null || row.y < titleZone.y)),
    first.width,
  );
  const subject = readSubject(header, parts);
  const addressees = readAddressees(rows);
  const closing = readClosing(text.pages);
  const documentType = typeOf(title, code.notation, subject !== null, addressees.addressees.length > 0);
  const bodyRows = text.pages
    .flatMap((page) => (page === first ? rows : rowsOf(page)))
    .filter((row) => isBody(row, header, first.page));
  const meeting = documentType !== null && isInvitation(documentType.name) ? readMeeting(bodyRows, date.date) : null;
  const due = readDueDate(bodyRows, date.date);
  const stamp = findUrgencyStamp(upperParts);
  const titled = title?.abstract != null ? { abstract: title.abstract, lines: title.abstractLines } : null;
  const abstract = titled ?? subject;

  const found = new Fields();
  found.add('number', code.number, 0.95, header.numberLine);
  found.add('notation', code.notation, 0.95, header.numberLine);
  found.add('date', date.date, 0.95, header.dateLine);
  found.add('place', date.place, 0.9, header.dateLine);
  found.add('agency', agency.agency, agency.agencyLines.some((line) => line.bold) ? 0.9 : 0.6, agency.agencyLines);
  found.add('parentAgency', agency.parentAgency, 0.85, agency.parentLines);
  found.add(
    'documentType',
    documentType,
    documentType?.certain === true ? 0.95 : 0.7,
    title?.titleLine ?? header.numberLine,
  );
  found.add('abstract', abstract, titled || /^v\/v/i.test(abstract?.abstract ?? '') ? 0.9 : 0.6, abstract?.lines ?? []);
  found.add('authority', closing.authority, 0.9, closing.authorityLines);
  found.add('signerTitle', closing.signerTitle, 0.85, closing.titleLines);
  found.add('signerName', closing.signerName, closing.signerTitle === null ? 0.5 : 0.9, closing.nameLine);
  found.add('addressees', addressees.addressees[0], 0.85, addressees.lines);
  found.add('recipients', closing.recipients[0], 0.9, closing.recipientLines);
  found.add('urgency', stamp, 0.9, stamp?.lines ?? []);
  for (const [field, { confidence, lines }] of Object.entries(meeting?.found ?? {})) {
    found.add(field as ProposalField, field, confidence, lines);
  }
  found.add('dueDate', due, 0.5, due?.lines ?? []);

  return plainTexts<Proposal>({
    textFound: true,
    pageCount: text.pageCount,
    number: code.number,
    notation: code.notation,
    date: date.date,
    place: date.place,
    agency: agency.agency,
    parentAgency: agency.parentAgency,
    documentType: documentType?.name ?? null,
    abstract: abstract?.abstract ?? null,
    authority: closing.authority,
    signerTitle: closing.signerTitle,
    signerName: closing.signerName,
    addressees: addressees.addressees,
    recipients: closing.recipients,
    urgency: stamp?.stamp.urgency ?? 'normal',
    expressHour: stamp?.stamp.hour ?? null,
    secrecyMark:
      findSecrecyMark(rows, first.height, header.bottom) ??
      firstOf(text.pages, (page) => findRunningMark(rowsOf(page), page.height)),
    meeting: meeting?.meeting ?? null,
    dueDate: due?.dueDate ?? null,
    references: findReferences(
      [abstract?.abstract ?? '', ...bodyRows.map(({ text: row }) => row)].join('\n'),
      comparableCode(`${code.number ?? ''}/${code.notation ?? ''}`),
    ),
    confidence: found.confidence,
    regions: found.regions,
    numberBlank: code.blank,
    dateBlank: date.blank,
    urgencyRooms: findUrgencyRooms(first, parts, header.numberLine, subject?.lines ?? []),
    signatureAnchor: closing.anchor,
    legacyEncoding: detectLegacyEncoding(textOfPdf(text)),
  });
}

function firstOf<T, Found>(list: readonly T[], find: (one: T) => Found | null): Found | null {
  for (const one of list) {
    const found = find(one);
    if (found !== null) return found;
  }
  return null;
}

/** Hostile or broken files place words nowhere or set them in no size; geometry cannot deal with those. */
function withoutDegenerateWords(text: PdfText): PdfText {
  const sound = (word: PdfWord): boolean =>
    [word.x, word.y, word.width, word.fontSize].every((value) => Number.isFinite(value) && Math.abs(value) < 100_000) &&
    word.fontSize > 0.5 &&
    word.width >= 0;
  return { ...text, pages: text.pages.map((page) => ({ ...page, items: page.items.filter(sound) })) };
}

const noCode: CodeReading = { number: null, notation: null, blank: null };
const noDate: DateReading = { date: null, place: null, blank: null };

const noConfidence: Readonly<Record<ProposalField, number>> = {
  number: 0,
  notation: 0,
  date: 0,
  place: 0,
  agency: 0,
  parentAgency: 0,
  documentType: 0,
  abstract: 0,
  authority: 0,
  signerTitle: 0,
  signerName: 0,
  addressees: 0,
  recipients: 0,
  urgency: 0,
  meetingAt: 0,
  meetingEndsAt: 0,
  meetingPlace: 0,
  meetingChair: 0,
  meetingLink: 0,
  meetingPapers: 0,
  dueDate: 0,
};

/** What a form without a readable text starts from: nothing. */
function emptyProposal(pageCount: number): Proposal {
  return {
    textFound: false,
    pageCount,
    number: null,
    notation: null,
    date: null,
    place: null,
    agency: null,
    parentAgency: null,
    documentType: null,
    abstract: null,
    authority: null,
    signerTitle: null,
    signerName: null,
    addressees: [],
    recipients: [],
    urgency: 'normal',
    expressHour: null,
    secrecyMark: null,
    meeting: null,
    dueDate: null,
    references: [],
    confidence: noConfidence,
    regions: {},
    numberBlank: null,
    dateBlank: null,
    urgencyRooms: [],
    signatureAnchor: null,
    legacyEncoding: null,
  };
}

/** Confidence and place of each field that was found. */
class Fields {
  readonly confidence: Record<ProposalField, number> = { ...noConfidence };
  readonly regions: Partial<Record<ProposalField, PageRectangle>> = {};

  add(field: ProposalField, value: unknown, confidence: number, lines: Line | readonly Line[] | null): void {
    if (value === null || value === undefined) return;
    this.confidence[field] = confidence;
    const list = lines === null ? [] : 'words' in lines ? [lines] : lines;
    const page = list[0]?.page;
    const region = regionOf(list.filter((line) => line.page === page));
    if (region) this.regions[field] = region;
  }
}

/** "V/v …" under the number of a công văn (ô 5b); elsewhere in the upper half only when it is not there. */
function readSubject(header: Header, parts: readonly Line[]): { abstract: string; lines: readonly Line[] } | null {
  const inLeft = header.left.find(startsSubject);
  const start = inLeft ?? parts.find((line) => startsSubject(line) && line.y > header.bottom);
  if (!start) return null;
  // One that runs across the page goes on from its own edge.
  const below = inLeft ? header.left : parts.filter((line) => line.y > header.bottom && line.x < start.center);
  const more = runBelow(start, below, 1.9, (line) => !isRule(line) && !isStamp(line));
  const lines = [start, ...more];
  const abstract = tidyAbstract(joinText(lines));
  return abstract === null ? null : { abstract, lines };
}

/** The title says it; without one, "V/v" marks a công văn ("CT-…" may be an agency's letters), then the notation. */
function typeOf(
  title: Title | null,
  notation: string | null,
  hasSubject: boolean,
  hasAddressees: boolean,
): { name: string; certain: boolean } | null {
  if (title) return { name: title.typeName, certain: true };
  const abbreviation = notation === null ? null : parseNotation(notation).typeAbbreviation;
  const named = abbreviation === null ? null : documentTypeByAbbreviation(abbreviation);
  if (named && !hasSubject) return { name: named.name, certain: false };
  return hasSubject || hasAddressees ? { name: 'Công văn', certain: notation !== null && !named } : null;
}

function isBody(row: Line, header: Header, firstPage: number): boolean {
  return row.page !== firstPage || row.y <= header.bottom;
}
