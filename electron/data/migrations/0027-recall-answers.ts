import type { Migration } from './migrations.ts';

/** What senders want back, and what recipients said to the recalls of this office. */
export const recallAnswers: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
CREATE TABLE recall_request (
  document_id TEXT PRIMARY KEY REFERENCES document (id),
  -- The arrival that brought the request; null where a status did.
  asked_by TEXT REFERENCES document (id),
  asked_at TEXT NOT NULL,
  reason TEXT NOT NULL,
  answer TEXT CHECK (answer IN ('agreed', 'refused')),
  answered_at TEXT,
  answer_reason TEXT NOT NULL DEFAULT '',
  -- State that agreeing ended, and whether the answer settled the arrival that brought the request.
  ended_from TEXT CHECK (ended_from IN ('arrived', 'registered')),
  settled_request INTEGER NOT NULL DEFAULT 0 CHECK (settled_request IN (0, 1)),
  CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX recall_request_asked_by ON recall_request (asked_by) WHERE asked_by IS NOT NULL;
-- The reason stayed in the message alone.
INSERT INTO recall_request (document_id, asked_by, asked_at, reason)
SELECT r.other_id, r.document_id, max(d.created_at), ''
FROM relation r JOIN document d ON d.id = r.document_id
WHERE r.kind = 'recalls' AND r.passive = 0 AND r.source = 'message' AND r.other_id IS NOT NULL AND d.direction = 'incoming'
GROUP BY r.other_id;

ALTER TABLE delivery ADD COLUMN recall_answer TEXT CHECK (recall_answer IN ('agreed', 'refused'));
ALTER TABLE delivery ADD COLUMN recall_answered_at TEXT;
ALTER TABLE delivery ADD COLUMN recall_reason TEXT NOT NULL DEFAULT '';
-- What recipients said before stands in the history of a letter that was recalled; the last word counts.
UPDATE delivery SET (recall_answer, recall_answered_at, recall_reason) = (
  SELECT iif(json_extract(h.params, '$.status') = '15', 'agreed', 'refused'), h.at, coalesce(json_extract(h.params, '$.reason'), '')
  FROM history h
  WHERE h.document_id = delivery.document_id AND h.action = 'status-reported' AND h.actor_id = delivery.agency_code
    AND json_extract(h.params, '$.status') IN ('15', '16')
  ORDER BY h.at DESC LIMIT 1)
WHERE EXISTS (SELECT 1 FROM history r WHERE r.document_id = delivery.document_id AND r.action = 'recalled')
  AND EXISTS (
    SELECT 1 FROM history h WHERE h.document_id = delivery.document_id AND h.action = 'status-reported'
      AND h.actor_id = delivery.agency_code AND json_extract(h.params, '$.status') IN ('15', '16'));
`;
