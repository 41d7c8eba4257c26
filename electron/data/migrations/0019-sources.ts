import type { Migration } from './migrations.ts';

/** How an incoming document came, and the e-mails that brought some. */
export const sources: Migration = (sqlite) => {
  sqlite.exec(schema);
};

const schema = `
ALTER TABLE document ADD COLUMN source TEXT CHECK (source IN ('exchange', 'scan', 'e-mail', 'paper'));
UPDATE document SET source = CASE
    WHEN EXISTS (SELECT 1 FROM received_message m WHERE m.document_id = document.id) THEN 'exchange'
    WHEN EXISTS (SELECT 1 FROM attachment a WHERE a.document_id = document.id) THEN 'scan'
    ELSE 'paper' END
  WHERE direction = 'incoming';
CREATE INDEX incoming_source ON document (source, arrived_at DESC, seq DESC, state)
  WHERE direction = 'incoming' AND state <> 'arrived';

CREATE TABLE mail_arrival (
  document_id TEXT NOT NULL REFERENCES document (id),
  -- The .eml as it was taken in.
  file_id TEXT NOT NULL,
  sender_name TEXT NOT NULL,
  sender_address TEXT NOT NULL,
  subject TEXT NOT NULL,
  -- As its sender's program says.
  sent_at TEXT,
  PRIMARY KEY (document_id, file_id)
) STRICT, WITHOUT ROWID;
`;
