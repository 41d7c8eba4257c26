import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { judge } from '#tests/support/simulation/verdict.ts';
import { runScript } from './lib/run-script.ts';
import { runSimulation } from './simulate/run-simulation.ts';

const usage = `npm run --silent simulate -- [options]
  --agencies N   (200)
  --documents N  (20000)
  --days N       (30)
  --seed S       what happens follows from it (1)
  --data DIR     where the exchange's data are left, for exchange:admin; without it they go
  --json         one line of JSON and nothing else`;

const { values } = parseArgs({
  options: {
    agencies: { type: 'string', default: '200' },
    documents: { type: 'string', default: '20000' },
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} takes a whole number from 1 on`);
  return number;
}

/** `npm run simulate`: a month of a province, and whether everybody was told who had to be, once and no longer than needed. */
await runScript(async () => {
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const dataFolder = values.data ?? mkdtempSync(path.join(tmpdir(), 'van-thu-simulation-'));
  const log = (line: string): void => void (values.json ? undefined : process.stderr.write(`${line}\n`));
  try {
    const month = await runSimulation({
      agencies: wholeNumber('agencies', values.agencies),
      documents: wholeNumber('documents', values.documents),
      days: wholeNumber('days', values.days),
      seed: wholeNumber('seed', values.seed),
      dataFolder,
      log,
    });
    try {
      const verdict = await judge(month);
      const { exchange, database, gateway } = month.kills;
      log(`killed: the exchange ${exchange} times, PostgreSQL ${database} times, the gateway ${gateway} times`);
      process.stdout.write(`${JSON.stringify(verdict, null, values.json ? undefined : 2)}\n`);
      const { expressUnresolved, toldAfterOpening, noticesLost, noticesDoubled, wrongOfficer } = verdict;
      return expressUnresolved + toldAfterOpening + noticesLost + noticesDoubled + wrongOfficer === 0 ? 0 : 1;
    } finally {
      await month.close();
    }
  } finally {
    if (values.data === undefined) rmSync(dataFolder, { recursive: true, force: true });
  }
});
