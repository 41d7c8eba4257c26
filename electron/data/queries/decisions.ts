import type { DecisionWrites } from '#core/outgoing/decision-store.ts';
import type { Decision } from '#shared/domain/last-look.ts';
import type { Sqlite } from '../connection/sqlite.ts';

export function decisionQueries(sqlite: Sqlite): DecisionWrites {
  const of = sqlite.prepare<[string], Decision>(
    `SELECT kind, subject, way, reason, agencies, at, person_name AS personName
     FROM letter_decision WHERE document_id = ? ORDER BY at, kind, subject`,
  );
  const put = sqlite.prepare(
    `INSERT INTO letter_decision (document_id, kind, subject, way, reason, agencies, at, person_id, person_name)
     VALUES (@documentId, @kind, @subject, @way, @reason, @agencies, @at, @personId, @personName)
     ON CONFLICT (document_id, kind, subject) DO UPDATE SET way = excluded.way, reason = excluded.reason,
       agencies = excluded.agencies, at = excluded.at, person_id = excluded.person_id, person_name = excluded.person_name`,
  );
  return {
    of: (documentId) => of.all(documentId),
    put: (documentId, decision, personId) => void put.run({ ...decision, documentId, personId }),
  };
}
