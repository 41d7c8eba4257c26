import type { TrailFault, TrailPosition } from '#shared/contract/audit.ts';
import type { ActApart } from '#shared/contract/audit-acts.ts';
import type { Direction } from '#shared/domain/direction.ts';
import type { Actor } from '#shared/domain/history.ts';

/** What a row of the audit trail says, without its hash. */
export interface AuditRow {
  readonly seq: number;
  readonly at: string;
  /** Of the register: a restored copy has a higher one. */
  readonly epoch: number;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  /** For whom the actor acted; empty for herself. */
  readonly behalfId: string;
  readonly behalfName: string;
  /** Id of the document that it is about; empty for none. */
  readonly subject: string;
  readonly action: string;
  /** JSON, as it is stored. */
  readonly params: string;
  /** The row of the history that it stands for; null for what no document's history tells. */
  readonly historyId: number | null;
}

/** Where the trail ends, or ended once. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
  /** Of the last row. */
  readonly epoch: number;
}

/** A row with its place in the chain, and what else the register knows of it. */
export interface TrailRecord {
  readonly row: AuditRow;
  /** Hash of the row before. */
  readonly previous: string;
  readonly hash: string;
  /** The document that it is about, also where its params alone name it; null for none, or one that is not here. */
  readonly document: { readonly id: string; readonly codeText: string; readonly direction: Direction } | null;
  /** How the person had signed in then; null where nobody has to. */
  readonly signedIn: { readonly by: 'pin' | 'account'; readonly account: string } | null;
}

export interface TrailQuery {
  /** Person id; empty for what the program or the exchange did by itself; null for everybody. */
  readonly actorId: string | null;
  readonly actions: readonly string[] | null;
  /** Instants in UTC: from the first, before the second. */
  readonly from: string | null;
  readonly before: string | null;
  readonly documents: readonly string[] | null;
  /** Rows that were written later are left out. */
  readonly upTo: number | null;
  readonly newestFirst: boolean;
  readonly after: TrailPosition | null;
  readonly limit: number;
}

export interface AuditVerdict {
  readonly rows: number;
  readonly head: AuditHead | null;
  /** Rows at which a restored copy went on. */
  readonly restores: readonly { readonly seq: number; readonly at: string; readonly epoch: number }[];
  /** The first row that does not fit; null when all do. */
  readonly fault: { readonly seq: number; readonly what: TrailFault } | null;
}

/** How far a check has come, of about so many rows. */
export interface CheckProgress {
  readonly done: number;
  readonly total: number;
}

export interface TrailReads {
  /** The last row; null before the first. */
  head(): AuditHead | null;
  /** In the order of time; by an index whatever the filter, never by reading all rows. */
  page(query: TrailQuery): TrailRecord[];
  /** Ids of documents with this number and notation, however it is written. */
  documentsCalled(codeText: string): string[];
  /**
   * Whether the trail is whole: every number there, every hash right, every entry of the history as the trail has it, and
   * no anchor beyond its end. A few milliseconds of it for each `next`.
   */
  verifying(anchors: readonly AuditHead[]): Generator<CheckProgress, AuditVerdict>;
}

/** What no document's history tells: a row of the audit trail of its own. Neither a PIN nor a password is ever in it. */
export interface AuditNote {
  readonly at: string;
  /** Null for this program itself. */
  readonly actor: Actor | null;
  readonly action: ActApart;
  readonly params: Readonly<Record<string, string | number>>;
  /** Id of the document that it is about, where it is about one. */
  readonly subject?: string;
}

export interface TrailWrites extends TrailReads {
  add(entry: AuditNote): void;
}
