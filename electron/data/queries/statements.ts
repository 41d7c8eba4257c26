import { z } from 'zod';
import type { Statement } from '#core/ports/exchange.ts';
import type { StatementRecord, StatementWrites } from '#core/watching/watching-stores.ts';
import type { Sqlite } from '../connection/sqlite.ts';

type Row = Omit<StatementRecord, 'statement'> & { readonly version: number; readonly body: string };

const VERSION = 1;
/** Written by this program alone, and sent as it is: the exchange checks the rest. */
const bodySchema = z.custom<Statement>(
  (value) => z.looseObject({ id: z.uuid(), messageId: z.uuid(), event: z.string() }).safeParse(value).success,
);

export function statementQueries(sqlite: Sqlite): StatementWrites {
  const select = `SELECT document_id AS documentId, version, body, state, attempts, next_attempt_at AS nextAttemptAt,
    error_code AS errorCode, created_at AS createdAt, settled_at AS settledAt FROM statement`;
  const due = sqlite.prepare<{ now: string; latest: string; limit: number }, Row>(
    `${select} WHERE state = 'waiting' AND (attempts = 0 OR next_attempt_at <= @now OR next_attempt_at > @latest)
     ORDER BY created_at, id LIMIT @limit`,
  );
  const nextAttemptAt = sqlite.prepare("SELECT min(next_attempt_at) FROM statement WHERE state = 'waiting'").pluck();
  const of = sqlite.prepare<[string], Row>(`${select} WHERE document_id = ? ORDER BY created_at, id`);
  const count = sqlite.prepare("SELECT count(*) FROM statement WHERE state = 'waiting'").pluck();
  const add = sqlite.prepare(
    `INSERT INTO statement VALUES (@id, @messageId, @documentId, @recipient, @event, ${VERSION}, @body, @state, @attempts,
       @nextAttemptAt, @errorCode, @createdAt, @settledAt)`,
  );
  const update = sqlite.prepare(
    `UPDATE statement SET state = @state, attempts = @attempts, next_attempt_at = @nextAttemptAt,
       error_code = @errorCode, settled_at = @settledAt WHERE id = @id`,
  );
  const lineIsBack = sqlite.prepare(
    "UPDATE statement SET next_attempt_at = ? WHERE state = 'waiting' AND error_code = 'offline'",
  );
  return {
    due: (now, latest, limit) => due.all({ now: now.toISOString(), latest: latest.toISOString(), limit }).map(toRecord),
    nextAttemptAt: () => (nextAttemptAt.get() as string | null | undefined) ?? null,
    of: (documentId) => of.all(documentId).map(toRecord),
    count: () => count.get() as number,
    add: ({ statement, ...record }) =>
      void add.run({
        ...record,
        id: statement.id,
        messageId: statement.messageId,
        recipient: 'recipient' in statement ? statement.recipient : null,
        event: statement.event,
        body: JSON.stringify(statement),
      }),
    update: ({ statement, state, attempts, nextAttemptAt: next, errorCode, settledAt }) =>
      void update.run({ id: statement.id, state, attempts, nextAttemptAt: next, errorCode, settledAt }),
    lineIsBack: (at) => void lineIsBack.run(at),
  };
}

function toRecord({ version, body, ...row }: Row): StatementRecord {
  if (version !== VERSION) throw new Error(`a statement has form ${version}, and this program reads ${VERSION}`);
  return { ...row, statement: bodySchema.parse(JSON.parse(body)) };
}
