import { type Kysely, sql } from 'kysely';
import type { NoticeChannel } from '#shared/domain/escalation-policy.ts';
import type { DeliveryEvent } from '#shared/domain/delivery-events.ts';
import type { NoticeState } from '../rules/notice-rules.ts';
import { type DeliveryTimes, type EscalationFacts, escalationFacts } from './escalation-facts.ts';
import type { Tables } from './tables.ts';

/** A delivery as its sender and its recipient see it, with what happened to it. */
export interface WatchedRow extends DeliveryTimes, EscalationFacts {
  readonly messageId: string;
  readonly documentId: string;
  readonly sender: string;
  readonly recipient: string;
  readonly parentCode: string | null;
  readonly policyId: string | null;
  readonly fetchedAt: Date | null;
  readonly paperPostedAt: Date | null;
  readonly paperReceivedAt: Date | null;
  readonly lastContactAt: Date | null;
  /** In the order in which they were kept. */
  readonly events: readonly WatchedEvent[];
  readonly notices: readonly WatchedNotice[];
}

export interface WatchedEvent {
  readonly at: Date;
  readonly event: DeliveryEvent;
  readonly key: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface WatchedNotice {
  readonly stepKey: string;
  readonly channel: NoticeChannel;
  readonly state: NoticeState;
  readonly at: Date | null;
}

const SHOWN_EVENTS: readonly DeliveryEvent[] = [
  'opened',
  'paper-posted',
  'reminder-sent',
  'reminder-skipped',
  'call-needed',
  'call-recorded',
  'extension-asked',
  'extension-answered',
  'invitation-answered',
  'hour-changed',
];

/** From the start, this many days are read: what is older is in the offices' registers. */
const DAYS_FROM_START = 90;

/** Deliveries that changed, for those who watch them. */
export class WatchStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** The change that was made last to a delivery from or for an agency; '0' when there is none. */
  async latest(agencyCode: string): Promise<string> {
    const { rows } = await sql<{ latest: string }>`
      SELECT greatest(
        (SELECT max(changed_by) FROM document_deliveries WHERE sender_code = ${agencyCode}),
        (SELECT max(changed_by) FROM document_deliveries WHERE recipient_code = ${agencyCode}),
        '0'::xid8
      )::text AS latest`.execute(this.#db);
    return rows[0]?.latest ?? '0';
  }

  /**
   * Deliveries from or for an agency that were changed after a position, in the order of the changes. A change is read once
   * every transaction that began before it has ended, so that none is ever passed over. All that one transaction changed comes
   * together: there may be more than `limit`.
   */
  async changedAfter(
    agencyCode: string,
    after: string | null,
    limit: number,
  ): Promise<{ readonly position: string; readonly more: boolean; readonly rows: readonly WatchedRow[] }> {
    const days = after === null ? DAYS_FROM_START : null;
    const changed = (role: 'sender_code' | 'recipient_code') => sql`
      SELECT message_id, recipient_code, changed_by FROM document_deliveries
      WHERE ${sql.ref(role)} = ${agencyCode} AND changed_by > ${after ?? '0'}::xid8
        AND (${days}::int IS NULL OR available_at > now() - ${days}::int * interval '1 day')`;
    const { rows: keys } = await sql<{ message_id: string; recipient_code: string; changed_by: string }>`
      WITH mine AS (${changed('sender_code')} UNION ${changed('recipient_code')})
      SELECT message_id, recipient_code, changed_by::text FROM mine
      WHERE changed_by < pg_snapshot_xmin(pg_current_snapshot())
      ORDER BY mine.changed_by FETCH FIRST ${limit} ROWS WITH TIES`.execute(this.#db);
    const position = keys.at(-1)?.changed_by ?? after ?? '0';
    const rows = keys.length === 0 ? [] : await this.#rows(keys);
    return { position, more: BigInt(await this.latest(agencyCode)) > BigInt(position), rows };
  }

  async #rows(
    keys: readonly { readonly message_id: string; readonly recipient_code: string }[],
  ): Promise<WatchedRow[]> {
    const { rows } = await sql<
      Omit<WatchedRow, 'events' | 'notices' | keyof EscalationFacts> & { events: unknown; notices: unknown }
    >`
      SELECT delivery.message_id AS "messageId", document.document_id AS "documentId", delivery.sender_code AS sender,
        delivery.recipient_code AS recipient, agency.parent_code AS "parentCode", document.policy_id::text AS "policyId",
        delivery.urgency, delivery.express_at AS "expressAt", delivery.due_at AS "dueAt",
        delivery.available_at AS "availableAt", delivery.fetched_at AS "fetchedAt", delivery.opened_at AS "openedAt",
        delivery.returned_at AS "returnedAt", delivery.registered_at AS "registeredAt",
        delivery.finished_at AS "finishedAt", delivery.recalled_at AS "recalledAt",
        delivery.paper_posted_at AS "paperPostedAt", delivery.paper_received_at AS "paperReceivedAt",
        contact.last_at AS "lastContactAt",
        coalesce((
          SELECT jsonb_agg(jsonb_build_object('at', at, 'event', event, 'key', key, 'params', params) ORDER BY id)
          FROM delivery_events AS event
          WHERE event.message_id = delivery.message_id AND event.recipient_code = delivery.recipient_code
            AND event.event = any(${SHOWN_EVENTS}::text[])
        ), '[]') AS events,
        coalesce((
          SELECT jsonb_agg(jsonb_build_object('stepKey', item.step_key, 'channel', notice.channel, 'state', notice.state,
            'at', coalesce(notice.ended_at, notice.handed_at)) ORDER BY notice.created_at, notice.channel)
          FROM notice_items AS item JOIN notices AS notice ON notice.id = item.notice_id
          WHERE item.message_id = delivery.message_id AND item.recipient_code = delivery.recipient_code
        ), '[]') AS notices
      FROM unnest(${keys.map((key) => key.message_id)}::uuid[], ${keys.map((key) => key.recipient_code)}::text[])
          WITH ORDINALITY AS wanted (message_id, recipient_code, place)
        JOIN document_deliveries AS delivery USING (message_id, recipient_code)
        JOIN documents AS document USING (message_id)
        JOIN agencies AS agency ON agency.code = delivery.recipient_code
        LEFT JOIN agency_contacts AS contact ON contact.agency_code = delivery.recipient_code
      ORDER BY wanted.place`.execute(this.#db);
    return rows.map((row) => ({
      ...row,
      ...escalationFacts(row),
      events: timed(row.events),
      notices: timed(row.notices),
    }));
  }
}

/** JSON of the database has its times as text. */
function timed<Row extends { readonly at: Date | null }>(rows: unknown): Row[] {
  return (rows as (Omit<Row, 'at'> & { at: string | null })[]).map(
    (row) => ({ ...row, at: row.at === null ? null : new Date(row.at) }) as Row,
  );
}
