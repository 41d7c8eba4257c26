import type { AccessWrites, Limit } from '#core/access/access-store.ts';
import { SEEN } from '#shared/contract/access.ts';
import type { Sqlite } from '../connection/sqlite.ts';

/** Of a document `d`: 1 for one that the office shows to some people alone. */
export const isLimited = 'EXISTS (SELECT 1 FROM limited_document l WHERE l.document_id = d.id)';

export function accessQueries(sqlite: Sqlite): AccessWrites {
  const hers = `(SELECT unit_id FROM person WHERE id = @me)`;
  const hidden = sqlite
    .prepare<{ me: string; actsFor: string }, string>(
      `SELECT l.document_id FROM limited_document l WHERE NOT (
         EXISTS (SELECT 1 FROM limited_reader r WHERE r.document_id = l.document_id
           AND (r.person_id = @me OR r.unit_id = ${hers}))
         OR EXISTS (SELECT 1 FROM assignment a WHERE a.document_id = l.document_id
           AND (a.closed_at IS NULL OR a.closed_why = 'finished') AND (a.person_id = @me OR a.unit_id = ${hers}))
         OR EXISTS (SELECT 1 FROM handling h WHERE h.document_id = l.document_id AND h.stage = 'submitted'
           AND (h.asked_leader = @me OR h.asked_leader IN (SELECT value FROM json_each(@actsFor))))
         OR EXISTS (SELECT 1 FROM history e WHERE e.document_id = l.document_id AND e.action = 'created' AND e.actor_id = @me)
       ) ORDER BY l.document_id`,
    )
    .pluck();
  const filesOf = sqlite
    .prepare<{ ids: string }, string>(
      `WITH hidden (id) AS (SELECT value FROM json_each(@ids))
       SELECT DISTINCT f.file_id FROM file_reference f WHERE f.holder_id IN (SELECT id FROM hidden)
         AND NOT EXISTS (SELECT 1 FROM file_reference o WHERE o.file_id = f.file_id AND o.holder_id NOT IN (SELECT id FROM hidden))
       ORDER BY f.file_id`,
    )
    .pluck();
  const limitOf = sqlite.prepare<[string], Omit<Limit, 'readers'>>(
    `SELECT l.at, p.name AS byName FROM limited_document l JOIN person p ON p.id = l.person_id WHERE l.document_id = ?`,
  );
  const readersOf = sqlite.prepare<[string], Limit['readers'][number]>(
    `SELECT CASE WHEN r.person_id IS NULL THEN 'unit' ELSE 'person' END AS kind, coalesce(r.person_id, r.unit_id) AS id,
       coalesce(p.name, u.name) AS name
     FROM limited_reader r LEFT JOIN person p ON p.id = r.person_id LEFT JOIN unit u ON u.id = r.unit_id
     WHERE r.document_id = ? ORDER BY r.rowid`,
  );
  const seen = sqlite.prepare<[string], ReturnType<AccessWrites['seen']>[number]>(
    `SELECT actor_id AS personId, actor_name AS name, at FROM audit
     WHERE subject = ? AND subject <> '' AND action = '${SEEN}' ORDER BY seq DESC LIMIT 500`,
  );
  const lastSeen = sqlite
    .prepare<[string, string], string>(
      `SELECT at FROM audit WHERE subject = ? AND subject <> '' AND action = '${SEEN}' AND actor_id = ? ORDER BY seq DESC LIMIT 1`,
    )
    .pluck();
  const put = sqlite.prepare(
    `INSERT INTO limited_document (document_id, person_id, at) VALUES (?, ?, ?) ON CONFLICT (document_id) DO NOTHING`,
  );
  const dropReaders = sqlite.prepare('DELETE FROM limited_reader WHERE document_id = ?');
  const addReader = sqlite.prepare('INSERT INTO limited_reader (document_id, unit_id, person_id) VALUES (?, ?, ?)');
  const open = sqlite.prepare('DELETE FROM limited_document WHERE document_id = ?');
  return {
    hiddenFrom: ({ personId, actsFor }) => hidden.all({ me: personId, actsFor: JSON.stringify(actsFor) }),
    filesOf: (documentIds) => (documentIds.length === 0 ? [] : filesOf.all({ ids: JSON.stringify(documentIds) })),
    limitOf: (documentId) => {
      const limit = limitOf.get(documentId);
      return limit === undefined ? null : { ...limit, readers: readersOf.all(documentId) };
    },
    seen: (documentId) => seen.all(documentId),
    lastSeen: (documentId, personId) => lastSeen.get(documentId, personId) ?? null,
    limit: (documentId, readers, personId, at) => {
      put.run(documentId, personId, at);
      dropReaders.run(documentId);
      for (const { kind, id } of readers) {
        addReader.run(documentId, kind === 'unit' ? id : null, kind === 'person' ? id : null);
      }
    },
    open: (documentId) => {
      dropReaders.run(documentId);
      open.run(documentId);
    },
  };
}
