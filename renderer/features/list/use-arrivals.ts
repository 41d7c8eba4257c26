import { useCallback, useState } from 'react';
import { useEvent } from '../../api/api-provider.tsx';

const none: ReadonlySet<string> = new Set();

interface Arrivals {
  /** Arrived since this list was opened, and not yet let in. */
  readonly ids: ReadonlySet<string>;
  readonly reveal: () => void;
}

/** Holds new arrivals back until the clerk asks for them, so that no row moves under her pointer. */
export function useArrivals(listKey: string): Arrivals {
  const [held, setHeld] = useState<{ readonly listKey: string; readonly ids: ReadonlySet<string> }>({
    listKey,
    ids: none,
  });
  useEvent('incoming.arrived', ({ ids }) => {
    setHeld((old) => ({ listKey, ids: new Set([...(old.listKey === listKey ? old.ids : none), ...ids]) }));
  });
  const reveal = useCallback(() => setHeld((old) => ({ ...old, ids: none })), []);
  return { ids: held.listKey === listKey ? held.ids : none, reveal };
}
