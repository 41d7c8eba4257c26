import type { Result } from './run-attacks.ts';

interface Row {
  files: number;
  caught: number;
  green: number;
  wrong: number;
}

/** Results by class. */
export class Tally {
  readonly #attacks = new Map<string, Row>();
  readonly #allowed = new Map<string, Row>();

  add({ kind, outcome, holds }: Result): void {
    const isAllowed = kind.expects === 'green' || kind.expects === 'said';
    const rows = isAllowed ? this.#allowed : this.#attacks;
    const row = rows.get(kind.group) ?? { files: 0, caught: 0, green: 0, wrong: 0 };
    row.files += 1;
    if (outcome === 'VALID') row.green += 1;
    else row.caught += 1;
    if (!holds) row.wrong += 1;
    rows.set(kind.group, row);
  }

  /** Whether every verdict was right. */
  get holds(): boolean {
    return [...this.#attacks.values(), ...this.#allowed.values()].every(({ wrong }) => wrong === 0);
  }

  table(): string {
    return [...section('Attacks', this.#attacks, 'false'), ...section('Allowed changes', this.#allowed, 'alarms')].join(
      '\n',
    );
  }
}

function section(title: string, rows: ReadonlyMap<string, Row>, wrong: string): string[] {
  if (rows.size === 0) return [];
  const line = (name: string, { files, caught, green, wrong: count }: Row): string =>
    `${name.padEnd(48)}${[files, caught, green, count].map((number) => String(number).padStart(9)).join('')}`;
  const sum: Row = { files: 0, caught: 0, green: 0, wrong: 0 };
  for (const row of rows.values())
    for (const key of ['files', 'caught', 'green', 'wrong'] as const) sum[key] += row[key];
  const head = `${title.padEnd(48)}${['files', 'not green', 'green', wrong].map((word) => word.padStart(9)).join('')}`;
  return ['', head, ...[...rows].map(([name, row]) => line(name, row)), line('together', sum)];
}
