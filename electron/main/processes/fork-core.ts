import { utilityProcess, type MessagePortMain } from 'electron';
import { CORE_V8_FLAGS } from './core-flags.ts';
import type { CoreHost } from './core-supervisor.ts';
import { cleanEnvironment } from './clean-environment.ts';

/** Core as an Electron utility process. */
export function coreHost(entry: string): CoreHost<MessagePortMain> {
  return {
    fork(received, exited) {
      const child = utilityProcess.fork(entry, [], {
        serviceName: 'vanthu-core',
        // By Electron's own switch: a flag of V8's young generation given by itself is not heard here.
        execArgv: [`--js-flags=${CORE_V8_FLAGS.join(' ')}`],
        env: cleanEnvironment(process.env),
        stdio: 'inherit',
      });
      child.on('message', received);
      child.on('exit', exited);
      return {
        post: (message, ports) => {
          child.postMessage(message, [...ports]);
        },
        kill: () => killNow(child),
      };
    },
    after: runAfter,
    now: () => performance.now(),
  };
}

/** Ends a process whatever it is doing: one that hangs would not hear a polite signal. */
export function killNow(child: Electron.UtilityProcess): void {
  if (child.pid === undefined) child.kill();
  else process.kill(child.pid, 'SIGKILL');
}

export function runAfter(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => {
    clearTimeout(timer);
  };
}
