import { createHash } from 'node:crypto';
import type { AuditRow } from '#core/audit/trail-store.ts';

/** Before the first row. */
export const FIRST_HASH = '0'.repeat(64);

/** Columns of the table, in the names of `AuditRow`. */
export const AUDIT_COLUMNS = `seq, at, epoch, actor_kind AS actorKind, actor_id AS actorId, actor_name AS actorName,
  behalf_id AS behalfId, behalf_name AS behalfName, subject, action, params, history_id AS historyId`;

/**
 * Hash of a row: SHA-256 over the 32 bytes of the hash before it and the row's canonical form, lower-case hex. The form is
 * JSON by RFC 8785 (JCS) in UTF-8: members sorted by name, no space, numbers and strings as ECMAScript writes them.
 */
export function hashOf(previous: string, row: AuditRow): string {
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(canonical(row), 'utf8').digest('hex');
}

/** All members are texts, whole numbers or null, so sorting them is all that JSON.stringify leaves to do. */
function canonical(row: AuditRow): string {
  const { seq, at, epoch, actorKind, actorId, actorName, behalfId, behalfName, subject, action, params, historyId } =
    row;
  return JSON.stringify({
    action,
    actorId,
    actorKind,
    actorName,
    at,
    behalfId,
    behalfName,
    epoch,
    historyId,
    params,
    seq,
    subject,
  });
}
