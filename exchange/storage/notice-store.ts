import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { NoticeChannel } from '#shared/domain/escalation-policy.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import type { NoticeState } from '../rules/notice-rules.ts';
import { prepared } from './prepared-statements.ts';
import type { Tables } from './tables.ts';

/** Of a step, one way in which one person is told. */
export interface NewNoticeItem {
  readonly channel: NoticeChannel;
  readonly address: string;
  readonly person: string;
  readonly agencyCode: string;
  readonly express: boolean;
  readonly messageId: string;
  readonly recipientCode: string;
  readonly stepKey: string;
}

export interface NoticeRow {
  readonly id: string;
  readonly channel: NoticeChannel;
  readonly address: string;
  readonly person: string;
  readonly agencyCode: string;
  readonly express: boolean;
  readonly state: NoticeState;
  readonly createdAt: Date;
  readonly attempts: number;
  readonly text: string | null;
}

/** A document that a notice speaks of, as it stands now. */
export interface NoticedDocument {
  readonly messageId: string;
  readonly recipientCode: string;
  readonly senderCode: string;
  readonly senderName: string;
  readonly recipientName: string;
  readonly stepKey: string;
  readonly code: string;
  readonly urgency: Urgency;
  readonly expressAt: Date | null;
  readonly dueAt: Date | null;
  /** Opened, returned or recalled: nobody need be told of it. */
  readonly openedAt: Date | null;
  readonly isOver: boolean;
  readonly isFinished: boolean;
}

export interface NoticeChange {
  readonly state: NoticeState;
  readonly dueAt: Date | null;
  readonly text?: string;
  readonly parts?: number;
  readonly gateway?: string | null;
  readonly providerId?: string | null;
  readonly handedAt?: Date;
  readonly endedAt?: Date;
  readonly detail?: string;
  readonly attempts?: number;
}

const lane = sql<string>`channel || ' ' || address`.as('lane');

/** Messages to people, each to one person about one document or several. */
export class NoticeStore {
  readonly #db: Kysely<Tables>;

  constructor(db: Kysely<Tables>) {
    this.#db = db;
  }

  /** Lets nobody else carry out these steps until the transaction ends: before anything else of it is held. */
  async holdSteps(steps: readonly Pick<NewNoticeItem, 'messageId' | 'recipientCode' | 'stepKey'>[]): Promise<void> {
    const named = steps.map(({ messageId, recipientCode, stepKey }) => `${messageId} ${recipientCode} ${stepKey}`);
    await this.#holdByName([...new Set(named)].toSorted());
  }

  /**
   * Adds a document to the message that is being gathered for the person, or begins one. Null when the person is told of
   * this step on this way already: a step is carried out once.
   */
  async add(
    item: NewNoticeItem,
    now: Date,
    dueAt: Date,
  ): Promise<{ readonly id: string; readonly isNew: boolean } | null> {
    const { channel, address, express } = item;
    const known = await this.#db
      .selectFrom('notice_items')
      .modifyFront(prepared)
      .select('notice_id')
      .where('message_id', '=', item.messageId)
      .where('recipient_code', '=', item.recipientCode)
      .where('step_key', '=', item.stepKey)
      .where('channel', '=', channel)
      .executeTakeFirst();
    if (known) return null;
    const id = randomUUID();
    // The row is held either way, so that nobody sends it before this document is in it.
    const gathering = await this.#db
      .insertInto('notices')
      .values({
        id,
        channel,
        address,
        person: item.person,
        agency_code: item.agencyCode,
        express,
        state: 'gathering',
        created_at: now,
        due_at: dueAt,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['channel', 'address', 'express'])
          // Said in the text: for a value that comes later no plan knows that it fits the index of those that gather.
          .where('state', '=', sql.lit('gathering'))
          .doUpdateSet({ due_at: sql<Date>`least(notices.due_at, excluded.due_at)` }),
      )
      .returning('id')
      .modifyEnd(prepared)
      .executeTakeFirstOrThrow();
    await this.#db
      .insertInto('notice_items')
      .values({
        notice_id: gathering.id,
        message_id: item.messageId,
        recipient_code: item.recipientCode,
        step_key: item.stepKey,
        channel,
      })
      .modifyEnd(prepared)
      .execute();
    return { id: gathering.id, isNew: gathering.id === id };
  }

  /** Notices of which something must be done by now, those of express documents first, each with the lane of its person. */
  async due(now: Date, limit: number): Promise<{ readonly id: string; readonly lane: string }[]> {
    return this.#db
      .selectFrom('notices')
      .select(['id', lane])
      .where('due_at', '<=', now)
      .orderBy('express', 'desc')
      .orderBy('due_at')
      .limit(limit)
      .execute();
  }

  /** What messages to one person have in common; empty when there is no such message. */
  async laneOf(id: string): Promise<string> {
    const row = await this.#db
      .selectFrom('notices')
      .modifyFront(prepared)
      .select(lane)
      .where('id', '=', id)
      .executeTakeFirst();
    return row?.lane ?? '';
  }

  /** The notice when something is to be done with it by now, held until the transaction ends; null when not, or when another does it. */
  async holdDue(id: string, now: Date): Promise<NoticeRow | null> {
    const row = await this.#rows()
      .where('id', '=', id)
      .where('due_at', '<=', now)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    return row ?? null;
  }

  async find(id: string): Promise<NoticeRow | null> {
    return (await this.#rows().where('id', '=', id).executeTakeFirst()) ?? null;
  }

  async hold(id: string): Promise<NoticeRow | null> {
    return (await this.#rows().where('id', '=', id).forUpdate().executeTakeFirst()) ?? null;
  }

  /** By the provider's own id, for reports that bring no other. */
  async idOf(gateway: string, providerId: string): Promise<string | null> {
    const row = await this.#db
      .selectFrom('notices')
      .select('id')
      .where('gateway', '=', gateway)
      .where('provider_id', '=', providerId)
      .executeTakeFirst();
    return row?.id ?? null;
  }

  /** Whoever watches the deliveries sees what became of it. */
  async change(id: string, change: NoticeChange): Promise<void> {
    const update = this.#db
      .updateTable('notices')
      .set({
        state: change.state,
        due_at: change.dueAt,
        ...(change.text === undefined ? {} : { text: change.text }),
        ...(change.parts === undefined ? {} : { parts: sql<number>`parts + ${change.parts}::int` }),
        ...(change.gateway === undefined ? {} : { gateway: change.gateway }),
        ...(change.providerId === undefined ? {} : { provider_id: change.providerId }),
        ...(change.handedAt === undefined ? {} : { handed_at: change.handedAt }),
        ...(change.endedAt === undefined ? {} : { ended_at: change.endedAt }),
        ...(change.detail === undefined ? {} : { detail: change.detail }),
        ...(change.attempts === undefined ? {} : { attempts: change.attempts }),
      })
      .where('id', '=', id);
    // Deliveries are held in one order, so that nobody waits in a circle.
    await sql`
      WITH ${prepared} changed AS (${update}), held AS (
        SELECT message_id, recipient_code FROM document_deliveries
        WHERE (message_id, recipient_code) IN (
          SELECT message_id, recipient_code FROM notice_items WHERE notice_id = ${id}
        ) ORDER BY message_id, recipient_code FOR NO KEY UPDATE
      )
      UPDATE document_deliveries AS delivery SET changed_by = pg_current_xact_id() FROM held
      WHERE delivery.message_id = held.message_id AND delivery.recipient_code = held.recipient_code`.execute(this.#db);
  }

  /** What a notice is about, as it stands now: the most urgent first. */
  async documentsOf(id: string): Promise<NoticedDocument[]> {
    const rows = await this.#db
      .selectFrom('notice_items as item')
      .innerJoin('document_deliveries as delivery', (join) =>
        join
          .onRef('delivery.message_id', '=', 'item.message_id')
          .onRef('delivery.recipient_code', '=', 'item.recipient_code'),
      )
      .innerJoin('documents as document', 'document.message_id', 'item.message_id')
      .innerJoin('agencies as sender', 'sender.code', 'delivery.sender_code')
      .innerJoin('agencies as recipient', 'recipient.code', 'delivery.recipient_code')
      .modifyFront(prepared)
      .select([
        'item.message_id as messageId',
        'item.recipient_code as recipientCode',
        'item.step_key as stepKey',
        'delivery.sender_code as senderCode',
        'sender.name as senderName',
        'recipient.name as recipientName',
        'document.code',
        'delivery.urgency',
        'delivery.express_at as expressAt',
        'delivery.due_at as dueAt',
        'delivery.opened_at as openedAt',
        sql<boolean>`delivery.returned_at IS NOT NULL OR delivery.recalled_at IS NOT NULL`.as('isOver'),
        sql<boolean>`delivery.finished_at IS NOT NULL`.as('isFinished'),
      ])
      .where('item.notice_id', '=', id)
      .orderBy('delivery.express_at')
      .orderBy('delivery.available_at')
      .execute();
    return rows;
  }

  /** Lets nobody else count what a person and an agency were sent until the transaction ends. */
  async holdCounts(channel: NoticeChannel, address: string, agencyCode: string): Promise<void> {
    // The agency's is always the second, so that nobody waits in a circle.
    await this.#holdByName([`${channel} ${address}`, `agency ${agencyCode}`]);
  }

  /** @param names in the order in which they are held */
  async #holdByName(names: readonly string[]): Promise<void> {
    await sql`SELECT ${prepared} pg_advisory_xact_lock(hashtextextended('van-thu notices ' || name, 0))
      FROM unnest(${names}::text[]) WITH ORDINALITY AS given (name, place) ORDER BY place`.execute(this.#db);
  }

  /** Messages to a number that were handed over since an instant, or are just being, and were not express. */
  async calmSince(channel: NoticeChannel, address: string, since: Date): Promise<number> {
    const { count } = await this.#db
      .selectFrom('notices')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('channel', '=', channel)
      .where('address', '=', address)
      .where('express', '=', false)
      .where(({ eb, or }) => or([eb('handed_at', '>', since), eb('state', '=', 'sending')]))
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  /** Parts of text messages that were sent for an agency since an instant. */
  async partsSince(agencyCode: string, since: Date): Promise<number> {
    const { parts } = await this.#db
      .selectFrom('notices')
      .select(sql<string>`coalesce(sum(parts), 0)`.as('parts'))
      .where('agency_code', '=', agencyCode)
      .where('created_at', '>=', since)
      .executeTakeFirstOrThrow();
    return Number(parts);
  }

  /** Of one step, the states of the messages that carry it out. */
  async statesOf(messageId: string, recipientCode: string, stepKey: string): Promise<NoticeState[]> {
    const rows = await this.#db
      .selectFrom('notice_items as item')
      .innerJoin('notices as notice', 'notice.id', 'item.notice_id')
      .select('notice.state')
      .where('item.message_id', '=', messageId)
      .where('item.recipient_code', '=', recipientCode)
      .where('item.step_key', '=', stepKey)
      .execute();
    return rows.map(({ state }) => state);
  }

  async countByState(): Promise<Partial<Record<NoticeState, number>>> {
    const rows = await this.#db
      .selectFrom('notices')
      .select(['state', ({ fn }) => fn.countAll<string>().as('count')])
      .groupBy('state')
      .execute();
    return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
  }

  #rows() {
    return this.#db
      .selectFrom('notices')
      .modifyFront(prepared)
      .select([
        'id',
        'channel',
        'address',
        'person',
        'agency_code as agencyCode',
        'express',
        'state',
        'created_at as createdAt',
        'attempts',
        'text',
      ]);
  }
}
