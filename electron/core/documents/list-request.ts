export interface ListRequest<Box extends string> {
  readonly box: Box;
  /** Words to look for, as typed; undefined lists everything. */
  readonly text: string | undefined;
  readonly offset: number;
  readonly limit: number;
  readonly now: Date;
}

export interface ListPage<Row> {
  readonly rows: Row[];
  readonly total: number;
}
