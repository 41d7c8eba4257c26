import type { Look, PageReading } from '#shared/contract/last-look.ts';
import type { NumberChoice } from '#shared/contract/outgoing.ts';
import {
  isSameDifference,
  waysOf,
  type Decision,
  type Difference,
  type DecisionWay,
} from '#shared/domain/last-look.ts';
import type { PageRectangle } from '#shared/domain/page-rectangle.ts';
import { isPdfName } from '#shared/domain/attachment-rules.ts';
import { isSamePerson } from '#shared/domain/person-name.ts';
import { SURE_CONFIDENCE, type Proposal } from '#shared/domain/proposal.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { notationsFor } from '../books/notation-calls.ts';
import { bookOf } from '../books/numbering.ts';
import type { NumberedDay } from '../books/book-store.ts';
import type { CertificateRecord } from '../certificates/certificate-store.ts';
import type { CoreContext } from '../core-context.ts';
import { likelyAgencies } from '../directory/addressee-lines.ts';
import { groupAgencies } from '../directory/group-agencies.ts';
import { isOutsideOffice } from '../directory/other-agency.ts';
import { provenAgency } from '../directory/proven-name.ts';
import { resolveAddressees } from '../directory/resolve-addressees.ts';
import { isSealOf } from '../directory/seal-name.ts';
import {
  agencySubject,
  compareLetter,
  namedSigner,
  personSubject,
  type CertificateName,
  type Comparison,
  type LetterFacts,
} from './compare-letter.ts';
import { lookThrough } from '../reading/look-through.ts';
import type { AttachmentRecord } from '../documents/document-record.ts';
import { dayToTake } from './letter-day.ts';
import type { OutgoingRecord } from './outgoing-store.ts';

/** Keys that the letter is to be signed and sealed with, as far as they are chosen. */
export interface ChosenKeys {
  readonly person: CertificateRecord | null;
  readonly seal: CertificateRecord | null;
}

export const noKeys: ChosenKeys = { person: null, seal: null };

/** Proposals for a line that reaches nobody. */
const MOST_PROPOSALS = 2;

/** What the comparison needs of what was read from a page. */
export function pageReadingOf(proposal: Proposal): PageReading {
  const { confidence, regions } = proposal;
  const { agency, date, notation, signerName, addressees, recipients } = regions;
  return {
    textFound: proposal.textFound,
    agency: proposal.agency,
    parentAgency: proposal.parentAgency,
    agencySure: confidence.agency >= SURE_CONFIDENCE,
    date: proposal.date,
    notation: proposal.notation,
    signerName: proposal.signerName,
    signerSure: confidence.signerName >= SURE_CONFIDENCE,
    addressees: [...proposal.addressees],
    recipients: [...proposal.recipients],
    regions: {
      ...(agency === undefined ? {} : { agency }),
      ...(date === undefined ? {} : { date }),
      ...(notation === undefined ? {} : { notation }),
      ...(signerName === undefined ? {} : { signerName }),
      ...(addressees === undefined ? {} : { addressees }),
      ...(recipients === undefined ? {} : { recipients }),
    },
  };
}

/** A letter with what its page says. */
export interface ReadLetter {
  readonly record: OutgoingRecord;
  readonly page: PageReading | null;
}

/**
 * One that was taken in by an older version was not read to be compared, nor were its attachments looked through: that is
 * done now. A scan, and a page that cannot be read, leave the form alone to compare. @throws CodedError READER_UNAVAILABLE,
 * FILE_MISSING, FILE_DAMAGED
 */
export async function readLetter(ctx: CoreContext, record: OutgoingRecord): Promise<ReadLetter> {
  const kept = record.page ?? pageReadingOf(await ctx.reader.readPage(record.originalFileId));
  return { record: await withLookedThrough(ctx, record), page: kept.textFound ? kept : null };
}

async function withLookedThrough(ctx: CoreContext, record: OutgoingRecord): Promise<OutgoingRecord> {
  if (!beforeSeal.includes(record.state)) return record;
  const isLooked = ({ role, name, signing }: AttachmentRecord): boolean =>
    role !== 'appendix' || signing !== undefined || !isPdfName(name);
  if (record.attachments.every(isLooked)) return record;
  const attachments: AttachmentRecord[] = [];
  for (const one of record.attachments) {
    attachments.push(isLooked(one) ? one : { ...one, ...(await lookThrough(ctx, one)) });
  }
  return { ...record, attachments };
}

/** What differs and what is the same, of a letter that takes a number, or has one. */
export function compare(
  ctx: Pick<CoreContext, 'registers' | 'clock'>,
  { record, page }: ReadLetter,
  keys: ChosenKeys,
  take: NumberChoice = { kind: 'next' },
): Comparison {
  return compareLetter(factsOf(ctx, { record, page }, keys, take));
}

function factsOf(
  ctx: Pick<CoreContext, 'registers' | 'clock'>,
  { record, page }: ReadLetter,
  keys: ChosenKeys,
  take: NumberChoice,
): LetterFacts {
  const { registers } = ctx;
  const { fields } = record;
  const own = registers.office.agency();
  const days = daysOf(ctx, record, take);
  const signatures = record.verification?.signatures ?? [];
  const signed = (role: 'person' | 'seal'): CertificateName | null => {
    const one = signatures.find((each) => each.role === role && each.signerName !== '');
    return one === undefined ? null : { name: one.signerName, organisation: one.organisation };
  };
  const isOther = (agency: string | null, parentAgency: string | null, sure: boolean): boolean =>
    isOutsideOffice({ registers }, { agency, parentAgency, sure });
  const otherAgency =
    page !== null && isOther(page.agency, page.parentAgency, page.agencySure)
      ? page.agency
      : isOther(fields.agencyName, null, false)
        ? fields.agencyName
        : null;
  return {
    page,
    fields,
    ...days,
    notations: allNotations(notationsFor(registers, fields, Number(days.date.slice(0, 4)))),
    office: own === null ? null : { name: own.name, parentName: provenAgency({ registers }, own.code).parentName },
    otherAgency,
    signer: signed('person') ?? nameOf(keys.person),
    seal: signed('seal') ?? nameOf(keys.seal),
    recipients: registers.outgoing
      .deliveries(record.id)
      .map(({ agencyCode, agencyName }) => ({ code: agencyCode, name: agencyName })),
    others: registers.outgoing.otherRecipients(record.id).map(({ name }) => name),
    unsignable: unsignableOf(record),
    // Collective names do not mean this office: nobody writes to himself.
    agencies: registers.agencies.withLists().filter(({ code }) => code !== own?.code),
  };
}

/** A file that its signers closed goes as it is, which is no question. */
function unsignableOf({ attachments }: OutgoingRecord): LetterFacts['unsignable'] {
  return attachments.flatMap(({ fileId, name, signing }) => {
    const obstacle = signing?.obstacle ?? null;
    return obstacle === null || obstacle === 'SIGN_DOCMDP_FORBIDS' ? [] : [{ fileId, name, obstacle }];
  });
}

const allNotations = ({ proposed, choices }: ReturnType<typeof notationsFor>): readonly string[] => [
  ...(proposed === null ? [] : [proposed]),
  ...choices.map(({ notation }) => notation),
];

const nameOf = (certificate: CertificateRecord | null): CertificateName | null =>
  certificate === null ? null : { name: certificate.subject, organisation: certificate.organisation };

/** The day of a letter that takes a number now, or took one, and the numbers beside it. */
function daysOf(
  { registers, clock }: Pick<CoreContext, 'registers' | 'clock'>,
  record: OutgoingRecord,
  take: NumberChoice,
): { readonly date: string; readonly before: NumberedDay | null; readonly after: NumberedDay | null } {
  const { books } = registers;
  const { fields, numbered } = record;
  if (numbered !== null) {
    const date = fields.date ?? vietnamDay(Date.parse(numbered.at));
    return { date, ...books.neighbours(record.bookId, numbered.year, numbered.number, numbered.suffix) };
  }
  const { date, year } = dayToTake(record, clock.now().getTime());
  const bookId = bookOf(registers, 'outgoing', fields.documentType);
  const number = take.kind === 'next' ? books.last(bookId, year) + 1 : take.number;
  // One beside a number comes after all that the number has already.
  const suffix = take.kind === 'beside' ? '~' : take.kind === 'reserved' ? take.suffix : '';
  return { date, ...books.neighbours(bookId, year, number, suffix) };
}

const decisionOn = (difference: Difference, decisions: readonly Decision[]): Decision | null =>
  decisions.find((decision) => isSameDifference(decision, difference)) ?? null;

/**
 * Refuses a step that cannot be undone while a difference stands about which nobody has decided. The certificate of the seal
 * is compared from the seal on. @throws CodedError DIFFERENCE_UNDECIDED
 */
export function requireDecided(
  ctx: Pick<CoreContext, 'registers' | 'clock'>,
  letter: ReadLetter,
  keys: ChosenKeys,
): void {
  const decisions = ctx.registers.decisions.of(letter.record.id);
  const open = compare(ctx, letter, keys).differences.filter((each) => decisionOn(each, decisions) === null);
  const [first] = open;
  if (first === undefined) return;
  throw new CodedError('DIFFERENCE_UNDECIDED', { difference: first.kind, page: first.page, count: open.length });
}

/** Lines of the letter that somebody decided to send on paper. */
export function linesOnPaper(ctx: Pick<CoreContext, 'registers' | 'clock'>, letter: ReadLetter): readonly string[] {
  const decisions = ctx.registers.decisions.of(letter.record.id);
  return compare(ctx, letter, noKeys)
    .differences.filter((each) => each.kind === 'line' && decisionOn(each, decisions)?.way === 'on-paper')
    .map(({ page }) => page);
}

/** Whether somebody has decided that the day may be before that of the number before. */
export function isDayDecided(ctx: Pick<CoreContext, 'registers' | 'clock'>, record: OutgoingRecord): boolean {
  const decisions = ctx.registers.decisions.of(record.id);
  const { differences } = compare(ctx, { record, page: null }, noKeys);
  return differences.every((each) => each.kind !== 'date-order' || decisionOn(each, decisions) !== null);
}

const beforeSeal: readonly OutgoingRecord['state'][] = ['approved', 'numbered', 'signed'];
/** Between approval and dispatch: what differs is looked at and decided about. */
export const lookedAt: readonly OutgoingRecord['state'][] = [...beforeSeal, 'sealed'];

/** Ways out of a difference in the state that the letter is in. */
export function openWays(record: Pick<OutgoingRecord, 'state'>, difference: Difference): DecisionWay[] {
  return waysOf[difference.kind].filter((way) => {
    // What stands in the book with a number stays as it is; the letter can still go to others until it has left.
    if (way === 'as-on-page') return record.state === 'approved';
    if (way === 'sent-to') return lookedAt.includes(record.state);
    return true;
  });
}

/** Everything that the panel shows. */
export function lookAt(ctx: CoreContext, letter: ReadLetter, keys: ChosenKeys, take: NumberChoice): Look {
  const { registers } = ctx;
  const { record, page } = letter;
  const facts = factsOf(ctx, letter, keys, take);
  const { differences, matches } = compareLetter(facts);
  const decisions = registers.decisions.of(record.id);
  const signerName = namedSigner(page, record.fields);
  return {
    differences: differences.map((difference) => ({
      ...difference,
      mark: page === null ? null : markOf(difference, page),
      ways: openWays(record, difference),
      proposals: difference.kind === 'line' ? proposalsFor(ctx, difference.page, facts) : [],
      decision: visible(decisionOn(difference, decisions)),
    })),
    matches: [...matches],
    signerName,
    officeName: facts.office?.name ?? '',
    certificates: registers.certificates.list().map((certificate) => ({
      id: certificate.id,
      role: certificate.role,
      fits: fits(certificate, signerName, facts.office),
      accepted: decisions.some(({ kind, subject }) =>
        certificate.role === 'person'
          ? kind === 'signer' && subject === personSubject(signerName, certificate.subject)
          : kind === 'seal' &&
            facts.office !== null &&
            subject === agencySubject(facts.office.name, certificate.subject),
      ),
    })),
    groups: groupsOf(facts),
  };
}

function visible(decision: Decision | null): Look['differences'][number]['decision'] {
  if (decision === null) return null;
  const { way, reason, agencies, at, personName } = decision;
  return { way, reason, agencies, at, personName };
}

function fits(certificate: CertificateRecord, signerName: string, office: LetterFacts['office']): boolean {
  if (certificate.role === 'person') return isSamePerson(signerName, certificate.subject);
  return office === null || isSealOf(office, certificate.subject, certificate.organisation);
}

function proposalsFor(
  ctx: CoreContext,
  line: string,
  { agencies }: LetterFacts,
): Look['differences'][number]['proposals'] {
  const asAgencies = (codes: readonly string[]) =>
    codes.map((code) => ctx.registers.agencies.find(code)).filter((agency) => agency !== null);
  // A name that the directory has, of one agency or of many, whom the clerk has taken out.
  const meant = asAgencies(resolveAddressees([line], agencies).codes);
  if (meant.length > 0) return [{ name: meant.length === 1 ? (meant[0]?.name ?? line) : line, agencies: meant }];
  return likelyAgencies(line, agencies, MOST_PROPOSALS).map(({ code, name }) => ({
    name,
    agencies: asAgencies([code]),
  }));
}

/** Each recipient under the collective name that has the most of them, the largest group first; the rest under none. */
export function groupsOf({ recipients, agencies }: Pick<LetterFacts, 'recipients' | 'agencies'>): Look['groups'] {
  const grouped = groupAgencies(
    recipients.map(({ code }) => code),
    agencies,
  );
  const inGroups = new Set(grouped.flatMap(({ codes }) => codes));
  const rest = recipients.filter(({ code }) => !inGroups.has(code));
  const groups = grouped.map(({ name, of, codes }) => ({
    name,
    of,
    agencies: recipients.filter(({ code }) => codes.includes(code)),
  }));
  return rest.length === 0 ? groups : [...groups, { name: '', of: rest.length, agencies: rest }];
}

/** Where what differs stands on the page; a line of a list by its place among the lines. */
function markOf({ kind, page: text }: Difference, page: PageReading): PageRectangle | null {
  const { regions } = page;
  switch (kind) {
    case 'signer':
    case 'signer-field':
      return regions.signerName ?? null;
    case 'agency':
    case 'seal':
      return regions.agency ?? null;
    case 'date':
    case 'date-order':
      return regions.date ?? null;
    case 'notation':
    case 'template':
      return regions.notation ?? null;
    case 'attachment':
      return null;
    case 'line':
      return lineMark(text, page.addressees, regions.addressees) ?? lineMark(text, page.recipients, regions.recipients);
  }
}

function lineMark(text: string, lines: readonly string[], region: PageRectangle | undefined): PageRectangle | null {
  const at = lines.indexOf(text);
  if (at === -1 || region === undefined) return null;
  const height = region.height / lines.length;
  return { ...region, y: region.y + region.height - (at + 1) * height, height };
}
