import type { DirectoryAgency } from '#shared/contract/directory.ts';
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
}

export interface DirectoryWrites extends DirectoryReads {
  put(agencies: readonly Agency[]): void;
}
