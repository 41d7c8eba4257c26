import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { DELIVERY_CHANNEL, EVERY_INBOX, readDeliveryPayload } from './delivery-channel.ts';

const RECONNECT_MS = 1_000;

export interface DeliveryEvents {
  /** An agency has something new. */
  readonly onDelivery: (agencyCode: string) => void;
  /** Any agency may have something new: a new epoch began, or nobody listened for a while. */
  readonly onGap: () => void;
  readonly onError: (error: Error) => void;
}

/** Hears what other server processes over the same database deliver. */
export class DeliveryListener {
  readonly #connection: pg.ClientConfig;
  readonly #serverId: string;
  readonly #events: DeliveryEvents;
  #closed = false;
  #client: pg.Client | null = null;
  #ended: Promise<void> = Promise.resolve();

  /** @param serverId what this process says itself is not told to it again */
  constructor(connection: pg.ClientConfig, serverId: string, events: DeliveryEvents) {
    this.#connection = connection;
    this.#serverId = serverId;
    this.#events = events;
  }

  /** Listens from now on until `close`; reconnects by itself. */
  start(): void {
    this.#ended = this.#listen();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#client?.end();
    await this.#ended;
  }

  async #listen(): Promise<void> {
    const { onDelivery, onGap, onError } = this.#events;
    while (!this.#closed) {
      const client = new pg.Client(this.#connection);
      const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
      client.on('error', onError);
      client.on('notification', ({ payload = '' }) => {
        const { agencyCode, by } = readDeliveryPayload(payload);
        if (by === this.#serverId) return;
        if (agencyCode === EVERY_INBOX) onGap();
        else onDelivery(agencyCode);
      });
      try {
        await client.connect();
        await client.query(`LISTEN ${DELIVERY_CHANNEL}`);
        this.#client = client;
        // Closed while connecting: close() had nothing to end yet.
        if (this.#closed) await client.end();
        onGap();
        await ended;
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)));
        // One that connected but could not listen is still connected.
        await client.end().catch(onError);
      }
      this.#client = null;
      if (!this.#closed) await delay(RECONNECT_MS);
    }
  }
}
