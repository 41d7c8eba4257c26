import { EXCHANGE_ACTOR } from '#shared/domain/history.ts';
import { plainTexts } from '#shared/domain/plain-text.ts';
import { paperPostedDay, seenAt, type WatchedDelivery } from '#shared/domain/watched-delivery.ts';
import type { CoreContext } from '../core-context.ts';
import { provenAgency } from '../directory/proven-name.ts';
import type { Transaction } from '../dispatch/transaction.ts';
import { followTerms } from './follow-terms.ts';
import { stateHourAtLast } from './sent-hour.ts';
import type { WatchPage } from '../ports/exchange.ts';
import type { Notice } from '../ports/shell.ts';
import type { Inbox } from '../sync/sync-stores.ts';

/** Takes a page of watched deliveries into the register, and moves the position, in one transaction. */
export function takeWatch(ctx: CoreContext, inbox: Inbox, page: WatchPage): void {
  const { epoch, position } = page;
  const notices = ctx.transact('take-watch', EXCHANGE_ACTOR, (tx) => {
    const told = plainTexts(page.deliveries).flatMap((delivery) => takeDelivery(ctx, tx, delivery));
    tx.stores.watch.moveTo(inbox, { epoch, position });
    return told;
  });
  for (const notice of notices) ctx.shell.notify(notice);
}

/** Answers what the window must raise. */
function takeDelivery(ctx: CoreContext, tx: Transaction, delivery: WatchedDelivery): readonly Notice[] {
  const { stores, at, record: note } = tx;
  const { messageId, recipient } = delivery;
  const before = stores.watch.find(messageId, recipient);
  const sent = stores.outbox.find(messageId);
  const documentId = sent?.kind === 'document' ? sent.documentId : null;
  stores.watch.put({ delivery, documentId, takenAt: at });
  const received = recipient === stores.office.agency()?.code ? stores.incoming.findByMessage(messageId) : null;
  const notices: Notice[] = [];
  if (received !== null && followTerms(tx, received, before?.delivery ?? null, delivery)) {
    const agencyName = provenAgency(ctx, delivery.sender).name;
    const { codeText } = received.fields;
    notices.push({ notice: 'hour-changed', about: received.id, params: { agencyName, codeText } });
  }
  if (received !== null && delivery.paperPostedAt !== null) stores.incoming.expectPaper(received.id);
  if (documentId === null) return notices;
  takePaper(stores, documentId, delivery);
  stateHourAtLast(tx, ctx, documentId, delivery);
  const { extension } = delivery;
  const isRecipient = stores.outgoing.deliveries(documentId).some(({ agencyCode }) => agencyCode === recipient);
  if (isRecipient && extension !== null && extension.id !== before?.delivery.extension?.id) {
    const { until, reason } = extension;
    const agency = provenAgency(ctx, recipient).name;
    note('outgoing', documentId, 'extension-asked', { agency, until, reason }, extension.at);
    const codeText = stores.outgoing.find(documentId)?.codeText ?? '';
    if (extension.granted === null) {
      notices.push({ notice: 'extension-asked', about: documentId, params: { agencyName: agency, codeText, reason } });
    }
  }
  noteAnswer(ctx, tx, documentId, delivery, before?.delivery.invitation?.at ?? null);
  const seen = seenAt(delivery);
  if (seen === null) return notices;
  const openedAt = new Date(seen).toISOString();
  // The exchange says of whom it likes; what is not a recipient of the letter changes nothing of it.
  const known = stores.outgoing.advanceDelivery(documentId, recipient, { state: 'opened', at: openedAt, reason: null });
  // Read again from the start in another epoch, it happened once all the same.
  if (!known || delivery.openedAt === null || (before?.delivery.openedAt ?? null) !== null) return notices;
  const agency = provenAgency(ctx, recipient).name;
  note('outgoing', documentId, 'opened', { agency, person: delivery.openedBy }, openedAt);
  return notices;
}

/** Each answer of a recipient to an invitation, once. */
function noteAnswer(
  ctx: CoreContext,
  { record: note }: Pick<Transaction, 'record'>,
  documentId: string,
  { recipient, invitation }: WatchedDelivery,
  knownAt: string | null,
): void {
  if (invitation === null || invitation.at === knownAt) return;
  const { answer, attendee, note: reason, at } = invitation;
  const agency = provenAgency(ctx, recipient).name;
  note('outgoing', documentId, 'invitation-answered', { agency, answer, attendee, note: reason }, at);
}

/** What the recipient says of the paper copy, and what another computer of this office, or its older copy, said of posting it. */
function takePaper({ outgoing }: Transaction['stores'], documentId: string, delivery: WatchedDelivery): void {
  const { recipient, paperItem, paperReceivedAt } = delivery;
  const known = outgoing.deliveries(documentId).find(({ agencyCode }) => agencyCode === recipient);
  if (known === undefined) return;
  const day = paperPostedDay(delivery);
  const posted = known.paperPostedOn === null && day !== null ? { paperPostedOn: day, paperItem } : {};
  const received = known.paperReceivedAt === null && paperReceivedAt !== null ? { paperReceivedAt } : {};
  const news = { ...posted, ...received };
  if (Object.keys(news).length > 0) outgoing.setPaper(documentId, recipient, news);
}
