import { randomUUID } from 'node:crypto';
import type { InboxPage } from '#core/ports/exchange.ts';
import { startTestExchange } from '#tests/support/exchange-server.ts';
import { sourceOf } from '#tests/support/message-source.ts';
import { expectOk, fromStart, letter, openOffice, type Office } from '#tests/sync/exchange/office.ts';
import { percentile, type Measurement } from '../measure.ts';
import { startFlood } from './flood.ts';

const LETTERS = 300;

/** From the receipt of a letter until a waiting recipient's request was answered with it. */
export async function measureVisibility(): Promise<readonly Measurement[]> {
  const exchange = await startTestExchange();
  try {
    await exchange.addAgencies(['A', 'B', 'X', 'Y'].map((code) => ({ code, name: `Cơ quan ${code}` })));
    const sender = await openOffice(exchange, 'A');
    const receiver = readerOf(await openOffice(exchange, 'B'));
    await delays(sender, receiver, 20);
    const atRest = await delays(sender, receiver, LETTERS);
    const floods = [startFlood(await openOffice(exchange, 'X'), 'Y'), startFlood(await openOffice(exchange, 'Y'), 'X')];
    const beside = await delays(sender, receiver, LETTERS);
    const requests = (await Promise.all(floods.map((flood) => flood.stop()))).reduce((sum, one) => sum + one, 0);
    return [
      {
        title: `From a letter's receipt until its recipient sees it, ${LETTERS} letters, at rest`,
        goal: 'p99 < 50 ms',
        rows: rowsOf(atRest),
      },
      {
        title: `The same beside two agencies that send what they can (${requests} requests meanwhile)`,
        goal: 'p99 < 2000 ms',
        rows: rowsOf(beside),
      },
    ];
  } finally {
    await exchange.stop();
  }
}

const rowsOf = (times: readonly number[]): Measurement['rows'] => [
  { kind: 'ours', what: '99 of 100 letters at most', value: percentile(times, 99) },
  { kind: 'part', what: 'median', value: percentile(times, 50) },
];

async function delays(sender: Office, next: () => Promise<InboxPage>, letters: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let n = 0; n < letters; n += 1) {
    let seenAt = 0;
    const page = next().then(({ items }) => {
      seenAt = performance.now();
      if (items.length !== 1) throw new Error(`the recipient was answered with ${items.length} letters`);
    });
    expectOk(await sender.client.putMessage(randomUUID(), sourceOf(letter('A', ['B'], `${n}`, 20_000))));
    const receiptAt = performance.now();
    await page;
    times.push(Math.max(0, seenAt - receiptAt));
  }
  return times;
}

/** Waits for what comes next in an office's inbox. */
function readerOf({ client }: Office): () => Promise<InboxPage> {
  let at: { readonly after: number; readonly epoch: string | null; readonly anchor: string | null } = fromStart;
  return async () => {
    const page = expectOk(await client.inbox({ ...at, watch: null, limit: 50, waitSeconds: 25 }));
    at = { after: page.cursor, epoch: page.epoch, anchor: page.items.at(-1)?.messageId ?? at.anchor };
    return page;
  };
}
