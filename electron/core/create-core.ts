import { queriesReading } from '#shared/contract/contract.ts';
import type { ActApart } from '#shared/contract/audit-acts.ts';
import type { Answer } from '#shared/contract/define.ts';
import type { EventName, EventPayload } from '#shared/contract/events.ts';
import { accessCalls } from './access/access-calls.ts';
import { createSight } from './access/sight.ts';
import { trailCalls } from './audit/trail-calls.ts';
import { boardCalls } from './board/board-calls.ts';
import { bookCalls } from './books/book-calls.ts';
import { notationCalls } from './books/notation-calls.ts';
import { certificateCalls } from './certificates/certificate-calls.ts';
import type { CoreContext, CorePorts } from './core-context.ts';
import { directoryCalls } from './directory/directory-calls.ts';
import { createCoreAnswerer } from './dispatch/answer-core-call.ts';
import type { CoreHandlers } from './dispatch/handlers.ts';
import { createKeyedLock } from './dispatch/keyed-lock.ts';
import { createTransactions } from './dispatch/transaction.ts';
import { dutyCalls } from './duty/duty-calls.ts';
import { watchRota } from './duty/watch-rota.ts';
import { feedbackCalls } from './feedback/feedback-calls.ts';
import { formCalls } from './forms/form-calls.ts';
import { overseenCalls } from './feedback/overseen-calls.ts';
import { anchorAudit } from './people/anchor-audit.ts';
import { createFlushing } from './files/flush-files.ts';
import { scheduleHousekeeping } from './files/housekeeping.ts';
import { recallAnswerCommands } from './incoming/answer-recall.ts';
import { finishCommand } from './handling/finish-document.ts';
import { handlingCommands } from './handling/handling-commands.ts';
import { handlingQueries } from './handling/handling-queries.ts';
import { correctCommand } from './incoming/correct-document.ts';
import { incomingQueries } from './incoming/incoming-queries.ts';
import { invitationCalls } from './incoming/invitation.ts';
import { paperRegister } from './incoming/register-paper.ts';
import { takeInCommands } from './incoming/take-in.ts';
import { incomingCommands } from './incoming/register-document.ts';
import { officeCalls } from './office/office-calls.ts';
import { numberCalls } from './outgoing/assign-number.ts';
import { lookCalls } from './outgoing/decide.ts';
import { draftCommands } from './outgoing/draft.ts';
import { outgoingQueries } from './outgoing/outgoing-queries.ts';
import { recallCommand } from './outgoing/recall-letter.ts';
import { replaceRecipientCommand } from './outgoing/replace-recipient.ts';
import { sendCommands } from './outgoing/send-letter.ts';
import { signCommands } from './outgoing/sign-letter.ts';
import { oversightCalls } from './oversight/oversight-calls.ts';
import { noteEntered } from './people/note-entered.ts';
import { peopleCalls } from './people/people-calls.ts';
import { createSession } from './people/session.ts';
import { sessionCalls } from './people/session-calls.ts';
import { signInRules } from './people/sign-in-rules.ts';
import { paperCommands } from './paper/record-paper.ts';
import { reportCalls } from './oversight/report-calls.ts';
import { printCalls } from './printing/print-calls.ts';
import { letterCalls } from './reading/letter-calls.ts';
import { relationCalls } from './relations/relation-calls.ts';
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
  /** Something that only the shell does, for the audit trail. */
  note(action: ActApart, params: Readonly<Record<string, string | number>>, byPerson: boolean): void;
  /** Nobody has used the machine for so many seconds. */
  idle(seconds: number): void;
}

export function createCore(ports: CorePorts): Core {
  const listeners = new Set<(event: CoreEvent) => void>();
  const session = createSession(ports);
  const sight = createSight(ports.registers, session);
  const emit: CoreContext['emit'] = (event, payload) => {
    if (event === 'answers.changed') tellCaller();
    for (const listener of listeners) {
      try {
        listener({ event, payload } as CoreEvent);
      } catch (error) {
        // What the event says is in the register already, and the other screens must still hear it.
        ports.log.error('event-not-told', error, { told: event });
      }
    }
  };
  /** The shell answers calls of its own, and must know who may ask for them. */
  let told: string | null = null;
  function tellCaller(): void {
    const roles = session.caller()?.roles ?? null;
    const withheld = sight.withheldFiles();
    const telling = JSON.stringify([roles, withheld]);
    if (telling === told) return;
    told = telling;
    ports.shell.callerChanged(roles, withheld);
  }
  tellCaller();
  const shell: CoreContext['shell'] = {
    ...ports.shell,
    notify: ({ about, ...notice }) => {
      // Whoever may not see a document is not told of it either.
      if (about === undefined || !sight.hidden().has(about)) ports.shell.notify(notice);
    },
  };
  const ctx: CoreContext = {
    ...ports,
    shell,
    emit,
    transact: createTransactions({ ...ports, emit, messagesWait: () => sync.messagesWait() }),
    lock: createKeyedLock(),
    retrySync: () => sync.wake(),
    messagesWait: () => sync.messagesWait(),
    flushSoon: () => flushing.soon(),
  };
  const flushing = createFlushing(ctx);
  const sync = createSync(ctx);
  const handlers: CoreHandlers = {
    ...officeCalls(ctx, sync, session, sight),
    ...accessCalls(ctx, session),
    ...trailCalls(ctx, sight),
    ...peopleCalls(ctx),
    ...sessionCalls(ctx, session),
    ...bookCalls(ctx, sight),
    ...directoryCalls(ctx),
    ...certificateCalls(ctx),
    ...exchangeCalls(ctx, sync),
    ...dutyCalls(ctx, sync),
    ...letterCalls(ctx),
    ...outgoingQueries(ctx, sight),
    ...notationCalls(ctx),
    ...draftCommands(ctx),
    ...lookCalls(ctx),
    ...numberCalls(ctx),
    ...signCommands(ctx),
    ...sendCommands(ctx),
    ...replaceRecipientCommand(ctx),
    ...recallCommand(ctx),
    ...watchingCommands(ctx),
    ...termsCommands(ctx),
    ...paperCommands(ctx),
    ...oversightCalls(ctx),
    ...reportCalls(ctx),
    ...printCalls(ctx, sight),
    ...feedbackCalls(ctx, sync),
    ...formCalls(ctx, session),
    ...overseenCalls(ctx),
    ...incomingQueries(ctx, session, sight),
    ...incomingCommands(ctx),
    ...correctCommand(ctx),
    ...takeInCommands(ctx),
    ...handlingQueries(ctx, session),
    ...handlingCommands(ctx),
    ...finishCommand(ctx),
    ...recallAnswerCommands(ctx),
    ...relationCalls(ctx),
    ...boardCalls(ctx),
    ...invitationCalls(ctx),
    ...paperRegister(ctx),
  };
  const call = createCoreAnswerer(ctx, handlers, session, sight);
  let stopHousekeeping = (): void => undefined;
  let stopAnchors = (): void => undefined;
  let stopWatchingRota = (): void => undefined;
  return {
    call,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: async () => {
      // What a power cut took is there again before anybody asks for it.
      await flushing.flush();
      noteEntered(ctx, session);
      stopWatchingRota = watchRota(ctx);
      stopHousekeeping = scheduleHousekeeping(ctx);
      stopAnchors = anchorAudit(ctx);
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
      stopAnchors();
      stopAnchors = () => undefined;
      stopWatchingRota();
      await sync.stop();
      await flushing.stop();
    },
    networkChanged: () => sync.wake(),
    note: (action, params, byPerson) => {
      const caller = byPerson ? session.caller() : null;
      const actor = caller === null ? null : ({ kind: 'person', id: caller.personId, name: caller.name } as const);
      ctx.transact('note', actor, ({ stores, at }) => stores.audit.add({ at, actor, action, params }));
    },
    idle: (seconds) => {
      const { required, idleMinutes } = signInRules(ports.registers.settings);
      if (!required || idleMinutes === null || seconds < idleMinutes * 60 || session.caller() === null) return;
      void call('session.lock', { commandId: ports.ids.next() });
    },
  };
}
