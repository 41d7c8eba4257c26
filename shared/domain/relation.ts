/**
 * How one document stands to another: `document` answers, replaces, … `other`. "Refers to" is what every other mention in
 * a text comes to (căn cứ, thực hiện, theo); "paper of" joins two entries of one letter that were registered apart.
 */
export const relationKinds = [
  'answers',
  'replaces',
  'repeals',
  'corrects',
  'recalls',
  'paper-of',
  'refers-to',
] as const;
export type RelationKind = (typeof relationKinds)[number];

/** Kinds by which a document is no longer what its reader takes it for (NĐ 30/2020 Điều 18.3, 18.4). */
const changingKinds: readonly RelationKind[] = ['replaces', 'repeals', 'corrects', 'recalls'];
export const isChanging = (kind: RelationKind): boolean => changingKinds.includes(kind);

/** What a printed book says of a document that another one changed. */
export const changedWords: Readonly<Partial<Record<RelationKind, string>>> = {
  replaces: 'Bị thay thế bởi',
  repeals: 'Bị bãi bỏ bởi',
  corrects: 'Được đính chính bằng',
  recalls: 'Bị thu hồi bởi',
};

/** Who says so: the letter's text, the message that brought it, a person, or what was done in the register. */
export const relationSources = ['page', 'message', 'person', 'register'] as const;
export type RelationSource = (typeof relationSources)[number];

/** A document as a text names it. */
export interface DocumentReference {
  readonly kind: RelationKind;
  /** As it is written, tidied: `62/VPUBND-HCTC`. */
  readonly codeText: string;
  /** Ngày ban hành, ISO date; null when the text does not say it. */
  readonly date: string | null;
  /** Who issued it, as the text says; '' when it does not. */
  readonly agencyName: string;
}

/** A relation as one of its two documents sees it: `passive` when the other answers, replaces, … it. */
export interface RelationSide {
  readonly kind: RelationKind;
  readonly passive: boolean;
}
