import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Notice } from '#exchange/gateways/notice-gateway.ts';

/** Connections that may break: a database that is killed is opened anew. */
export function openPool(connection: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ max: 6, ...connection });
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  return pool;
}

export interface WaitingDelivery {
  readonly messageId: string;
  readonly recipientCode: string;
}

/** When the machine has something to do next, milliseconds since 1970; null for never. */
export async function nextDue(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ at: Date | null }>({
    name: 'nextDue',
    text: 'SELECT least((SELECT min(next_alarm_at) FROM document_deliveries), (SELECT min(due_at) FROM notices)) AS at',
  });
  return rows[0]?.at?.getTime() ?? null;
}

/**
 * What a message says, held against what has happened: how many documents it speaks of that somebody has opened, found by its
 * words alone, and which ones still wait. The clock of a simulation stands while much happens at once: what was opened at the very
 * instant of the handing over (`at`) was in flight.
 */
export async function documentsSpokenOf(
  pool: pg.Pool,
  notice: Pick<Notice, 'id' | 'text'>,
  at: Date,
): Promise<{ readonly opened: number; readonly waiting: readonly WaitingDelivery[] }> {
  const { rows } = await pool.query<{ message_id: string; recipient_code: string; code: string; over: boolean }>(
    `SELECT item.message_id, item.recipient_code, document.code,
       coalesce(least(delivery.returned_at, delivery.recalled_at, delivery.finished_at,
         CASE WHEN item.step_key NOT LIKE 'deadline@%' THEN delivery.opened_at END) < $2, false) AS over
     FROM notice_items item JOIN document_deliveries delivery USING (message_id, recipient_code)
       JOIN documents document USING (message_id)
     WHERE item.notice_id = $1`,
    [notice.id, at],
  );
  const waiting = rows.filter(({ over }) => !over);
  const counted = /^(\d+) /.exec(notice.text)?.[1];
  const named = rows.filter(({ over, code }) => over && notice.text.includes(code)).length;
  const spoken = counted === undefined ? null : Number(counted);
  return {
    opened: spoken === null ? named : Math.max(0, spoken - waiting.length),
    waiting: waiting.map((row) => ({ messageId: row.message_id, recipientCode: row.recipient_code })),
  };
}

/**
 * Gives sessions that look for functions in the schema `simulation` another clock than the machine's: the hour at which an exchange
 * accepts is the database's. It stands at what `setDatabaseClock` said last.
 */
export async function addDatabaseClock(pool: pg.Pool): Promise<void> {
  await pool.query(`
    CREATE SCHEMA simulation;
    CREATE TABLE simulation.clock (at timestamptz NOT NULL);
    INSERT INTO simulation.clock VALUES (now());
    CREATE FUNCTION simulation.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT at FROM simulation.clock';
    CREATE FUNCTION simulation.clock_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
      AS 'SELECT at FROM simulation.clock'`);
}

/** For a connection string: what is made anew still goes to `public`. */
export const DATABASE_CLOCK_OPTIONS = '-c search_path=public,simulation,pg_catalog';

export async function setDatabaseClock(pool: pg.Pool, at: Date): Promise<void> {
  await pool.query('UPDATE simulation.clock SET at = $1', [at]);
}

/** The call list of all senders, of what was sent since. */
export async function callsNeeded(
  pool: pg.Pool,
  since: Date,
): Promise<readonly (WaitingDelivery & { readonly senderCode: string })[]> {
  const { rows } = await pool.query<{ message_id: string; recipient_code: string; sender_code: string }>(
    `SELECT delivery.message_id, delivery.recipient_code, delivery.sender_code
     FROM document_deliveries delivery
     WHERE delivery.opened_at IS NULL AND delivery.returned_at IS NULL AND delivery.recalled_at IS NULL
       AND (SELECT max(at) FROM delivery_events e WHERE e.message_id = delivery.message_id
              AND e.recipient_code = delivery.recipient_code AND e.event = 'call-needed')
         > coalesce((SELECT max(at) FROM delivery_events e WHERE e.message_id = delivery.message_id
              AND e.recipient_code = delivery.recipient_code AND e.event = 'call-recorded'), '-infinity')
       AND delivery.urgency IN ('express', 'express-timed') AND delivery.available_at > $1`,
    [since],
  );
  return rows.map((row) => ({
    messageId: row.message_id,
    recipientCode: row.recipient_code,
    senderCode: row.sender_code,
  }));
}

/** A workstation that rotas can be kept in the name of. */
export async function addWorkstation(pool: pg.Pool, agencyCode: string): Promise<string> {
  const id = randomUUID();
  await pool.query(
    `INSERT INTO workstations (id, agency_code, name, public_jwk, key_thumbprint) VALUES ($1, $2, 'simulated', '{}', '')`,
    [id, agencyCode],
  );
  return id;
}
