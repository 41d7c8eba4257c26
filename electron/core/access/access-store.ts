import type { LimitedReader } from '#shared/contract/access.ts';

/** Who looks. */
export interface Looker {
  readonly personId: string;
  /** Those for whom she acts today: she gives the opinion that they are asked for. */
  readonly actsFor: readonly string[];
}

/** Who may see a document. */
export interface Limit {
  readonly at: string;
  readonly byName: string;
  readonly readers: readonly (LimitedReader & { readonly name: string })[];
}

export interface AccessReads {
  /** Limited documents that are none of hers: she is not named, does not handle them and did not write them. */
  hiddenFrom(looker: Looker): string[];
  /** Stored files that belong to these documents and to no others. */
  filesOf(documentIds: readonly string[]): string[];
  /** Null for a document that everybody may see. */
  limitOf(documentId: string): Limit | null;
  /** Who has seen it since it was limited, and when, the latest first. */
  seen(documentId: string): { readonly personId: string; readonly name: string; readonly at: string }[];
  /** When she was last noted as having seen it; null for never. */
  lastSeen(documentId: string, personId: string): string | null;
}

export interface AccessWrites extends AccessReads {
  /** In the place of the readers before. */
  limit(documentId: string, readers: readonly LimitedReader[], personId: string, at: string): void;
  open(documentId: string): void;
}
