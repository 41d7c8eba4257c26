import { type Kysely, sql } from 'kysely';
import { type DeliveryEvent, type EventParams, type TimedEvent, timeOfEvent } from '#shared/domain/delivery-events.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import { prepared } from './prepared-statements.ts';
import type { Tables } from './tables.ts';

/** Something that happened to a document with one recipient. */
export interface NewDeliveryEvent {
  readonly at: Date;
  readonly event: DeliveryEvent;
  readonly messageId: string;
  readonly recipientCode: string;
  /** Agency that stated it; null for what the exchange did or saw itself. */
  readonly statedBy: string | null;
  /** Tells apart what may happen more than once. */
  readonly key?: string;
  readonly params?: EventParams;
}

/** An event that was not known before, with the agencies that watch its delivery. */
export interface AddedEvent {
  readonly event: DeliveryEvent;
  readonly key: string;
  readonly messageId: string;
  readonly recipientCode: string;
  readonly senderCode: string;
}

/** A delivery that somebody may state something of. */
export interface StatableDelivery {
  readonly messageId: string;
  readonly recipientCode: string;
  readonly senderCode: string;
}

/** A delivery that is held, with what decides whether something can be stated of it. */
export interface HeldDelivery extends StatableDelivery {
  readonly urgency: Urgency;
  /** Dealt with, sent back or recalled. */
  readonly isOver: boolean;
}

const timesOfAdded = sql.join(
  Object.entries(timeOfEvent).map(
    ([event, time]) => sql`min(at) FILTER (WHERE event = ${sql.lit(event)}) AS ${sql.ref(time)}`,
  ),
);
const timesSet = sql.join(
  Object.values(timeOfEvent).map((time) =>
    time === timeOfEvent.finished
      ? sql`${sql.ref(time)} = CASE WHEN NOT times.reopens THEN coalesce(delivery.${sql.ref(time)}, times.${sql.ref(time)}) END`
      : sql`${sql.ref(time)} = coalesce(delivery.${sql.ref(time)}, times.${sql.ref(time)})`,
  ),
);

/** What happened to documents with their recipients, and how far each has got by it. */
export class DeliveryEventStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /**
   * Adds events, each once, and what they say of the way of their deliveries. Those of deliveries that do not exist, and
   * those that are known, are passed over. Returns what is new.
   */
  async append(events: readonly NewDeliveryEvent[]): Promise<AddedEvent[]> {
    if (events.length === 0) return [];
    const given = events.map(({ at, event, messageId, recipientCode, statedBy, key = '', params = {} }) => ({
      at: at.toISOString(),
      event,
      message_id: messageId,
      recipient_code: recipientCode,
      stated_by: statedBy,
      key,
      params,
    }));
    const { rows } = await sql<{
      event: DeliveryEvent;
      key: string;
      message_id: string;
      recipient_code: string;
      sender_code: string;
    }>`
      WITH ${prepared} given AS (
        SELECT * FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS given (
          at timestamptz, event text, message_id uuid, recipient_code text, stated_by text, key text, params jsonb
        )
      ), held AS (
        -- In one order, so that nobody waits in a circle.
        SELECT message_id, recipient_code FROM document_deliveries
        WHERE (message_id, recipient_code) IN (SELECT message_id, recipient_code FROM given)
        ORDER BY message_id, recipient_code FOR NO KEY UPDATE
      ), added AS (
        INSERT INTO delivery_events (at, event, message_id, recipient_code, stated_by, key, params)
        SELECT given.at, event, message_id, recipient_code, stated_by, key, params
        FROM given JOIN held USING (message_id, recipient_code)
        ON CONFLICT DO NOTHING
        RETURNING at, event, message_id, recipient_code, key, params
      ), times AS (
        SELECT message_id, recipient_code, ${timesOfAdded},
          min(at) AS at,
          bool_or(event = 'reopened') AS reopens,
          bool_or(event IN ('reminder-asked', 'hour-changed', 'extension-answered', 'reopened')) AS asks,
          bool_or(event IN ('opened', 'returned', 'registered', 'finished', 'recalled')) AS settles,
          max((params->>'expressAt')::timestamptz) FILTER (WHERE event = 'hour-changed') AS express_at,
          max((params->>'until')::timestamptz)
            FILTER (WHERE event = 'extension-answered' AND (params->>'granted')::boolean) AS due_at
        FROM added GROUP BY message_id, recipient_code
      ), changed AS (
        UPDATE document_deliveries AS delivery
        SET ${timesSet}, changed_by = pg_current_xact_id(),
          -- Whatever changes what is to be done is looked at now; one without alarms only when it asks for something.
          next_alarm_at = CASE
            WHEN times.asks OR (times.settles AND delivery.next_alarm_at IS NOT NULL) THEN times.at
            ELSE delivery.next_alarm_at END,
          express_at = coalesce(times.express_at, delivery.express_at), due_at = coalesce(times.due_at, delivery.due_at)
        FROM times
        WHERE delivery.message_id = times.message_id AND delivery.recipient_code = times.recipient_code
        RETURNING delivery.message_id, delivery.recipient_code, delivery.sender_code
      )
      SELECT added.event, added.key, message_id, recipient_code, changed.sender_code
      FROM added JOIN changed USING (message_id, recipient_code)`.execute(this.#db);
    return rows.map((row) => ({
      event: row.event,
      key: row.key,
      messageId: row.message_id,
      recipientCode: row.recipient_code,
      senderCode: row.sender_code,
    }));
  }

  /**
   * The delivery that a status speaks of: of those with this document id the one that came first among those without
   * `event`, because an id is only a claim and several letters may have it. A returned one is done with.
   */
  async reported(
    { senderCode, documentId, recipientCode }: { senderCode: string; documentId: string; recipientCode: string },
    event: TimedEvent,
  ): Promise<StatableDelivery | null> {
    const time = sql.ref<Date | null>(`delivery.${timeOfEvent[event]}`);
    const row = await this.#db
      .selectFrom('documents as document')
      .innerJoin('document_deliveries as delivery', 'delivery.message_id', 'document.message_id')
      .modifyFront(prepared)
      .select(['delivery.message_id', 'delivery.recipient_code', 'delivery.sender_code'])
      .where('document.sender_code', '=', senderCode)
      .where('document.document_id', '=', documentId)
      .where('delivery.recipient_code', '=', recipientCode)
      .orderBy(sql`${time} IS NOT NULL`)
      .orderBy(sql`delivery.returned_at IS NOT NULL`)
      .orderBy('delivery.available_at')
      .limit(1)
      .executeTakeFirst();
    if (!row) return null;
    return { messageId: row.message_id, recipientCode: row.recipient_code, senderCode: row.sender_code };
  }

  /** The delivery of a document that its recipient said to be finished last, while nothing took that back. */
  async finished({
    senderCode,
    documentId,
    recipientCode,
  }: {
    senderCode: string;
    documentId: string;
    recipientCode: string;
  }): Promise<StatableDelivery | null> {
    const row = await this.#db
      .selectFrom('documents as document')
      .innerJoin('document_deliveries as delivery', 'delivery.message_id', 'document.message_id')
      .select(['delivery.message_id', 'delivery.recipient_code', 'delivery.sender_code'])
      .where('document.sender_code', '=', senderCode)
      .where('document.document_id', '=', documentId)
      .where('delivery.recipient_code', '=', recipientCode)
      .where('delivery.finished_at', 'is not', null)
      .orderBy('delivery.finished_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!row) return null;
    return { messageId: row.message_id, recipientCode: row.recipient_code, senderCode: row.sender_code };
  }

  /** Every delivery of the documents that a sender gave this id. */
  async ofDocument(senderCode: string, documentId: string): Promise<StatableDelivery[]> {
    const rows = await this.#db
      .selectFrom('documents as document')
      .innerJoin('document_deliveries as delivery', 'delivery.message_id', 'document.message_id')
      .select(['delivery.message_id', 'delivery.recipient_code', 'delivery.sender_code'])
      .where('document.sender_code', '=', senderCode)
      .where('document.document_id', '=', documentId)
      .execute();
    return rows.map((row) => ({
      messageId: row.message_id,
      recipientCode: row.recipient_code,
      senderCode: row.sender_code,
    }));
  }

  /** The delivery of a message's document to an agency, held until the transaction ends; null when there is none. */
  async hold(messageId: string, recipientCode: string): Promise<HeldDelivery | null> {
    const row = await this.#db
      .selectFrom('document_deliveries')
      .modifyFront(prepared)
      .select(['message_id', 'recipient_code', 'sender_code', 'urgency'])
      .select(sql<boolean>`coalesce(finished_at, returned_at, recalled_at) IS NOT NULL`.as('is_over'))
      .where('message_id', '=', messageId)
      .where('recipient_code', '=', recipientCode)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!row) return null;
    return {
      messageId: row.message_id,
      recipientCode: row.recipient_code,
      senderCode: row.sender_code,
      urgency: row.urgency,
      isOver: row.is_over,
    };
  }

  /** Events of one kind of a delivery, the newest first. */
  async of(
    messageId: string,
    recipientCode: string,
    event: DeliveryEvent,
  ): Promise<{ readonly at: Date; readonly key: string; readonly params: unknown }[]> {
    return this.#db
      .selectFrom('delivery_events')
      .modifyFront(prepared)
      .select(['at', 'key', 'params'])
      .where('message_id', '=', messageId)
      .where('recipient_code', '=', recipientCode)
      .where('event', '=', event)
      .orderBy('id', 'desc')
      .execute();
  }

  /** Notes that an agency's workstation was heard of. */
  async heardOf(agencyCode: string, at: Date): Promise<void> {
    await this.#db
      .insertInto('agency_contacts')
      .values({ agency_code: agencyCode, last_at: at })
      .onConflict((conflict) =>
        conflict
          .column('agency_code')
          .doUpdateSet(({ ref }) => ({ last_at: ref('excluded.last_at') }))
          .whereRef('agency_contacts.last_at', '<', 'excluded.last_at'),
      )
      .modifyEnd(prepared)
      .execute();
  }
}
