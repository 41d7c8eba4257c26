import { z } from 'zod';
import type { WriteStores } from '#core/ports/stores.ts';
import type { HistoryEntry } from '#shared/domain/history.ts';
import { whoDid, type AuditEntry } from '../audit/append-audit.ts';
import type { Sqlite } from '../connection/sqlite.ts';

/** Form of `history.params`: a flat object of texts and numbers, by the names of shared/domain/history.ts. */
const PARAMS_VERSION = 1;
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

type Row = Pick<HistoryEntry, 'at' | 'action'> & {
  readonly kind: HistoryEntry['actor']['kind'];
  readonly actorId: string;
  readonly actorName: string;
  readonly behalfId: string;
  readonly behalfName: string;
  readonly version: number;
  readonly params: string;
};

/** Each entry is written to the audit trail as well. */
export function historyQueries(sqlite: Sqlite, append: (entry: AuditEntry) => void): WriteStores['history'] {
  const add = sqlite.prepare(
    `INSERT INTO history (document_id, at, actor_kind, actor_id, actor_name, behalf_id, behalf_name, action, version, params)
     VALUES (@documentId, @at, @actorKind, @actorId, @actorName, @behalfId, @behalfName, @action, ${PARAMS_VERSION}, @params)`,
  );
  const of = sqlite.prepare<[string], Row>(
    `SELECT at, actor_kind AS kind, actor_id AS actorId, actor_name AS actorName, behalf_id AS behalfId,
       behalf_name AS behalfName, action, version, params
     FROM history WHERE document_id = ? ORDER BY id DESC`,
  );
  return {
    add: (documentId, { at, actor, action, params }) => {
      const entry = { at, ...whoDid(actor), action, params: JSON.stringify(params) };
      const { lastInsertRowid } = add.run({ documentId, ...entry });
      append({ ...entry, subject: documentId, historyId: Number(lastInsertRowid) });
    },
    of: (documentId) => of.all(documentId).map(toEntry),
  };
}

function toEntry({ at, kind, actorId, actorName, behalfId, behalfName, action, version, params }: Row): HistoryEntry {
  if (version !== PARAMS_VERSION)
    throw new Error(`history has form ${version}, and this program reads ${PARAMS_VERSION}`);
  return {
    at,
    actor: {
      kind,
      id: actorId,
      name: actorName,
      ...(behalfId === '' ? {} : { onBehalfOf: { id: behalfId, name: behalfName } }),
    },
    action,
    params: paramsSchema.parse(JSON.parse(params)),
  };
}
