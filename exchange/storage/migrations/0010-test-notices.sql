-- Texts by which an agency tries whether its officers' numbers are reached: no notices, and counted as none.
CREATE TABLE test_notices (
  id uuid PRIMARY KEY,
  agency_code text NOT NULL REFERENCES agencies,
  phone text NOT NULL,
  sent_at timestamptz NOT NULL,
  -- sending: handed over just now. sent, unsure: no report yet, the latter not even an answer.
  state text NOT NULL CHECK (state IN ('sending', 'sent', 'unsure', 'delivered', 'failed')),
  -- Whose it is that it failed.
  fault text CHECK (fault IN ('number', 'gateway', 'network')),
  gateway text,
  provider_id text,
  settled_at timestamptz,
  detail text NOT NULL DEFAULT ''
);
CREATE INDEX test_notices_of_agency ON test_notices (agency_code, sent_at);
CREATE INDEX test_notices_provider ON test_notices (gateway, provider_id) WHERE provider_id IS NOT NULL;
