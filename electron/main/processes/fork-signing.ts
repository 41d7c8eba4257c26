import { MessageChannelMain, utilityProcess, type MessagePortMain } from 'electron';
import { cleanEnvironment } from './clean-environment.ts';
import { killNow, runAfter } from './fork-core.ts';
import type { SigningHost } from './signing-supervisor.ts';

/** The signing process as an Electron utility process. */
export function signingHost(entry: string): SigningHost<MessagePortMain> {
  return {
    fork(used, exited) {
      const child = utilityProcess.fork(entry, [], {
        serviceName: 'vanthu-signing',
        env: cleanEnvironment(process.env),
        stdio: 'inherit',
      });
      child.on('message', used);
      child.on('exit', exited);
      return {
        connect: (port) => {
          child.postMessage({ type: 'connect' }, [port]);
        },
        kill: () => killNow(child),
      };
    },
    createChannel: () => {
      const { port1, port2 } = new MessageChannelMain();
      return [port1, port2];
    },
    after: runAfter,
  };
}
