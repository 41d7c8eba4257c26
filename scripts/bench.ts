import { cpus, loadavg, totalmem } from 'node:os';
import { describeMeasurement, type Measurement } from '#tests/perf/measure.ts';
import { ensureEnvironment } from './lib/environment.ts';
import { runScript } from './lib/run-script.ts';

const benchSuites: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
  pdf: async () => (await import('#tests/perf/pdf.ts')).measurePdf(),
  edxml: async () => (await import('#tests/perf/edxml.ts')).measureEdxml(),
  registers: async () => (await import('#tests/perf/registers.ts')).measureRegisters(),
  exchange: async () => (await import('#tests/perf/exchange.ts')).measureExchange(),
  startup: async () => (await import('#tests/perf/startup.ts')).measureStartup(),
};

/** Opens windows and takes the machine for a while, so it runs only when it is named. */
const onlyWhenNamed = ['startup'];

/**
 * `npm run bench [-- pdf edxml registers exchange startup]`: medians, each beside a floor or a peer that was measured in
 * the same run. It judges nothing: only figures of one machine and one run can be compared.
 */
await runScript(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !Object.hasOwn(benchSuites, name));
  if (unknown !== undefined) throw new Error(`no suite ${unknown}; there are ${Object.keys(benchSuites).join(', ')}`);
  await ensureEnvironment({ needs: ['staging', 'window', 'certificates', 'tests'] });
  const [cpu] = cpus();
  process.stdout.write(
    `Node ${process.version}, ${process.platform}-${process.arch}, ${cpus().length} cores (${cpu?.model ?? 'unknown'}), ` +
      `${Math.round(totalmem() / 2 ** 30)} GB, load ${loadavg()[0]?.toFixed(1) ?? ''} before\n\n`,
  );
  const started = performance.now();
  for (const [name, measure] of Object.entries(benchSuites)) {
    if (wanted.length === 0 ? onlyWhenNamed.includes(name) : !wanted.includes(name)) continue;
    for (const measurement of await measure()) process.stdout.write(`${describeMeasurement(measurement)}\n`);
  }
  process.stdout.write(`Measured in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
  return 0;
});
