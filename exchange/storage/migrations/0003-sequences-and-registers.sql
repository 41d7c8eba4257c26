-- What a number of an inbox belongs to, which bytes were lost, and which register speaks for an agency.

-- A sequence of numbers that an older copy of this database would give again is another sequence.
ALTER TABLE exchange_identity
  ADD COLUMN epoch uuid NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN epoch_since timestamptz NOT NULL DEFAULT now();

-- Since when the file of a message is known to be gone or damaged; null once the sender has sent it again.
ALTER TABLE messages ADD COLUMN lost_at timestamptz;
CREATE INDEX messages_lost ON messages (sender_code) WHERE lost_at IS NOT NULL;

-- A message that was lost and came again is delivered again, under a new number.
ALTER TABLE deliveries DROP CONSTRAINT deliveries_message_id_agency_code_key;
CREATE INDEX deliveries_message ON deliveries (message_id, agency_code);

-- One register for one agency: two would both give the arrival number 1.
CREATE TABLE registers (
  agency_code text PRIMARY KEY REFERENCES agencies,
  id uuid NOT NULL,
  -- How often it was put back from a copy; a lower one than here is an older copy.
  epoch bigint NOT NULL,
  workstation_id uuid NOT NULL REFERENCES workstations,
  since timestamptz NOT NULL DEFAULT now()
);
-- Another workstation has taken over the agency's register.
ALTER TABLE workstations ADD COLUMN replaced_at timestamptz;
