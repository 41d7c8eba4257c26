import type { InboxPage } from '#shared/wire/inbox.ts';
import type { Database } from '../storage/database.ts';
import type { InboxBell } from './inbox-bell.ts';

export interface InboxRequest {
  readonly agencyCode: string;
  readonly after: number;
  readonly limit: number;
  /** How long to wait while there is nothing. */
  readonly waitMs: number;
}

/**
 * What was delivered to an agency after a number, at once or as soon as something comes.
 * @param onGone calls back when whoever asked has gone, and returns how to stop that
 */
export async function readInbox(
  database: Pick<Database, 'inbox'>,
  bell: InboxBell,
  { agencyCode, after, limit, waitMs }: InboxRequest,
  onGone: (stopWaiting: () => void) => () => void,
): Promise<InboxPage> {
  // Expecting first: what comes between the look and the wait rings too.
  const next = bell.expect(agencyCode, waitMs);
  const forget = onGone(next.cancel);
  try {
    let items = await database.inbox.listAfter(agencyCode, after, limit);
    if (items.length === 0 && waitMs > 0) {
      await next.rung;
      items = await database.inbox.listAfter(agencyCode, after, limit);
    }
    return { items, cursor: items.at(-1)?.seq ?? after };
  } finally {
    next.cancel();
    forget();
  }
}
