import { queriesReading } from '#shared/contract/contract.ts';
import type { Answer } from '#shared/contract/define.ts';
import type { EventName, EventPayload } from '#shared/contract/events.ts';
import { bookCalls } from './books/book-calls.ts';
import { certificateCalls } from './certificates/certificate-calls.ts';
import type { CoreContext, CorePorts } from './core-context.ts';
import { directoryCalls } from './directory/directory-calls.ts';
import { createCoreAnswerer } from './dispatch/answer-core-call.ts';
import type { CoreHandlers } from './dispatch/handlers.ts';
import { createKeyedLock } from './dispatch/keyed-lock.ts';
import { createTransactions } from './dispatch/transaction.ts';
import { dutyCalls } from './duty/duty-calls.ts';
import { watchRota } from './duty/watch-rota.ts';
import { scheduleHousekeeping } from './files/housekeeping.ts';
import { incomingQueries } from './incoming/incoming-queries.ts';
import { invitationCalls } from './incoming/invitation.ts';
import { paperRegister } from './incoming/register-paper.ts';
import { incomingCommands } from './incoming/register-document.ts';
import { officeCalls } from './office/office-calls.ts';
import { numberCalls } from './outgoing/assign-number.ts';
import { draftCommands } from './outgoing/draft.ts';
import { outgoingQueries } from './outgoing/outgoing-queries.ts';
import { replaceRecipientCommand } from './outgoing/replace-recipient.ts';
import { sendCommands } from './outgoing/send-letter.ts';
import { signCommands } from './outgoing/sign-letter.ts';
import { oversightCalls } from './oversight/oversight-calls.ts';
import { paperCommands } from './paper/record-paper.ts';
import { reportCalls } from './oversight/report-calls.ts';
import { letterCalls } from './reading/letter-calls.ts';
import { exchangeCalls, savedConnection } from './sync/exchange-calls.ts';
import { createSync } from './sync/sync.ts';
import { takeAgainAfterUpdate } from './sync/take-again.ts';
import { termsCommands } from './watching/terms-commands.ts';
import { watchingCommands } from './watching/watching-commands.ts';

export type CoreEvent = { [E in EventName]: { readonly event: E; readonly payload: EventPayload<E> } }[EventName];

/** The application itself, without windows, network or disk of its own. */
export interface Core {
  call(name: string, input: unknown): Promise<Answer<unknown>>;
  /** Tells of every event until the returned function is called. */
  subscribe(listener: (event: CoreEvent) => void): () => void;
  /** Takes up the exchange where it was left. Never rejects. */
  start(): Promise<void>;
  stop(): Promise<void>;
  networkChanged(): void;
}

export function createCore(ports: CorePorts): Core {
  const listeners = new Set<(event: CoreEvent) => void>();
  const emit: CoreContext['emit'] = (event, payload) => {
    for (const listener of listeners) {
      try {
        listener({ event, payload } as CoreEvent);
      } catch (error) {
        // What the event says is in the register already, and the other screens must still hear it.
        ports.log.error('event-not-told', error, { event });
      }
    }
  };
  const ctx: CoreContext = {
    ...ports,
    emit,
    transact: createTransactions({ ...ports, emit, messagesWait: () => sync.messagesWait() }),
    lock: createKeyedLock(),
    retrySync: () => sync.wake(),
    messagesWait: () => sync.messagesWait(),
  };
  const sync = createSync(ctx);
  const handlers: CoreHandlers = {
    ...officeCalls(ctx, sync),
    ...bookCalls(ctx),
    ...directoryCalls(ctx),
    ...certificateCalls(ctx),
    ...exchangeCalls(ctx, sync),
    ...dutyCalls(ctx, sync),
    ...letterCalls(ctx),
    ...outgoingQueries(ctx),
    ...draftCommands(ctx),
    ...numberCalls(ctx),
    ...signCommands(ctx),
    ...sendCommands(ctx),
    ...replaceRecipientCommand(ctx),
    ...watchingCommands(ctx),
    ...termsCommands(ctx),
    ...paperCommands(ctx),
    ...oversightCalls(ctx),
    ...reportCalls(ctx),
    ...incomingQueries(ctx),
    ...incomingCommands(ctx),
    ...invitationCalls(ctx),
    ...paperRegister(ctx),
  };
  let stopHousekeeping = (): void => undefined;
  let stopWatchingRota = (): void => undefined;
  return {
    call: createCoreAnswerer(ctx, handlers),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: async () => {
      stopWatchingRota = watchRota(ctx);
      stopHousekeeping = scheduleHousekeeping(ctx);
      try {
        takeAgainAfterUpdate(ctx);
        const connection = await savedConnection(ctx);
        if (connection === null) return;
        sync.start(connection);
        // A screen that asked before the key was there was told that the office is not enrolled.
        emit('answers.changed', { queries: queriesReading(new Set(['office'])) });
      } catch (error) {
        // The office works without the exchange, and can be enrolled anew.
        ctx.log.error('exchange-not-taken-up', error);
      }
    },
    stop: async () => {
      stopHousekeeping();
      stopWatchingRota();
      await sync.stop();
    },
    networkChanged: () => sync.wake(),
  };
}
