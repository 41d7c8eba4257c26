import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chooseKinds, faultKinds, kindOf } from './faults/kinds.ts';
import { isClean } from './faults/oracle.ts';
import { runFaults, type FaultResult } from './faults/run-faults.ts';
import { openRunLog } from './faults/run-log.ts';
import { canMountDisks } from './faults/small-disk.ts';
import { ensureEnvironment } from './lib/environment.ts';
import { repositoryRoot } from './lib/repository.ts';
import { runScript } from './lib/run-script.ts';

const usage = `npm run --silent faults -- [options]
  --count N     faults (150)
  --seed S      the schedule follows from it (a random one)
  --json        one line of JSON and nothing else
  --kinds A,B   only these kinds, or "all"; without it those that the product is held to
  --without A,B not these kinds
  --offices N   (5)
  --calm S      seconds after the last fault in which something may wait while nothing moves (120)
  --list        the kinds`;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '150' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
    kinds: { type: 'string' },
    without: { type: 'string', default: '' },
    offices: { type: 'string', default: '5' },
    calm: { type: 'string', default: '120' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Error(`--${name} takes a whole number from ${least} on`);
  return number;
}

function listKinds(): void {
  for (const name of faultKinds) {
    const { title, open } = kindOf(name);
    say(`${name.padEnd(27)} ${title}${open === undefined ? '' : `; open: ${open}`}`);
  }
}

function report({ faults, verdict, seconds }: FaultResult): void {
  const { deliveries, lost, doubled, stuck, gaps, wrongState } = verdict;
  say(`\n${faults} faults, ${deliveries} deliveries in ${seconds} s`);
  for (const [title, lines] of Object.entries({ lost, doubled, stuck, gaps, 'wrong state': wrongState })) {
    say(`${title}: ${lines.length}`);
    for (const line of lines) say(`  ${line}`);
  }
}

/** `npm run faults`: random faults on a real exchange and real offices, and whether every promise was kept. */
await runScript(async () => {
  if (values.help) say(usage);
  if (values.list) listKinds();
  if (values.help || values.list) return 0;
  await ensureEnvironment({ needs: ['certificates'] });
  const canFillDisks = canMountDisks();
  const split = (text: string): string[] => text.split(',').filter((name) => name !== '');
  const kinds = chooseKinds({
    only: values.kinds === undefined ? null : split(values.kinds),
    without: split(values.without),
    canFillDisks,
  });
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : wholeNumber('seed', values.seed, 0);
  const count = wholeNumber('count', values.count, 1);
  if (!values.json) {
    say(`Seed ${seed}, ${count} faults of ${kinds.length} kinds: ${kinds.join(', ')}`);
    if (!canFillDisks) say('Full disks are left out: only root may mount the small disks that fill up.');
  }
  const log = openRunLog(values.json ? () => undefined : say);
  const folder = path.join(repositoryRoot, 'out/faults', String(seed));
  mkdirSync(folder, { recursive: true });
  const keepLog = (): string => {
    const file = path.join(folder, 'log.txt');
    writeFileSync(file, log.text());
    return path.relative(process.cwd(), file);
  };
  // Also of a run that is told to end.
  process.once('exit', keepLog);
  try {
    const result = await runFaults(
      {
        seed,
        count,
        offices: wholeNumber('offices', values.offices, 2),
        kinds,
        canFillDisks,
        calmMs: wholeNumber('calm', values.calm, 1) * 1_000,
        largestLetter: 3_000_000,
        evidence: folder,
      },
      log,
    );
    const { faults, verdict, seconds } = result;
    const { deliveries, lost, doubled, stuck, gaps, wrongState } = verdict;
    const clean = isClean(verdict);
    const file = keepLog();
    if (values.json) say(JSON.stringify({ seed, faults, deliveries, lost, doubled, stuck, gaps, wrongState, seconds }));
    else report(result);
    if (!clean) {
      process.stderr.write(
        `Log and registers are in ${path.dirname(file)}; the same schedule again: ${again(seed, count)}\n`,
      );
    }
    return clean ? 0 : 1;
  } catch (error) {
    process.stderr.write(`The machine itself failed; the log is in ${keepLog()}; again: ${again(seed, count)}\n`);
    throw error;
  }
});

function again(seed: number, count: number): string {
  const kinds = values.kinds === undefined ? '' : ` --kinds ${values.kinds}`;
  const without = values.without === '' ? '' : ` --without ${values.without}`;
  return `npm run faults -- --count ${count} --seed ${seed}${kinds}${without}`;
}
