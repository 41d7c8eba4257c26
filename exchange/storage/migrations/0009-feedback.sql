-- Vướng mắc: what clerks report to the office that supervises theirs, and what it answers. Rows are only ever added.

CREATE TABLE feedback_reports (
  -- Made by the office: the same report again is the same row.
  id uuid PRIMARY KEY,
  agency_code text NOT NULL REFERENCES agencies,
  workstation_id uuid NOT NULL REFERENCES workstations,
  kind text NOT NULL,
  text text NOT NULL,
  person text NOT NULL,
  app_version text NOT NULL,
  -- The diagnostic bundle as the clerk saw it, when she agreed.
  bundle text,
  written_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL
);
CREATE INDEX feedback_reports_of_agency ON feedback_reports (agency_code, received_at);
CREATE INDEX feedback_reports_by_time ON feedback_reports (received_at);

CREATE TABLE feedback_answers (
  id uuid PRIMARY KEY,
  report_id uuid NOT NULL REFERENCES feedback_reports,
  -- Null for the exchange's administrator.
  agency_code text REFERENCES agencies,
  person text NOT NULL,
  text text NOT NULL,
  answered_at timestamptz NOT NULL
);
CREATE INDEX feedback_answers_of_report ON feedback_answers (report_id, answered_at);

-- Answers that somebody of the agency that asked has read, as it says.
CREATE TABLE feedback_reads (
  answer_id uuid PRIMARY KEY REFERENCES feedback_answers,
  read_at timestamptz NOT NULL
);
