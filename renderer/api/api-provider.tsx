import { QueryClientProvider } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useRef } from 'react';
import type { ReactNode } from 'react';
import type { EventName, EventPayload } from '#shared/contract/events.ts';
import { onEvent } from './api.ts';
import { Invalidator } from './query-client.ts';
import { callKey } from './use-call.ts';

const InvalidatorContext = createContext<Invalidator | null>(null);

/** Holds the answers of queries and keeps them fresh from the events of the processes behind the screen. */
export function ApiProvider({ client, children }: { readonly client: QueryClient; readonly children: ReactNode }) {
  const invalidator = useMemo(() => new Invalidator(client), [client]);

  useEffect(() => {
    const stops = [
      onEvent('answers.changed', ({ queries }) => invalidator.add(queries)),
      onEvent('line.changed', (line) => client.setQueryData(callKey('exchange.line', {}), line)),
      onEvent('settings.changed', (settings) => client.setQueryData(callKey('settings.get', {}), settings)),
      onEvent('core.available', ({ available }) => {
        if (available) void client.invalidateQueries();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, invalidator]);

  return (
    <QueryClientProvider client={client}>
      <InvalidatorContext value={invalidator}>{children}</InvalidatorContext>
    </QueryClientProvider>
  );
}

export function useInvalidator(): Invalidator {
  const invalidator = useContext(InvalidatorContext);
  if (!invalidator) throw new Error('useInvalidator outside ApiProvider');
  return invalidator;
}

/** Calls the newest `listener` for each event while the component is on screen. */
export function useEvent<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => onEvent(event, (payload) => latest.current(payload)), [event]);
}
