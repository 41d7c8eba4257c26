import type { NetworkInterfaceInfo } from 'node:os';

/** The machine's addresses as one text: it differs when a cable, a wireless network or a VPN came or went. */
export function networkSignature(interfaces: Readonly<Record<string, NetworkInterfaceInfo[] | undefined>>): string {
  return Object.entries(interfaces)
    .flatMap(([name, addresses]) =>
      (addresses ?? []).filter(({ internal }) => !internal).map(({ address }) => `${name} ${address}`),
    )
    .toSorted()
    .join('\n');
}

/** Returns a function that compares with the time before and says whether the network has changed since. */
export function createNetworkWatch(read: () => string): () => boolean {
  let last = read();
  return () => {
    const current = read();
    const changed = current !== last;
    last = current;
    return changed;
  };
}
