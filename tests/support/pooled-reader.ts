import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { ReaderHost } from '#entries/process-reader.ts';
import { childReaderHost, forkReader } from '#scripts/demo/forked-reader.ts';
import { READER_MEMORY_BYTES } from '#shared/contract/control.ts';
import type { PooledRequest } from './reader-child.ts';

const entry = join(import.meta.dirname, 'reader-child.ts');
const idle = new Set<ChildProcess>();

/** Reading processes that the offices of one test file leave to each other; one that dies or takes too much is replaced. */
export function pooledReaderHost(dataDir: string, resourcesDir: string): ReaderHost {
  return childReaderHost({
    take: () => {
      const [child] = idle;
      if (child !== undefined) idle.delete(child);
      return child ?? start(resourcesDir);
    },
    leave: (child) => void idle.add(child),
    messageOf: (request): PooledRequest => ({ dataDir, request }),
    memoryBytes: READER_MEMORY_BYTES,
  });
}

function start(resourcesDir: string): ChildProcess {
  const child = forkReader(entry, [resourcesDir]);
  return child.on('exit', () => void idle.delete(child));
}
