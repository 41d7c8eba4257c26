/** A whole exchange in a process of its own, so that it can be killed; its clock and its rounds are its parent's. */
// Before anything that looks at the clock.
import { setClock } from './frozen-clock.ts';
import { startExchange } from '#exchange/entries/start-exchange.ts';

export type ExchangeOrder =
  | { readonly type: 'clock'; readonly number: number; readonly at: number }
  | { readonly type: 'round'; readonly number: number };

export type ExchangeReply =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'done'; readonly number: number; readonly failures: readonly string[] };

const [dataFolder = '', databaseUrl = '', noticesFile = '', port = '', at = ''] = process.argv.slice(2);
const reply = (message: ExchangeReply): void => void process.send?.(message);

setClock(Number(at));
const exchange = await startExchange({
  dataFolder,
  databaseUrl,
  noticesFile,
  port: Number(port),
  host: '127.0.0.1',
  logLevel: 'fatal',
  trustedProxies: [],
  seedFile: null,
  limits: {},
  noticesByHand: true,
});
process.on('message', (order: ExchangeOrder) => {
  if (order.type === 'clock') {
    setClock(order.at);
    reply({ type: 'done', number: order.number, failures: [] });
    return;
  }
  exchange.round().then(
    (failures) => reply({ type: 'done', number: order.number, failures: failures.map(String) }),
    (error: unknown) => reply({ type: 'done', number: order.number, failures: [String(error)] }),
  );
});
process.on('disconnect', () => process.exit());
reply({ type: 'ready', port: exchange.port });
