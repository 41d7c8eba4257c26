import type { AddedEvent } from '../storage/delivery-event-store.ts';

/** Agencies that see what happened: the sender of each delivery, and its recipient. */
export function watchersOf(added: readonly Pick<AddedEvent, 'senderCode' | 'recipientCode'>[]): readonly string[] {
  return [...new Set(added.flatMap(({ senderCode, recipientCode }) => [senderCode, recipientCode]))];
}
