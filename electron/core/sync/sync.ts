import type { SyncStatus } from '#shared/contract/exchange.ts';
import { type Lane, lanes } from '#shared/domain/lane.ts';
import { plainTexts } from '#shared/domain/plain-text.ts';
import { isCodedError } from '#shared/errors/coded-error.ts';
import { nowIso, type CoreContext } from '../core-context.ts';
import { refreshDuty } from '../duty/refresh-duty.ts';
import type { ExchangeClient, ExchangeConnection } from '../ports/exchange.ts';
import { createBesideLoops } from './beside-loops.ts';
import { checkSent, sendAgain } from './check-sent.ts';
import { readDirectoryVersion, writeDirectoryVersion } from './directory-version.ts';
import { fetchMessage, mayFetchBeside, MOST_FETCHED_AT_ONCE } from './fetch-message.ts';
import { takePage } from './list-inbox.ts';
import { pushRow } from './push-outbox.ts';
import type { LineFailure, StepResult } from './step-result.ts';
import type { Inbox, ListedMessage, OutboxRecord } from './sync-stores.ts';
import {
  describeSync,
  initialSyncState,
  LONGEST_DELAY_MS,
  nextSyncState,
  retryDelayMs,
  type Activity,
  type FailureKind,
  type SyncEvent,
  type SyncState,
} from './sync-machine.ts';
import { createWaiter, FOREVER, type Waiter } from './waiter.ts';

const LONG_POLL_SECONDS = 25;
const PAGE_ITEMS = 200;
/** The directory changes by reorganisations, not by the minute; an office that runs for weeks must still learn of them. */
const DIRECTORY_AGE_MS = 3_600_000;
/** Between two empty answers of a server that does not hold requests open. */
const EMPTY_POLL_MS = 1_000;

/** Carries documents and statuses between this office and the exchange, for as long as it runs. */
export interface Sync {
  start(connection: ExchangeConnection): void;
  stop(): Promise<void>;
  /** A changed network, or a clerk who asks: whatever runs or waits begins anew, now. */
  wake(): void;
  /** Something to send or fetch: leave a running back-off alone. */
  messagesWait(): void;
  status(): SyncStatus;
  connection(): ExchangeConnection | null;
  /** For what a person asks at once; null before the enrolment. */
  client(): ExchangeClient | null;
}

export function createSync(ctx: CoreContext): Sync {
  let state: SyncState = initialSyncState;
  let connected: ExchangeConnection | null = null;
  let currentClient: ExchangeClient | null = null;
  let controller = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  const inFlight = new Set<AbortController>();
  const listWaiter = createWaiter(ctx.timers);
  const fetchWaiters = waiterOfLane(ctx);
  const pushWaiters = waiterOfLane(ctx);
  const messageWaiters = [...Object.values(fetchWaiters), ...Object.values(pushWaiters)];
  const wakeAll = () => {
    for (const waiter of [listWaiter, ...messageWaiters]) waiter.wake();
    beside.wake();
  };

  const status = () => {
    const sending = ctx.registers.outbox.counts();
    const { statements, officeReports, feedback } = ctx.registers;
    const statuses = sending.statuses + statements.count() + officeReports.count() + feedback.count();
    return describeSync(state, { ...sending, statuses, incoming: ctx.registers.inbox.count() });
  };
  /** The screen's figure of what waits comes from the disk; a disk that fails must not end a loop. */
  const tellStatus = () => {
    try {
      ctx.emit('line.changed', status());
    } catch (error) {
      ctx.log.error('sync-status-unread', error);
    }
  };
  const advanceState = (event: SyncEvent) => {
    const none = { documents: 0, statuses: 0, blocked: 0, incoming: 0 };
    const before = JSON.stringify(describeSync(state, none));
    state = nextSyncState(state, event);
    const after = JSON.stringify(describeSync(state, none));
    if (before !== after) tellStatus();
  };
  const lineIsBack = () =>
    ctx.transact('line-is-back', null, ({ stores, at }) => {
      stores.outbox.lineIsBack(at);
      stores.inbox.lineIsBack(at);
      stores.statements.lineIsBack(at);
      stores.officeReports.lineIsBack(at);
      stores.feedback.lineIsBack(at);
    });
  const succeeded = () => {
    const recovered = state.failures > 0;
    const wasOffline = state.offlineSince !== null;
    advanceState({ type: 'succeeded', at: nowIso(ctx) });
    if (wasOffline) lineIsBack();
    // The other loops may be sitting out a back-off that no longer has a reason.
    if (recovered) wakeAll();
  };
  const failed = (failure: LineFailure) => {
    const wished = failure.kind === 'retry-later' ? failure.retryAfterMs : null;
    const delayMs = retryDelayMs(state.failures, ctx.random.next(), wished);
    ctx.log.info('sync-failed', { kind: failure.kind, delayMs });
    advanceState({ type: 'failed', at: nowIso(ctx), kind: failure.kind, reason: reasonOf(failure), delayMs });
  };
  const takeResult = (result: StepResult): void => {
    if (result.kind === 'failed') failed(result.outcome);
    else if (result.kind === 'done') succeeded();
  };
  /** Milliseconds until an instant; 0 when it is past, or when only a clock that was set back puts it so far off. */
  const until = (instant: string): number => {
    const ms = Date.parse(instant) - ctx.clock.now().getTime();
    return ms > LONGEST_DELAY_MS ? 0 : Math.max(0, ms);
  };
  const untilRetry = () => (state.retryAt === null ? 0 : until(state.retryAt));

  /** Runs one attempt, which `wake` and `stop` end; null when it broke, which is told. */
  const attempt = async <T>(work: (ending: AbortSignal) => Promise<T>): Promise<T | null> => {
    const ending = new AbortController();
    inFlight.add(ending);
    try {
      return await work(ending.signal);
    } catch (error) {
      const code = isCodedError(error) ? error.code : null;
      if (code === null) ctx.log.error('sync-broke', error);
      failed({ kind: 'local', reason: code ?? 'UNEXPECTED' });
      return null;
    } finally {
      inFlight.delete(ending);
    }
  };
  const endAttempts = () => {
    for (const ending of inFlight) ending.abort();
  };
  /** Shows meanwhile what is going on. */
  const during = async <T>(activity: Activity, work: () => Promise<T>): Promise<T> => {
    advanceState({ type: activity, active: true });
    try {
      return await work();
    } finally {
      advanceState({ type: activity, active: false });
    }
  };

  const beside = createBesideLoops(ctx, { attempt, during, takeResult, succeeded, failed, until, untilRetry });

  /** Lists what is in the inbox. A line that was just taken up, or broke, is asked without waiting. */
  const listLoop = async (client: ExchangeClient, inbox: Inbox, signal: AbortSignal): Promise<void> => {
    let lineIsNew = true;
    let directoryAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      const wait = untilRetry();
      if (wait > 0) {
        await listWaiter.pause(wait);
        lineIsNew = true;
        continue;
      }
      const askedAt = ctx.clock.now().getTime();
      const listed = await attempt(async (ending) => {
        const hourly = askedAt - directoryAt >= DIRECTORY_AGE_MS;
        if (hourly && (await refreshDirectory(ctx, client, ending)) && (await refreshDuty(ctx, client, ending))) {
          directoryAt = askedAt;
        }
        return listOnce(client, inbox, { lineIsNew, hourly }, ending);
      });
      const isQuick = ctx.clock.now().getTime() - askedAt < EMPTY_POLL_MS;
      if (listed === 'all' && !lineIsNew && isQuick) await listWaiter.pause(EMPTY_POLL_MS);
      lineIsNew = listed === null || listed === 'failed';
    }
  };

  /** Asks for one page; while there may be more, without waiting. */
  const listOnce = async (
    client: ExchangeClient,
    inbox: Inbox,
    { lineIsNew, hourly }: { readonly lineIsNew: boolean; readonly hourly: boolean },
    ending: AbortSignal,
  ): Promise<'failed' | 'more' | 'all'> => {
    const at = ctx.registers.inbox.position(inbox);
    const sequence = at === null ? null : { ...inbox, epoch: at.epoch };
    const moreToCheck = sequence !== null && (await checkSent(ctx, client, sequence, lineIsNew || hourly, ending));
    const ask = () =>
      client.inbox(
        {
          after: at?.seq ?? 0,
          epoch: at?.epoch ?? null,
          anchor: at?.messageId ?? null,
          limit: PAGE_ITEMS,
          waitSeconds: lineIsNew || moreToCheck ? 0 : LONG_POLL_SECONDS,
          watch: beside.watchPosition(),
        },
        ending,
      );
    // Waiting for something to come is being idle.
    const page = lineIsNew ? await during('pull', ask) : await ask();
    if (page.kind === 'aborted') return 'failed';
    if (page.kind !== 'ok') {
      failed(page);
      return 'failed';
    }
    const more = takePage(ctx, inbox, at, page.value);
    beside.watchMoved({ epoch: page.value.epoch, position: page.value.watch });
    sendAgain(ctx, page.value.resend);
    succeeded();
    return more || moreToCheck || at === null ? 'more' : 'all';
  };

  /** Settles the messages of one lane, the most urgent first and as many at a time as may be; sleeps until one is due. */
  const messageLoop = async <Message extends { readonly messageId: string }>(
    { activity, waiters, queue, settle, mostAtOnce, mayBeside }: MessageWork<Message>,
    lane: Lane,
    signal: AbortSignal,
  ): Promise<void> => {
    const waiter = waiters[lane];
    const atWork = new Map<string, { readonly message: Message; readonly ended: Promise<void> }>();
    const begin = async (message: Message): Promise<void> => {
      await attempt(async (ending) => {
        takeResult(await during(activity, () => settle(message, ending)));
      });
      atWork.delete(message.messageId);
      waiter.wake();
    };
    /** Begins the next message; when there is none that may begin, milliseconds until there is one by itself. */
    const beginNext = (): number => {
      if (atWork.size >= mostAtOnce) return FOREVER;
      const now = ctx.clock.now();
      const ids = [...atWork.keys()];
      const message = queue.due(lane, now, new Date(now.getTime() + LONGEST_DELAY_MS), ids);
      if (message === null) {
        const next = queue.nextAttemptAt(lane, ids);
        return next === null ? FOREVER : until(next);
      }
      const others = [...atWork.values()].map((one) => one.message);
      if (!mayBeside(message, others)) return FOREVER;
      atWork.set(message.messageId, { message, ended: begin(message) });
      return 0;
    };
    while (!signal.aborted) {
      const wait = untilRetry();
      const idleMs = wait > 0 ? wait : ((await attempt(() => Promise.resolve(beginNext()))) ?? 0);
      if (idleMs > 0 && !signal.aborted) await waiter.pause(idleMs);
    }
    await Promise.all([...atWork.values()].map(({ ended }) => ended));
  };

  return {
    start: (connection) => {
      const agency = ctx.registers.office.agency();
      if (agency === null) throw new Error('an office without an agency has no inbox');
      const client = ctx.gateway.connect(connection);
      connected = connection;
      currentClient = client;
      controller = new AbortController();
      const { signal } = controller;
      const fetching: MessageWork<ListedMessage> = {
        activity: 'apply',
        waiters: fetchWaiters,
        queue: ctx.registers.inbox,
        settle: (message, ending) => fetchMessage(ctx, client, message, ending),
        mostAtOnce: MOST_FETCHED_AT_ONCE,
        mayBeside: mayFetchBeside,
      };
      const pushing: MessageWork<OutboxRecord> = {
        activity: 'push',
        waiters: pushWaiters,
        queue: ctx.registers.outbox,
        settle: (row, ending) => pushRow(ctx, client, row, ending),
        mostAtOnce: 1,
        mayBeside: () => true,
      };
      advanceState({ type: 'enrolled' });
      const inbox = { exchangeId: connection.exchangeId, agencyCode: agency.code };
      running = Promise.all([
        listLoop(client, inbox, signal),
        beside.run(client, inbox, signal),
        ...lanes.flatMap((lane) => [messageLoop(fetching, lane, signal), messageLoop(pushing, lane, signal)]),
      ]);
    },
    stop: async () => {
      controller.abort();
      endAttempts();
      wakeAll();
      await running;
    },
    wake: () => {
      advanceState({ type: 'woke' });
      if (connected !== null) lineIsBack();
      beside.askAnswersAgain();
      endAttempts();
      wakeAll();
    },
    messagesWait: () => {
      tellStatus();
      for (const waiter of messageWaiters) waiter.wake();
      beside.statementsWait();
    },
    status,
    connection: () => connected,
    client: () => currentClient,
  };
}

/** Messages that are settled on each lane. */
interface MessageWork<Message> {
  readonly activity: Activity;
  readonly waiters: Readonly<Record<Lane, Waiter>>;
  readonly queue: {
    due(lane: Lane, now: Date, latest: Date, atWork: readonly string[]): Message | null;
    nextAttemptAt(lane: Lane, atWork: readonly string[]): string | null;
  };
  /** On each lane. */
  readonly mostAtOnce: number;
  /** Whether one may begin while the others of its lane are on the way. */
  readonly mayBeside: (message: Message, others: readonly Message[]) => boolean;
  readonly settle: (message: Message, ending: AbortSignal) => Promise<StepResult>;
}

function waiterOfLane(ctx: Pick<CoreContext, 'timers'>): Readonly<Record<Lane, Waiter>> {
  return { fast: createWaiter(ctx.timers), bulk: createWaiter(ctx.timers) };
}

function reasonOf(failure: LineFailure): string {
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
