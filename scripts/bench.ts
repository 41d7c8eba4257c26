import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { describeMeasurement, type Goal, type Measurement, ratioOf } from '#tests/perf/measure.ts';
import type { RegistryPart } from '#tests/perf/registry/registry.ts';
import { ensureEnvironment } from './lib/environment.ts';
import { runScript } from './lib/run-script.ts';

type Suite = () => AsyncIterable<Measurement> | Promise<readonly Measurement[]>;

const benchSuites: Readonly<Record<string, Suite>> = {
  pdf: async () => (await import('#tests/perf/pdf.ts')).measurePdf(),
  edxml: async () => (await import('#tests/perf/edxml.ts')).measureEdxml(),
  registers: async () => (await import('#tests/perf/registers.ts')).measureRegisters(),
  async *exchange() {
    yield* (await import('#tests/perf/exchange/suite.ts')).measureExchange();
  },
  oversight: async () => (await import('#tests/perf/oversight.ts')).measureOversight(),
  async *notices() {
    yield* (await import('#tests/perf/notices.ts')).measureNotices();
  },
  startup: async () => (await import('#tests/perf/startup.ts')).measureStartup(),
};

const USUAL_DOCUMENTS = '1000000';

/** Opens windows and takes the machine for a while, so it runs only when it is named. */
const onlyWhenNamed = ['startup'];

/**
 * `npm run bench [-- pdf edxml registers exchange oversight notices startup] [--json]`: medians, each beside a floor or a peer that was
 * measured in the same run; with `--json` one line of JSON and nothing else. It judges nothing: only figures of one
 * machine and one run can be compared. `registry [--documents N] [--part lists]...` runs
 * alone, has goals, and ends with status 1 when one of them is missed.
 */
await runScript(async () => {
  const { values, positionals: wanted } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      documents: { type: 'string', default: USUAL_DOCUMENTS },
      part: { type: 'string', multiple: true, default: [] },
    },
  });
  if (wanted.length === 1 && wanted[0] === 'registry') {
    const { measureRegistry, registryParts } = await import('#tests/perf/registry/registry.ts');
    const known = Object.keys(registryParts) as RegistryPart[];
    const strange = values.part.find((part) => !known.some((name) => name === part));
    if (strange !== undefined) throw new Error(`registry has no part ${strange}; there are ${known.join(', ')}`);
    await ensureEnvironment({ needs: ['staging', 'window', 'tests'] });
    const parts = known.filter((name) => values.part.length === 0 || values.part.includes(name));
    // With `--json` a line `{bench, goals, table}` of its own.
    return judge('registry', await measureRegistry(Number(values.documents), parts), values.json);
  }
  const unknown = wanted.find((name) => !Object.hasOwn(benchSuites, name));
  if (unknown !== undefined) throw new Error(`no suite ${unknown}; there are ${Object.keys(benchSuites).join(', ')}`);
  await ensureEnvironment({ needs: ['staging', 'window', 'certificates', 'tests'] });
  const say = (text: string): void => void (values.json || process.stdout.write(`${text}\n`));
  const [cpu] = cpus();
  const machine = {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cores: cpus().length,
    cpu: cpu?.model ?? 'unknown',
    memoryGB: Math.round(totalmem() / 2 ** 30),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
  say(
    `Node ${machine.node}, ${machine.platform}, ${machine.cores} cores (${machine.cpu}), ` +
      `${machine.memoryGB} GB, load ${machine.loadBefore} before\n`,
  );
  const started = performance.now();
  const measurements: object[] = [];
  for (const [suite, measure] of Object.entries(benchSuites)) {
    if (wanted.length === 0 ? onlyWhenNamed.includes(suite) : !wanted.includes(suite)) continue;
    for await (const measurement of await measure()) {
      say(describeMeasurement(measurement));
      const { title, unit = 'ms', goal = null } = measurement;
      const rows = measurement.rows.map((row) => ({ ...row, ratio: ratioOf(measurement, row) }));
      measurements.push({ suite, title, unit, goal, rows });
    }
  }
  const seconds = Math.round((performance.now() - started) / 1000);
  say(`Measured in ${seconds} s`);
  if (values.json) process.stdout.write(`${JSON.stringify({ machine, measurements, seconds })}\n`);
  return 0;
});

/** One line of JSON, or the table and then its goals; 1 when one of them is missed. */
function judge(
  bench: string,
  { goals, table }: { readonly goals: readonly Goal[]; readonly table: readonly Measurement[] },
  json: boolean,
): number {
  if (json) process.stdout.write(`${JSON.stringify({ bench, goals, table })}\n`);
  else {
    for (const measurement of table) process.stdout.write(`${describeMeasurement(measurement)}\n`);
    for (const { name, value, limit, better, holds } of goals)
      process.stdout.write(
        `${holds ? 'holds ' : 'MISSED'}  ${name}: ${value} (${better === 'lower' ? 'at most' : 'at least'} ${limit})\n`,
      );
  }
  return goals.every(({ holds }) => holds) ? 0 : 1;
}
