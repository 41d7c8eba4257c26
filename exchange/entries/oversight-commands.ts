import { once } from 'node:events';
import type { OversightPeriod } from '../rules/oversight-period.ts';
import { oversightPeriod } from '../rules/oversight-period.ts';
import type { Database } from '../storage/database.ts';
import type { AgencyFigures } from '../storage/oversight-store.ts';
import { exportEvents } from '../use-cases/export-events.ts';

/** @throws Error when the days make no period */
export function requirePeriod(from: string, to: string): OversightPeriod {
  const period = oversightPeriod(from, to);
  if (period === null) throw new Error(`--from ${from} --to ${to}: two days (yyyy-mm-dd), the first before the second`);
  return period;
}

/** Figures of every agency as a table: for people, one agency a line, values set apart by tabs. */
export function figuresTable(figures: readonly AgencyFigures[]): string {
  const names = Object.keys(figures[0] ?? {}) as (keyof AgencyFigures)[];
  const lines = figures.map((agency) => names.map((name) => shown(agency[name])).join('\t'));
  return [names.join('\t'), ...lines].map((line) => `${line}\n`).join('');
}

function shown(value: string | number | null): string {
  return typeof value === 'number' ? String(Math.round(value * 10) / 10) : (value ?? '');
}

/** Writes events to standard output, no faster than they are read there. */
export async function printEvents(database: Database, period: OversightPeriod): Promise<void> {
  const { stdout } = process;
  await exportEvents(database, period, async (lines) => {
    if (!stdout.write(lines)) await once(stdout, 'drain');
  });
}
