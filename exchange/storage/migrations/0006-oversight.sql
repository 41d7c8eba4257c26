-- Who watches over whom, and what its figures need to be quick over a year.

-- Agencies that see the figures of others: of those below one (cơ quan cấp dưới), or of all.
CREATE TABLE supervising_agencies (
  agency_code text PRIMARY KEY REFERENCES agencies,
  -- Its own figures and those of every agency below it; null for all.
  under_code text REFERENCES agencies
);

-- A document that came to an office on paper and never through the exchange, as that office reports it. No word of its content.
CREATE TABLE paper_arrivals (
  recipient_code text NOT NULL REFERENCES agencies,
  sender_code text NOT NULL REFERENCES agencies,
  -- Số, ký hiệu.
  code text NOT NULL,
  -- Day of the dấu ĐẾN.
  day date NOT NULL,
  reported_at timestamptz NOT NULL,
  PRIMARY KEY (recipient_code, sender_code, code, day)
);
CREATE INDEX paper_arrivals_of_day ON paper_arrivals (day);

-- The figures of a year read a million rows: what they need of each is worked out when it changes, not each time it is read.
ALTER TABLE document_deliveries
  ADD COLUMN opened_after_ms bigint
    GENERATED ALWAYS AS ((extract(epoch FROM opened_at - available_at) * 1000)::bigint) STORED,
  -- Null for what is not express. With neither an hour nor a limit it is late only while nobody opened it.
  ADD COLUMN opened_late boolean
    GENERATED ALWAYS AS (
      CASE WHEN urgency IN ('express', 'express-timed') THEN opened_at IS NULL OR coalesce(
        CASE WHEN express_at IS NOT NULL THEN opened_at >= express_at
          ELSE opened_at - available_at > express_limit_minutes * interval '1 minute' END,
        false
      ) END
    ) STORED;

-- The moment at which all deliveries of the document became available.
ALTER TABLE documents ADD COLUMN accepted_at timestamptz;
UPDATE documents SET accepted_at = message.accepted_at FROM messages AS message WHERE message.id = message_id;
ALTER TABLE documents ALTER COLUMN accepted_at SET NOT NULL;
-- Documents come in the order of time, so a small index of ranges finds a period.
CREATE INDEX documents_of_period ON documents USING brin (accepted_at);
