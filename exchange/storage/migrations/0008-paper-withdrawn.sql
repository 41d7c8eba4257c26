-- A document that was reported as having come on paper alone came through the exchange after all, as the same office reports.
ALTER TABLE paper_arrivals ADD COLUMN withdrawn_at timestamptz;
