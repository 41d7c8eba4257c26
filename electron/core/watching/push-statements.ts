import { EXCHANGE_ACTOR } from '#shared/domain/history.ts';
import type { CoreContext } from '../core-context.ts';
import type { ExchangeClient, StatementResult } from '../ports/exchange.ts';
import { nextAttempt } from '../sync/next-attempt.ts';
import { isWorkstationRefusal } from '../sync/refusals.ts';
import type { StepResult } from '../sync/step-result.ts';
import { keepHour } from './sent-hour.ts';
import type { StatementRecord } from './watching-stores.ts';

/**
 * Sends statements. Their ids make any repetition harmless. One that the exchange refuses is kept with the reason and never
 * sent again; when it refuses the request as a whole, each goes alone, so that one bad one keeps no other back.
 */
export async function pushStatements(
  ctx: CoreContext,
  client: ExchangeClient,
  records: readonly StatementRecord[],
  signal: AbortSignal,
): Promise<StepResult> {
  const outcome = await client.putStatements(
    records.map(({ statement }) => statement),
    signal,
  );
  if (outcome.kind === 'aborted') return { kind: 'aborted' };
  if (outcome.kind === 'ok') {
    ctx.fault('after-statements-before-answer');
    settle(ctx, records, outcome.value);
    return { kind: 'done' };
  }
  if (outcome.kind === 'refused' && !isWorkstationRefusal(outcome.code)) {
    const [only] = records;
    if (records.length > 1) return pushEachAlone(ctx, client, records, signal);
    if (only !== undefined) settle(ctx, records, [{ id: only.statement.id, refused: outcome.code }]);
    return { kind: 'done' };
  }
  ctx.transact('delay-statements', null, ({ stores }) => {
    for (const record of records) {
      stores.statements.update({ ...record, ...nextAttempt(ctx, record.attempts, outcome) });
    }
  });
  return { kind: 'failed', outcome };
}

async function pushEachAlone(
  ctx: CoreContext,
  client: ExchangeClient,
  records: readonly StatementRecord[],
  signal: AbortSignal,
): Promise<StepResult> {
  for (const record of records) {
    const result = await pushStatements(ctx, client, [record], signal);
    if (result.kind !== 'done') return result;
  }
  return { kind: 'done' };
}

function settle(ctx: CoreContext, records: readonly StatementRecord[], results: readonly StatementResult[]): void {
  const answers = new Map(results.map(({ id, refused }) => [id, refused]));
  const kept = ctx.transact('settle-statements', EXCHANGE_ACTOR, (tx) => {
    const { stores, at, record: note } = tx;
    const refusedHours = new Map<string, string>();
    for (const record of records) {
      const { statement, documentId, attempts } = record;
      const code = answers.get(statement.id) ?? null;
      stores.statements.update({
        ...record,
        state: code === null ? 'done' : 'refused',
        attempts: attempts + 1,
        errorCode: code,
        settledAt: at,
      });
      if (code === null) continue;
      ctx.log.warn('statement-refused', { id: statement.id, statement: statement.event, code });
      const direction = 'recipient' in statement ? 'outgoing' : 'incoming';
      note(direction, documentId, 'statement-refused', { event: statement.event, code });
      if (statement.event === 'hour-changed') refusedHours.set(documentId, code);
    }
    return [...refusedHours].flatMap(([documentId, code]) => keepHour(tx, documentId, code) ?? []);
  });
  for (const { codeText } of kept) ctx.shell.notify({ notice: 'hour-kept', params: { codeText } });
}
