/** `npm run exchange -- [options]`: runs the exchange server until it is told to stop. */
// Before anything that takes memory.
import './young-generation.ts';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startExchange } from './start-exchange.ts';

/** Whoever hangs longer (a client that never reads its answer) is cut off. */
const SHUTDOWN_LIMIT_MS = 20_000;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '.cache/exchange' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '8710' },
    seed: { type: 'string' },
    limits: { type: 'string' },
    notices: { type: 'string' },
    'trusted-proxy': { type: 'string', multiple: true, default: [] },
    'log-level': { type: 'string', default: 'info' },
  },
});

/** One JSON object a line on stdout, for whoever started us; the log goes to stderr. */
function printEvent(event: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

try {
  const exchange = await startExchange({
    dataFolder: values.data,
    databaseUrl: process.env['DATABASE_URL'] ?? null,
    host: values.host,
    port: Number(values.port),
    trustedProxies: values['trusted-proxy'],
    logLevel: values['log-level'],
    seedFile: values.seed ?? null,
    noticesFile: values.notices ?? null,
    limits: values.limits === undefined ? {} : JSON.parse(await readFile(values.limits, 'utf8')),
  });
  let stopping = false;
  const stop = async (reason: string, exitCode: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), SHUTDOWN_LIMIT_MS).unref();
    await exchange.close();
    printEvent({ event: 'stopped', reason });
    process.exitCode = exitCode;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal, 0));
  void exchange.databaseLost.then(() => stop('the database process ended', 1));
  printEvent({ event: 'ready', url: exchange.url, port: exchange.port });
} catch (error) {
  process.stderr.write(`exchange: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
