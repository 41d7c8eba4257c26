import { type RawBuilder, sql } from 'kysely';
import { isOpen } from './open-agencies.ts';

/**
 * Query for a CTE `held`: those of the agencies that may receive today. Their rows are held until the transaction ends,
 * taken in the order of their codes, so that two messages to the same agencies never wait for each other in a circle.
 */
export function holdReceivers(
  codes: readonly string[],
  condition: RawBuilder<unknown> = sql`true`,
): RawBuilder<unknown> {
  return sql`SELECT code FROM agencies
    WHERE code = any(${codes}::text[]) AND ${isOpen('agencies')} AND ${condition}
    ORDER BY code FOR NO KEY UPDATE OF agencies`;
}

/** Takes the next number of the inbox of each agency that is `held`. */
export const takeNext = sql<{ code: string; last_seq: string }>`
  UPDATE agencies SET last_seq = last_seq + 1 FROM held WHERE agencies.code = held.code
  RETURNING agencies.code, agencies.last_seq`;
