import { randomUUID } from 'node:crypto';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { ExchangeConnection } from '#core/ports/exchange.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import { fromStart, gateway, letter, type Office } from '#tests/sync/exchange/office.ts';

/** Requests that a hostile neighbour keeps open. */
const AT_ONCE = 12;

interface Flood {
  readonly code: string;
  readonly connection: ExchangeConnection;
  /** Whom its valid letters go to. */
  readonly accomplice: string;
}

/** An office that sends what it can, on a thread of its own, so that it takes no time from who measures. */
export function startFlood({ code, connection }: Office, accomplice: string): { readonly stop: () => Promise<number> } {
  const data: Flood = { code, connection, accomplice };
  const worker = new Worker(new URL(import.meta.url), { workerData: data });
  const requests = new Promise<number>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return {
    stop: () => {
      worker.postMessage('stop');
      return requests;
    },
  };
}

/** Letters of a megabyte, letters to nobody, garbage, and inbox requests, as many as are let through. */
async function flood({ code, connection, accomplice }: Flood): Promise<number> {
  const client = gateway.connect(connection);
  let stopped = false;
  let requests = 0;
  parentPort?.once('message', () => (stopped = true));
  const sources = [
    sourceOf(letter(code, [accomplice], 'lớn', 1_000_000)),
    sourceOf(letter(code, ['NOBODY'], 'không ai', 1_000)),
    sourceOf(Buffer.alloc(200_000, '>&#13;')),
  ];
  const one = async (first: number): Promise<void> => {
    for (let turn = first; !stopped; turn += 1) {
      requests += 1;
      const source = sources[turn % (sources.length + 1)];
      if (source === undefined) await client.inbox({ ...fromStart, limit: 1, waitSeconds: 0 });
      else await client.putMessage(randomUUID(), source);
      // One that is told to wait is answered at once, and goes on at once.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => one(n)));
  return requests;
}

if (parentPort !== null) parentPort.postMessage(await flood(workerData as Flood));
