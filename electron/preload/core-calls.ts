import type { Answer } from '#shared/contract/define.ts';
import type { Request, ToScreen } from '#shared/contract/transport.ts';

/** The screen's end of a channel to core. */
export interface CorePort {
  send(message: Request): void;
  close(): void;
}

export interface Timers {
  /** Runs once after `ms` milliseconds, unless the returned function is called first. */
  after(ms: number, run: () => void): () => void;
}

export interface CoreCalls {
  call(name: string, input: unknown): Promise<Answer<unknown>>;
  /** A fresh port has come; calls that waited for one go out now. */
  connect(port: CorePort): void;
  /** Core died: what it had not answered never will be. */
  disconnect(): void;
  /** A message from the current port. */
  receive(message: ToScreen): void;
}

/** A core that was just started, or restarted once, is there within this time. */
const PORT_LIMIT_MS = 10_000;

interface Pending {
  readonly request: Request;
  readonly answer: (answer: Answer<unknown>) => void;
  /** Null once the request is on its way. */
  readonly giveUpWaiting: (() => void) | null;
}

/**
 * Pairs the calls to core with their answers. Nothing rejects: a call that core cannot answer resolves to
 * CORE_UNAVAILABLE, which may be repeated because each command carries its id.
 */
export function createCoreCalls(
  timers: Timers,
  newCorrelationId: () => string,
  tellEvent: (event: string, payload: unknown) => void,
): CoreCalls {
  const pending = new Map<number, Pending>();
  let port: CorePort | null = null;
  let lastId = 0;

  function settle(id: number, answer: Answer<unknown>): void {
    const found = pending.get(id);
    if (found === undefined) return;
    pending.delete(id);
    found.giveUpWaiting?.();
    found.answer(answer);
  }

  function unavailable(id: number): void {
    settle(id, {
      ok: false,
      code: 'CORE_UNAVAILABLE',
      params: {},
      retryable: true,
      correlationId: newCorrelationId(),
    });
  }

  function dropPort(): void {
    port?.close();
    port = null;
    for (const [id, { giveUpWaiting }] of pending) if (giveUpWaiting === null) unavailable(id);
  }

  return {
    call(name, input) {
      lastId += 1;
      const id = lastId;
      const request = { id, name, input };
      return new Promise((answer) => {
        if (port === null) {
          const giveUpWaiting = timers.after(PORT_LIMIT_MS, () => {
            unavailable(id);
          });
          pending.set(id, { request, answer, giveUpWaiting });
        } else {
          pending.set(id, { request, answer, giveUpWaiting: null });
          port.send(request);
        }
      });
    },
    connect(fresh) {
      dropPort();
      port = fresh;
      for (const [id, { request, answer, giveUpWaiting }] of pending) {
        giveUpWaiting?.();
        pending.set(id, { request, answer, giveUpWaiting: null });
        fresh.send(request);
      }
    },
    disconnect: dropPort,
    receive(message) {
      if (message.kind === 'answer') settle(message.id, message.answer);
      else tellEvent(message.event, message.payload);
    },
  };
}
