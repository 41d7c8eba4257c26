import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ReaderHost } from '#entries/process-reader.ts';
import { READER_MEMORY_BYTES } from '#shared/contract/control.ts';
import type { ReaderReply, ReaderRequest } from '#reader/reader-protocol.ts';
import { repositoryRoot } from '../lib/repository.ts';

const LOOK_EVERY_MS = 100;
const entry = path.join(repositoryRoot, 'electron/entries/reader.ts');

/** The reading process as a child of plain Node: the same program, protocol and limits as in the application. */
export function forkedReaderHost(
  dataDir: string,
  resourcesDir: string,
  memoryBytes: number = READER_MEMORY_BYTES,
): ReaderHost {
  return childReaderHost({
    take: () => forkReader(entry, [dataDir, resourcesDir]),
    leave: (child) => void child.kill('SIGKILL'),
    messageOf: (request) => request,
    memoryBytes,
  });
}

export function forkReader(program: string, args: readonly string[]): ChildProcess {
  // One that was killed may still complain that it cannot be sent anything.
  return fork(program, args, { serialization: 'advanced' }).on('error', () => undefined);
}

export interface ReaderChildren {
  /** A child that has no work. */
  take(): ChildProcess;
  /** Gets a child back that has no work and that nobody listens to any more. */
  leave(child: ChildProcess): void;
  /** What the child is sent for a request. */
  messageOf(request: ReaderRequest): object;
  /** Resident memory, in bytes, above which a child is killed. */
  readonly memoryBytes: number;
}

export function childReaderHost({ take, leave, messageOf, memoryBytes }: ReaderChildren): ReaderHost {
  return {
    start(replied, ended) {
      const child = take();
      let tooLarge = false;
      let atWork = false;
      let watch: NodeJS.Timeout | undefined;
      // A process without work keeps nobody waiting.
      const rest = (): void => {
        atWork = false;
        clearInterval(watch);
        child.unref();
        child.channel?.unref();
      };
      const work = (): void => {
        atWork = true;
        child.ref();
        child.channel?.ref();
        watch = setInterval(() => {
          tooLarge = residentBytes(child.pid) > memoryBytes;
          if (tooLarge) child.kill('SIGKILL');
        }, LOOK_EVERY_MS);
      };
      const onMessage = (message: unknown): void => {
        const reply = message as ReaderReply;
        rest();
        if (!reply.ok && reply.code === 'READING_LIMIT') tooLarge = true;
        replied(reply);
      };
      const end = (): void => {
        forget();
        ended(child.pid === undefined ? 'not-started' : tooLarge ? 'memory' : 'died');
      };
      const forget = (): void => {
        rest();
        child.off('message', onMessage).off('exit', end).off('error', end);
      };
      child.on('message', onMessage).on('exit', end).on('error', end);
      rest();
      return {
        post: (request) => {
          work();
          child.send(messageOf(request), (error) => {
            if (error !== null) child.kill('SIGKILL');
          });
        },
        kill: () => {
          const hasWork = atWork;
          forget();
          if (hasWork || tooLarge) child.kill('SIGKILL');
          else leave(child);
        },
      };
    },
  };
}

/** 0 where the system does not tell; Linux does. */
function residentBytes(pid: number | undefined): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) * 1024;
  } catch {
    return 0;
  }
}
