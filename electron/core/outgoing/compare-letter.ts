import type { PageReading } from '#shared/contract/last-look.ts';
import type { OutgoingFields } from '#shared/domain/document-fields.ts';
import type { Difference, DifferenceKind } from '#shared/domain/last-look.ts';
import { comparableCode } from '#shared/domain/notation.ts';
import { comparablePerson, isSamePerson } from '#shared/domain/person-name.ts';
import { comparableName } from '../directory/comparable-name.ts';
import { reachesSomebody } from '../directory/addressee-lines.ts';
import type { NamedAgency } from '../directory/directory-store.ts';
import { isSealOf } from '../directory/seal-name.ts';

/** Whose a certificate is. */
export interface CertificateName {
  readonly name: string;
  readonly organisation: string;
}

/** A document that has a number of the book, and its day. */
interface Neighbour {
  readonly codeText: string;
  readonly date: string | null;
}

/** All that a letter is compared with; nothing here is asked for again. */
export interface LetterFacts {
  /** Null when nobody read the page: then the form alone is compared. */
  readonly page: PageReading | null;
  readonly fields: OutgoingFields;
  /** The day that the book has, or will have; yyyy-MM-dd. */
  readonly date: string;
  /** Documents with the numbers before and after. */
  readonly before: Neighbour | null;
  readonly after: Neighbour | null;
  /** Notations that the office's templates make for it, the proposed one first; none where there is no template. */
  readonly notations: readonly string[];
  /** This office; null while it has no name. */
  readonly office: { readonly name: string; readonly parentName: string | null } | null;
  /** Whether page or form names another agency than this office as the one that issues, and which. */
  readonly otherAgency: string | null;
  /** Who signs, or signed; null while nobody knows. */
  readonly signer: CertificateName | null;
  readonly seal: CertificateName | null;
  readonly recipients: readonly { readonly code: string; readonly name: string }[];
  /** Names of those that the exchange does not reach. */
  readonly others: readonly string[];
  /** PDFs that go with the letter and that the agency cannot sign. */
  readonly unsignable: readonly { readonly fileId: string; readonly name: string; readonly obstacle: string }[];
  /** The directory without this office. */
  readonly agencies: readonly NamedAgency[];
}

export interface Comparison {
  readonly differences: readonly Difference[];
  readonly matches: readonly { readonly kind: DifferenceKind; readonly value: string }[];
}

/** Whom the page names as the one who signs; what was typed, where the page does not say it surely. */
export function namedSigner(page: PageReading | null, fields: Pick<OutgoingFields, 'signerName'>): string {
  return page?.signerSure === true && page.signerName !== null ? page.signerName : fields.signerName;
}

/** What a decision about two names is about: in other letters of the same names it is the same. */
export const personSubject = (one: string, other: string): string =>
  `${comparablePerson(one)}|${comparablePerson(other)}`;
export const agencySubject = (one: string, other: string): string => `${comparableName(one)}|${comparableName(other)}`;

/** What differs between a letter's page and form, its certificates, the book, this office and its recipients. Pure. */
export function compareLetter(facts: LetterFacts): Comparison {
  const { page, fields, date, office, signer, seal } = facts;
  const differences: Difference[] = [];
  const matches: { kind: DifferenceKind; value: string }[] = [];
  const compare = (
    kind: DifferenceKind,
    same: boolean,
    [pageText, other]: readonly [string, string],
    subject: string,
  ): void => {
    if (same) matches.push({ kind, value: other === '' ? pageText : other });
    else differences.push({ kind, subject, page: pageText, other });
  };

  const named = namedSigner(page, fields);
  if (signer !== null) {
    const subject = personSubject(named, signer.name);
    compare('signer', isSamePerson(named, signer.name), [named, signer.name], subject);
  }
  if (named !== fields.signerName) {
    const subject = personSubject(named, fields.signerName);
    if (!isSamePerson(named, fields.signerName)) compare('signer-field', false, [named, fields.signerName], subject);
  }
  if (seal !== null && office !== null) {
    const same = isSealOf(office, seal.name, seal.organisation);
    compare('seal', same, [office.name, seal.name], agencySubject(office.name, seal.name));
  }
  if (office !== null) {
    const written = facts.otherAgency ?? fields.agencyName;
    compare('agency', facts.otherAgency === null, [written, office.name], agencySubject(written, office.name));
  }
  if (page !== null && page.date !== null) {
    compare('date', page.date === date, [page.date, date], `${page.date}|${date}`);
  }
  const earlier = facts.before?.date != null && facts.before.date > date ? facts.before : null;
  const later = facts.after?.date != null && facts.after.date < date ? facts.after : null;
  for (const neighbour of [earlier, later]) {
    if (neighbour === null) continue;
    const subject = `${date}|${comparableCode(neighbour.codeText)}|${neighbour.date ?? ''}`;
    compare('date-order', false, [date, `${neighbour.codeText}|${neighbour.date ?? ''}`], subject);
  }
  if (page !== null && page.notation !== null) {
    const [one, other] = [comparableCode(page.notation), comparableCode(fields.notation)];
    compare('notation', one === other, [page.notation, fields.notation], `${one}|${other}`);
  }
  const [proposed] = facts.notations;
  if (proposed !== undefined) {
    const written = page?.notation ?? fields.notation;
    const same = facts.notations.some((each) => comparableCode(each) === comparableCode(written));
    compare('template', same, [written, same ? written : proposed], comparableCode(written));
  }
  for (const { fileId, name, obstacle } of facts.unsignable) compare('attachment', false, [name, obstacle], fileId);
  const reached = [...facts.recipients, ...facts.others.map((name) => ({ code: '', name }))];
  for (const line of new Set([...fields.addressees, ...fields.recipientLines])) {
    if (reachesSomebody(line, reached, facts.agencies)) continue;
    const subject = comparableName(line);
    // Two ways of writing one line are one question.
    if (differences.some((each) => each.kind === 'line' && each.subject === subject)) continue;
    compare('line', false, [line, ''], subject);
  }
  return { differences, matches };
}
