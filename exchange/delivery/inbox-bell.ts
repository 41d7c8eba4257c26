import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** PostgreSQL channel whose payload is the code of an agency with something new. */
export const INBOX_CHANNEL = 'van_thu_inbox';

const RECONNECT_MS = 1_000;

/**
 * Wakes requests that wait for an inbox: at once for messages accepted by this process, through NOTIFY for those
 * accepted by others. It only says "look again"; a missed ring costs at most the rest of one long poll.
 */
export class InboxBell {
  private readonly waiting = new Map<string, Set<() => void>>();
  private closed = false;
  private listener: pg.Client | null = null;

  /** Rings for one agency. */
  ring(agencyCode: string): void {
    for (const wake of this.waiting.get(agencyCode) ?? []) wake();
  }

  /** A promise of the next ring (or the end of the time, or of the process), which counts from now on. */
  expect(agencyCode: string, timeoutMs: number): { readonly rung: Promise<void>; readonly cancel: () => void } {
    let cancel = (): void => undefined;
    const rung = new Promise<void>((resolve) => {
      const set = this.waiting.get(agencyCode) ?? new Set();
      this.waiting.set(agencyCode, set);
      const timer = setTimeout(() => finish(), timeoutMs);
      const finish = (): void => {
        clearTimeout(timer);
        set.delete(finish);
        if (set.size === 0 && this.waiting.get(agencyCode) === set) this.waiting.delete(agencyCode);
        resolve();
      };
      set.add(finish);
      cancel = finish;
      if (this.closed) finish();
    });
    return { rung, cancel };
  }

  /** Listens to other server processes until `close`; reconnects by itself. */
  async listen(connection: pg.ClientConfig, onError: (error: Error) => void): Promise<void> {
    while (!this.closed) {
      const client = new pg.Client(connection);
      const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
      client.on('error', onError);
      client.on('notification', ({ payload }) => this.ring(payload ?? ''));
      try {
        await client.connect();
        await client.query(`LISTEN ${INBOX_CHANNEL}`);
        this.listener = client;
        // Closed while connecting: close() had nothing to end yet.
        if (this.closed) await client.end();
        // Something may have come while nobody listened.
        this.ringAll();
        await ended;
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)));
        // One that connected but could not listen is still connected.
        await client.end().catch(onError);
      }
      this.listener = null;
      if (!this.closed) await delay(RECONNECT_MS);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    this.ringAll();
    await this.listener?.end();
  }

  private ringAll(): void {
    for (const set of this.waiting.values()) for (const wake of set) wake();
  }
}
