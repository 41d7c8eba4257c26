import type { AuditHead, AuditRow, AuditVerdict, CheckProgress } from '#core/audit/trail-store.ts';
import type { ActApart } from '#shared/contract/audit-acts.ts';
import type { TrailFault } from '#shared/contract/audit.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { AUDIT_COLUMNS, FIRST_HASH, hashOf } from './audit-chain.ts';

type StoredRow = AuditRow & { readonly hash: string; readonly told: number };

/** Rows of the trail, and entries of the history, that are looked at in one step: some milliseconds. */
const TRAIL_STEP = 200;
const HISTORY_STEP = 2_000;

/** `TrailReads.verifying`. */
export function* verifyingAudit(sqlite: Sqlite, anchors: readonly AuditHead[]): Generator<CheckProgress, AuditVerdict> {
  const page = sqlite.prepare<[number], StoredRow>(trail);
  const lastEntry = sqlite.prepare<[], number>('SELECT coalesce(max(id), 0) FROM history').pluck();
  const lastRow = sqlite.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM audit').pluck();
  const restores: { seq: number; at: string; epoch: number }[] = [];
  const found = new Map<number, AuditHead>();
  const wanted = new Set(anchors.map(({ seq }) => seq));
  let head: AuditHead | null = null;
  let fault: AuditVerdict['fault'] = null;
  while (fault === null) {
    const rows = page.all(head?.seq ?? 0);
    for (const { hash, told, ...row } of rows) {
      const expected: number = (head?.seq ?? 0) + 1;
      const what = faultOf(row, hash, told, expected, head?.hash ?? FIRST_HASH);
      if (what !== null) {
        fault = { seq: expected, what };
        break;
      }
      head = { seq: row.seq, hash, epoch: row.epoch };
      if (row.action === RESTORED) restores.push({ seq: row.seq, at: row.at, epoch: row.epoch });
      if (wanted.has(row.seq)) found.set(row.seq, head);
    }
    yield { done: head?.seq ?? 0, total: (lastRow.get() ?? 0) + (lastEntry.get() ?? 0) };
    if (rows.length < TRAIL_STEP) break;
  }
  fault ??= beyond(anchors, found, head);
  const untold = sqlite.prepare<[number, number]>(
    `SELECT 1 FROM history h WHERE h.id > ? AND h.id <= ?
     AND NOT EXISTS (SELECT 1 FROM audit WHERE history_id = h.id) LIMIT 1`,
  );
  const rows = head?.seq ?? 0;
  for (let from = 0; fault === null && from < (lastEntry.get() ?? 0); from += HISTORY_STEP) {
    if (untold.get(from, from + HISTORY_STEP) !== undefined) fault = { seq: rows + 1, what: 'history-without-row' };
    yield { done: rows + from, total: rows + (lastEntry.get() ?? 0) };
  }
  return { rows, head, restores, fault };
}

/** The same, in one go. */
export function verifyAudit(sqlite: Sqlite, anchors: readonly AuditHead[]): AuditVerdict {
  const checking = verifyingAudit(sqlite, anchors);
  for (;;) {
    const step = checking.next();
    if (step.done === true) return step.value;
  }
}

function faultOf(row: AuditRow, hash: string, told: number, expected: number, previous: string): TrailFault | null {
  if (row.seq !== expected) return 'row-missing';
  if (hashOf(previous, row) !== hash) return 'row-changed';
  return told === 0 ? 'history-changed' : null;
}

/** Action of the row with which a restored copy goes on. */
export const RESTORED = 'register.restored' satisfies ActApart;

const trail = `
SELECT ${AUDIT_COLUMNS.split(',')
  .map((column) => `a.${column.trim()}`)
  .join(', ')}, a.hash,
  a.history_id IS NULL OR (h.id IS NOT NULL AND h.document_id = a.subject AND h.at = a.at AND h.actor_kind = a.actor_kind
    AND h.actor_id = a.actor_id AND h.actor_name = a.actor_name AND h.behalf_id = a.behalf_id
    AND h.behalf_name = a.behalf_name AND h.action = a.action AND h.params = a.params) AS told
FROM audit a LEFT JOIN history h ON h.id = a.history_id WHERE a.seq > ? ORDER BY a.seq LIMIT ${TRAIL_STEP}`;

/**
 * An anchor belongs to the epoch of its row. What was written in an epoch that a restore has left behind is gone with good
 * reason, and the trail says so by a higher one.
 */
function beyond(
  anchors: readonly AuditHead[],
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
