import type { DirectoryAgency, RecipientList } from '#shared/contract/directory.ts';
import type { Agency } from '../ports/exchange.ts';

export interface NamedAgency {
  readonly code: string;
  readonly name: string;
  /** Collective names that include it ("Các Sở, ban, ngành"). */
  readonly groups: readonly string[];
}

/** Agencies that are valid today. */
export interface DirectoryReads {
  find(code: string): DirectoryAgency | null;
  search(text: string, limit: number): { agencies: DirectoryAgency[]; total: number };
  all(): NamedAgency[];
  /** The same, with the office's own lists among the collective names: for lines and letters of this office. */
  withLists(): NamedAgency[];
  /** The office's own lists of recipients, by name; also members that have left the directory. */
  lists(): RecipientList[];
}

/** A list as it is kept: members in the order in which they were put in. */
export interface ListToKeep {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly code: string; readonly name: string }[];
  readonly at: string;
  readonly personId: string;
}

export interface DirectoryWrites extends DirectoryReads {
  put(agencies: readonly Agency[]): void;
  putList(list: ListToKeep): void;
  dropList(id: string): void;
}
