import type { InboxPage } from '#shared/wire/inbox.ts';
import type { Database } from '../storage/database.ts';
import type { InboxNotifier } from './inbox-notifier.ts';

/** Lost messages named in one page; the next page names the next ones. */
const MOST_LOST_NAMED = 50;

export interface InboxRequest {
  readonly agencyCode: string;
  readonly after: number;
  /** The epoch that gave the number; null when whoever asks knows none yet. */
  readonly epoch: string | null;
  /** The message that has the number; null at the start. */
  readonly anchor: string | null;
  readonly limit: number;
  /** Where whoever asks stands in the changes of deliveries that it watches; null when it does not watch. */
  readonly watch: string | null;
  /** How long to wait while there is nothing. */
  readonly waitMs: number;
}

/**
 * What was delivered to an agency after a position, at once or as soon as something comes. A position of another
 * sequence is told at once: its numbers say nothing here.
 * @param onGone calls back when whoever asked has gone, and returns how to stop that
 */
export async function readInbox(
  database: Pick<Database, 'inbox' | 'messages' | 'watch'>,
  notifier: InboxNotifier,
  request: InboxRequest,
  onGone: (stopWaiting: () => void) => () => void,
): Promise<InboxPage> {
  const deadline = performance.now() + request.waitMs;
  let known: InboxPage | null = null;
  let mayWait = request.waitMs > 0;
  for (;;) {
    // Waiting from before the look: what comes right after it is not missed.
    const next = notifier.wait(request.agencyCode, Math.max(0, deadline - performance.now()));
    const forget = onGone(next.cancel);
    try {
      const page = await lookAt(database, request);
      if (!mayWait || isNews(page, known, request.watch)) return page;
      known = page;
      mayWait = await next.notified;
    } finally {
      next.cancel();
      forget();
    }
  }
}

/** What woke a request may be nothing to it. What is asked for in vain again and again is news once. */
function isNews(page: InboxPage, known: InboxPage | null, watched: string | null): boolean {
  if (watched !== null && BigInt(page.watch) > BigInt(watched)) return true;
  return page.items.length > 0 || !page.continues || (known !== null && page.resend.join() !== known.resend.join());
}

async function lookAt(
  { inbox, messages, watch }: Pick<Database, 'inbox' | 'messages' | 'watch'>,
  { agencyCode, after, epoch: known, anchor, limit }: InboxRequest,
): Promise<InboxPage> {
  const { epoch, last, hasAnchor } = await inbox.sequence(agencyCode, { after, anchor });
  const resend = await messages.lostOf(agencyCode, MOST_LOST_NAMED);
  const continues = after === 0 ? known === null || known === epoch : known === epoch && hasAnchor;
  const items = continues && after < last ? await inbox.listAfter(agencyCode, after, limit) : [];
  const cursor = items.at(-1)?.seq ?? after;
  return {
    epoch,
    last: Math.max(last, cursor),
    continues,
    items,
    cursor,
    resend,
    watch: await watch.latest(agencyCode),
  };
}
