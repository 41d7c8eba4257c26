import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { keepFile, kinds, runAttacks } from './attacks/run-attacks.ts';
import { runMutations } from './attacks/run-mutations.ts';
import type { Mutations } from './attacks/run-mutations.ts';
import { Tally } from './attacks/tally.ts';
import { installedViewers } from './attacks/viewers.ts';
import { runScript } from './lib/run-script.ts';

const usage = `npm run --silent rehearse:attacks -- [options]
  --count N     files, all kinds of attack and of allowed change in turn (5000)
  --seed S      what is made follows from it (1)
  --only INDEX  one file of the run
  --mutations N instead: N signed files with something changed at random; what is still green or yellow is drawn by the
                viewers of this machine (pdftoppm, mutool, gs), and what is green must look as it was signed
  --kind TEXT   only kinds whose name contains this
  --folder DIR  where files of a wrong verdict are left (a folder of the system's temporary one)
  --list        the kinds`;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    kind: { type: 'string' },
    mutations: { type: 'string' },
    folder: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function mutations(run: Omit<Mutations, 'viewers'>, folder: string): Promise<number> {
  const viewers = installedViewers();
  if (viewers.length === 0) throw new Error('no viewer is installed: pdftoppm, mutool or gs');
  const outcomes = new Map<string, number>();
  const add = (name: string): void => void outcomes.set(name, (outcomes.get(name) ?? 0) + 1);
  let wrong = 0;
  for await (const mutant of runMutations({ ...run, viewers })) {
    const { outcome, differs, isDrawn, index, way, bytes, codes } = mutant;
    add(outcome);
    if (isDrawn) add(`${outcome}, drawn ${differs.length > 0 ? 'otherwise' : 'the same'}`);
    if (outcome !== 'VALID' || differs.length === 0) continue;
    wrong += 1;
    const file = keepFile(folder, `mutant-${index}`, bytes);
    say(
      `VALID, but ${differs.join(', ')} draws it otherwise: ${way} (--seed ${run.seed} --mutations ${run.count} --only ${index})\n  ${codes}\n  ${file}`,
    );
  }
  say(`\nMutants of signed files, drawn by ${viewers.join(', ')}`);
  for (const [name, count] of [...outcomes].toSorted(([a], [b]) => a.localeCompare(b)))
    say(`${name.padEnd(40)}${String(count).padStart(8)}`);
  return wrong === 0 ? 0 : 1;
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Error(`--${name} takes a whole number from ${least} on`);
  return number;
}

/** `npm run rehearse:attacks`: forged and genuine signed files, and whether the verifier tells one from the other. */
await runScript(async () => {
  if (values.help) {
    say(usage);
    return 0;
  }
  if (values.list) {
    for (const { group, name, expects } of kinds) say(`${expects.padEnd(8)} ${group}: ${name}`);
    return 0;
  }
  const seed = wholeNumber('seed', values.seed, 0);
  const count = wholeNumber('count', values.count, 1);
  const only = values.only === undefined ? undefined : wholeNumber('only', values.only, 0);
  const folder = values.folder ?? path.join(tmpdir(), 'van-thu-attacks', String(seed));
  if (values.mutations !== undefined) {
    return await mutations({ seed, count: wholeNumber('mutations', values.mutations, 1), only }, folder);
  }
  const tally = new Tally();
  for await (const result of runAttacks({ seed, count, only, kind: values.kind })) {
    tally.add(result);
    if (result.holds) continue;
    const { kind, index, outcome, codes } = result;
    const file = keepFile(folder, `${index}-${kind.group}-${kind.name}`, result.bytes);
    say(
      `${outcome} instead of ${kind.expects}: ${kind.group}: ${kind.name} (--seed ${seed} --only ${index})\n  ${codes}\n  ${file}`,
    );
  }
  say(tally.table());
  return tally.holds ? 0 : 1;
});
