import type { ListFilter, ListPosition, ListSort } from '#shared/domain/list-request.ts';

export interface ListRequest<Box extends string> {
  readonly box: Box;
  /** Words to look for, as typed; undefined lists everything. */
  readonly text?: string | undefined;
  readonly filter?: ListFilter | undefined;
  /** Undefined: in the box's own order. */
  readonly sort?: ListSort | undefined;
  /** The row after which the page begins; undefined for the first. */
  readonly after?: ListPosition | undefined;
  readonly limit: number;
  readonly now: Date;
  /** The person at this workstation, for what is hers; no box of outgoing documents asks. */
  readonly me?: string;
  /** Limited documents whose words she may not see: they are in the box, but in no answer about their words. */
  readonly hidden?: ReadonlySet<string>;
}

export interface ListPage<Row> {
  readonly rows: Row[];
  /** Of the whole list; null where only counting all that match would tell. */
  readonly total: number | null;
  /** Null on the last page. */
  readonly next: ListPosition | null;
}

export interface ListValue {
  readonly value: string;
  readonly label: string;
}

/** What a list can be filtered by. */
export interface ListValues {
  /** Issuing agencies by name; of outgoing documents their recipients by code. */
  readonly agencies: ListValue[];
  readonly signers: string[];
}
