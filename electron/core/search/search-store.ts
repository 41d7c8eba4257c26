import type { SearchHit } from '#shared/contract/office.ts';

export interface SearchReads {
  /** Newest first. Accents, case and part of a number make no difference. */
  find(text: string, limit: number, hidden: ReadonlySet<string>): SearchHit[];
}
