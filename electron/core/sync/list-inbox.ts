import type { CoreContext } from '../core-context.ts';
import type { InboxItem, InboxPage } from '../ports/exchange.ts';
import type { WriteStores } from '../ports/stores.ts';
import { doubtSent } from './check-sent.ts';
import type { Inbox, InboxPosition } from './sync-stores.ts';

/**
 * Takes a page of the inbox into the register: what is new on it waits to be fetched, and the position moves, in one
 * transaction. A page of another sequence moves the position to the start of that one: what comes again from there is
 * known by its id and its bytes. `at` is the position that the page was asked from. Returns whether to ask on at once.
 */
export function takePage(ctx: CoreContext, inbox: Inbox, at: InboxPosition | null, page: InboxPage): boolean {
  const sequence = { ...inbox, epoch: page.epoch };
  if (at !== null && isOfAnotherSequence(at, page)) {
    ctx.log.warn('inbox-read-again', { position: at.seq, last: page.last, sameEpoch: page.epoch === at.epoch });
    ctx.transact('read-inbox-again', null, ({ stores }) => {
      stores.inbox.moveTo(sequence, { seq: 0, messageId: null });
      // What lost our place may have lost our letters too.
      doubtSent(stores);
    });
    return true;
  }
  const last = page.items.at(-1);
  if (last === undefined && at !== null) return false;
  ctx.transact('list-inbox', null, ({ stores, at: now }) => {
    for (const item of page.items) list(stores, item, now);
    stores.inbox.moveTo(sequence, { seq: last?.seq ?? 0, messageId: last?.messageId ?? null });
  });
  return last !== undefined;
}

function isOfAnotherSequence(at: InboxPosition, page: InboxPage): boolean {
  return !page.continues || page.epoch !== at.epoch || page.last < at.seq;
}

function list({ inbox, inboxProblems }: WriteStores, item: InboxItem, at: string): void {
  const taken = inbox.takenSha256(item.messageId);
  if (taken === item.sha256) return;
  if (taken !== null) {
    // An id is given once. Who gives it again must not replace what is here, nor go unseen.
    inboxProblems.add({ item, fileId: null, code: 'MESSAGE_ID_REUSED', at });
    return;
  }
  const aside = inboxProblems.find(item.messageId);
  if (aside !== null && aside.fileId !== null) return;
  // The exchange could not give it out before and has it again.
  if (aside !== null) inboxProblems.remove(item.messageId);
  inbox.add(item, at);
}
