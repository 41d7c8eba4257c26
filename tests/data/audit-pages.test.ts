import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrailQuery, TrailReads } from '#core/audit/trail-store.ts';
import { auditAppender, entryApart } from '#data/audit/append-audit.ts';
import { hashOf } from '#data/audit/audit-chain.ts';
import { openDatabase, type OpenDatabase } from '#data/connection/open-database.ts';
import { registersOn } from '#data/open-registers.ts';
import { auditQueries } from '#data/queries/audit.ts';
import { noLog } from '#entries/machine-ports.ts';
import { actsOf } from '#shared/contract/audit-acts.ts';
import { actKinds } from '#shared/domain/act-kind.ts';
import type { Actor } from '#shared/domain/history.ts';
import { incomingRecord } from '#tests/support/office-records.ts';

let folder: string;
let database: OpenDatabase;
let reads: TrailReads;
/** What the store has asked SQLite. */
const asked = new Set<string>();
const documents = ['12/SNV-TH', '13/SNV'].map((codeText) => {
  const record = incomingRecord();
  return { ...record, fields: { ...record.fields, codeText } };
});
const people: readonly Actor[] = ['p1', 'p2'].map((id) => ({ kind: 'person', id, name: `Người ${id}` }));
const instant = (minute: number): string =>
  new Date(Date.parse('2026-11-27T15:00:00Z') + minute * 60_000).toISOString();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vanthu-trail-'));
  database = openDatabase(folder, noLog);
  const { registers } = registersOn(database, noLog);
  registers.tx('test', (stores) => {
    for (const document of documents) stores.incoming.insert(document, []);
    for (let count = 0; count < 300; count += 1) {
      // Some at the same instant, some written after what happened later.
      const at = instant((count * 7) % 90);
      const actor = count % 3 === 0 ? null : (people[count % 2] ?? null);
      const [id] = documents.map((document) => document.id).slice(count % 2);
      if (count % 5 === 0 && actor !== null && id !== undefined) {
        stores.history.add(id, { at, actor, action: 'opened', params: {} });
      } else if (count % 11 === 0 && id !== undefined) {
        stores.audit.add({ at, actor, action: 'access.limit', params: { id, readers: '[]' } });
      } else {
        const action = count % 2 === 0 ? 'people.savePerson' : 'books.create';
        stores.audit.add({ at, actor, action, params: { name: `tên ${count}` } });
      }
    }
  });
  const watched = new Proxy(database.sqlite, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (name === 'prepare') asked.add(String(args[0]));
        return (value as (...given: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  reads = auditQueries(watched, auditAppender(database.sqlite));
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const all: TrailQuery = {
  actorId: null,
  actions: null,
  from: null,
  before: null,
  documents: null,
  upTo: null,
  newestFirst: true,
  after: null,
  limit: 1_000,
};

/** All of a query, in pages of so many rows. */
function paged(query: TrailQuery, limit: number): number[] {
  const seqs: number[] = [];
  let { after } = query;
  for (;;) {
    const page = reads.page({ ...query, after, limit });
    seqs.push(...page.map(({ row }) => row.seq));
    const last = page.at(-1);
    if (last === undefined || page.length < limit) return seqs;
    after = { at: last.row.at, seq: last.row.seq };
  }
}

const filters = fc.record({
  actorId: fc.constantFrom(null, '', 'p1', 'p2', 'nobody'),
  actions: fc.constantFrom(null, ...actKinds.map(actsOf)),
  from: fc.option(fc.integer({ min: -5, max: 95 }).map(instant)),
  before: fc.option(fc.integer({ min: -5, max: 95 }).map(instant)),
  documents: fc.constantFrom(
    null,
    [],
    ...documents.map(({ id }) => [id]),
    documents.map(({ id }) => id),
  ),
  upTo: fc.option(fc.integer({ min: 1, max: 310 })),
  newestFirst: fc.boolean(),
});

describe('pages of the trail', () => {
  it('are what a filter lets through, in the order of time, whatever the length of a page', () => {
    const everything = reads.page(all);
    expect(everything.length).toBeGreaterThan(300);
    fc.assert(
      fc.property(filters, fc.integer({ min: 1, max: 40 }), (filter, limit) => {
        const { actorId, actions, from, before, documents: about, upTo, newestFirst } = filter;
        const expected = everything
          .filter(({ row }) => actorId === null || row.actorId === actorId)
          .filter(({ row }) => actions === null || actions.some((each) => each === row.action))
          .filter(({ row }) => (from === null || row.at >= from) && (before === null || row.at < before))
          .filter(({ document }) => about === null || (document !== null && about.includes(document.id)))
          .filter(({ row }) => upTo === null || row.seq <= upTo)
          .map(({ row }) => row.seq);
        if (!newestFirst) expected.reverse();
        expect(paged({ ...all, ...filter }, limit)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('are found by an index, never by reading all rows', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        reads.page({ ...all, ...filter, limit: 5 });
      }),
      { numRuns: 200 },
    );
    const plans = [...asked].map((sql) => {
      // EXPLAIN needs no values.
      const rows = database.sqlite.prepare(`EXPLAIN QUERY PLAN ${sql}`);
      const names = [...sql.matchAll(/@(\w+)/gu)].map(([, name]) => name ?? '');
      const count = (sql.match(/\?/gu) ?? []).length;
      const values = Object.fromEntries(names.map((name) => [name, '']));
      const plan = names.length > 0 ? rows.all(values) : rows.all(...Array.from({ length: count }, () => ''));
      return (plan as { detail: string }[]).map(({ detail }) => detail);
    });
    const reading = plans
      .flat()
      .filter((detail) => /\b(audit|a|document|d)\b/u.test(detail) && /^(SCAN|SEARCH)/u.test(detail));
    expect(reading.length).toBeGreaterThan(20);
    // By the order of time alone the whole index is walked, until the page is full.
    expect(
      reading.filter((detail) => detail.startsWith('SCAN') && detail !== 'SCAN audit USING COVERING INDEX audit_at'),
    ).toEqual([]);
    // One action's rows are sorted by their index; only what several of them give is put in order.
    const sorted = plans.filter((plan) => plan.some((detail) => /TEMP B-TREE/u.test(detail)));
    expect(
      sorted.every((plan) =>
        plan.some((detail) => detail.includes('UNION ALL') || /json_each|CO-ROUTINE|audit_subject/u.test(detail)),
      ),
    ).toBe(true);
  });

  it('carry the place of each row in the chain, so that it can be verified by itself', () => {
    for (const { row, previous, hash } of reads.page(all)) expect(hashOf(previous, row)).toBe(hash);
  });

  it('find documents by their number, however it is written', () => {
    expect(reads.documentsCalled(' 12 /snv-th')).toEqual([documents[0]?.id]);
    expect(reads.documentsCalled('99/X')).toEqual([]);
  });
});

describe('how a person had signed in', () => {
  it('is her last sign-in before, while the office wanted one', () => {
    const { append } = auditAppender(database.sqlite);
    const actor: Actor = { kind: 'person', id: 'p9', name: 'Lê Thị Bình' };
    let minute = 1_000;
    const add = (...[action, params]: [Parameters<typeof entryApart>[2], Record<string, string>?]): number => {
      append(entryApart(actor, instant((minute += 1)), action, params ?? {}));
      return reads.head()?.seq ?? 0;
    };
    database.sqlite.exec('BEGIN');
    const before = add('books.create');
    add('people.saveSignIn', { required: 'true' });
    const nobodyKnows = add('books.create');
    const entering = add('session.signIn', { personId: 'p9' });
    const byPin = add('books.create');
    add('session.signInByAccount', { personId: 'p9', account: 'CQ\\binh' });
    const byAccount = add('books.create');
    add('people.saveSignIn', { required: 'false' });
    const nobodyAsks = add('books.create');
    const how = new Map(reads.page({ ...all, actorId: 'p9' }).map(({ row, signedIn }) => [row.seq, signedIn]));
    database.sqlite.exec('ROLLBACK');
    expect([before, nobodyKnows, nobodyAsks].map((seq) => how.get(seq))).toEqual([null, null, null]);
    expect([entering, byPin].map((seq) => how.get(seq)?.by)).toEqual(['pin', 'pin']);
    expect(how.get(byAccount)).toEqual({ by: 'account', account: 'CQ\\binh' });
  });
});
