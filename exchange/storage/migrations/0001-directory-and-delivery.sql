-- Which agencies exist, whose workstations may speak for them, and what was delivered to whom.

CREATE TABLE exchange_identity (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  directory_version bigint NOT NULL DEFAULT 0
);
INSERT INTO exchange_identity DEFAULT VALUES;

CREATE TABLE agencies (
  code text PRIMARY KEY CHECK (code = upper(code)),
  name text NOT NULL,
  parent_code text,
  groups text[] NOT NULL DEFAULT '{}',
  valid_from date,
  valid_to date,
  version bigint NOT NULL,
  -- Last sequence number given to a delivery for this agency; read and raised under the row's lock, so that numbers
  -- become visible in order and without gaps.
  last_seq bigint NOT NULL DEFAULT 0
);
CREATE INDEX agencies_version ON agencies (version);

CREATE TABLE workstations (
  id uuid PRIMARY KEY,
  agency_code text NOT NULL REFERENCES agencies,
  name text NOT NULL,
  public_jwk jsonb NOT NULL,
  key_thumbprint text NOT NULL,
  enrolled_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);

CREATE TABLE enrolment_codes (
  code_hash bytea PRIMARY KEY,
  agency_code text NOT NULL REFERENCES agencies,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  workstation_id uuid REFERENCES workstations
);

CREATE TABLE messages (
  id uuid PRIMARY KEY,
  sender_code text NOT NULL REFERENCES agencies,
  kind text NOT NULL CHECK (kind IN ('document', 'status')),
  document_id text NOT NULL,
  urgency text NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint NOT NULL,
  accepted_at timestamptz NOT NULL
);

CREATE TABLE deliveries (
  agency_code text NOT NULL REFERENCES agencies,
  seq bigint NOT NULL,
  message_id uuid NOT NULL REFERENCES messages,
  PRIMARY KEY (agency_code, seq),
  UNIQUE (message_id, agency_code)
);

-- The answer to a message, kept so that a repeated request gets the same one.
CREATE TABLE receipts (
  message_id uuid PRIMARY KEY REFERENCES messages,
  body jsonb NOT NULL
);
