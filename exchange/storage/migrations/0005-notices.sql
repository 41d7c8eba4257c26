-- Who is told of a document that nobody opened: policies and rotas as data, and every notice with what became of it.

-- The newest row of an agency holds for what it sends; without one, the newest of the province (null).
CREATE TABLE escalation_policies (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  agency_code text REFERENCES agencies,
  body jsonb NOT NULL,
  since timestamptz NOT NULL DEFAULT now()
);

-- Lịch trực of an agency, and the hours that it works.
CREATE TABLE duty_rotas (
  agency_code text PRIMARY KEY REFERENCES agencies,
  version bigint NOT NULL,
  body jsonb NOT NULL,
  changed_at timestamptz NOT NULL,
  changed_by uuid NOT NULL REFERENCES workstations
);
CREATE TABLE office_hours (
  agency_code text PRIMARY KEY REFERENCES agencies,
  body jsonb NOT NULL
);
-- Numbers of officers: a code that was sent to one, and when it came back.
CREATE TABLE phone_verifications (
  agency_code text NOT NULL REFERENCES agencies,
  phone text NOT NULL,
  -- SHA-256 of the code; null once it is used up.
  code_hash bytea,
  sent_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  verified_at timestamptz,
  PRIMARY KEY (agency_code, phone)
);
-- Days off, and days worked instead of another.
CREATE TABLE calendar_days (
  day date PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('off', 'working')),
  name text NOT NULL
);

-- The policy that held when the document became available: editing one changes nothing for what was sent before.
ALTER TABLE documents ADD COLUMN policy_id bigint REFERENCES escalation_policies;

-- When the delivery must be looked at next; null when nothing is left to do. Jobs are only alarms: this is what holds.
ALTER TABLE document_deliveries ADD COLUMN next_alarm_at timestamptz;
CREATE INDEX document_deliveries_alarm ON document_deliveries (next_alarm_at) WHERE next_alarm_at IS NOT NULL;

-- One message to one person, about one document or several.
CREATE TABLE notices (
  id uuid PRIMARY KEY,
  channel text NOT NULL CHECK (channel IN ('sms', 'zalo', 'email')),
  -- Telephone number or e-mail address: one officer of two agencies is one person.
  address text NOT NULL,
  person text NOT NULL,
  -- Agency whose officer it is.
  agency_code text NOT NULL REFERENCES agencies,
  express boolean NOT NULL,
  -- gathering: others may join. waiting: to be tried again. sending: handed over just now. sent, unsure: no report yet.
  state text NOT NULL CHECK (state IN ('gathering', 'waiting', 'sending', 'sent', 'unsure', 'delivered', 'failed', 'skipped')),
  created_at timestamptz NOT NULL,
  -- When something must be done with it next; null when it is done with.
  due_at timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  -- Parts of a text message that were paid for.
  parts integer NOT NULL DEFAULT 0,
  text text,
  gateway text,
  provider_id text,
  handed_at timestamptz,
  ended_at timestamptz,
  detail text NOT NULL DEFAULT ''
);
-- What comes within a few seconds for the same person goes in one message.
CREATE UNIQUE INDEX notices_gathering ON notices (channel, address, express) WHERE state = 'gathering';
CREATE INDEX notices_due ON notices (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX notices_provider ON notices (gateway, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX notices_of_agency ON notices (agency_code, created_at);

CREATE TABLE notice_items (
  notice_id uuid NOT NULL REFERENCES notices,
  message_id uuid NOT NULL,
  recipient_code text NOT NULL,
  -- Of the event `reminder-sent` that it carries out.
  step_key text NOT NULL,
  channel text NOT NULL,
  PRIMARY KEY (message_id, recipient_code, step_key, channel),
  FOREIGN KEY (message_id, recipient_code) REFERENCES document_deliveries
);
CREATE INDEX notice_items_notice ON notice_items (notice_id);

-- When this part of the exchange last did its round: a machine that stands still must not look like a calm day.
CREATE TABLE notice_rounds (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  last_at timestamptz NOT NULL
);
