import { z } from 'zod';
import type { OfficeReportRecord, OfficeReportWrites, PaperArrivalReport } from '#core/reporting/report-store.ts';
import type { Sqlite } from '../connection/sqlite.ts';

type Row = Omit<OfficeReportRecord, 'report'> & { readonly version: number; readonly body: string };

const VERSION = 1;
const bodySchema: z.ZodType<PaperArrivalReport> = z.strictObject({
  kind: z.literal('paper-arrival'),
  senderCode: z.string(),
  code: z.string(),
  day: z.iso.date(),
  withdrawn: z.boolean(),
});

export function officeReportQueries(sqlite: Sqlite): OfficeReportWrites {
  const select = `SELECT id, document_id AS documentId, version, body, state, attempts,
    next_attempt_at AS nextAttemptAt, error_code AS errorCode, created_at AS createdAt, settled_at AS settledAt
    FROM office_report`;
  const oldest = sqlite.prepare<[], Row>(`${select} WHERE state = 'waiting' ORDER BY seq LIMIT 1`);
  const of = sqlite.prepare<[string], Row>(`${select} WHERE document_id = ? ORDER BY seq`);
  const count = sqlite.prepare("SELECT count(*) FROM office_report WHERE state = 'waiting'").pluck();
  const add = sqlite.prepare(
    `INSERT INTO office_report (id, document_id, version, body, state, attempts, next_attempt_at, error_code, created_at, settled_at)
     VALUES (@id, @documentId, ${VERSION}, @body, @state, @attempts, @nextAttemptAt, @errorCode, @createdAt, @settledAt)`,
  );
  const update = sqlite.prepare(
    `UPDATE office_report SET state = @state, attempts = @attempts, next_attempt_at = @nextAttemptAt,
       error_code = @errorCode, settled_at = @settledAt WHERE id = @id`,
  );
  const lineIsBack = sqlite.prepare(
    "UPDATE office_report SET next_attempt_at = ? WHERE state = 'waiting' AND error_code = 'offline'",
  );
  return {
    oldest: () => {
      const row = oldest.get();
      return row === undefined ? null : toRecord(row);
    },
    of: (documentId) => of.all(documentId).map(toRecord),
    count: () => count.get() as number,
    add: ({ report, ...record }) => void add.run({ ...record, body: JSON.stringify(report) }),
    update: ({ id, state, attempts, nextAttemptAt, errorCode, settledAt }) =>
      void update.run({ id, state, attempts, nextAttemptAt, errorCode, settledAt }),
    lineIsBack: (at) => void lineIsBack.run(at),
  };
}

function toRecord(row: Row): OfficeReportRecord {
  const { version, body, ...rest } = row;
  if (version !== VERSION) throw new Error(`a report has form ${version}, and this program reads ${VERSION}`);
  return { ...rest, report: bodySchema.parse(JSON.parse(body)) };
}
