import type { InboxPage } from '#shared/wire/inbox.ts';
import type { Database } from '../storage/database.ts';
import type { InboxNotifier } from './inbox-notifier.ts';

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
  notifier: InboxNotifier,
  { agencyCode, after, limit, waitMs }: InboxRequest,
  onGone: (stopWaiting: () => void) => () => void,
): Promise<InboxPage> {
  // Waiting from before the look: what comes right after it is not missed.
  const next = notifier.wait(agencyCode, waitMs);
  const forget = onGone(next.cancel);
  try {
    let items = await database.inbox.listAfter(agencyCode, after, limit);
    if (items.length === 0 && waitMs > 0) {
      await next.notified;
      items = await database.inbox.listAfter(agencyCode, after, limit);
    }
    return { items, cursor: items.at(-1)?.seq ?? after };
  } finally {
    next.cancel();
    forget();
  }
}
