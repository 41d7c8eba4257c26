import { rm } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import type { Registers } from '#core/ports/stores.ts';
import { incomingBoxes } from '#shared/domain/incoming-state.ts';
import { listSorts, type ListFilter, type ListPosition, type ListSort } from '#shared/domain/list-request.ts';
import { outgoingBoxes } from '#shared/domain/outgoing-state.ts';
import { openTestOffice, type TestOffice } from '#tests/support/test-office.ts';
import { residentMB } from '#tests/support/process-memory.ts';
import { judgedBy, median, percentile, type JudgedPart } from '../measure.ts';
import { filledRegister, type FilledRegister } from './filled-register.ts';

const PAGE = 100;
const DAY_MS = 24 * 3_600_000;
const BOARD_LINES = 8;
const REGISTERED = 200;
const COUNTED = 50;
const LIST_LIMIT_MS = 20;
const REGISTER_LIMIT = 5;

/** Lists, counts and registering in a register of years. */
export async function measureLists(documents: number): Promise<JudgedPart> {
  const filled = await filledRegister(documents);
  const { dataDir } = filled;
  try {
    const pages = queries(filled);
    const { took, floor } = await registering(dataDir, filled.waitingIds.slice(0, REGISTERED));
    const slowest = pages.took.toSorted((one, other) => other.ms - one.ms).slice(0, 3);
    const times = pages.took.map(({ ms }) => ms);
    const p95 = percentile(times, 95);
    const ratio = percentile(took, 95) / percentile(floor, 95);
    return {
      goals: [
        judgedBy('list: first 100 rows of any box and book, any sort, any filter, p95 ms', p95, 'lower', LIST_LIMIT_MS),
        judgedBy('list: counts of all boxes, ms', median(pages.counts), 'lower', LIST_LIMIT_MS),
        judgedBy('registration: p95 beside a bare transaction with the same bytes', ratio, 'lower', REGISTER_LIMIT),
      ],
      table: [
        {
          title: `First ${PAGE} rows of a box or book among ${documents} documents (${times.length} ways to ask)`,
          rows: [
            { kind: 'ours', what: '95th percentile', value: p95 },
            { kind: 'part', what: 'median', value: median(times) },
            ...slowest.map(({ what, ms }) => ({ kind: 'part' as const, what, value: ms })),
            { kind: 'part', what: 'counts of all boxes, median', value: median(pages.counts) },
            { kind: 'part', what: 'a page 20 pages down, median', value: median(pages.deep) },
            { kind: 'part', what: 'the board with its two weeks, median', value: median(pages.board) },
          ],
        },
        {
          title: `Registration among ${documents} documents: number, document, index, history, outbox, on the disk`,
          rows: [
            { kind: 'ours', what: '95th percentile', value: percentile(took, 95) },
            {
              kind: 'floor',
              what: 'bare transaction with the same bytes, 95th percentile',
              value: percentile(floor, 95),
            },
            { kind: 'part', what: 'median', value: median(took) },
            { kind: 'part', what: 'bare transaction, median', value: median(floor) },
          ],
        },
        {
          title: 'Memory of the process that holds the register after all of this',
          unit: 'MB',
          rows: [{ kind: 'ours', what: 'resident', value: residentMB(process.pid) }],
        },
      ],
    };
  } finally {
    await filled.remove();
  }
}

interface Asked {
  readonly what: string;
  readonly ms: number;
}

/** Every box under every order and filter, and every book, each once warm and once measured. */
function queries({ dataDir, agencies, signers, now }: FilledRegister): {
  readonly took: readonly Asked[];
  readonly counts: readonly number[];
  readonly deep: readonly number[];
  readonly board: readonly number[];
} {
  const opened = openRegisters(dataDir, noLog);
  const { incoming, outgoing, books } = opened.registers;
  const day = (before: number): string => new Date(now.getTime() - before * DAY_MS).toISOString().slice(0, 10);
  const shared: readonly ListFilter[] = [
    {},
    { documentType: 'Công văn' },
    { documentType: 'Giấy mời' },
    { urgency: 'normal' },
    { urgency: 'express' },
    { urgency: 'very-urgent' },
    { signer: signers[0] },
    { signer: signers.at(-1) },
    { from: day(30), to: day(0) },
    { from: day(1500), to: day(400) },
    { documentType: 'Công văn', from: day(700) },
    { documentType: 'Công văn', urgency: 'urgent', signer: signers[1] },
  ];
  const agencyFilters = (values: readonly (string | undefined)[]): readonly ListFilter[] =>
    values.flatMap((agency) => [{ agency }, { agency, documentType: 'Công văn' }]);
  const sorts: readonly (ListSort | undefined)[] = [
    undefined,
    ...listSorts.flatMap((by) => [true, false].map((descending) => ({ by, descending }))),
  ];
  const took: Asked[] = [];
  const deep: number[] = [];
  const measure = (what: string, ask: () => unknown): void => {
    ask();
    const began = performance.now();
    ask();
    took.push({ what, ms: performance.now() - began });
  };
  const direction = <Box extends string>(
    boxes: readonly Box[],
    filters: readonly ListFilter[],
    list: (request: { box: Box; filter: ListFilter; sort: ListSort | undefined; after?: ListPosition }) => {
      readonly next: ListPosition | null;
    },
  ): void => {
    for (const box of boxes) {
      for (const sort of sorts) {
        for (const filter of filters) {
          const words = [box, sort && `${sort.by}${sort.descending ? ' down' : ''}`, JSON.stringify(filter)];
          measure(words.filter(Boolean).join(' '), () => list({ box, filter, sort }));
        }
        let after: ListPosition | null | undefined;
        for (let page = 0; page < 20 && after !== null; page += 1) {
          const began = performance.now();
          after = list({ box, filter: {}, sort, ...(after === undefined ? {} : { after }) }).next;
          if (page === 19) deep.push(performance.now() - began);
        }
      }
    }
  };
  try {
    direction(incomingBoxes, [...shared, ...agencyFilters([agencies[0], agencies.at(-1)])], (request) =>
      incoming.list({ ...request, limit: PAGE, now }),
    );
    direction(outgoingBoxes, [...shared, ...agencyFilters(['H15.20', 'H15.399'])], (request) =>
      outgoing.list({ ...request, limit: PAGE, now }),
    );
    for (const { id, year } of books.years()) {
      for (const ascending of [true, false]) {
        for (const filter of [...shared, ...agencyFilters([agencies[0], 'H15.20'])]) {
          const asked = { bookId: id, year, ascending, limit: PAGE, filter };
          measure(`book ${id} ${year} ${JSON.stringify(filter)}`, () => books.entries(asked));
        }
      }
    }
    return { took, deep, counts: countsOf(opened.registers, now), board: boardOf(opened.registers, now) };
  } finally {
    opened.close();
  }
}

function countsOf({ incoming, outgoing }: Registers, now: Date): readonly number[] {
  return Array.from({ length: COUNTED }, () => {
    const began = performance.now();
    incoming.counts(now);
    outgoing.counts(now);
    return performance.now() - began;
  });
}

/** All that the leader's board shows. */
function boardOf({ board }: Registers, now: Date): readonly number[] {
  const at = now.toISOString();
  const later = (days: number): string => new Date(now.getTime() + days * DAY_MS).toISOString();
  return Array.from({ length: COUNTED }, () => {
    const began = performance.now();
    board.dueToday(at, later(1));
    board.waitingForPaper();
    board.holders(at, later(1));
    board.express(BOARD_LINES);
    board.overdue(at, BOARD_LINES);
    board.opinions(BOARD_LINES);
    board.week(later(-7), at);
    board.week(later(-14), later(-7));
    return performance.now() - began;
  });
}

/** The clerk's command as the screen sends it, and between two of them a bare transaction of as many bytes. */
async function registering(dataDir: string, ids: readonly string[]): Promise<{ took: number[]; floor: number[] }> {
  const office = await openTestOffice({ dataDir });
  const bytes = await bytesOfRegistration(office, ids.slice(0, 20));
  const bare = openBare(path.join(dataDir, 'bare.db'));
  const took: number[] = [];
  const floor: number[] = [];
  try {
    for (const id of ids.slice(20)) {
      const { fields, revision } = await office.ok('incoming.get', { id });
      const began = performance.now();
      await office.ok('incoming.register', { id, revision, fields, acceptDuplicate: true });
      took.push(performance.now() - began);
      floor.push(bare.write(bytes));
    }
    return { took, floor };
  } finally {
    bare.close();
    await office.close();
    await rm(path.join(dataDir, 'bare.db'), { force: true });
  }
}

/** About what a status message (03) takes. */
const STATUS_BYTES = 2_000;

/** Registers some, not measured; how much one of them writes: the document with its history, and the status for its sender. */
async function bytesOfRegistration(office: TestOffice, ids: readonly string[]): Promise<number> {
  const sizes: number[] = [];
  for (const id of ids) {
    const { fields, revision } = await office.ok('incoming.get', { id });
    await office.ok('incoming.register', { id, revision, fields, acceptDuplicate: true });
    sizes.push(Buffer.byteLength(JSON.stringify(await office.ok('incoming.get', { id }))));
  }
  return Math.round(median(sizes)) + STATUS_BYTES;
}

/** One table, one row a transaction, as durable as the register. */
function openBare(file: string) {
  const sqlite = new Database(file);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
  const insert = sqlite.prepare('INSERT INTO row (body) VALUES (?)');
  return {
    /** Milliseconds of one transaction. */
    write(bytes: number): number {
      const body = Buffer.alloc(bytes, 1);
      const began = performance.now();
      insert.run(body);
      return performance.now() - began;
    },
    close: () => sqlite.close(),
  };
}
