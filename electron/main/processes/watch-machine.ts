import { networkInterfaces } from 'node:os';
import { powerMonitor } from 'electron';
import { createNetworkWatch, networkSignature } from './network-watch.ts';

const CHECK_MS = 10_000;

export interface MachineListener {
  /** The machine woke up or its network changed: the moment to try the exchange again. */
  readonly changed: () => void;
  /** Nobody has touched keyboard or pointer of the machine for so many seconds; said again and again. */
  readonly idle: (seconds: number) => void;
}

/** Below, nobody is away. */
const IDLE_FROM_SECONDS = 60;

export function watchMachine({ changed, idle }: MachineListener): void {
  powerMonitor.on('resume', changed);
  const networkHasChanged = createNetworkWatch(() => networkSignature(networkInterfaces()));
  setInterval(() => {
    if (networkHasChanged()) changed();
    const seconds = powerMonitor.getSystemIdleTime();
    if (seconds >= IDLE_FROM_SECONDS) idle(seconds);
  }, CHECK_MS).unref();
}
