import { QueryClient } from '@tanstack/react-query';
import type { QueryName } from '#shared/contract/contract.ts';
import { CallFailure } from './call-failure.ts';

const RETRIES = 4;
const FIRST_RETRY_MS = 400;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The data is on this machine: being offline is no reason to pause, and events say when something changed.
        networkMode: 'always',
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => error instanceof CallFailure && error.retryable && failures < RETRIES,
        retryDelay: (failures) => FIRST_RETRY_MS * 2 ** failures,
      },
    },
  });
}

const COALESCE_MS = 60;

/** Collects queries made old by a burst of events and asks for each of them once. */
export class Invalidator {
  readonly #client: QueryClient;
  readonly #names = new Set<QueryName>();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  add(names: readonly QueryName[]): void {
    if (names.length === 0) return;
    for (const name of names) this.#names.add(name);
    if (this.#timer === null) this.#timer = setTimeout(() => this.#flush(), COALESCE_MS);
  }

  /** Whatever is on screen may be older than the register. */
  addShown(): void {
    void this.#client.invalidateQueries({ type: 'active' });
  }

  #flush(): void {
    this.#timer = null;
    const names = new Set<unknown>(this.#names);
    this.#names.clear();
    void this.#client.invalidateQueries({ predicate: (query) => names.has(query.queryKey[0]) });
  }
}
