-- What becomes of each document with each recipient: the source of notices and of oversight.

-- A document that is watched: a message that brings one (BussinessDocType 0 or 3), with what notices and figures need of it.
CREATE TABLE documents (
  message_id uuid PRIMARY KEY REFERENCES messages,
  sender_code text NOT NULL REFERENCES agencies,
  document_id text NOT NULL,
  -- Số, ký hiệu and tên loại, as the sender wrote them.
  code text NOT NULL,
  type_name text NOT NULL,
  urgency text NOT NULL,
  -- Whether a paper copy follows; null when the sender did not say.
  paper boolean
);
CREATE INDEX documents_by_id ON documents (sender_code, document_id);

-- How far a document has got with one recipient. Each time here is that of an event below; the two are written together.
CREATE TABLE document_deliveries (
  message_id uuid NOT NULL REFERENCES documents,
  recipient_code text NOT NULL REFERENCES agencies,
  sender_code text NOT NULL,
  urgency text NOT NULL,
  -- The hour of one that is express with fixed hour, as changed last.
  express_at timestamptz,
  -- Deadline, with what was granted.
  due_at timestamptz,
  -- Minutes in which an express one must be opened, by the policy that held when it became available; null for others.
  express_limit_minutes integer,
  available_at timestamptz NOT NULL,
  fetched_at timestamptz,
  opened_at timestamptz,
  returned_at timestamptz,
  registered_at timestamptz,
  assigned_at timestamptz,
  in_progress_at timestamptz,
  finished_at timestamptz,
  paper_posted_at timestamptz,
  paper_received_at timestamptz,
  recalled_at timestamptz,
  -- The transaction that changed it last: whoever reads changes reads them below the oldest that still runs.
  changed_by xid8 NOT NULL DEFAULT pg_current_xact_id(),
  PRIMARY KEY (message_id, recipient_code)
);
CREATE INDEX document_deliveries_available ON document_deliveries (available_at);
CREATE INDEX document_deliveries_of_sender ON document_deliveries (sender_code, changed_by);
CREATE INDEX document_deliveries_of_recipient ON document_deliveries (recipient_code, changed_by);

CREATE TABLE delivery_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  event text NOT NULL,
  message_id uuid NOT NULL,
  recipient_code text NOT NULL,
  -- Agency that stated it; null for what the exchange itself did or saw.
  stated_by text,
  -- Tells apart what may happen more than once: id of the statement or of the notice. Empty for what happens once.
  key text NOT NULL DEFAULT '',
  params jsonb NOT NULL DEFAULT '{}',
  UNIQUE (message_id, recipient_code, event, key),
  FOREIGN KEY (message_id, recipient_code) REFERENCES document_deliveries
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER delivery_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON delivery_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The last proven request of an agency's workstation, within half a minute.
CREATE TABLE agency_contacts (
  agency_code text PRIMARY KEY REFERENCES agencies,
  last_at timestamptz NOT NULL
);
