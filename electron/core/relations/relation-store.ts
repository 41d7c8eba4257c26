import type { Direction } from '#shared/domain/direction.ts';
import type { DocumentReference, RelationSide, RelationSource } from '#shared/domain/relation.ts';

/** One document's word about another. */
export interface RelationRecord extends RelationSide, Pick<DocumentReference, 'codeText' | 'date' | 'agencyName'> {
  readonly id: string;
  /** Whose row it is: the letter that names the other, or the document that a person wrote it down at. */
  readonly documentId: string;
  /** The other one, where somebody said which; else it is whatever the number means in the register. */
  readonly otherId: string | null;
  readonly source: RelationSource;
}

/** A document as a relation shows it. */
export interface RelatedDocument {
  readonly id: string;
  readonly direction: Direction;
  readonly codeText: string;
  readonly date: string | null;
  readonly agencyName: string;
  readonly abstract: string;
  readonly state: string;
  /** It has a number in a book of this office. */
  readonly inBook: boolean;
}

export interface RelationReads {
  find(id: string): RelationRecord | null;
  /** What a document says of others, in the order in which it came. */
  of(documentId: string): RelationRecord[];
  /** What others say of it by name. */
  pinnedTo(documentId: string): RelationRecord[];
  /** Rows that name a number without saying which document it is, the newest first. */
  naming(codeText: string, date: string | null): RelationRecord[];
  document(id: string): RelatedDocument | null;
  /** Documents that a number may mean, as they came; of any day when none is given. */
  candidates(codeText: string, date: string | null): RelatedDocument[];
}

export interface RelationWrites extends RelationReads {
  /** Adds nothing when the document says the same already. */
  add(record: RelationRecord): void;
  remove(id: string): void;
  /** Says which document a row means. */
  pin(id: string, otherId: string): void;
}
