import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import type { AgencyFigures } from '#exchange/storage/oversight-store.ts';
import type { NoticeStanding } from '#exchange/use-cases/notice-standing.ts';
import { type EventLine, figuresFromEvents } from '#tests/support/oversight-oracle.ts';
import type { Verdict } from '#tests/support/simulation/verdict.ts';
import { repositoryRoot } from '#tests/support/test-office.ts';

/** Three days of a small province, on a busy machine. */
const TIME_LIMIT_MS = 180_000;
const folder = mkdtempSync(join(tmpdir(), 'van-thu-month-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  readonly status: number | null;
  readonly output: string;
  readonly log: string;
}

const isSome = (count: number): boolean => count > 0;

async function run(script: string, ...args: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(repositoryRoot, script), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [output, log] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await exited, output, log };
}

it(
  'a small province with everything killed tells everybody once, and its oversight is what its events say',
  async () => {
    const size = ['--agencies', '6', '--documents', '40', '--days', '3', '--seed', '5'];
    const month = await run('scripts/simulate.ts', ...size, '--data', folder);
    expect(month.status, month.log).toBe(0);
    const killed = /killed: the exchange (\d+) times, PostgreSQL (\d+) times, the gateway (\d+) times/.exec(month.log);
    expect(killed?.slice(1).map(Number)).toEqual([
      expect.toSatisfy(isSome),
      expect.toSatisfy(isSome),
      expect.toSatisfy(isSome),
    ]);
    const verdict = JSON.parse(month.output) as Verdict;
    expect(verdict).toMatchObject({
      from: '2026-11-02',
      to: '2026-11-05',
      documents: 40,
      expressUnresolved: 0,
      toldAfterOpening: 0,
      noticesLost: 0,
      noticesDoubled: 0,
      wrongOfficer: 0,
    });
    expect(verdict.expressOpened).toBeGreaterThan(0);
    expect(verdict.expressCalled).toBeGreaterThan(0);

    const period = ['--from', verdict.from, '--to', verdict.to, '--data', folder];
    const oversight = await run('exchange/entries/admin.ts', 'oversight', ...period, '--json');
    const figures = JSON.parse(oversight.output) as AgencyFigures[];
    const events = await run('exchange/entries/admin.ts', 'export-events', ...period);
    const lines = events.output.trimEnd().split('\n');
    expect(figures).toEqual(
      figuresFromEvents(
        lines.map((line) => JSON.parse(line) as EventLine),
        figures.map(({ code }) => code),
      ),
    );
    expect(figures).toHaveLength(7);
    const received = figures.reduce((sum, one) => sum + one.received, 0);
    expect(received).toBe(verdict.deliveries);
    expect(figures.reduce((sum, one) => sum + one.expressReceived, 0)).toBe(verdict.express);

    const notices = await run('exchange/entries/admin.ts', 'notices', '--json', '--data', folder);
    const { states } = JSON.parse(notices.output) as NoticeStanding;
    expect(states.delivered).toBeGreaterThan(0);
    expect(states).toMatchObject({ gathering: 0, sending: 0, sent: 0, unsure: 0 });
  },
  TIME_LIMIT_MS,
);
