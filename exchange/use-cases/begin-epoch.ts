import type { Database } from '../storage/database.ts';

/**
 * Says that the data were put back to an older copy: every office reads its inbox from the start, and senders send again
 * what is missing here.
 */
export async function beginEpoch(database: Database): Promise<{ readonly epoch: string }> {
  return database.transaction(async ({ inbox }) => ({ epoch: await inbox.beginEpoch() }));
}
