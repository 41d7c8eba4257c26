import type { SyncStatus } from '#shared/contract/exchange.ts';
import { plainTexts } from '#shared/domain/plain-text.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import { nowIso, type CoreContext } from '../core-context.ts';
import type { ExchangeClient, ExchangeConnection, ExchangeOutcome } from '../ports/exchange.ts';
import { readDirectoryVersion, readInboxCursor, writeDirectoryVersion } from './cursors.ts';
import { pullItem } from './pull-inbox.ts';
import { pushRow } from './push-outbox.ts';
import {
  describeSync,
  initialSyncState,
  LONGEST_DELAY_MS,
  nextSyncState,
  retryDelayMs,
  type FailureKind,
  type SyncEvent,
  type SyncState,
} from './sync-machine.ts';
import { createWaiter } from './waiter.ts';

const LONG_POLL_SECONDS = 25;
const PAGE_ITEMS = 50;
/** The directory changes by reorganisations, not by the minute; an office that runs for weeks must still learn of them. */
const DIRECTORY_AGE_MS = 3_600_000;
/** Between two empty answers of a server that does not hold requests open. */
const EMPTY_POLL_MS = 1_000;

/** Carries documents and statuses between this office and the exchange, for as long as it runs. */
export interface Sync {
  start(connection: ExchangeConnection): void;
  stop(): Promise<void>;
  /** Something new to send, a changed network, or a clerk who asks: try now. */
  wake(): void;
  /** Something to send: leave a running back-off alone. */
  outboxChanged(): void;
  status(): SyncStatus;
  connection(): ExchangeConnection | null;
}

type Failure = Exclude<ExchangeOutcome<unknown>, { kind: 'ok' | 'aborted' }>;

export function createSync(ctx: CoreContext): Sync {
  let state: SyncState = initialSyncState;
  let connected: ExchangeConnection | null = null;
  let controller = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const pullWaiter = createWaiter(ctx.timers);
  const pushWaiter = createWaiter(ctx.timers);

  const status = () => describeSync(state, ctx.registers.outbox.counts());
  /** The screen's figure of what waits comes from the disk; a disk that fails must not end a loop. */
  const tellStatus = () => {
    try {
      ctx.emit('line.changed', status());
    } catch (error) {
      ctx.log.error('sync-status-unread', error);
    }
  };
  const advanceState = (event: SyncEvent) => {
    const before = JSON.stringify(describeSync(state, { documents: 0, statuses: 0, blocked: 0 }));
    state = nextSyncState(state, event);
    const after = JSON.stringify(describeSync(state, { documents: 0, statuses: 0, blocked: 0 }));
    if (before !== after) tellStatus();
  };
  const succeeded = () => {
    const recovered = state.failures > 0;
    advanceState({ type: 'succeeded', at: nowIso(ctx) });
    // The other loop may be sitting out a back-off that no longer has a reason.
    if (recovered) {
      pullWaiter.wake();
      pushWaiter.wake();
    }
  };
  const failed = (failure: Failure | { kind: 'local'; reason: string }) => {
    const wished = failure.kind === 'retry-later' ? failure.retryAfterMs : null;
    const delayMs = retryDelayMs(state.failures, ctx.random.next(), wished);
    ctx.log.info('sync-failed', { kind: failure.kind, delayMs });
    advanceState({ type: 'failed', at: nowIso(ctx), kind: failure.kind, reason: reasonOf(failure), delayMs });
  };
  /** Milliseconds until an instant; 0 when it is past, or when only a clock that was set back puts it so far off. */
  const until = (instant: string): number => {
    const ms = Date.parse(instant) - ctx.clock.now().getTime();
    return ms > LONGEST_DELAY_MS ? 0 : Math.max(0, ms);
  };
  const untilRetry = () => (state.retryAt === null ? 0 : until(state.retryAt));

  /** Whether the inbox had nothing. Only what was taken in counts as success, so that a poison item is asked for ever more seldom. */
  const pullOnce = async (client: ExchangeClient, signal: AbortSignal, first: boolean): Promise<boolean> => {
    if (first) advanceState({ type: 'pull', active: true });
    const page = await client.inbox(
      { after: readInboxCursor(ctx.registers), limit: PAGE_ITEMS, waitSeconds: first ? 0 : LONG_POLL_SECONDS },
      signal,
    );
    advanceState({ type: 'pull', active: false });
    if (page.kind === 'aborted') return false;
    if (page.kind !== 'ok') {
      failed(page);
      return false;
    }
    if (page.value.items.length === 0) succeeded();
    for (const item of page.value.items) {
      if (signal.aborted) return false;
      advanceState({ type: 'apply', active: true });
      const result = await pullItem(ctx, client, item, signal);
      if (result.kind === 'failed') failed(result.outcome);
      if (result.kind !== 'done') return false;
      succeeded();
    }
    return page.value.items.length === 0;
  };

  /** Milliseconds until a waiting row is due; null when there is none. */
  const untilNextRow = (): number | null => {
    const next = ctx.registers.outbox.nextAttemptAt();
    return next === null ? null : until(next);
  };

  const pushOnce = async (client: ExchangeClient, signal: AbortSignal): Promise<boolean> => {
    const now = ctx.clock.now();
    const row = ctx.registers.outbox.due(now, new Date(now.getTime() + LONGEST_DELAY_MS));
    if (row === null) return false;
    advanceState({ type: 'push', active: true });
    const result = await pushRow(ctx, client, row, signal);
    if (result.kind === 'failed') failed(result.outcome);
    else if (result.kind === 'done') succeeded();
    return true;
  };

  const guarded = async (work: () => Promise<void>, end: () => void): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const code = isCodedError(error) ? error.code : null;
      if (code === null) ctx.log.error('sync-broke', error);
      failed({ kind: 'local', reason: code ?? 'UNEXPECTED' });
    } finally {
      end();
    }
  };

  const pullLoop = async (client: ExchangeClient, signal: AbortSignal): Promise<void> => {
    let first = true;
    let directoryAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      const wait = untilRetry();
      if (wait > 0) {
        await pullWaiter.pause(wait);
        first = true;
        continue;
      }
      const askedAt = ctx.clock.now().getTime();
      let empty = false;
      await guarded(
        async () => {
          if (askedAt - directoryAt >= DIRECTORY_AGE_MS && (await refreshDirectory(ctx, client, signal))) {
            directoryAt = askedAt;
          }
          empty = await pullOnce(client, signal, first);
        },
        () => {
          advanceState({ type: 'pull', active: false });
          advanceState({ type: 'apply', active: false });
        },
      );
      if (empty && !first && ctx.clock.now().getTime() - askedAt < EMPTY_POLL_MS) await pullWaiter.pause(EMPTY_POLL_MS);
      first = false;
    }
  };

  const pushLoop = async (client: ExchangeClient, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const wait = untilRetry();
      if (wait > 0) {
        await pushWaiter.pause(wait);
        continue;
      }
      let idleMs: number | null = 0;
      await guarded(
        async () => {
          if (!(await pushOnce(client, signal))) idleMs = untilNextRow();
        },
        () => advanceState({ type: 'push', active: false }),
      );
      if (idleMs !== 0 && untilRetry() === 0 && !signal.aborted) await pushWaiter.pause(idleMs);
    }
  };

  return {
    start: (connection) => {
      const client = ctx.gateway.connect(connection);
      connected = connection;
      controller = new AbortController();
      advanceState({ type: 'enrolled' });
      running = Promise.all([pullLoop(client, controller.signal), pushLoop(client, controller.signal)]);
    },
    stop: async () => {
      controller.abort();
      pullWaiter.wake();
      pushWaiter.wake();
      await running;
    },
    wake: () => {
      advanceState({ type: 'woke' });
      pullWaiter.wake();
      pushWaiter.wake();
    },
    outboxChanged: () => {
      tellStatus();
      pushWaiter.wake();
    },
    status,
    connection: () => connected,
  };
}

function reasonOf(failure: Failure | { kind: 'local'; reason: string }): string {
  const codes: Record<Exclude<FailureKind, 'refused' | 'local'>, string> = {
    offline: 'EXCHANGE_UNREACHABLE',
    'retry-later': 'EXCHANGE_BUSY',
    garbage: 'EXCHANGE_GARBAGE',
    clock: 'CLOCK_SKEW',
  };
  if (failure.kind === 'local') return failure.reason;
  return failure.kind === 'refused' ? failure.code : codes[failure.kind];
}

/** Whether the directory is now as the exchange has it. */
async function refreshDirectory(ctx: CoreContext, client: ExchangeClient, signal: AbortSignal): Promise<boolean> {
  const since = readDirectoryVersion(ctx.registers);
  const outcome = await client.agencies(since, signal);
  // The inbox call that follows meets the same trouble and reports it.
  if (outcome.kind !== 'ok') return false;
  if (outcome.value.version === since) return true;
  ctx.transact('refresh-directory', null, ({ stores }) => {
    stores.agencies.put(plainTexts(outcome.value.agencies));
    writeDirectoryVersion(stores, outcome.value.version);
  });
  return true;
}
