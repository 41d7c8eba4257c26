import { app, MessageChannelMain, utilityProcess, type MessagePortMain } from 'electron';
import { cleanEnvironment } from './clean-environment.ts';
import { killNow, runAfter } from './fork-core.ts';
import type { ReaderHost } from './reader-supervisor.ts';

/** The process that reads foreign files as an Electron utility process. */
export function readerHost(entry: string, dataDir: string, resourcesDir: string): ReaderHost<MessagePortMain> {
  return {
    fork(exited) {
      const child = utilityProcess.fork(entry, [dataDir, resourcesDir], {
        serviceName: 'vanthu-reader',
        env: cleanEnvironment(process.env),
        stdio: 'inherit',
      });
      child.on('exit', exited);
      return {
        connect: (port) => {
          child.postMessage({ type: 'connect' }, [port]);
        },
        kill: () => killNow(child),
        memory: () => memoryOf(child.pid),
      };
    },
    createChannel: () => {
      const { port1, port2 } = new MessageChannelMain();
      return [port1, port2];
    },
    after: runAfter,
  };
}

function memoryOf(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const metric = app.getAppMetrics().find((one) => one.pid === pid);
  return (metric?.memory.workingSetSize ?? 0) * 1024;
}
