import type { SyncStatus } from '#shared/contract/exchange.ts';

/**
 * What the sync knows about its connection, as an explicit state machine without I/O. Two loops feed it: one pulls, one
 * pushes; both wait for `retryAt` after a failure, whichever of them failed.
 */
export interface SyncState {
  readonly enrolled: boolean;
  readonly offlineSince: string | null;
  readonly lastExchangeAt: string | null;
  readonly failures: number;
  readonly retryAt: string | null;
  /** Why the last attempt failed, as an error code; null after a success. */
  readonly reason: string | null;
  /** How many are at work. */
  readonly pull: number;
  readonly apply: number;
  readonly push: number;
  /** The exchange refuses this workstation: only a person can help. */
  readonly blocked: boolean;
}

export type FailureKind = 'offline' | 'retry-later' | 'garbage' | 'clock' | 'refused' | 'local';

/** What the loops do: list the inbox, take messages in, send them. Two of each kind may run side by side. */
export type Activity = 'pull' | 'apply' | 'push';

export type SyncEvent =
  | { readonly type: 'enrolled' }
  | { readonly type: Activity; readonly active: boolean }
  | { readonly type: 'succeeded'; readonly at: string }
  | {
      readonly type: 'failed';
      readonly at: string;
      readonly kind: FailureKind;
      readonly reason: string;
      readonly delayMs: number;
    }
  /** The network changed, the machine woke, or the clerk asked: try now. */
  | { readonly type: 'woke' };

export const initialSyncState: SyncState = {
  enrolled: false,
  offlineSince: null,
  lastExchangeAt: null,
  failures: 0,
  retryAt: null,
  reason: null,
  pull: 0,
  apply: 0,
  push: 0,
  blocked: false,
};

export function nextSyncState(state: SyncState, event: SyncEvent): SyncState {
  switch (event.type) {
    case 'enrolled':
      return { ...initialSyncState, enrolled: true };
    case 'pull':
    case 'apply':
    case 'push':
      return { ...state, [event.type]: Math.max(0, state[event.type] + (event.active ? 1 : -1)) };
    case 'succeeded':
      return {
        ...state,
        offlineSince: null,
        lastExchangeAt: event.at,
        failures: 0,
        retryAt: null,
        reason: null,
        blocked: false,
      };
    case 'failed':
      // Both loops meet the same outage; the second report of it must not double the wait.
      if (state.retryAt !== null && state.retryAt > event.at) return { ...state, reason: event.reason };
      return {
        ...state,
        // A server that answers, however badly, is no lost connection.
        offlineSince: event.kind === 'offline' ? (state.offlineSince ?? event.at) : null,
        failures: state.failures + 1,
        retryAt: new Date(Date.parse(event.at) + event.delayMs).toISOString(),
        reason: event.reason,
        blocked: event.kind === 'refused',
      };
    case 'woke':
      return { ...state, retryAt: null };
  }
}

const BASE_DELAY_MS = 2_000;
/** An office that waits for an express letter must not sit out more than this once the line is back. */
const MAX_DELAY_MS = 60_000;
/** A server may ask for more, up to this. A pause that seems longer means that the machine's clock was set back. */
export const LONGEST_DELAY_MS = 5 * 60_000;

/** Full jitter: after an outage all offices of a province come back, and must not come back together. */
export function retryDelayMs(failures: number, random: number, wishedMs: number | null = null): number {
  const ceiling = Math.min(MAX_DELAY_MS, BASE_DELAY_MS * 2 ** Math.min(failures, 16));
  const own = BASE_DELAY_MS / 2 + random * (ceiling - BASE_DELAY_MS / 2);
  return Math.round(Math.max(own, Math.min(wishedMs ?? 0, LONGEST_DELAY_MS)));
}

export interface WaitingCounts {
  readonly documents: number;
  readonly statuses: number;
  readonly blocked: number;
  /** Listed in the inbox, not fetched yet. */
  readonly incoming: number;
}

/** What the status bar shows. */
export function describeSync(state: SyncState, waiting: WaitingCounts): SyncStatus {
  return {
    state: nameOf(state),
    offlineSince: state.offlineSince,
    lastExchangeAt: state.lastExchangeAt,
    retryAt: state.retryAt,
    waitingDocuments: waiting.documents,
    waitingStatuses: waiting.statuses,
    waitingIncoming: waiting.incoming,
    reason: state.reason,
  };
}

function nameOf(state: SyncState): SyncStatus['state'] {
  if (!state.enrolled) return 'not-enrolled';
  if (state.blocked) return 'blocked';
  if (state.offlineSince !== null) return 'offline';
  if (state.push > 0) return 'pushing';
  if (state.apply > 0) return 'applying';
  if (state.pull > 0) return 'pulling';
  if (state.retryAt !== null) return 'waiting';
  return 'idle';
}
