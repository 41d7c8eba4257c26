import { EXCHANGE_ACTOR } from '#shared/domain/history.ts';
import { plainTexts } from '#shared/domain/plain-text.ts';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { seenAt, type WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import type { CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import type { WatchPage } from '../ports/exchange.ts';
import type { Inbox } from '../sync/sync-stores.ts';

/** Takes a page of watched deliveries into the register, and moves the position, in one transaction. */
export function takeWatch(ctx: CoreContext, inbox: Inbox, page: WatchPage): void {
  const { epoch, position } = page;
  ctx.transact('take-watch', EXCHANGE_ACTOR, (tx) => {
    for (const delivery of plainTexts(page.deliveries)) takeDelivery(ctx, tx, delivery);
    tx.stores.watch.moveTo(inbox, { epoch, position });
  });
}

function takeDelivery(ctx: CoreContext, { stores, at, record: note }: Transaction, delivery: WatchedDelivery): void {
  const { messageId, recipient } = delivery;
  const before = stores.watch.find(messageId, recipient);
  const sent = stores.outbox.find(messageId);
  const documentId = sent?.kind === 'document' ? sent.documentId : null;
  stores.watch.put({ delivery, documentId, takenAt: at });
  if (recipient === stores.office.agency()?.code && delivery.paperPostedAt !== null) {
    const arrival = stores.incoming.findByMessage(messageId);
    if (arrival !== null) stores.incoming.expectPaper(arrival.id);
  }
  if (documentId === null) return;
  takePaper(stores, documentId, delivery);
  const seen = seenAt(delivery);
  if (seen === null) return;
  const openedAt = new Date(seen).toISOString();
  // The exchange says of whom it likes; what is not a recipient of the letter changes nothing of it.
  const known = stores.outgoing.advanceDelivery(documentId, recipient, { state: 'opened', at: openedAt, reason: null });
  // Read again from the start in another epoch, it happened once all the same.
  if (!known || delivery.openedAt === null || (before?.delivery.openedAt ?? null) !== null) return;
  const agency = provenAgency(ctx, recipient).name;
  note('outgoing', documentId, 'opened', { agency, person: delivery.openedBy }, openedAt);
}

/** What the recipient says of the paper copy, and what another computer of this office, or its older copy, said of posting it. */
function takePaper({ outgoing }: Transaction['stores'], documentId: string, delivery: WatchedDelivery): void {
  const { recipient, paperPostedAt, paperDay, paperItem, paperReceivedAt } = delivery;
  const known = outgoing.deliveries(documentId).find(({ agencyCode }) => agencyCode === recipient);
  if (known === undefined) return;
  const day = paperPostedAt === null ? null : paperDay || vietnamDay(Date.parse(paperPostedAt));
  const posted = known.paperPostedOn === null && day !== null ? { paperPostedOn: day, paperItem } : {};
  const received = known.paperReceivedAt === null && paperReceivedAt !== null ? { paperReceivedAt } : {};
  const news = { ...posted, ...received };
  if (Object.keys(news).length > 0) outgoing.setPaper(documentId, recipient, news);
}
