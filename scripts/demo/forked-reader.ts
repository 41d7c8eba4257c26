import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ReaderHost } from '#entries/process-reader.ts';
import { READER_MEMORY_BYTES } from '#shared/contract/control.ts';
import type { ReaderReply } from '#reader/reader-protocol.ts';
import { repositoryRoot } from '../lib/repository.ts';

const LOOK_EVERY_MS = 100;
const entry = path.join(repositoryRoot, 'electron/entries/reader.ts');

/** The reading process as a child of plain Node: the same program, protocol and limits as in the application. */
export function forkedReaderHost(
  dataDir: string,
  resourcesDir: string,
  memoryBytes: number = READER_MEMORY_BYTES,
): ReaderHost {
  return {
    start(replied, ended) {
      const child = fork(entry, [dataDir, resourcesDir], {
        serialization: 'advanced',
      });
      let tooLarge = false;
      let watch: NodeJS.Timeout | undefined;
      // A process without work keeps nobody waiting.
      const rest = (): void => {
        clearInterval(watch);
        child.unref();
        child.channel?.unref();
      };
      const work = (): void => {
        child.ref();
        child.channel?.ref();
        watch = setInterval(() => {
          tooLarge = residentBytes(child.pid) > memoryBytes;
          if (tooLarge) child.kill('SIGKILL');
        }, LOOK_EVERY_MS);
      };
      let over = false;
      const end = (): void => {
        rest();
        if (over) return;
        over = true;
        ended(child.pid === undefined ? 'not-started' : tooLarge ? 'memory' : 'died');
      };
      child.on('message', (reply) => {
        rest();
        replied(reply as ReaderReply);
      });
      child.on('exit', end);
      child.on('error', end);
      rest();
      return {
        post: (request) => {
          work();
          child.send(request, (error) => {
            if (error !== null) child.kill('SIGKILL');
          });
        },
        kill: () => {
          over = true;
          rest();
          child.kill('SIGKILL');
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
