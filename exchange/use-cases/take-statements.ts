import { normaliseAgencyCode } from '#shared/domain/agency-code.ts';
import type { EventParams } from '#shared/domain/delivery-events.ts';
import type { Statement } from '#shared/wire/statements.ts';
import {
  keyOf,
  mayState,
  recipientOf,
  refusalOf,
  statedParams,
  type StatedBefore,
  type StatementRefusal,
} from '../rules/statement-rules.ts';
import type { Database, Stores } from '../storage/database.ts';
import type { AddedEvent } from '../storage/delivery-event-store.ts';

export interface TakenStatements {
  readonly results: readonly { readonly id: string; readonly refused: StatementRefusal | null }[];
  /** What is new by them. */
  readonly added: readonly AddedEvent[];
}

/**
 * Takes what an office states of documents: each statement once, in the order given, and only from who may state it. One
 * that is refused holds up none of the others. Repeating it gives the same answer.
 */
export async function takeStatements(
  database: Pick<Database, 'transaction'>,
  statedBy: string,
  statements: readonly Statement[],
  now: Date,
): Promise<TakenStatements> {
  return database.transaction(async (stores) => {
    const added: AddedEvent[] = [];
    const results: TakenStatements['results'][number][] = [];
    for (const statement of statements) {
      const taken = await takeOne(stores, statedBy, statement, now);
      if (typeof taken === 'string') {
        results.push({ id: statement.id, refused: taken });
      } else {
        added.push(...taken);
        results.push({ id: statement.id, refused: null });
      }
    }
    return { results, added };
  });
}

async function takeOne(
  { events }: Pick<Stores, 'events'>,
  statedBy: string,
  statement: Statement,
  now: Date,
): Promise<StatementRefusal | readonly AddedEvent[]> {
  const { messageId, event } = statement;
  const recipientCode = normaliseAgencyCode(recipientOf(statement, statedBy));
  // Held, so that two statements of one delivery do not both pass a limit that is for one of them.
  const delivery = await events.hold(messageId, recipientCode);
  if (delivery === null || !mayState(statement, statedBy, delivery)) return 'NOT_YOURS';
  const key = keyOf(statement);
  const params = statedParams(statement);
  const earlier = await events.of(messageId, recipientCode, event);
  const same = earlier.find((one) => one.key === key);
  // Opened is opened, whoever of the office did it first.
  if (same !== undefined) return key === '' || isSame(same.params, params) ? [] : 'OTHER_CONTENT';
  const refused = refusalOf(
    statement,
    {
      urgency: delivery.urgency,
      isOver: delivery.isOver,
      earlier: earlier.map(({ at }) => at),
      questions: await questionsOf(events, statement, recipientCode),
    },
    now,
  );
  if (refused !== null) return refused;
  const fresh = { at: now, event, messageId, recipientCode, statedBy, key, params };
  return events.append(event === 'opened' ? [{ ...fresh, event: 'fetched', params: {} }, fresh] : [fresh]);
}

/** Questions for a longer time, when a statement is about one. */
async function questionsOf(
  events: Stores['events'],
  { event, messageId }: Statement,
  recipientCode: string,
): Promise<StatedBefore['questions']> {
  if (event !== 'extension-asked' && event !== 'extension-answered') return [];
  const answers = await events.of(messageId, recipientCode, 'extension-answered');
  const answered = new Set(answers.map(({ params }) => (params as EventParams)['question']));
  const asked = await events.of(messageId, recipientCode, 'extension-asked');
  return asked.map(({ key }) => ({ id: key, isAnswered: answered.has(key) }));
}

function isSame(kept: unknown, params: Readonly<Record<string, unknown>>): boolean {
  const sorted = (value: object): string =>
    JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return typeof kept === 'object' && kept !== null && sorted(kept) === sorted(params);
}
