import { type Kysely, sql } from 'kysely';
import { HAND_REMINDER, STEP_EVENTS } from '#shared/domain/delivery-events.ts';
import { type EscalationFacts, escalationFacts } from './escalation-facts.ts';
import { prepared } from './prepared-statements.ts';
import type { Tables } from './tables.ts';

export interface DeliveryKey {
  readonly messageId: string;
  readonly recipientCode: string;
}

/** Of a delivery, all that decides what is to be done next. */
export interface WatchedDeliveryRow extends DeliveryKey, EscalationFacts {
  readonly senderCode: string;
  /** Null when no policy was known as it became available. */
  readonly policyId: string | null;
  readonly parentCode: string | null;
  /** Keys of the steps that were carried out, skipped, or ended in a call. */
  readonly stepKeys: readonly string[];
  /** Of those, the steps none of whose messages arrived. */
  readonly failedKeys: readonly string[];
  /** Statements by which the sender asked for a reminder that was not sent yet. */
  readonly remindersAsked: readonly string[];
  /** The agency's workstation, as it was last heard of. */
  readonly lastContactAt: Date | null;
  readonly fetchedAt: Date | null;
}

/** Of the delivery that is asked for, the keys of events of these kinds, the oldest first. */
const keysOf = (events: readonly string[]) => sql<string[]>`ARRAY(
  SELECT key FROM delivery_events AS event
  WHERE event.message_id = delivery.message_id AND event.recipient_code = delivery.recipient_code
    AND event.event = any(${events}::text[]) ORDER BY event.id)`;

/** Steps none of whose messages arrived, or may still arrive. */
const failedKeys = sql<string[]>`ARRAY(
  SELECT item.step_key FROM notice_items AS item JOIN notices AS notice ON notice.id = item.notice_id
  WHERE item.message_id = delivery.message_id AND item.recipient_code = delivery.recipient_code
  GROUP BY item.step_key HAVING bool_and(notice.state = 'failed'))`;

/** When deliveries must be looked at, and what is known of them then. */
export class AlarmStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Deliveries whose time has come, those of express documents first. */
  async due(now: Date, limit: number): Promise<DeliveryKey[]> {
    const rows = await this.#db
      .selectFrom('document_deliveries')
      .select(['message_id', 'recipient_code'])
      .where('next_alarm_at', '<=', now)
      .orderBy(sql`urgency IN ('express', 'express-timed')`, 'desc')
      .orderBy('next_alarm_at')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ messageId: row.message_id, recipientCode: row.recipient_code }));
  }

  /** Deliveries of a message whose time has come. */
  async dueOf(messageId: string, now: Date): Promise<DeliveryKey[]> {
    const rows = await this.#db
      .selectFrom('document_deliveries')
      .select('recipient_code')
      .where('message_id', '=', messageId)
      .where('next_alarm_at', '<=', now)
      .orderBy('recipient_code')
      .execute();
    return rows.map((row) => ({ messageId, recipientCode: row.recipient_code }));
  }

  /** @param hold whether the delivery is held until the transaction ends */
  async find({ messageId, recipientCode }: DeliveryKey, hold: boolean): Promise<WatchedDeliveryRow | null> {
    // By a statement of its own: what whoever held it before has added is seen only by the next one.
    if (hold) {
      await this.#db
        .selectFrom('document_deliveries')
        .modifyFront(prepared)
        .select('recipient_code')
        .where('message_id', '=', messageId)
        .where('recipient_code', '=', recipientCode)
        .forNoKeyUpdate()
        .execute();
    }
    const row = await this.#db
      .selectFrom('document_deliveries as delivery')
      .innerJoin('documents as document', 'document.message_id', 'delivery.message_id')
      .innerJoin('agencies as recipient', 'recipient.code', 'delivery.recipient_code')
      .modifyFront(prepared)
      .selectAll('delivery')
      .select(['document.policy_id', 'recipient.parent_code'])
      .select(({ selectFrom }) => [
        selectFrom('agency_contacts')
          .select('last_at')
          .whereRef('agency_contacts.agency_code', '=', 'delivery.recipient_code')
          .as('last_contact_at'),
      ])
      .select([
        keysOf(STEP_EVENTS).as('step_keys'),
        keysOf(['reminder-asked']).as('asked'),
        failedKeys.as('failed_keys'),
      ])
      .where('delivery.message_id', '=', messageId)
      .where('delivery.recipient_code', '=', recipientCode)
      .executeTakeFirst();
    if (!row) return null;
    return {
      messageId,
      recipientCode,
      senderCode: row.sender_code,
      policyId: row.policy_id,
      parentCode: row.parent_code,
      ...escalationFacts({
        urgency: row.urgency,
        availableAt: row.available_at,
        expressAt: row.express_at,
        dueAt: row.due_at,
        openedAt: row.opened_at,
        returnedAt: row.returned_at,
        registeredAt: row.registered_at,
        finishedAt: row.finished_at,
        recalledAt: row.recalled_at,
      }),
      stepKeys: row.step_keys,
      failedKeys: row.failed_keys,
      remindersAsked: row.asked.filter((id) => !row.step_keys.includes(HAND_REMINDER + id)),
      lastContactAt: row.last_contact_at,
      fetchedAt: row.fetched_at,
    };
  }

  /** Says when the delivery must be looked at next; null when nothing is left to do. */
  async setNext({ messageId, recipientCode }: DeliveryKey, at: Date | null): Promise<void> {
    await this.#db
      .updateTable('document_deliveries')
      .set({ next_alarm_at: at, changed_by: sql<string>`pg_current_xact_id()` })
      .where('message_id', '=', messageId)
      .where('recipient_code', '=', recipientCode)
      .modifyEnd(prepared)
      .execute();
  }

  /** Notes that the machine did its round. */
  async noteRound(at: Date): Promise<void> {
    await this.#db
      .insertInto('notice_rounds')
      .values({ last_at: at })
      .onConflict((conflict) => conflict.column('only_row').doUpdateSet({ last_at: at }))
      .execute();
  }

  /** The last round, and the alarm that should have been answered longest ago. */
  async standing(): Promise<{ readonly lastRoundAt: Date | null; readonly oldestAlarmAt: Date | null }> {
    const row = await this.#db
      .selectNoFrom(({ selectFrom }) => [
        selectFrom('notice_rounds').select('last_at').as('last_round_at'),
        selectFrom('document_deliveries')
          .select(({ fn }) => fn.min('next_alarm_at').as('next_alarm_at'))
          .as('oldest_alarm_at'),
      ])
      .executeTakeFirstOrThrow();
    return { lastRoundAt: row.last_round_at, oldestAlarmAt: row.oldest_alarm_at };
  }
}
