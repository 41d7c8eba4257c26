import type { OutgoingDetail } from '#shared/contract/outgoing.ts';
import { seenAt, watchStateOf, type WatchedDelivery, type WatchState } from '#shared/domain/watched-delivery.ts';

export type Watched = OutgoingDetail['watched'][number];

/** Recipients that somebody must telephone, those who were asked for first at the top. */
export function callsOf({ watched }: OutgoingDetail): Watched[] {
  return watched
    .filter(({ delivery, callRecorded }) => delivery.call !== null && seenAt(delivery) === null && !callRecorded)
    .toSorted((a, b) => (a.delivery.call?.since ?? '').localeCompare(b.delivery.call?.since ?? ''));
}

/** As `watchStateOf`; a call that was recorded here is no longer asked for. */
export function stateOf({ delivery, callRecorded }: Watched, now: number): WatchState {
  const state = watchStateOf(delivery, now);
  return state === 'call' && callRecorded ? 'reminding' : state;
}

/** A recipient waits for an answer to its question for a longer time. */
export function asksExtension({ delivery, extensionAnswered }: Watched): boolean {
  return delivery.extension?.granted === null && !extensionAnswered;
}

/** How often somebody there was told to open it. */
export function timesTold({ steps }: Pick<WatchedDelivery, 'steps'>): number {
  return steps.filter(
    ({ kind, doneAt, notices }) =>
      kind === 'opening' && doneAt !== null && notices.some(({ state }) => state !== 'skipped'),
  ).length;
}
