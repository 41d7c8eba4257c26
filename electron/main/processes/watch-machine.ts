import { networkInterfaces } from 'node:os';
import { powerMonitor } from 'electron';
import { createNetworkWatch, networkSignature } from './network-watch.ts';

const NETWORK_CHECK_MS = 10_000;

/** Calls when the machine woke up or its network changed: the moment to try the exchange again. */
export function watchMachine(changed: () => void): void {
  powerMonitor.on('resume', changed);
  const networkHasChanged = createNetworkWatch(() => networkSignature(networkInterfaces()));
  setInterval(() => {
    if (networkHasChanged()) changed();
  }, NETWORK_CHECK_MS).unref();
}
