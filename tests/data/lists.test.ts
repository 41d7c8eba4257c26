import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sqlite } from '#data/connection/sqlite.ts';
import { registersOn } from '#data/open-registers.ts';
import { incomingBoxes } from '#shared/domain/incoming-state.ts';
import { outgoingBoxes } from '#shared/domain/outgoing-state.ts';
import type { Urgency } from '#shared/domain/urgency.ts';
import { noLog } from '#entries/machine-ports.ts';
import type { OutgoingRecord } from '#core/outgoing/outgoing-store.ts';
import { incomingRecord, outgoingRecord } from '#tests/support/office-records.ts';
import { plainFields } from '#tests/support/office-letters.ts';
import { openTestRegisters, type OpenTestRegisters } from '#tests/support/office-registers.ts';

let open: OpenTestRegisters;
const now = new Date('2026-11-24T02:00:00Z');
beforeEach(() => {
  open = openTestRegisters();
});
afterEach(() => open.close());

describe('lists', () => {
  it('put express first, then the latest, page by page without gap or repetition', () => {
    const records = Array.from({ length: 45 }, (_, at) =>
      outgoingRecord({
        fields: { ...plainFields, urgency: at % 10 === 0 ? 'express' : at % 10 === 1 ? 'express-timed' : 'normal' },
        // Some share their instant, so that only the id orders them.
        changedAt: new Date(Date.UTC(2026, 0, 1 + Math.floor(at / 3))).toISOString(),
      }),
    );
    open.insert(...records);
    const ids: string[] = [];
    for (let offset = 0; offset < 60; offset += 7) {
      const page = open.registers.outgoing.list({ box: 'drafts', text: undefined, offset, limit: 7, now });
      expect(page.total).toBe(45);
      ids.push(...page.rows.map(({ id }) => id));
    }
    const byId = new Map(records.map((one) => [one.id, one]));
    const rank = (one: OutgoingRecord) => (one.fields.urgency.startsWith('express') ? 1 : 0);
    const expected = records.toSorted(
      (a, b) => rank(b) - rank(a) || b.changedAt.localeCompare(a.changedAt) || a.id.localeCompare(b.id),
    );
    expect(ids.map((id) => byId.get(id)?.id)).toEqual(expected.map(({ id }) => id));
  });

  it('count what they show, box by box', () => {
    const due = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString();
    const base = incomingRecord();
    const withFields = (fields: object, change: object = {}) =>
      incomingRecord({ fields: { ...base.fields, ...fields }, ...change });
    const all = [
      withFields({}),
      withFields({ urgency: 'express' }),
      withFields({ dueAt: due(5) }),
      withFields({ dueAt: due(-5) }, { state: 'registered' }),
      withFields({ dueAt: due(200) }, { state: 'registered' }),
      withFields({ dueAt: due(-5) }, { state: 'done' }),
      withFields({}, { state: 'returned' }),
    ];
    open.tx((stores) => all.forEach((one) => stores.incoming.insert(one, [])));
    const counts = open.registers.incoming.counts(now);
    expect(counts).toEqual({ 'to-register': 3, express: 1, 'in-progress': 2, due: 1, overdue: 1, done: 2 });
    for (const box of incomingBoxes) {
      expect(open.registers.incoming.list({ box, text: undefined, offset: 0, limit: 50, now }).total).toBe(counts[box]);
    }
    const sent = (urgency: Urgency, hoursAgo: number, state: 'delivered' | 'arrived' = 'delivered') => {
      const record = outgoingRecord({ state: 'sent', fields: { ...plainFields, urgency } });
      const targets = ['A', 'B'].map((agencyCode) => ({ agencyCode, agencyName: agencyCode }));
      open.tx(({ outgoing }) => {
        outgoing.insert(record, targets);
        outgoing.advanceDelivery(record.id, 'A', { state, at: due(-hoursAgo), reason: null });
        outgoing.advanceDelivery(record.id, 'B', { state: 'arrived', at: due(-hoursAgo), reason: null });
      });
      return record.id;
    };
    sent('normal', 23);
    sent('express', 0.4);
    sent('normal', 25, 'arrived');
    const late = [sent('normal', 25), sent('express', 0.6), sent('urgent', 5)];
    const out = open.registers.outgoing.counts(now);
    expect(out).toMatchObject({ sent: 6, 'not-arrived': 3 });
    const notArrived = open.registers.outgoing.list({ box: 'not-arrived', text: undefined, offset: 0, limit: 9, now });
    expect(notArrived.rows.map(({ id }) => id).toSorted()).toEqual(late.toSorted());
    for (const box of outgoingBoxes) {
      expect(open.registers.outgoing.list({ box, text: undefined, offset: 0, limit: 50, now }).total).toBe(out[box]);
    }
  });
});

describe('query plans', () => {
  /** Remembers every statement that is prepared. */
  function recording(sqlite: Sqlite): { sqlite: Sqlite; statements: string[] } {
    const statements: string[] = [];
    const proxy = new Proxy(sqlite, {
      get: (target, key) => {
        if (key !== 'prepare') return Reflect.get(target, key) as unknown;
        return (sql: string) => {
          statements.push(sql);
          return target.prepare(sql);
        };
      },
    });
    return { sqlite: proxy, statements };
  }

  it('lists, counts, records, books and the outbox search by an index and scan no table', () => {
    const { sqlite, statements } = recording(open.database.sqlite);
    const { registers } = registersOn({ ...open.database, sqlite }, noLog);
    const { incoming, outgoing } = registers;
    for (const box of outgoingBoxes)
      for (const text of [undefined, 'dak lak', '41/VPU']) outgoing.list({ box, text, offset: 0, limit: 5, now });
    for (const box of incomingBoxes)
      for (const text of [undefined, '41/VPU']) incoming.list({ box, text, offset: 0, limit: 5, now });
    incoming.counts(now);
    outgoing.counts(now);
    registers.search.find('41/VPU', 5);
    // Small by nature, or read whole on purpose: books, agencies and keys of one office.
    const small = /FROM (book|book_type|book_year|agency|agency_group|certificate|inbox_problem|person|register)\b/;
    const selects = statements.filter((sql) => sql.trimStart().startsWith('SELECT') && !small.test(sql));
    expect(selects.length).toBeGreaterThan(40);
    for (const sql of selects) {
      // Every parameter gets a null: plans do not depend on values.
      const plain = sql.replaceAll(/[@:]\w+|\?/g, 'NULL');
      const plan = open.database.sqlite.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${plain}`).all();
      for (const { detail } of plan) {
        const scan =
          /^SCAN (?!CONSTANT|(search_(words|code)|json_each) VIRTUAL|\()/.test(detail) &&
          !/USING (COVERING )?INDEX/.test(detail);
        expect(scan ? `${detail} in ${sql}` : '').toBe('');
      }
    }
  });

  it('the boxes of daily work are read in their order, without sorting', () => {
    const { sqlite, statements } = recording(open.database.sqlite);
    const { incoming, outgoing } = registersOn({ ...open.database, sqlite }, noLog).registers;
    statements.length = 0;
    for (const box of ['to-register', 'in-progress', 'done'] as const)
      incoming.list({ box, text: undefined, offset: 0, limit: 5, now });
    for (const box of ['drafts', 'sent'] as const) outgoing.list({ box, text: undefined, offset: 0, limit: 5, now });
    for (const sql of statements.filter((one) => one.includes('ORDER BY'))) {
      const plan = open.database.sqlite
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll('?', 'NULL')}`)
        .all();
      expect(plan.map(({ detail }) => detail).join('\n')).not.toContain('TEMP B-TREE FOR ORDER BY');
      expect(plan[0]?.detail).toMatch(/USING INDEX (incoming_box|incoming_finished|outgoing_box)/);
    }
  });
});
