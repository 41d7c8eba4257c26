/**
 * What is compared before a letter is issued. Each kind is one question:
 * signer       is the certificate that of the person whom the page names (NĐ 30/2020 Điều 13)?
 * signer-field does the form name the signer whom the page names?
 * seal         is the seal's certificate this office's (Điều 32)?
 * agency       does the page name this office as the one that issues?
 * date         does the book have the day that stands on the page?
 * date-order   does the day lie between those of the numbers before and after (Điều 15)?
 * notation     does the book have the notation that stands on the page?
 * template     is it one that the office's templates make for this type and book (NĐ 30/2020 Phụ lục I, II.3)?
 * attachment   can the agency sign a PDF that goes with the letter (NĐ 30/2020 Phụ lục I, III.1d)?
 * line         does a line of "Kính gửi" or "Nơi nhận" reach anybody?
 */
export const differenceKinds = [
  'signer',
  'signer-field',
  'seal',
  'agency',
  'date',
  'date-order',
  'notation',
  'template',
  'attachment',
  'line',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/**
 * How somebody decided about a difference: it stands, for a reason; the form takes what the page says; the line gets paper,
 * nothing, or these agencies.
 */
export const decisionWays = ['accepted', 'as-on-page', 'on-paper', 'not-sent', 'sent-to'] as const;
export type DecisionWay = (typeof decisionWays)[number];

/** Ways out of a difference, in the order in which they are offered. */
export const waysOf: Readonly<Record<DifferenceKind, readonly DecisionWay[]>> = {
  signer: ['accepted'],
  'signer-field': ['as-on-page', 'accepted'],
  seal: ['accepted'],
  agency: ['accepted'],
  date: ['as-on-page', 'accepted'],
  'date-order': ['accepted'],
  notation: ['as-on-page', 'accepted'],
  template: ['accepted'],
  attachment: ['accepted'],
  line: ['sent-to', 'on-paper', 'not-sent'],
};

/** A difference, by what differs: another page, form, certificate or neighbour is another difference. */
export interface DifferenceKey {
  readonly kind: DifferenceKind;
  /** What differs, as it is compared. */
  readonly subject: string;
}

export interface Difference extends DifferenceKey {
  /** What the page says, as it is shown: of an attachment its name. */
  readonly page: string;
  /** What stands against it, as it is shown: of an attachment the code of the refusal; empty for a line. */
  readonly other: string;
}

/** What somebody decided about a difference. */
export interface Decision extends DifferenceKey {
  readonly way: DecisionWay;
  readonly reason: string;
  /** Names of the agencies that a line is sent to. */
  readonly agencies: string;
  readonly at: string;
  readonly personName: string;
}

export const isSameDifference = (one: DifferenceKey, other: DifferenceKey): boolean =>
  one.kind === other.kind && one.subject === other.subject;
