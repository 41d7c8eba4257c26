import { utilityProcess, type MessagePortMain } from 'electron';
import type { CoreHost } from './core-supervisor.ts';
import { cleanEnvironment } from './clean-environment.ts';

/** Core as an Electron utility process. */
export function coreHost(entry: string): CoreHost<MessagePortMain> {
  return {
    fork(received, exited) {
      const child = utilityProcess.fork(entry, [], {
        serviceName: 'vanthu-core',
        env: cleanEnvironment(process.env),
        stdio: 'inherit',
      });
      child.on('message', received);
      child.on('exit', exited);
      return {
        post: (message, ports) => {
          child.postMessage(message, [...ports]);
        },
        kill: () => {
          child.kill();
        },
      };
    },
    after: runAfter,
    now: () => performance.now(),
  };
}

export function runAfter(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => {
    clearTimeout(timer);
  };
}
