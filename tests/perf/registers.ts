import { randomUUID } from 'node:crypto';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openRegisters } from '#data/open-registers.ts';
import { noLog } from '#entries/machine-ports.ts';
import { openTestOffice } from '#tests/support/test-office.ts';
import { fillRegisters } from './fill-registers.ts';
import { median, medianOf, type Measurement } from './measure.ts';

const DOCUMENTS = 100_000;
const REGISTERED = 1_000;
const BATCHES = 5;
const PAGE = 100;

/** Lists, search and registering over five years of a busy office. */
export async function measureRegisters(): Promise<readonly Measurement[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vanthu-bench-'));
  try {
    const waiting = fillRegisters(dataDir, {
      documents: DOCUMENTS,
      waiting: REGISTERED + PAGE,
      agency: { code: 'H15.01', name: 'Văn phòng Ủy ban nhân dân tỉnh Đắk Lắk' },
    });
    return [...(await queries(dataDir)), await registering(dataDir, waiting.slice(0, REGISTERED))];
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function queries(dataDir: string): Promise<readonly Measurement[]> {
  const opened = openRegisters(dataDir, noLog);
  const sqlite = new Database(path.join(dataDir, 'vanthu.db'), { readonly: true });
  const { incoming, search } = opened.registers;
  const list = (text?: string) => incoming.list({ box: 'done', text, limit: PAGE, now: new Date() });
  const scan = sqlite.prepare(
    `SELECT id, code_text, agency_name, abstract FROM document
     WHERE abstract LIKE ? OR agency_name LIKE ? OR code_text LIKE ? ORDER BY arrived_at DESC LIMIT ${PAGE}`,
  );
  const like = (text: string) => scan.all(`%${text}%`, `%${text}%`, `%${text}%`);
  const unindexed = sqlite.prepare(
    `SELECT * FROM document NOT INDEXED WHERE state = 'arrived' ORDER BY arrived_at DESC LIMIT ${PAGE}`,
  );
  const waiting = () => incoming.list({ box: 'to-register', limit: PAGE, now: new Date() });
  try {
    return [
      {
        title: `First page (${PAGE} rows and their count) of "Chờ vào sổ", ${DOCUMENTS} documents`,
        rows: [
          { kind: 'ours', what: 'incoming.list', value: await medianOf(waiting) },
          { kind: 'peer', what: 'the same rows by a table scan', value: await medianOf(() => unindexed.all()) },
        ],
      },
      {
        title: `First page (${PAGE} rows and their count) of "Đã xong", ${DOCUMENTS} documents`,
        rows: [
          { kind: 'ours', what: 'incoming.list', value: await medianOf(() => list()) },
          { kind: 'peer', what: 'one LIKE scan', value: await medianOf(() => like('chuyển đổi số')) },
        ],
      },
      {
        title: 'Search for one document ("lan 54321", no accents typed)',
        rows: [
          {
            kind: 'ours',
            what: 'full-text index',
            value: await medianOf(() => search.find('lan 54321', 20, new Set())),
          },
          {
            kind: 'peer',
            what: 'LIKE scan (finds accents only as typed)',
            value: await medianOf(() => like('lần 54321')),
          },
        ],
      },
      {
        title: 'Search for part of a number ("4321/UB")',
        rows: [
          { kind: 'ours', what: 'trigram index', value: await medianOf(() => search.find('4321/UB', 20, new Set())) },
          { kind: 'peer', what: 'LIKE scan', value: await medianOf(() => like('4321/UB')) },
        ],
      },
      {
        title: 'Search for words that a ninth of the documents have ("chuyen doi so")',
        rows: [
          {
            kind: 'ours',
            what: 'full-text index',
            value: await medianOf(() => search.find('chuyen doi so', 20, new Set())),
          },
          { kind: 'peer', what: 'LIKE scan', value: await medianOf(() => like('chuyển đổi số')) },
        ],
      },
    ];
  } finally {
    sqlite.close();
    opened.close();
  }
}

async function registering(dataDir: string, ids: readonly string[]): Promise<Measurement> {
  const office = await openTestOffice({ dataDir });
  const perDocument: number[] = [];
  try {
    const batch = ids.length / BATCHES;
    for (let from = 0; from < ids.length; from += batch) {
      const start = performance.now();
      for (const id of ids.slice(from, from + batch)) {
        const { fields, revision } = await office.ok('incoming.get', { id });
        await office.ok('incoming.register', { id, revision, fields, acceptDuplicate: false });
      }
      perDocument.push((performance.now() - start) / batch);
    }
  } finally {
    await office.close();
  }
  return {
    title: `Register ${ids.length} documents one after the other, per document`,
    rows: [
      { kind: 'ours', what: 'read it, number, status file, one transaction', value: median(perDocument) },
      { kind: 'floor', what: 'one row in SQLite (FULL) and one durable file', value: await durableFloor() },
    ],
  };
}

/** What the disk alone asks for: a status file that is on the disk, and a commit that is. */
async function durableFloor(): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vanthu-bench-'));
  const sqlite = new Database(path.join(folder, 'floor.db'));
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.exec('CREATE TABLE row (id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = sqlite.prepare('INSERT INTO row VALUES (?, ?)');
  const once = async (): Promise<void> => {
    const name = randomUUID();
    const file = await open(path.join(folder, `${name}.temp`), 'wx');
    await file.write('x'.repeat(2_000));
    await file.sync();
    await file.close();
    await rename(path.join(folder, `${name}.temp`), path.join(folder, name));
    const parent = await open(folder, 'r');
    await parent.sync();
    await parent.close();
    insert.run(name, 'x'.repeat(500));
  };
  try {
    return await medianOf(once, 200);
  } finally {
    sqlite.close();
    await rm(folder, { recursive: true, force: true });
  }
}
