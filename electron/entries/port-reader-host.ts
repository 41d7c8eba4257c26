import type { ReaderEnd } from '#shared/contract/control.ts';
import type { ReaderReply, ReaderRequest } from '#reader/reader-protocol.ts';
import type { ReaderHost } from './process-reader.ts';

/** The part of a MessagePort that is used here; Electron's and Node's ports both have it. */
export interface ReaderPort {
  postMessage(message: ReaderRequest): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  start(): void;
}

export interface PortReaderHost extends ReaderHost {
  /** The process that was asked for as `id` answers at this port. */
  connect(id: number, port: ReaderPort): void;
  ended(id: number, why: ReaderEnd): void;
}

/**
 * Reading processes that main starts and ends. Which one is meant is said by a number: news of one that was replaced
 * must not be taken for the new one's.
 */
export function createPortReaderHost(main: {
  readonly need: (id: number) => void;
  readonly end: (id: number) => void;
}): PortReaderHost {
  interface Started {
    readonly replied: (reply: ReaderReply) => void;
    readonly ended: (why: ReaderEnd) => void;
    readonly waiting: ReaderRequest[];
    port: ReaderPort | null;
  }
  const started = new Map<number, Started>();
  let lastId = 0;
  return {
    start: (replied, ended) => {
      lastId += 1;
      const id = lastId;
      const mine: Started = { replied, ended, waiting: [], port: null };
      started.set(id, mine);
      main.need(id);
      return {
        post: (request) => {
          if (mine.port === null) mine.waiting.push(request);
          else mine.port.postMessage(request);
        },
        kill: () => {
          started.delete(id);
          main.end(id);
        },
      };
    },
    connect: (id, port) => {
      const mine = started.get(id);
      if (mine === undefined) return;
      mine.port = port;
      port.on('message', ({ data }) => {
        if (started.get(id) === mine) mine.replied(data as ReaderReply);
      });
      port.start();
      for (const request of mine.waiting.splice(0)) port.postMessage(request);
    },
    ended: (id, why) => {
      const mine = started.get(id);
      started.delete(id);
      mine?.ended(why);
    },
  };
}
