import type { AuditHead, AuditRow } from '#core/audit/trail-store.ts';
import type { ActApart } from '#shared/contract/audit-acts.ts';
import type { Actor } from '#shared/domain/history.ts';
import type { Sqlite } from '../connection/sqlite.ts';
import { FIRST_HASH, hashOf } from './audit-chain.ts';

/** What the caller knows of a row; number, epoch and hash follow from the chain. */
export type AuditEntry = Omit<AuditRow, 'seq' | 'epoch'>;

/** Appends rows to the audit trail of a database. Only within a transaction: the last hash is read before. */
export function auditAppender(sqlite: Sqlite): {
  readonly append: (entry: AuditEntry) => void;
  head(): AuditHead | null;
} {
  const last = sqlite.prepare<[], AuditHead>(
    'SELECT seq, hash, epoch FROM audit WHERE seq = (SELECT max(seq) FROM audit)',
  );
  const epochNow = sqlite.prepare<[], number>('SELECT epoch FROM register').pluck();
  const insert = sqlite.prepare(
    `INSERT INTO audit (seq, at, epoch, actor_kind, actor_id, actor_name, behalf_id, behalf_name, subject, action, params,
       history_id, hash)
     VALUES (:seq, :at, :epoch, :actorKind, :actorId, :actorName, :behalfId, :behalfName, :subject, :action, :params,
       :historyId, :hash)`,
  );
  return {
    append: (entry) => {
      const previous = last.get();
      const row: AuditRow = { ...entry, seq: (previous?.seq ?? 0) + 1, epoch: epochNow.get() ?? 0 };
      insert.run({ ...row, hash: hashOf(previous?.hash ?? FIRST_HASH, row) });
    },
    head: () => last.get() ?? null,
  };
}

type Who = Pick<AuditEntry, 'actorKind' | 'actorId' | 'actorName' | 'behalfId' | 'behalfName'>;

/** Who did it, in the columns of history and trail; null is this program itself. */
export function whoDid(actor: Actor | null): Who {
  const { kind: actorKind, id: actorId, name: actorName } = actor ?? { kind: 'program', id: '', name: '' };
  const behalf = actor?.onBehalfOf;
  return { actorKind, actorId, actorName, behalfId: behalf?.id ?? '', behalfName: behalf?.name ?? '' };
}

/** What no document's history tells. */
export const entryApart = (
  actor: Actor | null,
  at: string,
  action: ActApart,
  params: Readonly<Record<string, string | number>>,
): AuditEntry => ({ at, ...whoDid(actor), subject: '', action, params: JSON.stringify(params), historyId: null });
