import type { ArrivalSource } from './arrival-source.ts';
import type { Urgency } from './urgency.ts';

/** What a list can be sorted by: when it arrived or changed, number and notation, issuing agency, signer, deadline. */
export const listSorts = ['at', 'code', 'agency', 'signer', 'deadline'] as const;
export type ListSortBy = (typeof listSorts)[number];

export interface ListSort {
  readonly by: ListSortBy;
  readonly descending: boolean;
}

/** Which documents of a box are wanted; a field that is left out asks nothing. */
export interface ListFilter {
  readonly documentType?: string | undefined;
  readonly urgency?: Urgency | undefined;
  readonly state?: string | undefined;
  /** How it came; only of incoming ones. */
  readonly source?: ArrivalSource | undefined;
  /** The issuing agency by name; of outgoing documents a recipient, by its code. */
  readonly agency?: string | undefined;
  readonly signer?: string | undefined;
  /** Days of Asia/Ho_Chi_Minh, yyyy-MM-dd, both included: of the arrival, or of the last change of outgoing ones. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A row's place in the order of its list: rows after it are asked for by it, whatever has come or gone meanwhile. */
export interface ListPosition {
  /** 0 or 1: express ones stand before all others in a list of what is still to be done. */
  readonly part: number;
  readonly key: string;
  readonly at: string;
  readonly seq: number;
}

export function isFiltered(filter: ListFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}
