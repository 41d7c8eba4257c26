import type { Sqlite } from '../connection/sqlite.ts';
import type { AuditHead } from './append-audit.ts';
import { AUDIT_COLUMNS, FIRST_HASH, hashOf, type AuditRow } from './audit-chain.ts';

/** Where the trail ended once, as it was written down outside the database. */
export type AuditAnchor = AuditHead;

export type AuditFault =
  | 'row-missing'
  | 'row-changed'
  /** The history of a document says something else than the trail. */
  | 'history-changed'
  | 'history-without-row'
  /** Rows that were there once are not. */
  | 'cut-off';

export interface AuditVerdict {
  readonly rows: number;
  readonly head: AuditHead | null;
  /** Rows at which a restored copy went on. */
  readonly restores: readonly { readonly seq: number; readonly at: string; readonly epoch: number }[];
  /** The first row that does not fit; null when all do. */
  readonly fault: { readonly seq: number; readonly what: AuditFault } | null;
}

type StoredRow = AuditRow & { readonly hash: string; readonly told: number };

/**
 * Whether the audit trail is whole: every number there, every hash right, every entry of the history as the trail has it, and
 * no anchor beyond its end.
 */
export function verifyAudit(sqlite: Sqlite, anchors: readonly AuditAnchor[]): AuditVerdict {
  const restores: { seq: number; at: string; epoch: number }[] = [];
  let head: AuditHead | null = null;
  let previous = FIRST_HASH;
  let fault: AuditVerdict['fault'] = null;
  const found = new Map<number, AuditHead>();
  const wanted = new Set(anchors.map(({ seq }) => seq));
  for (const { hash, told, ...row } of sqlite.prepare<[], StoredRow>(trail).iterate()) {
    const expected: number = (head?.seq ?? 0) + 1;
    const what: AuditFault | null =
      row.seq !== expected
        ? 'row-missing'
        : hashOf(previous, row) !== hash
          ? 'row-changed'
          : told === 0
            ? 'history-changed'
            : null;
    if (what !== null) {
      fault = { seq: expected, what };
      break;
    }
    head = { seq: row.seq, hash, epoch: row.epoch };
    if (row.action === RESTORED) restores.push({ seq: row.seq, at: row.at, epoch: row.epoch });
    if (wanted.has(row.seq)) found.set(row.seq, head);
    previous = hash;
  }
  fault ??= untold(sqlite, head) ?? beyond(anchors, found, head);
  return { rows: head?.seq ?? 0, head, restores, fault };
}

/** Action of the row with which a restored copy goes on. */
export const RESTORED = 'register.restored';

const trail = `
SELECT ${AUDIT_COLUMNS.split(',')
  .map((column) => `a.${column.trim()}`)
  .join(', ')}, a.hash,
  a.history_id IS NULL OR (h.id IS NOT NULL AND h.document_id = a.subject AND h.at = a.at AND h.actor_kind = a.actor_kind
    AND h.actor_id = a.actor_id AND h.actor_name = a.actor_name AND h.behalf_id = a.behalf_id
    AND h.behalf_name = a.behalf_name AND h.action = a.action AND h.params = a.params) AS told
FROM audit a LEFT JOIN history h ON h.id = a.history_id ORDER BY a.seq`;

function untold(sqlite: Sqlite, head: AuditHead | null): AuditVerdict['fault'] {
  const extra = sqlite
    .prepare('SELECT 1 FROM history WHERE NOT EXISTS (SELECT 1 FROM audit WHERE history_id = history.id) LIMIT 1')
    .get();
  return extra === undefined ? null : { seq: (head?.seq ?? 0) + 1, what: 'history-without-row' };
}

/**
 * An anchor belongs to the epoch of its row. What was written in an epoch that a restore has left behind is gone with good
 * reason, and the trail says so by a higher one.
 */
function beyond(
  anchors: readonly AuditAnchor[],
  found: ReadonlyMap<number, AuditHead>,
  head: AuditHead | null,
): AuditVerdict['fault'] {
  for (const anchor of anchors.toSorted((a, b) => a.seq - b.seq)) {
    const row = found.get(anchor.seq);
    if (row?.epoch === anchor.epoch) {
      if (row.hash !== anchor.hash) return { seq: anchor.seq, what: 'row-changed' };
    } else if ((head?.epoch ?? 0) <= anchor.epoch) {
      return { seq: (head?.seq ?? 0) + 1, what: 'cut-off' };
    }
  }
  return null;
}
