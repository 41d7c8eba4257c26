import { monitorEventLoopDelay } from 'node:perf_hooks';
import { vietnamDay } from '#shared/domain/vn-date.ts';
import { residentMB, watchPeak } from '#tests/support/process-memory.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';
import type { JudgedPart, MeasurementRow } from '../measure.ts';
import { filledRegister } from './filled-register.ts';

const ROWS = 20_000;
const RUNS = 3;
const NANOSECONDS_A_MS = 1e6;

interface Printed {
  readonly ms: number;
  /** The longest time for which the process answered nobody. */
  readonly stallMs: number;
  readonly heldMB: number;
}

/** A register and a follow-up book of 20,000 rows, as PDF, in the process that answers the screens. */
export async function measurePrint(documents: number): Promise<JudgedPart> {
  const filled = await filledRegister(documents);
  const office = await openTestOffice({ dataDir: filled.dataDir });
  try {
    const year = filled.now.getUTCFullYear() - 2;
    const { total } = await office.ok('books.entries', { bookId: 'incoming', year, limit: 1 });
    const rows = Math.min(ROWS, total ?? ROWS);
    const until = await dayOfRow(office, year, rows);
    const book = await middle(() => office.ok('books.print', { bookId: 'incoming', year, from: 1, to: rows }));
    const follow = await middle(() =>
      office.ok('printing.form', { form: 'follow-up', fromDay: `${year}-01-01`, toDay: until, format: 'pdf' }),
    );
    return {
      goals: [],
      table: [
        { title: `Register of ${rows} rows as PDF, among ${documents} documents`, rows: timesOf(book) },
        { title: 'Follow-up book of as many rows as PDF', rows: timesOf(follow) },
        {
          title: 'The most that printing held beside what the process held before',
          unit: 'MB',
          rows: [
            { kind: 'ours', what: 'register', value: book.heldMB },
            { kind: 'part', what: 'follow-up book', value: follow.heldMB },
          ],
        },
      ],
    };
  } finally {
    await office.close();
    await filled.remove();
  }
}

const timesOf = ({ ms, stallMs }: Printed): readonly MeasurementRow[] => [
  { kind: 'ours', what: 'until it is stored', value: ms },
  { kind: 'part', what: 'longest stall of the event loop', value: stallMs },
];

/** The day on which the last row of that many was entered. */
async function dayOfRow(office: TestOffice, year: number, row: number): Promise<string> {
  const { entries } = await office.ok('books.entries', {
    bookId: 'incoming',
    year,
    ascending: true,
    after: { number: row - 1, suffix: '' },
    limit: 1,
  });
  const [last] = entries;
  if (last === undefined) throw new Error(`the book of ${year} has no row ${row}`);
  return vietnamDay(Date.parse(last.registeredAt));
}

/** Of the median run by time, after one that is not counted. */
async function middle(print: () => Promise<unknown>): Promise<Printed> {
  const runs: Printed[] = [];
  await print();
  for (let run = 0; run < RUNS; run += 1) {
    const before = residentMB(process.pid);
    const peak = watchPeak(process.pid);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const began = performance.now();
    await print();
    const ms = performance.now() - began;
    // A timer that was held up is only counted when it runs.
    await new Promise((resolve) => setTimeout(resolve, 5));
    delay.disable();
    runs.push({ ms, stallMs: delay.max / NANOSECONDS_A_MS, heldMB: Math.max(0, peak() - before) });
  }
  return runs.toSorted((one, other) => one.ms - other.ms)[Math.floor(RUNS / 2)] as Printed;
}
