/** What one piece of work took, with what it is compared to in the same run. */
export interface Measurement {
  readonly title: string;
  readonly rows: readonly MeasurementRow[];
}

export interface MeasurementRow {
  /**
   * `ours`; `floor`, the least that any program must do for it; `peer`, another program that does the same; `part`, how
   * much of the peer's time is the start of its process.
   */
  readonly kind: 'ours' | 'floor' | 'peer' | 'part';
  readonly what: string;
  /** Median of the runs, in milliseconds. */
  readonly ms: number;
}

const USUAL_RUNS = 5;

/** Median of `runs` runs in milliseconds, after one that is not counted. */
export async function medianOf(work: (run: number) => unknown, runs: number = USUAL_RUNS): Promise<number> {
  await work(-1);
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    await work(run);
    times.push(performance.now() - start);
  }
  return median(times);
}

export function median(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}

/** One line a row; every other row says how many times its own time ours is. */
export function describeMeasurement({ title, rows }: Measurement): string {
  const ours = rows.find(({ kind }) => kind === 'ours')?.ms ?? Number.NaN;
  const width = Math.max(...rows.map(({ what }) => what.length));
  const lines = rows.map(({ kind, what, ms }) => {
    const ratio = kind === 'ours' || kind === 'part' ? '' : `   ours / this = ${significant(ours / ms)}`;
    return `  ${kind.padEnd(5)}  ${what.padEnd(width)}  ${significant(ms).padStart(8)} ms${ratio}`;
  });
  return [title, ...lines, ''].join('\n');
}

/** Three significant digits: what a median of a few runs can carry. */
function significant(value: number): string {
  return value >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}
