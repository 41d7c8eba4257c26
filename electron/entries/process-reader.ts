import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ForeignReader } from '#core/ports/foreign-reader.ts';
import type { ReaderEnd } from '#shared/contract/control.ts';
import { fileAddress } from '#shared/domain/file-address.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { ReaderReply, ReaderRequest, ReaderValues } from '#reader/reader-protocol.ts';

export interface ReaderProcess {
  post(request: ReaderRequest): void;
  /** Nothing is heard of it afterwards. */
  kill(): void;
}

/** Starts reading processes, and ends those that take more memory than they may. */
export interface ReaderHost {
  /** `replied` and `ended` are called never before this returns. */
  start(replied: (reply: ReaderReply) => void, ended: (why: ReaderEnd) => void): ReaderProcess;
}

export interface ReaderLimits {
  /** Seconds that any file may take, the start of the process included. */
  readonly seconds: number;
  /** Seconds more for each megabyte. */
  readonly secondsPerMegabyte: number;
  /** Seconds without work after which the process is ended. */
  readonly idleSeconds: number;
}

/** A large letter takes a second or two; a slow or busy machine must not turn a good file into a suspect one. */
export const readerLimits: ReaderLimits = { seconds: 30, secondsPerMegabyte: 1, idleSeconds: 120 };

export interface ProcessReader extends ForeignReader {
  /** Ends the process; calls on the way fail with READER_UNAVAILABLE, and so do later ones. */
  close(): void;
}

type Question = ReaderRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never;

/** A process that died by itself may have met something that has nothing to do with the file. */
const MOST_DEATHS = 2;
const MEGABYTE = 1024 * 1024;

/**
 * The port on foreign files, served by a process that is started when needed and killed when a file takes too much.
 * Calls run one after the other.
 */
export function createProcessReader(
  host: ReaderHost,
  dataDir: string,
  limits: ReaderLimits = readerLimits,
): ProcessReader {
  let running: ReaderProcess | null = null;
  let current: { id: number; settle: (end: ReaderReply | ReaderEnd | 'time' | 'closed') => void } | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let lastId = 0;
  let closed = false;
  let cancelIdle = (): void => undefined;

  const start = (): ReaderProcess => {
    const mine: ReaderProcess = host.start(
      (reply) => {
        if (running === mine && reply.id === current?.id) current.settle(reply);
      },
      (why) => {
        if (running !== mine) return;
        running = null;
        cancelIdle();
        current?.settle(why);
      },
    );
    return mine;
  };
  const kill = (): void => {
    cancelIdle();
    running?.kill();
    running = null;
  };
  const once = async (question: Question, seconds: number): Promise<ReaderReply | ReaderEnd | 'time' | 'closed'> => {
    lastId += 1;
    const id = lastId;
    cancelIdle();
    let cancelLimit = (): void => undefined;
    try {
      return await new Promise((resolve) => {
        current = { id, settle: resolve };
        try {
          running ??= start();
        } catch {
          resolve('not-started');
          return;
        }
        cancelLimit = afterSeconds(seconds, () => resolve('time'));
        running.post({ ...question, id });
      });
    } finally {
      current = null;
      cancelLimit();
      if (!closed) cancelIdle = afterSeconds(limits.idleSeconds, kill);
    }
  };
  const ask = async <What extends keyof ReaderValues>(
    question: Question & { readonly what: What },
  ): Promise<ReaderValues[What]> => {
    const seconds = limits.seconds + limits.secondsPerMegabyte * Math.ceil(sizeOf(dataDir, question.fileId) / MEGABYTE);
    for (let deaths = 0; ;) {
      if (closed) throw new CodedError('READER_UNAVAILABLE', {}, { retryable: true });
      const outcome = await once(question, seconds);
      if (typeof outcome === 'object') {
        if (outcome.ok) return outcome.value as ReaderValues[What];
        // It is over its limit, and would be with every other file.
        if (outcome.code === 'READING_LIMIT') kill();
        if (outcome.code !== null) throw new CodedError(outcome.code, outcome.params);
        throw new Error(`the reading process: ${outcome.detail}`);
      }
      if (outcome === 'time') kill();
      if (outcome === 'closed' || outcome === 'not-started') {
        throw new CodedError('READER_UNAVAILABLE', {}, { retryable: true });
      }
      if (outcome === 'died') deaths += 1;
      if (outcome !== 'died' || deaths === MOST_DEATHS) throw new CodedError('READING_LIMIT', { limit: outcome });
    }
  };
  const inTurn: typeof ask = (question) => {
    const answer = turn.then(() => ask(question));
    turn = answer.catch(() => undefined);
    return answer;
  };

  return {
    readMessage: (fileId) => inTurn({ what: 'message', fileId }),
    readEnvelope: (fileId) => inTurn({ what: 'envelope', fileId }),
    readMail: (fileId) => inTurn({ what: 'mail', fileId }),
    verify: (fileId, at) => inTurn({ what: 'verify', fileId, at: at.toISOString() }),
    readPage: (fileId) => inTurn({ what: 'page', fileId }),
    makeSignable: (fileId, as = 'letter') => inTurn({ what: 'signable', fileId, as }),
    signedRevision: (fileId, index) => inTurn({ what: 'revision', fileId, index }),
    close: () => {
      closed = true;
      kill();
      current?.settle('closed');
    },
  };
}

/** 0 for a file that is not there; the process says so. */
function sizeOf(dataDir: string, fileId: string): number {
  return statSync(join(dataDir, fileAddress(fileId)), { throwIfNoEntry: false })?.size ?? 0;
}

/** Counts seconds in which this machine was awake: a sleep of hours is one of them. */
function afterSeconds(seconds: number, run: () => void): () => void {
  let left = seconds;
  const timer = setInterval(() => {
    left -= 1;
    if (left > 0) return;
    clearInterval(timer);
    run();
  }, 1_000);
  timer.unref();
  return () => clearInterval(timer);
}
