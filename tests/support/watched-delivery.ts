import { randomUUID } from 'node:crypto';
import type { WatchedDelivery } from '#shared/domain/watched-delivery.ts';

/** A delivery that has just become available, as the exchange tells of it. */
export function watchedDelivery(change: Partial<WatchedDelivery> = {}): WatchedDelivery {
  return {
    messageId: randomUUID(),
    documentId: 'H15.01,2026/11/24,1/VP',
    sender: 'H15.01',
    recipient: 'H15.02',
    urgency: 'normal',
    expressAt: null,
    hourChangedAt: null,
    dueAt: null,
    dueGrantedAt: null,
    availableAt: '2026-11-24T02:00:00.000Z',
    fetchedAt: null,
    openedAt: null,
    openedBy: '',
    returnedAt: null,
    registeredAt: null,
    finishedAt: null,
    paperPostedAt: null,
    paperItem: '',
    paperDay: '',
    paperReceivedAt: null,
    lastContactAt: null,
    steps: [],
    call: null,
    calls: [],
    extension: null,
    invitation: null,
    ...change,
  };
}
