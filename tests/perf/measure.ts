/** What one piece of work took, or one thing held, with what it is compared to in the same run. */
export interface Measurement {
  readonly title: string;
  /** Of every row; milliseconds when none is given. */
  readonly unit?: 'ms' | '/s' | 'MB' | 'MB/s';
  /** What it is meant to reach, in words; it is printed and judged by nobody. */
  readonly goal?: string;
  readonly rows: readonly MeasurementRow[];
}

export interface MeasurementRow {
  /**
   * `ours`; `floor`, the least that any program must do for it; `peer`, another program that does the same; `part`,
   * what is only told beside the first row, as how much of the peer's time is the start of its process.
   */
  readonly kind: 'ours' | 'floor' | 'peer' | 'part';
  readonly what: string;
  /** Median of the runs, unless `what` says otherwise. */
  readonly value: number;
}

/** What a figure has to reach, judged: one line of a bench that has goals. */
export interface Goal {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  /** Which side of the limit is the good one. */
  readonly better: 'lower' | 'higher';
  readonly holds: boolean;
}

export function judgedBy(name: string, value: number, better: Goal['better'], limit: number): Goal {
  return { name, value, limit, better, holds: better === 'lower' ? value <= limit : value >= limit };
}

/** A part of a bench with goals: what it measured, and what it is judged by. */
export interface JudgedPart {
  readonly goals: readonly Goal[];
  readonly table: readonly Measurement[];
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

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
}

/** By nearest rank: the smallest value that `percent` % of all do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** How many times a compared row's value ours is; null for a row that is compared to nothing. */
export function ratioOf({ rows }: Measurement, row: MeasurementRow): number | null {
  const ours = rows.find(({ kind }) => kind === 'ours')?.value ?? Number.NaN;
  return row.kind === 'floor' || row.kind === 'peer' ? ours / row.value : null;
}

/** One line a row; every compared row says how many times its own value ours is. */
export function describeMeasurement(measurement: Measurement): string {
  const { title, unit = 'ms', goal, rows } = measurement;
  const width = Math.max(...rows.map(({ what }) => what.length));
  const lines = rows.map((row) => {
    const ratio = ratioOf(measurement, row);
    const compared = ratio === null ? '' : `   ours / this = ${significant(ratio)}`;
    return `  ${row.kind.padEnd(5)}  ${row.what.padEnd(width)}  ${significant(row.value).padStart(8)} ${unit}${compared}`;
  });
  return [title, ...lines, ...(goal === undefined ? [] : [`  goal   ${goal}`]), ''].join('\n');
}

/** Three significant digits: what a median of a few runs can carry. */
function significant(value: number): string {
  return value >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}
