import { utilityProcess } from 'electron';
import type { KeeperHost } from '../backup/keeper.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { killNow } from './fork-core.ts';

/** The keeper as an Electron utility process. */
export function keeperHost(entry: string): KeeperHost {
  return {
    fork(order, received, exited) {
      const child = utilityProcess.fork(entry, [], {
        serviceName: 'vanthu-keeper',
        env: cleanEnvironment(process.env),
        stdio: 'inherit',
      });
      child.on('message', received);
      child.on('exit', exited);
      child.postMessage(order);
      return { kill: () => killNow(child) };
    },
  };
}
